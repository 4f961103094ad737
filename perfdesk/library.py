"""指标库 (library): the indicators an office has used, and those that justice bureaus begin with; the same for 偏差原因.

Grown from the office's own forms whenever it is asked for, so that there is nothing to keep up; the starter indicators are data in
``resources/indicators.toml`` and carry no figures. What is put into a form goes where ``perfdesk.gathering`` puts the goals of a
goal table. Nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.errors import UserError
from perfdesk.gathering.chain import name_of, put_in, target_of
from perfdesk.model import FormKind, Indicator, Record
from perfdesk.parameters import INDICATORS, in_force
from perfdesk.pinyin import finds
from perfdesk.targets import Parts, split_target
from perfdesk.template import Filled, Template
from perfdesk.toml_file import Table, read_toml

OWN: Final = "本单位用过"
_KINDS: Final = frozenset(
    {FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_GOAL, FormKind.PROJECT_SELF, FormKind.DEPARTMENT_SELF}
)
_COLUMNS: Final = 5


class Entry(NamedTuple):
    """One indicator of the library, without weight and result.

    ``group`` is the business it belongs to (法律援助), or :data:`OWN`; ``project`` the project that used it last, in ``year``;
    ``uses`` counts the forms that had it (0: a starter indicator).
    """

    indicator: Indicator
    group: str
    project: str = ""
    year: int | None = None
    uses: int = 0

    @property
    def usual(self) -> str:
        """The 年度指标值 it had last, or sign and unit of a starter indicator: 「≥300件」, 「≥　件」."""
        if self.indicator.target:
            return self.indicator.target
        parts = (self.indicator.indicator_type, self.indicator.measure_unit)
        return "　".join(part for part in parts if part)


class Reason(NamedTuple):
    """One wording of a 偏差原因: ``group`` says when it fits, or :data:`OWN`; ``uses`` how many rows have it."""

    text: str
    group: str
    uses: int = 0


class Starter(NamedTuple):
    """What the library begins with."""

    entries: tuple[Entry, ...]
    reasons: tuple[Reason, ...]


@lru_cache(maxsize=1)
def starter() -> Starter:
    """Return the indicators and wordings of the 参数包 in force; where its file has a mistake those that came with the program."""
    found = in_force()
    try:
        return read_starter(found.file(INDICATORS))
    except UserError:
        return read_starter(found.shipped.folder / INDICATORS)


def read_starter(path: Path) -> Starter:
    """Read a file of starter indicators. Raises :class:`UserError` with the place of a mistake."""
    root = read_toml(path)
    businesses, reasons = root.table("businesses"), root.table("reasons")
    entries = tuple(
        Entry(_indicator(row, businesses, name), name) for name in businesses.names() for row in businesses.rows(name)
    )
    words = tuple(Reason(text, name) for name in reasons.names() for text in reasons.texts(name))
    for table in (businesses, reasons, root):
        table.finish()
    return Starter(entries, words)


def _indicator(row: tuple[str, ...], table: Table, name: str) -> Indicator:
    if len(row) != _COLUMNS:
        raise _wrong(table, name, row)
    level1, level2, label, sign, unit = row
    return Indicator(level1=level1, level2=level2, name=label, indicator_type=sign, measure_unit=unit)


def _wrong(table: Table, name: str, row: tuple[str, ...]) -> UserError:
    return table.fail(
        f"一行应为 {_COLUMNS} 项：一级指标、二级指标、三级指标、符号、单位；现在是 {len(row)} 项。", at=name
    )


def own_entries(forms: Iterable[Filled]) -> tuple[Entry, ...]:
    """Return the distinct indicators of an office's goal tables and self-assessments, the most used first.

    The same name under the same 二级指标 is the same indicator; it is shown as the latest year had it.
    """
    uses: Counter[tuple[str, str]] = Counter()
    latest: dict[tuple[str, str], Entry] = {}
    for template, record in forms:
        if template.kind not in _KINDS or template.rules:
            continue
        for row in {_key(one): one for one in record.indicators if name_of(one)}.values():
            key = _key(row)
            uses[key] += 1
            before = latest.get(key)
            if before is None or (before.year or 0) <= record.year:
                latest[key] = Entry(_bare(row), OWN, record.value("project_name").strip(), record.year)
    ordered = sorted(latest, key=lambda key: (-uses[key], -(latest[key].year or 0), key))
    return tuple(latest[key]._replace(uses=uses[key]) for key in ordered)


def _key(row: Indicator) -> tuple[str, str]:
    return row.level2.strip().removesuffix("指标"), name_of(row)


def _bare(row: Indicator) -> Indicator:
    """Return what a row brings to another form: its names, target in both spellings, explanation and rule."""
    target = target_of(row)
    own = Parts(row.indicator_type.strip(), row.target_value.strip(), row.measure_unit.strip())
    parts = own if own.figure else split_target(target)
    return Indicator(
        level1=row.level1.strip(),
        level2=row.level2.strip(),
        name=row.name.strip(),
        target=target,
        indicator_type=parts.sign,
        target_value=parts.figure,
        measure_unit=parts.unit,
        explanation=row.explanation,
        scoring_rule=row.scoring_rule,
    )


def own_reasons(forms: Iterable[Filled], *, least: int = 4) -> tuple[Reason, ...]:
    """Return the distinct 偏差原因 of an office's forms, the most used first; shorter ones than ``least`` explain nothing."""
    found = Counter(row.reason.strip() for _, record in forms for row in record.indicators if row.reason.strip())
    return tuple(Reason(text, OWN, uses) for text, uses in found.most_common() if len(text) >= least)


def search(entries: Iterable[Entry], words: str) -> tuple[Entry, ...]:
    """Return the entries that hold every one of the words in their name, groups or project, as characters, pinyin or initials."""
    wanted = words.split()
    return tuple(one for one in entries if all(finds(_text(one), word) for word in wanted))


def _text(entry: Entry) -> str:
    one = entry.indicator
    return f"{one.name} {one.level2} {one.level1} {entry.group} {entry.project}"


def put_into(template: Template, record: Record, entries: Iterable[Entry], *, with_targets: bool) -> Record:
    """Return the record with these indicators in their groups; ``with_targets`` takes the last 年度指标值 along."""
    rows = tuple(one.indicator if with_targets else _without_target(one.indicator) for one in entries)
    return put_in(template, record, rows)


def _without_target(row: Indicator) -> Indicator:
    return replace(row, target="", target_value="")
