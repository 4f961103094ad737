"""How each form of a package stands to the one here: told by the states both have been in, never by clocks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from perfdesk.gathering import offices_of, same_office
from perfdesk.merging.types import Here, Offer, Parcel, Standing, state, version_key
from perfdesk.model import Record, VersionKind

_FAMILY: Final = uuid.UUID("6f1d2f0e-6f0a-5b8e-9d55-7065726664a1")


def other_id(record: Record) -> str:
    """Return the id under which a form is kept where another office's form has its id; the same each time it comes."""
    return uuid.uuid5(_FAMILY, f"{record.id} {'、'.join(offices_of(record))}").hex


def judge(parcels: Iterable[Parcel], here: Mapping[str, Here], *, twins: Mapping[str, str]) -> tuple[Offer, ...]:
    """Say of each form of a package how it stands. ``here`` are the forms of this data file by id, 回收站 included.

    ``twins`` are ids of the package whose form is here word for word under another id. A form that has the id of another
    office's one (both began from the same file) is one of its own, under an id of its own.
    """
    return tuple(_judge(_own(one, here), here, twins) for one in parcels)


def _own(parcel: Parcel, here: Mapping[str, Here]) -> Parcel:
    """Give a form of another office than the one here an id of its own."""
    found = here.get(parcel.record.id)
    if found is None or same_office(offices_of(found.record), offices_of(parcel.record)):
        return parcel
    fresh = other_id(parcel.record)
    versions = tuple(one._replace(record=replace(one.record, id=fresh)) for one in parcel.versions)
    return replace(parcel, record=replace(parcel.record, id=fresh), versions=versions)


def _judge(parcel: Parcel, here: Mapping[str, Here], twins: Mapping[str, str]) -> Offer:
    found = here.get(parcel.record.id)
    if found is None:
        if parcel.record.id in twins:
            return Offer(parcel, Standing.SAME, about="本机已有一模一样的一张")
        return Offer(parcel, Standing.NEW)
    theirs = frozenset((*parcel.states, state(parcel.record)))
    mine = frozenset((*found.states, state(found.record)))
    standing = _standing(parcel, found, theirs, mine)
    base = next((one for one in reversed(found.states) if one in theirs), "") if standing is Standing.BOTH else ""
    about = "本机的在回收站里，收进来就取回" if found.trashed else ""
    offered = standing in {Standing.NEWER, Standing.BOTH}
    refuses = found.refuses if offered and not _reopens(parcel, found) else ""
    return Offer(parcel, standing, found, found.at(base) if base else None, refuses, about)


def _standing(parcel: Parcel, here: Here, theirs: frozenset[str], mine: frozenset[str]) -> Standing:
    if replace(parcel.record, id=here.record.id) == here.record:
        lacks = any(version_key(one) not in here.versions for one in parcel.versions)
        return Standing.NEWER if lacks else Standing.SAME
    older, newer = state(parcel.record) in mine, state(here.record) in theirs
    if older and newer:  # somebody went back to an earlier state: who has been in more of them went on
        newer = len(parcel.states) > len(here.states)
        older = not newer
    if older:
        return Standing.OLDER
    return Standing.NEWER if newer else Standing.BOTH


def _reopens(parcel: Parcel, here: Here) -> bool:
    """Tell whether the first thing the package adds to a form that is 已上报 is its 退回修改."""
    decisive = {VersionKind.SUBMITTED, VersionKind.RETURNED}
    added = [one for one in parcel.versions if version_key(one) not in here.versions]
    return bool(added) and next((one.kind for one in added if one.kind in decisive), None) is VersionKind.RETURNED
