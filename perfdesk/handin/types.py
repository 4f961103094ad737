"""Types of a hand-in package (报送包): what is wanted, what it is made of, what became of it. No files here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from perfdesk.handin.naming import PATTERN

if TYPE_CHECKING:
    from perfdesk.fingerprint import Stamp
    from perfdesk.pagesetup import PageSetup
    from perfdesk.template import Filled


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the office wants: the forms of a ``year`` as files of these ``kinds`` (pdf, xlsx, docx) in a folder of ``folder``.

    ``recipient`` is whom it goes to (报送给), ``pattern`` names the files (``perfdesk.handin.naming``). ``contents``: a 目录 page;
    ``summary``: a 汇总表 is made where the year has none; ``check_sheets``: the 审核单 of all forms in one file; ``merged``: all of
    it once more in one PDF with bookmarks, to print; ``zipped``: one zip in place of the folder.
    """

    year: int
    folder: Path
    kinds: tuple[str, ...] = ("pdf", "xlsx")
    recipient: str = ""
    pattern: str = PATTERN
    contents: bool = True
    summary: bool = False
    check_sheets: bool = False
    merged: bool = False
    zipped: bool = False


class What(StrEnum):
    """What a file of the package holds."""

    FORM = "form"
    CONTENTS = "contents"
    CHECK_SHEETS = "check-sheets"
    MERGED = "merged"


class Item(NamedTuple):
    """One file: its name with its ending, its format, and of a form which one (its place among the forms)."""

    name: str
    what: What
    kind: str
    form: int = -1


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: the forms in their order, the forms of this year and the last among which they stand, the moment.

    ``office`` is who hands in. ``stamps`` are version and 校验码 of the forms that were handed in, ``setups`` the pages they are
    printed on, both by the id of the form.
    """

    wanted: Wanted
    forms: tuple[Filled, ...]
    around: tuple[Filled, ...]
    made: datetime
    office: str = ""
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    setups: Mapping[str, PageSetup] = field(default_factory=dict)


class Failure(NamedTuple):
    """A file that was not written, and why, in one sentence."""

    item: Item
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: the folder or zip, the files written and those that were there already, what to know, what is missing.

    ``stopped``: somebody said 停止. ``code`` is the 校验码 of the package, ``""`` while something is missing.
    """

    place: Path
    written: tuple[str, ...]
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    stopped: bool = False
    code: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.failed and not self.stopped


class Progress(Protocol):
    """Who is told how far it is, and may stop it between two files."""

    @property
    def stopped(self) -> bool:
        """Whether somebody said 停止."""

    def advance(self, done: int, current: str, /) -> None:
        """``done`` files are there, ``current`` is next."""
