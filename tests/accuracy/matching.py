"""Findings against an answer key: what was found, missed, or raised beyond the key. Nothing is checked here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from perfdesk.model import Finding, Severity, flatten

#: Words of the keys for places that the program names in its own.
ALIASES: Final = {
    "whole form": "整张表",
    "评分(扣)分标准": "评(扣)分标准",
    "年度预算申请（万元）": "年初预算数（万元）",
    "二、项目支出": "二、（一）／二、（二）",
}
_DECORATION: Final = re.compile(r"其中|[\s:：、，,（）()“”\"]")
_CHAPTER: Final = re.compile(r"[一二三四五六七八九十]+、")


class Entry(NamedTuple):
    """One finding of a key or of the program: its code and the words of its place."""

    code: str
    where: str


class Raised(NamedTuple):
    """A finding that the program raised, as far as the measurement looks at it."""

    code: str
    where: str
    severity: Severity
    title: str

    @property
    def entry(self) -> Entry:
        return Entry(self.code, self.where)


class Outcome(NamedTuple):
    """What came of one form: each entry of the key is found or missed, each finding found or beyond the key."""

    form: str
    found: tuple[Entry, ...]
    missed: tuple[Entry, ...]
    beyond: tuple[Raised, ...]


def raised(findings: tuple[Finding, ...]) -> tuple[Raised, ...]:
    """Return the findings of a form with their consequences."""
    return tuple(Raised(one.code, one.where, one.severity, one.title) for one in flatten(findings))


def compare(form: str, key: Sequence[Entry], got: Sequence[Raised]) -> Outcome:
    """Set the findings of a form against its key: the same words of the place first, then words that hold each other."""
    left = list(got)
    found: list[Entry] = []
    open_ = list(key)
    for near in (_is_same, _is_near):
        for wanted in tuple(open_):
            hit = next((one for one in left if one.code == wanted.code and near(wanted.where, one.where)), None)
            if hit is not None:
                left.remove(hit)
                open_.remove(wanted)
                found.append(wanted)
    return Outcome(form, tuple(found), tuple(open_), tuple(left))


def _is_same(wanted: str, got: str) -> bool:
    return _parts(wanted) == _parts(got)


def _is_near(wanted: str, got: str) -> bool:
    """Tell whether one place lies in the other: 「一、（四）三公经费」 in 「一、（四）」."""
    one, two = _parts(wanted), _parts(got)
    return len(one) == len(two) == 1 and (one[0] in two[0] or two[0] in one[0])


def _parts(where: str) -> tuple[str, ...]:
    """Return the words of a place; 「二、（一）/（三）」 are two, both of chapter 二."""
    first, *others = re.split("[/／]", ALIASES.get(where, where))
    chapter = _CHAPTER.match(first)
    start = chapter[0] if chapter else ""
    parts = (first, *(one if _CHAPTER.match(one) else start + one for one in others))
    return tuple(_DECORATION.sub("", one) for one in parts)


class Line(NamedTuple):
    """One code over many forms."""

    code: str
    found: int
    missed: int
    beyond: int

    @property
    def recall(self) -> str:
        return _percent(self.found, self.found + self.missed)

    @property
    def precision(self) -> str:
        return _percent(self.found, self.found + self.beyond)


def by_code(outcomes: Iterable[Outcome], order: Iterable[str]) -> tuple[Line, ...]:
    """Add up the outcomes for each code that occurs, in the order of the catalogue."""
    outcomes = tuple(outcomes)
    counts = [
        Counter(one.code for outcome in outcomes for one in getattr(outcome, part))
        for part in ("found", "missed", "beyond")
    ]
    lines = (Line(code, *(count[code] for count in counts)) for code in order)
    return tuple(line for line in lines if line.found or line.missed or line.beyond)


def total(lines: Sequence[Line]) -> Line:
    """Add up the lines of a table."""
    return Line(
        "all",
        sum(line.found for line in lines),
        sum(line.missed for line in lines),
        sum(line.beyond for line in lines),
    )


def _percent(part: int, whole: int) -> str:
    """Write a share: 「–」 where there is nothing to share."""
    return f"{part * 100 / whole:.1f} %" if whole else "–"
