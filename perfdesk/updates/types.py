"""What an update is, how the program stands, what going back would do: types only."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from perfdesk.store import Backup


class Kind(StrEnum):
    """What an update renews; the value stands in its manifest."""

    PROGRAM = "program"
    PARAMETERS = "parameters"

    @property
    def words(self) -> str:
        """The word on screen: 程序 or 参数包 (templates, policies, handbook and dates of a year)."""
        return "程序" if self is Kind.PROGRAM else "参数包"


class Update(NamedTuple):
    """An update file whose signature is good; what it holds is held against its list when it is installed.

    ``changes`` are Chinese sentences for the clerk, one a line. ``size`` is what it takes on the disk, in bytes. ``seal`` is the
    SHA-256 of what was signed: what is installed is what was shown.
    """

    path: Path
    kind: Kind
    version: str
    needs: str
    """The oldest version of the program that can take it in."""
    machine: str
    """``linux-x86_64``, ``linux-aarch64``, ``windows-amd64``; ``""`` where it fits every machine (参数包)."""
    made: date
    changes: tuple[str, ...]
    signer: str
    """The name of the key, as this program knows it: whose signature it is."""
    size: int
    seal: str


class Standing(NamedTuple):
    """Which version is in force, which one 回到上一版 brings (``""``: none), and why there can be no update here (``""``: can).

    ``waiting`` is a version of the program that is installed and comes with the next start (``""``: none).
    """

    kind: Kind
    version: str
    previous: str
    refusal: str
    waiting: str = ""


class Rollback(NamedTuple):
    """What 回到上一版 does: from ``version`` to ``previous``.

    ``must_restore``: the newer program saved the data file in a way the older one cannot read. Then ``backup``, the newest one that
    it can read, takes the place of the data file, which is kept beside it; what was typed since is only in there. ``None``: there
    is no such backup, and going back would begin with no forms.
    """

    kind: Kind
    version: str
    previous: str
    must_restore: bool = False
    backup: Backup | None = None


class Settled(NamedTuple):
    """What a start found: ``failed`` is a version that was installed and did not start (``""``: none), ``removed`` what was old."""

    failed: str
    removed: tuple[str, ...]
