"""内容 (holding): what a data file or a backup of it holds, and what differs between two of them, form by form.

A backup is only read. What would be lost and gained by restoring it follows from :func:`differences`; nothing is restored here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.model import VersionKind
from perfdesk.store.faults import StoreOlder
from perfdesk.store.records import Entry
from perfdesk.store.restoring import brought_up
from perfdesk.store.store import Store
from perfdesk.store.versions import Kept

if TYPE_CHECKING:
    from perfdesk.model import Record, Version


class Held(NamedTuple):
    """One form in a data file, in the 回收站 where ``entry.trashed_at`` says so, with its versions."""

    entry: Entry
    record: Record
    versions: frozenset[tuple[VersionKind, str, datetime]]

    @property
    def in_use(self) -> bool:
        """Whether the form is in the list, not in the 回收站."""
        return self.entry.trashed_at is None


Holding = Mapping[str, Held]
"""The forms of a data file by id: those in use, the latest year first, then those in the 回收站."""


class Fate(Enum):
    """What restoring does to a form: it comes back, goes, has another content, comes out of or goes into the 回收站, or stays."""

    COMES = auto()
    GOES = auto()
    CHANGES = auto()
    OUT_OF_BIN = auto()
    INTO_BIN = auto()
    STAYS = auto()


class Difference(NamedTuple):
    """One form then and now (``None``: it is not there). ``cells``: how many differ; ``lost``: how many versions would go.

    ``lost_submitted`` of these are 上报版.
    """

    id: str
    then: Held | None
    now: Held | None
    fate: Fate
    cells: int = 0
    lost: int = 0
    lost_submitted: int = 0

    @property
    def shown(self) -> Held:
        """The form as it was then, else as it is now."""
        held = self.then or self.now
        if held is None:
            raise ValueError("a form that is nowhere")
        return held

    @property
    def differs(self) -> bool:
        """Whether restoring would do anything to the form or its versions."""
        return self.fate is not Fate.STAYS or bool(self.lost)


class Consequences(NamedTuple):
    """What restoring all of it would do, in forms: ``cells`` in those with another content, ``versions`` that would go."""

    comes: int
    changes: int
    cells: int
    goes: int
    versions: int
    submitted: int

    @property
    def nothing(self) -> bool:
        """Whether it would change nothing."""
        return not any(self)


def peek(path: Path, folder: Path, *, now: Callable[[], datetime]) -> Holding:
    """Return what a backup holds. One of an older version is read from a copy made in ``folder``, which is gone afterwards.

    Raises :class:`UserError` when it is gone, damaged or newer, or its copy cannot be made.
    """
    with _looked_at(path, folder, now) as store:
        return holding(store)


def kept_in(path: Path, folder: Path, record_id: str, *, now: Callable[[], datetime]) -> tuple[Kept, ...]:
    """Return the versions that a backup has of a form, the earliest first. Reads and raises as :func:`peek` does."""
    with _looked_at(path, folder, now) as store:
        return tuple(Kept(one, store.versions.record_of(one.id)) for one in reversed(store.versions.of(record_id)))


@contextmanager
def _looked_at(path: Path, folder: Path, now: Callable[[], datetime]) -> Iterator[Store]:
    with ExitStack() as stack:
        try:
            store = Store.open(path, now=now, read_only=True)
        except StoreOlder:
            copy = stack.enter_context(brought_up(path, folder, now=now))
            store = Store.open(copy, now=now, read_only=True)
        yield stack.enter_context(store)


def holding(store: Store) -> Holding:
    """Return what an open data file holds."""
    versions: dict[str, set[tuple[VersionKind, str, datetime]]] = defaultdict(set)
    for one in store.versions.all():
        versions[one.record_id].add(_named(one))
    records = {one.id: one for one in store.load_all()}
    trashed = store.trashed()
    records |= {one.id: store.load(one.id) for one in trashed}
    entries = (*store.entries(), *trashed)
    return {one.id: Held(one, records[one.id], frozenset(versions[one.id])) for one in entries}


def as_it_was(record: Record, version: Version, now: Held | None) -> Held:
    """Return the form of a kept version as one that could be restored: restoring it loses no other version."""
    title = record.value("project_name"), record.value("title"), record.bureau
    entry = Entry(record.id, record.template_id, record.year, record.unit, *title, changed=version.kept)
    return Held(entry, record, now.versions if now is not None else frozenset())


def _named(version: Version) -> tuple[VersionKind, str, datetime]:
    """Return what a version is known by: numbers begin anew in a data file that was restored."""
    return version.kind, version.code, version.kept


def differences(then: Holding, now: Holding) -> tuple[Difference, ...]:
    """Return every form of both, those that differ first: what was there then in its order, then what came since."""
    found = [_difference(one, then.get(one), now.get(one)) for one in dict.fromkeys((*then, *now))]
    return tuple(sorted(found, key=lambda one: not one.differs))


def _difference(record_id: str, then: Held | None, now: Held | None) -> Difference:
    lost = frozenset[tuple[VersionKind, str, datetime]]()
    if now is not None:
        lost = now.versions - (then.versions if then is not None else frozenset())
    cells = _cells(then, now)
    submitted = sum(kind is VersionKind.SUBMITTED for kind, _, _ in lost)
    return Difference(record_id, then, now, _fate(then, now, cells), cells, len(lost), submitted)


def _cells(then: Held | None, now: Held | None) -> int:
    from perfdesk.editing.counting import changed_cells  # the templates come with it

    if then is None or now is None or then.record == now.record:
        return 0
    return max(changed_cells(now.record, then.record), 1)


def _fate(then: Held | None, now: Held | None, cells: int) -> Fate:
    if then is None:
        return Fate.GOES
    if now is None:
        return Fate.COMES
    if then.in_use is not now.in_use:
        return Fate.OUT_OF_BIN if then.in_use else Fate.INTO_BIN
    return Fate.CHANGES if cells else Fate.STAYS


def consequences(found: tuple[Difference, ...]) -> Consequences:
    """Sum up what restoring all of it would do."""
    fates = [one.fate for one in found]
    changed = [one for one in found if one.cells]
    return Consequences(
        comes=fates.count(Fate.COMES) + fates.count(Fate.OUT_OF_BIN),
        changes=len(changed),
        cells=sum(one.cells for one in changed),
        goes=fates.count(Fate.GOES) + fates.count(Fate.INTO_BIN),
        versions=sum(one.lost for one in found),
        submitted=sum(one.lost_submitted for one in found),
    )
