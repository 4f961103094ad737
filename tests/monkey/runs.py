"""A run: moves done at the real window and by the core, compared after each; and the fewest moves that still go wrong."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, Self

from tests.monkey.clerk import Clerk
from tests.monkey.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from perfdesk.model import Record
    from tests.monkey.moves import Move
    from tests.monkey.replay import Replay


class Failure(NamedTuple):
    """What went wrong at a move: its number, and how."""

    at: int
    what: str


class _Troubles:
    """Collects what is raised within it: here, and where Qt called us and nobody catches it."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __enter__(self) -> Self:
        self._before, sys.excepthook = sys.excepthook, self._take
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Take up whatever it is, for that is what is looked for; an interruption goes on."""
        sys.excepthook = self._before
        if kind is None or error is None or not isinstance(error, Exception):
            return False
        self._take(kind, error, trace)
        return True

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.found.append("".join(traceback.format_exception(kind, error, trace)))


def run(app: QApplication, folder: Path, moves: Sequence[Move]) -> Failure | None:
    """Do the moves in a new office; return the first thing that goes wrong, ``None`` where all went well.

    After every move the open form is the one the core made of it; at the end the program is left and started again, and what
    lies in the data file is what the core made of every form.
    """
    office = Office(app, folder)
    clerk, replay, done = Clerk(office.robot, office.reopen), office.replay(), 0
    troubles: tuple[str, ...] = ()
    with _Troubles() as raised:
        for move in moves:
            said = _done(clerk, replay, move)
            troubles = (*filter(None, (said,)), *raised.found, *office.answers.said)
            if troubles:
                break
            done += 1
        else:
            troubles = (*_differing(office, replay), *raised.found, *office.answers.said)
    what = "\n".join(troubles) if not raised.found else "\n".join(raised.found)
    with _Troubles():  # whatever state the window is in
        office.leave()
    return Failure(done, what) if what else None


def _done(clerk: Clerk, replay: Replay, move: Move) -> str:
    """Do a move twice; say how the outcomes differ."""
    steps = clerk.do(move)
    for step in steps:
        replay.take(step)
    return difference(clerk.robot.document.record, replay.form.record, f"after {steps}")


def _differing(office: Office, replay: Replay) -> Iterator[str]:
    """Leave and start again; say where a stored form is not as the core made it."""
    robot = office.reopen()
    for key, form in replay.forms.items():
        if form.template.gathers is None:  # its rows follow the other forms once they are open
            yield from filter(None, (difference(robot.window.forms.open(key).record, form.record, f"stored {key}"),))


def difference(window: Record, core: Record, when: str) -> str:
    """Say in which parts two records differ, ``""`` where they are the same."""
    if window == core:
        return ""
    return "\n".join((f"{when}: the window's record is not the core's", *_parts(window, core, "record")))


def _parts(window: object, core: object, place: str) -> Iterator[str]:
    """Name the smallest parts in which two values differ."""
    if window == core:
        return
    if isinstance(window, tuple) and isinstance(core, tuple) and len(window) == len(core):
        for at, (one, other) in enumerate(zip(window, core, strict=True)):
            yield from _parts(one, other, f"{place}[{at}]")
    elif is_dataclass(window) and type(window) is type(core):
        for one in fields(window):
            yield from _parts(getattr(window, one.name), getattr(core, one.name), f"{place}.{one.name}")
    elif isinstance(window, tuple) and isinstance(core, tuple):
        at = next(at for at, (one, other) in enumerate(zip_longest(window, core)) if one != other)
        yield f"  {place}\n    window {len(window)}: {window[at:][:1]!r}\n    core   {len(core)}: {core[at:][:1]!r} at {at}"
    elif isinstance(window, Mapping) and isinstance(core, Mapping):
        for key in sorted({*window, *core}):
            yield from _parts(window.get(key), core.get(key), f"{place}[{key!r}]")
    else:
        yield f"  {place}\n    window {window!r}\n    core   {core!r}"


def shortened(moves: Sequence[Move], fails: Callable[[Sequence[Move]], bool], *, tries: int) -> tuple[Move, ...]:
    """Return fewer moves that still fail: first the shortest end that does, then without every part that is not needed.

    ``fails`` is asked at most ``tries`` times, so that the answer comes; ``moves`` themselves are known to fail.
    """
    left, kept = tries, tuple(moves)
    size = 1
    while size < len(kept) and left > 0:
        left -= 1
        if fails(kept[-size:]):
            kept = kept[-size:]
            break
        size *= 4
    part = max(len(kept) // 2, 1)
    while left > 0:
        at = 0
        while at < len(kept) and left > 0:
            left -= 1
            fewer = (*kept[:at], *kept[at + part :])
            if fewer and fails(fewer):
                kept = fewer
            else:
                at += part
        if part == 1:
            break
        part = max(part // 2, 1)
    return kept
