"""收进数据包: what a package offers to a data file, and taking in what was chosen, after a backup, as one deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import ownfiles, places
from perfdesk.derive import Derived, derive
from perfdesk.merging.fields import Side, differences, merged
from perfdesk.merging.judging import judge, other_id
from perfdesk.merging.types import Offer, Package
from perfdesk.store import Reason
from perfdesk.store.ownfiles import OwnFile
from perfdesk.store.parcels import Before
from perfdesk.store.parcels import Received as Arrival
from perfdesk.template import Template

if TYPE_CHECKING:
    from perfdesk.comparing import Line
    from perfdesk.merging.fields import Difference
    from perfdesk.model import Record
    from perfdesk.store import Backup, Store

Templates = Mapping[str, Template]


class Choice(Enum):
    """What is to become of one form of a package."""

    TAKE = "收进"
    MERGE = "逐格合并"
    SKIP = "不收"

    @property
    def words(self) -> str:
        """As the window calls it."""
        return self.value


class Look(NamedTuple):
    """What a package offers: a line for each form in its order, its own files that are missing here, and what else to know."""

    package: Package
    offers: tuple[Offer, ...]
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a version is called that came with it: 「数据包：青山县司法局 2025-02-05」."""
        return f"数据包：{self.package.office or '没有写单位'} {self.package.made:%Y-%m-%d}"


class Received(NamedTuple):
    """What was taken in: each form before and after, the backup made first, and the own files that were put in."""

    before: tuple[Before, ...]
    after: tuple[Record, ...]
    backup: Backup
    files: tuple[str, ...] = ()


def look(store: Store, package: Package) -> Look:
    """Hold a package against the data file. Nothing is changed."""
    ids = [one.record.id for one in package.forms]
    here = store.parcels.here((*ids, *(other_id(one.record) for one in package.forms)))
    missing = [one.record for one in package.forms if one.record.id not in here]
    twins = {one.id: twin for one, twin in zip(missing, store.twins(missing), strict=True) if twin in _stored(store)}
    files, notes = _own_files(package)
    return Look(package, judge(package.forms, here, twins=twins), files, notes)


def _stored(store: Store) -> frozenset[str]:
    return frozenset(one.id for one in store.entries())


def _own_files(package: Package) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the own files of a package that are missing here, and a note for each that is here and says something else."""
    there = {one.name: one.text for one in ownfiles.here()}
    brought = {one.name: one for one in _files(package)}
    missing = tuple(name for name in brought if name not in there)
    other = (name for name, one in brought.items() if name in there and there[name] != one.text)
    return missing, tuple(f"“{name}”本机也有，内容不同；用本机的，得分和版面可能与对方不一样。" for name in other)


def _files(package: Package) -> Iterable[OwnFile]:
    written = package.made.astimezone(UTC)
    for folder, texts in (
        (places.own_templates().name, package.templates),
        (places.own_policies().name, package.policies),
    ):
        yield from (OwnFile(f"{folder}/{name}.toml", text, written) for name, text in texts.items())


def derived(offer: Offer, templates: Templates) -> tuple[Derived, Derived, tuple[Difference, ...]] | None:
    """Return the form of a package, the one here, and what differs with who changed it; ``None`` where no 表样 can show them."""
    here, template = offer.here, templates.get(offer.parcel.record.template_id)
    own = templates.get(here.record.template_id) if here is not None else None
    if here is None or template is None or own is None:
        return None
    incoming, present = derive(template, offer.parcel.record), derive(own, here.record)
    base = derive(own, offer.base) if offer.base is not None and offer.base.template_id == own.id else None
    return incoming, present, differences(incoming, present, base)


def receive(
    store: Store,
    found: Look,
    choices: Mapping[str, Choice],
    templates: Templates,
    *,
    taken: Mapping[str, tuple[Line, ...]] | None = None,
) -> Received:
    """Take in what was chosen (by the id of the form), all or none, after a backup; own files that are missing here first.

    ``taken`` are the fields of a form to merge that the package's side is taken of; without them those that only the package has
    changed. Raises :class:`UserError` when the backup or the saving could not be done; no form is changed then.
    """
    wanted = [one for one in found.offers if choices.get(one.parcel.record.id, Choice.SKIP) is not Choice.SKIP]
    backup = store.safekeeping.make(Reason.IMPORT).backup
    missing = {*found.files}
    put = tuple(one for one in _files(found.package) if one.name in missing)
    ownfiles.put_in(ownfiles.Offer(one, replaces=False) for one in put)
    arrivals = [
        Arrival(one.parcel, _content(one, choices[one.parcel.record.id], templates, taken or {})) for one in wanted
    ]
    before = store.parcels.receive(arrivals, name=found.name)
    return Received(before, tuple(one.record for one in arrivals), backup, tuple(one.name for one in put))


def _content(offer: Offer, choice: Choice, templates: Templates, taken: Mapping[str, tuple[Line, ...]]) -> Record:
    """Return what a form is to hold."""
    record = offer.parcel.record
    both = derived(offer, templates) if choice is Choice.MERGE else None
    if both is None or offer.here is None:
        return record
    incoming, present, found = both
    lines = taken.get(record.id)
    if lines is None:
        lines = tuple(one.line for one in found if one.side is Side.PACKAGE)
    return replace(merged(incoming, present, offer.base, lines), id=offer.here.record.id)


def take_back(store: Store, received: Received) -> int:
    """撤销 of :func:`receive`: the forms as they were, all or none; return how many were edited since, which stay.

    Own files that came stay too: they change no form. Raises :class:`UserError` where it could not be saved.
    """
    pairs = tuple(zip(received.before, received.after, strict=True))
    same = [before for before, after in pairs if store.load(after.id) == after]
    store.parcels.take_back(same)
    return len(pairs) - len(same)
