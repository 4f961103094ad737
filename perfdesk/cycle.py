"""一年的环节 (cycle): goal tables, monitoring, self-assessment, hand-in, publication, with the dates they are due.

The dates are data (``resources/cycle.toml``), because every county sets its own; an office puts its file into its data folder. What
is done follows from the forms of the year, never from a date: a step is ticked when the forms it asks for are filled.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from perfdesk import places
from perfdesk.errors import UserError
from perfdesk.model import FormKind
from perfdesk.overview import Row, missing
from perfdesk.parameters import CYCLE, in_force
from perfdesk.toml_file import Table, did_you_mean, read_toml


class Progress(StrEnum):
    """How a step stands: 已完成, 该做, 过期没有填完, 还没到."""

    DONE = "已填完"
    NOW = "正在做"
    LATE = "过了期限"
    AHEAD = "还没到"


class Step(NamedTuple):
    """环节 as the file has it. ``year`` is how many years after that of the forms it is due; ``month`` 0 means no date.

    ``submitted``: the step is that everything is handed in; it asks for no ``kinds`` of its own.
    """

    name: str
    year: int
    month: int
    day: int
    words: str
    kinds: tuple[FormKind, ...]
    source: str
    submitted: bool = False

    def due(self, year: int) -> date | None:
        """Return the last day for the forms of a year: 自评 of 2020 with year 1, month 3, day 31 is due on 2021-03-31."""
        if not self.month:
            return None
        last = calendar.monthrange(year + self.year, self.month)[1]
        return date(year + self.year, self.month, min(self.day, last))


class Cycle(NamedTuple):
    """The steps of a year and the kinds of form that a whole year has."""

    steps: tuple[Step, ...]
    hand_in: tuple[FormKind, ...]


class Stage(NamedTuple):
    """A step in a year: how it stands, and when it is due in words: 「3月31日截止」, 「2019-12」, 「随决算」."""

    name: str
    progress: Progress
    when: str


def read_cycle(shipped: Path, own: Path) -> Cycle:
    """Read the office's file where there is one, else the program's. Raises :class:`UserError` with file, place and likely word."""
    root = read_toml(own if own.exists() else shipped)
    hand_in = _kinds(root, "hand_in")
    steps = tuple(map(_step, root.tables("step")))
    root.finish()
    return Cycle(steps, hand_in)


def office_cycle() -> tuple[Cycle, UserError | None]:
    """Return the dates of this office, else of the 参数包 in force; where they have a mistake the program's, and the mistake."""
    found = in_force()
    try:
        return read_cycle(found.file(CYCLE), places.own_cycle()), None
    except UserError as error:
        shipped = found.shipped.folder / CYCLE
        return read_cycle(shipped, shipped), error


def _step(table: Table) -> Step:
    year, month, day = (_whole(table, key) for key in ("year", "month", "day"))
    if not (month == day == 0 or (1 <= month <= 12 and 1 <= day <= calendar.monthrange(2020, month)[1])):
        raise table.fail(f"没有 {month} 月 {day} 日这一天，请改日期。")
    name, words, kinds = table.text("name"), table.text("words", ""), _kinds(table, "kinds")
    step = Step(name, year, month, day, words, kinds, table.text("source"), table.flag("submitted", default=False))
    table.finish()
    return step


def _whole(table: Table, key: str) -> int:
    number = table.number(key, Decimal(0))
    if number != int(number) or abs(number) > 99:
        raise table.fail(f'"{number}" 应为整数。', at=key)
    return int(number)


def _kinds(table: Table, key: str) -> tuple[FormKind, ...]:
    known = {kind.value: kind for kind in FormKind}
    words = table.texts(key, ())
    for word in words:
        if word not in known:
            raise table.fail(f'没有表种 "{word}"{did_you_mean(word, known)}', at=key)
    return tuple(known[word] for word in words)


def year_in_work(cycle: Cycle, today: date) -> int:
    """Return the year (花钱的那一年) whose forms are filled in today: last year's while any of them is still due.

    Goal tables are declared ahead and do not count: on 2027-02-10, with 自评 due on 2027-03-31, it is 2026; on 2027-04-10 and on
    2027-11-21 it is 2027.
    """
    last = today.year - 1
    dates = (step.due(last) for step in cycle.steps if step.year >= 0)
    return last if any(due is not None and due >= today for due in dates) else today.year


def stages(cycle: Cycle, year: int, rows: Iterable[Row], today: date) -> tuple[Stage, ...]:
    """Say how every step of a year stands today.

    A step with forms is done when none is lacking and all are filled; the first that is neither done nor late is being done now.
    上报 is done when none of the forms of a whole year is lacking and all are 已上报, and being done once every step before it is
    done. A step that asks for nothing (公开) is never ticked: the program cannot know.
    """
    of_year = tuple(one for one in rows if one.year == year)
    found: list[Stage] = []
    for step in cycle.steps:
        due = step.due(year)
        progress = Progress.AHEAD
        if _is_done(step, of_year, cycle.hand_in):
            progress = Progress.DONE
        elif due is not None and due < today:
            progress = Progress.LATE
        elif _is_begun(step, found):
            progress = Progress.NOW
        found.append(Stage(step.name, progress, _when(step, due, progress, today)))
    return tuple(found)


def _is_begun(step: Step, before: list[Stage]) -> bool:
    if step.submitted:
        return all(one.progress is Progress.DONE for one in before)
    return bool(step.kinds) and all(one.progress is not Progress.NOW for one in before)


def _is_done(step: Step, rows: tuple[Row, ...], hand_in: tuple[FormKind, ...]) -> bool:
    if step.submitted:
        asked = [one for one in rows if one.kind in hand_in or not hand_in]
        return bool(asked) and not missing(rows, hand_in) and all(one.submitted for one in asked)
    own = [one for one in rows if one.kind in step.kinds]
    return bool(own) and not missing(rows, step.kinds) and all(one.completion == 1 for one in own)


def _when(step: Step, due: date | None, progress: Progress, today: date) -> str:
    if due is None or (step.words and progress is not Progress.NOW):
        return step.words
    if progress is Progress.NOW:
        day = f"{due.month}月{due.day}日" if due.year == today.year else f"{due.year}年{due.month}月{due.day}日"
        return f"{day}截止"
    return f"{due:%Y-%m}"
