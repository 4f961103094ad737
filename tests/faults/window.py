"""The real window under kill -9: keys go through Qt into a form, and what the window said of them must be there afterwards.

An edit is acknowledged when the status bar says 已保存, or when the edit journal says that it is on the disk.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from time import sleep
from typing import TYPE_CHECKING, Final

from perfdesk import places
from perfdesk.model import Record
from perfdesk.store import Store
from tests.faults import judging
from tests.faults.forms import FORMS, form, key_of
from tests.faults.ledger import Ledger, Told, read
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together
from tests.faults.work import NAME, Place

if TYPE_CHECKING:
    from tests.robot import Robot

LONGEST: Final = 0.5
"""Seconds, at the most, between the last line of the ledger that is waited for and the end."""

MOST_LINES: Final = 30
"""So many edits and acknowledgements of a window are waited for at the most."""

STARTING: Final = 60
"""Seconds after which a window that types too slowly is killed all the same."""

SERIES: Final = 10
"""After so many kills in one folder the next one is taken."""

_FIELD: Final = "project_name"
_SAID: Final = "项目名称"


def warm() -> None:
    """Have the window's modules at hand before the processes part; Qt itself starts after that."""
    from perfdesk.template import load_templates  # noqa: F401 - brought in for the workers
    from tests import robot  # noqa: F401 - as above
    from ui import app  # noqa: F401 - as above
    from ui.sheet import view  # noqa: F401 - as above


def type_in_window(folder: str, seed: int, *trouble: int) -> None:
    """Open the window and type until killed."""
    place = Place(folder, seed, trouble)
    places.data_folder = lambda: place.folder / "home"  # the settings of whoever runs this are not ours
    clerk = _Clerk(place, _open_window(place))
    while True:
        clerk.type()
        place.chance.choice((clerk.type, clerk.look, clerk.look, clerk.wait, clerk.change_form))()


def _open_window(place: Place) -> Robot:
    from tests.robot import Answers, Robot
    from ui import app as program
    from ui import opening
    from ui.settings import FILE_NAME, Settings

    answers = Answers()
    application = program.make_application(["perfdesk"])
    window = opening.make_window(application, Settings(place.folder / "home" / FILE_NAME), answers)
    robot = Robot(window, answers)
    start = opening.Opening(window, answers, place.path, read_only=False, samples=False)
    start.done.connect(window.errands.safekeeping.begin)
    start.begin()
    robot.settle()
    return robot


class _Clerk:
    """Somebody who types at the window, and believes what it says."""

    def __init__(self, place: Place, robot: Robot) -> None:
        self._place, self._robot = place, robot
        self._edits = dict(read(place.ledger.path).begun)
        self._open = ""
        self._dirty: set[str] = set()
        self.change_form()

    def change_form(self) -> None:
        """Open one of the forms."""
        self._open = key_of(self._place.chance.randrange(FORMS))
        self._robot.window.session.open(self._open)

    def type(self) -> None:
        """Type into a cell, with the keys."""
        edit = self._edits[self._open] = self._edits.get(self._open, 0) + 1
        self._place.ledger.begin(self._open, edit)
        self._robot.type(_SAID, f"No {edit}")
        self._dirty.add(self._open)

    def look(self) -> None:
        """Let the window go on for a moment, and believe the status bar."""
        with suppress(AssertionError):  # not saved yet
            self._robot.until(lambda: self._place.chance.random() < 0.2)
        if self._robot.saved_text().startswith("已"):
            self._acknowledge(self._open)

    def wait(self) -> None:
        """Believe the edit journal."""
        if self._robot.window.forms.store.settled(timeout=0.2):
            self._acknowledge(*self._dirty)

    def _acknowledge(self, *keys: str) -> None:
        for key in keys:
            self._place.ledger.acknowledge(key, self._edits.get(key, 0))
        self._dirty -= set(keys)


def kill(folder: Path, nursery: Nursery, *, rounds: int, seed: int) -> Outcome:
    """Kill the window at random moments, ``rounds`` times."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    parts = []
    for begin in range(0, rounds, SERIES):
        place = folder / f"window-{begin}"
        _begin(place)
        for number in range(min(SERIES, rounds - begin)):
            _kill_one(place, nursery, chance)
            if chance.random() < 0.7 or number + 1 == min(SERIES, rounds - begin):
                parts.append(_judge(place))
        parts[-1] = replace(parts[-1], acknowledged=read(judging.ledger_of(place)).acknowledged)
        shutil.rmtree(place)
    return replace(together("kill -9: the window, edits by keys", parts), rounds=rounds)


def _now() -> datetime:
    return datetime.now().astimezone()


def _begin(place: Path) -> None:
    place.mkdir(parents=True)
    with Store.open(place / NAME, now=_now) as store:
        store.save_many(_form(number, 0) for number in range(FORMS))
    Ledger(judging.ledger_of(place)).close()


def _form(number: int, edit: int) -> Record:
    made = form(key_of(number), 1)
    return replace(made, values={**made.values, _FIELD: f"No {edit}"})


def _kill_one(place: Path, nursery: Nursery, chance: Random) -> None:
    ledger = judging.ledger_of(place)
    wanted = _lines(ledger) + chance.randrange(1, MOST_LINES)
    nursery.start(type_in_window.__name__, str(place), chance.randrange(1 << 30))
    for _ in range(STARTING * 20):
        sleep(0.05)
        if _lines(ledger) >= wanted:
            break
    nursery.kill(after=chance.uniform(0, LONGEST))
    nursery.ended()


def _lines(ledger: Path) -> int:
    return ledger.read_bytes().count(b"\n")


def _judge(place: Path) -> Outcome:
    """Open the data file as the program does after a crash, and judge what was typed."""
    told = read(judging.ledger_of(place))
    with Store.open(place / NAME, now=_now) as store:
        store.recovered()
        there = store.load_all()
        whole = store.history.prove().broken is None
        store.freeze(1999, on=True)
    found = tuple(_compare(there, told))
    shutil.rmtree(place / "home", ignore_errors=True)
    return Outcome(
        "", 1, 0, sum(one for one, _ in found), sum(one for _, one in found) + (not whole), judging.strays(place)
    )


def _compare(there: tuple[Record, ...], told: Told) -> Iterator[tuple[int, bool]]:
    """Give for each form how many acknowledged edits are lost, and whether it holds what nobody typed."""
    by_id = {one.id: one for one in there}
    for number in range(FORMS):
        key = key_of(number)
        held = by_id.get(key)
        edit = int(held.value(_FIELD).removeprefix("No ")) if held is not None else -1
        mixed = held != _form(number, edit) or edit > told.begun.get(key, 0)
        yield max(told.kept.get(key, 0) - max(edit, 0), 0), mixed
