"""Types of merging: forms of a package, forms that are here, how one stands to the other. Small: a data file opens with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, NamedTuple

from perfdesk.model import Record, VersionKind
from perfdesk.snapshots import content_of, state_of

DIGITS: Final = 16
"""So many of the 64 digits of a state's digest are carried: enough to tell the states of one form apart."""


class Kept(NamedTuple):
    """版本 (version) of a form that came along: its words, its moment where it was made, and the form as it stood."""

    kind: VersionKind
    name: str
    note: str
    kept: datetime
    record: Record


@dataclass(frozen=True, slots=True)
class Parcel:
    """One form of a data package: as it stands, the states it has been in (the latest last), its versions (the earliest first)."""

    record: Record
    states: tuple[str, ...] = ()
    versions: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """数据包 (data package): forms of some years of an ``office``, with the 表样 and 计分办法 of its own that they use.

    ``templates`` and ``policies`` are the texts of files by their id, ``choices`` the policy an office uses for a template instead
    of the one it names.
    """

    office: str
    made: datetime
    years: tuple[int, ...]
    forms: tuple[Parcel, ...]
    templates: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Here:
    """A form of this data file, as far as merging asks: ``at`` gives it as it was in a state, ``None`` where that is lost.

    ``refuses`` says why it takes no change at present (已上报, 只供查看), ``""`` where it does.
    """

    record: Record
    states: tuple[str, ...]
    versions: frozenset[tuple[str, str, str]]
    at: Callable[[str], Record | None]
    refuses: str = ""
    trashed: bool = False


class Standing(Enum):
    """How a form of a package stands to the one here."""

    NEW = "新的"
    NEWER = "对方改过"
    BOTH = "两边都改过"
    SAME = "一样"
    OLDER = "本机改过"

    @property
    def words(self) -> str:
        """As the list of a package calls it."""
        return self.value


@dataclass(frozen=True, slots=True)
class Offer:
    """What a package offers for one form: how it stands, what is here, and the state from which both went on, if it is known.

    ``refuses`` says why it cannot be taken now, ``about`` what else is worth knowing.
    """

    parcel: Parcel
    standing: Standing
    here: Here | None = None
    base: Record | None = None
    refuses: str = ""
    about: str = ""

    @property
    def takes(self) -> bool:
        """Whether there is anything to take that may be taken."""
        return self.standing in {Standing.NEW, Standing.NEWER, Standing.BOTH} and not self.refuses


def state(record: Record) -> str:
    """Return the digest of a form as packages carry it."""
    return state_of(content_of(record))[:DIGITS]


def version_key(kept: Kept) -> tuple[str, str, str]:
    """Return what tells a version from the others of its form."""
    return kept.kind.value, kept.name, kept.kept.isoformat()
