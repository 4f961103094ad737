"""Types of arriving: a form found in a file, the points to look at, what was said to them and decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.model import Binding
from perfdesk.recognition import Corrections, Leftover, Place, RecognisedForm
from perfdesk.source import SourceFile


class Say(StrEnum):
    """An answer to a point; the value is the word on its button."""

    TAKE = "采用"
    BLANK = "留空"
    NOTE = "存为备注"
    DROP = "不导入"
    KNOWN = "知道了"


class Choice(StrEnum):
    """What becomes of a form; the value is the word on its button."""

    NEW = "导入"
    VERSION = "存为新版本"
    UPDATE = "更新"
    BESIDE = "另建一张"
    SKIP = "跳过"


class Gravity(StrEnum):
    """Whether a point wants an answer, or only to be known."""

    ASKS = "asks"
    TELLS = "tells"


class Point(NamedTuple):
    """需要您看一眼: one point for a person to look at. The first of its ``answers`` holds while nothing is said.

    ``title`` is its kind in a few words, ``words`` what was found and what is done, ``places`` where in the file, ``bindings`` the
    fields it is about, ``leftovers`` the texts that belong to no field.
    """

    title: str
    words: str
    gravity: Gravity
    answers: tuple[Say, ...]
    places: tuple[Place, ...] = ()
    bindings: tuple[Binding, ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    @property
    def where(self) -> str:
        """The places in one line: 「第15行第1列、第16行第1列」, of many the first and how many more."""
        if len(self.places) > 2:
            return f"{self.places[0].address} 等 {len(self.places)} 处"
        return "、".join(one.address for one in self.places)


@dataclass(frozen=True, slots=True)
class Found:
    """找到的表: a form in a file as it was first recognised. ``number`` of ``count`` forms in the file, from 1.

    ``source`` is ``None`` for a file of our own format (JSON). ``strays`` are texts of the file that belong to no form, ``notes``
    what could not be read of it; both stand with the first form.
    """

    file: str
    kind: str
    digest: str
    source: SourceFile | None
    form: RecognisedForm
    number: int = 1
    count: int = 1
    strays: tuple[Leftover, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """核对中的表: a form with what was said to it so far.

    ``form`` is how it is understood now, ``corrections`` what was mapped by hand to come there; ``said`` are the answers to its
    points; ``year`` another year than the file says; ``choice`` what becomes of it, ``None`` while nobody chose.
    """

    found: Found
    form: RecognisedForm
    corrections: Corrections = field(default_factory=lambda: MappingProxyType({}))
    said: Mapping[Point, Say] = field(default_factory=lambda: MappingProxyType({}))
    year: int | None = None
    choice: Choice | None = None
    seen: bool = False

    def answer(self, point: Point) -> Say:
        """Return what holds for a point."""
        return self.said.get(point, point.answers[0])
