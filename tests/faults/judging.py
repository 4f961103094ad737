"""Opening again after a fault, and holding what is there against the ledger.

Of every thing the state found must lie between the last one acknowledged and the last one begun: earlier is lost, later or a
mixture is invented.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk.errors import UserError
from perfdesk.exchange.files import write_atomically
from perfdesk.model import Record
from perfdesk.store import Store, keys
from perfdesk.store.backups import Reason, found
from perfdesk.store.backupstate import folder_of
from perfdesk.store.connecting import connect
from perfdesk.store.pages import looks_plain
from tests.faults import printing
from tests.faults.forms import edit_of
from tests.faults.ledger import Told, read
from tests.faults.outcome import Outcome, together
from tests.faults.secret import opened
from tests.faults.work import NAME, OLD

_OURS: Final = re.compile(r"perfdesk\.db(\.edits(\.1)?(\.old)?)?|备份|表\.\w+|perfdesk\.db\.损坏-.*")
"""What may lie in the folder of a data file once the program is closed."""


def ledger_of(folder: Path) -> Path:
    """Return where the ledger of a folder is."""
    return folder.with_suffix(".ledger")


def of_forms(folder: Path, *, asked: bool = False) -> Outcome:
    """Open the data file as the program does after a crash, and judge its forms.

    ``asked``: what the edit journal alone has is taken when the program asks; a power cut may take away what a crash is told by.
    """
    told = read(ledger_of(folder))
    try:
        with opened(folder / NAME) as store:
            store.recovered()
            store.take_lost(store.lost_edits() if asked else ())
            proof = store.history.prove()
            lost, invented = judged(store.load_all(), told)
            store.freeze(1999, on=True)  # SQLite's own journal, where it never counted, goes with the next transaction
    except UserError as error:
        return Outcome("", 1, told.acknowledged, lost=told.acknowledged, said=(*told.said, str(error)))
    whole = proof.broken is None and _integrity(folder / NAME) == "ok"
    return Outcome("", 1, told.acknowledged, lost, invented + (not whole), left=strays(folder), said=told.said)


def judged(records: Iterable[Record], told: Told) -> tuple[int, int]:
    """Return how many edits of forms are lost, and how many are there that nobody made."""
    edits = {one.id: edit_of(one) for one in records}
    lost = sum(max(kept - (edits.get(key, 0) or 0), 0) for key, kept in told.kept.items() if key.startswith("form-"))
    invented = sum(edit is None or edit > told.begun.get(key, 0) for key, edit in edits.items())
    return lost, invented


def _integrity(path: Path) -> str:
    with closing(connect(path, mode="rw")) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def strays(folder: Path) -> tuple[str, ...]:
    """Return what lies about that is neither data file nor anything made on purpose."""
    copies = folder_of(folder / NAME)
    there = [one.name for one in folder.iterdir() if not _is_key_file(one)]
    kept = copies.iterdir() if copies.is_dir() else ()
    odd = [one.name for one in kept if not one.name.endswith((".db", ".json")) and not _is_key_file(one)]
    return tuple(sorted([*(name for name in there if not _OURS.fullmatch(name)), *odd]))


def _is_key_file(one: Path) -> bool:
    """A key file lies beside what it opens, and nowhere else."""
    sealed = one.with_suffix("")
    return one.name.endswith(".key") and sealed.exists() and (not looks_plain(sealed) or ".损坏-" in one.name)


def of_copies(folder: Path, *, asked: bool = False) -> Outcome:
    """Judge the data file and its backups: the last one acknowledged or a later one is there, each is whole and holds what was."""
    outcome, told = of_forms(folder, asked=asked), read(ledger_of(folder))
    path = folder / NAME
    there = found(path)
    lost = max((one.number for one in there), default=0) < told.kept.get("copy", 0)
    invented = sum(_broken_copy(one.path, told) for one in there)
    with opened(path) as store:
        store.safekeeping.make(Reason.ASKED)  # it clears away what a killed one left
    return replace(outcome, lost=outcome.lost + lost, invented=outcome.invented + invented, left=strays(folder))


def of_sealed(folder: Path) -> Outcome:
    """Judge as :func:`of_copies`, as somebody who knows nothing but the password."""
    keys.let_go()
    return of_copies(folder, asked=True)  # a full disk may let the worker end without saving


def _broken_copy(copy: Path, told: Told) -> bool:
    with opened(copy, read_only=True) as store:
        _, invented = judged(store.load_all(), told)
    return bool(invented) or _integrity(copy) != "ok"


def of_migration(folder: Path, expected: Mapping[int, tuple[Record, ...]]) -> Outcome:
    """Judge the files that were to be brought up to date: every form of the old ones is there, as it was."""
    told = read(ledger_of(folder))
    acknowledged = sum(len(expected[number % len(OLD)]) for number in range(1, told.begun.get("file", 0) + 1))
    parts = [_migrated(one, expected[int(one.name) % len(OLD)]) for one in folder.iterdir()]
    return replace(together("", parts), rounds=1, acknowledged=acknowledged, said=told.said)


def _migrated(place: Path, wanted: tuple[Record, ...]) -> Outcome:
    with Store.open(place / NAME, now=datetime.now) as store:
        there = store.load_all()
        store.freeze(1999, on=True)
        if strays(place):
            store.safekeeping.make(Reason.ASKED)
    lost = sum(one not in there for one in wanted)
    invented = sum(one not in wanted for one in there) + (_integrity(place / NAME) != "ok")
    outcome = Outcome("", 1, 0, lost, invented, strays(place))
    shutil.rmtree(place)
    return outcome


def of_exports(folder: Path) -> Outcome:
    """Judge exported files: each is one of those that were being written, and whole."""
    told = read(ledger_of(folder))
    write_atomically(folder / "表.next", b"next")  # it clears away what a killed one left
    lost = invented = 0
    for kind in printing.KINDS:
        file = folder / f"表.{kind}"
        kept, begun = told.kept.get(kind, 0), told.begun.get(kind, 0)
        if not file.exists():
            lost += bool(kept)
            continue
        data = file.read_bytes()
        fits = [edit for edit in range(max(begun - 3, 0), begun + 1) if data == printing.exported(kind, edit)]
        invented += not fits
        lost += bool(fits) and fits[-1] < kept
    return Outcome("", 1, told.acknowledged, lost, invented, strays(folder), told.said)


def of_restored(folder: Path, backups: Mapping[int, tuple[Record, ...]], before: tuple[Record, ...]) -> Outcome:
    """Judge a data file that backups were put in the place of: it is one of them, not an earlier one than acknowledged."""
    told = read(ledger_of(folder))
    kept, begun = told.kept.get("store", 0), told.begun.get("store", 0)
    if kept and not (folder / NAME).exists():
        return Outcome("", 1, told.acknowledged, lost=1, left=strays(folder), said=told.said)
    with Store.open(folder / NAME, now=datetime.now) as store:
        store.recovered()
        there = store.load_all()
        store.freeze(1999, on=True)
    fits = [number for number in range(kept, begun + 1) if there == (backups[number % 2] if number else before)]
    return Outcome("", 1, told.acknowledged, not fits, 0, strays(folder), told.said)
