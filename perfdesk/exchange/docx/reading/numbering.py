"""Numbers that Word writes itself: 「一、」 before a heading, 「1.」 before an item, which stand in no text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perfdesk.exchange.docx.reading.looks import value
from perfdesk.exchange.guard import Archive, local, parse
from perfdesk.exchange.guard.markup import Element

NUMBERING: Final = "word/numbering.xml"
"""Where the lists are in a file that does not say."""
_LEVELS: Final = 9
_MOST: Final = 99_999  # a number beyond is nobody's
_PLACE: Final = re.compile(r"%([1-9])")
_DIGITS: Final = "零一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
_CIRCLED: Final = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


class Level(NamedTuple):
    """How a level of a list counts: from where, in which numerals, between which words (``%1、``)."""

    start: int = 1
    numerals: str = "decimal"
    words: str = ""
    is_legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and while it is read how far each has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    """Number of a list -> the name of what counts, which several lists may share, and its levels."""
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Count one further in a list, and return what Word writes before the paragraph: 「（一）」, ``""`` for a bullet."""
        if number not in self.lists or not 0 <= level < _LEVELS:
            return ""
        counted, levels = self.lists[number]
        counts = self._counts.setdefault(counted, [-1] * _LEVELS)
        for at in range(level + 1):
            if counts[at] < 0:
                counts[at] = levels.get(at, Level()).start - (at == level)
        counts[level] = min(counts[level] + 1, _MOST)
        counts[level + 1 :] = [-1] * (_LEVELS - level - 1)
        own = levels.get(level, Level())
        if own.numerals in {"bullet", "none"}:
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            numerals = "decimal" if own.is_legal else levels.get(at, Level()).numerals
            return numeral(max(counts[at], 0), numerals)

        words = _PLACE.sub(written, own.words)
        return words + " " if words[-1:].isalnum() else words


def numeral(number: int, kind: str) -> str:
    """Write a number as a list does: 3 is 「三」, 「③」, 「c」, 「III」 or 「3」."""
    if kind in _CHINESE or kind.startswith("ideograph"):
        return _counted(number)
    if kind == "chineseLegalSimplified":
        return _counted(number).translate(str.maketrans(_DIGITS + "十百千万", _LEGAL + "拾佰仟万"))
    if kind in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if kind in {"lowerLetter", "upperLetter"} and number:
        letters = chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
        return letters.upper() if kind[0] == "u" else letters
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if kind[0] == "u" else roman
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _counted(number: int) -> str:
    """Count in Chinese up to 99 999: 12 is 「十二」, 105 「一百零五」."""
    if number >= 10_000:
        rest = number % 10_000
        return _counted(number // 10_000) + "万" + (("零" if rest < 1000 else "") + _counted(rest) if rest else "")
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    words = words or _DIGITS[0]
    return words[1:] if words.startswith("一十") else words


def _roman(number: int) -> str:
    words = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        words += letters * min(count, 20)
    return words


def read_numbering(archive: Archive, member: str, name: str) -> Numbering:
    """Read the lists of a file; one without any has none."""
    if member not in archive:
        return Numbering()
    root = parse(archive.read(member), name)
    kinds = {value(one, "abstractNumId") or "": _levels(one) for one in root if local(one.tag) == "abstractNum"}
    found: dict[str, tuple[str, dict[int, Level]]] = {}
    for one in root:
        if local(one.tag) != "num":
            continue
        number, kind = value(one, "numId") or "", value(one.find("{*}abstractNumId")) or ""
        levels = dict(kinds.get(kind, {}))
        counted = kind
        for change in one.findall("{*}lvlOverride"):
            at = _whole(value(change, "ilvl"))
            own = change.find("{*}lvl")
            levels[at] = _level(own) if own is not None else levels.get(at, Level())
            if (start := value(change.find("{*}startOverride"))) is not None:
                levels[at] = levels[at]._replace(start=_whole(start))
                counted = f"{kind}/{number}"
        found[number] = (counted, levels)
    return Numbering(found)


def _levels(kind: Element) -> dict[int, Level]:
    return {_whole(value(one, "ilvl")): _level(one) for one in kind if local(one.tag) == "lvl"}


def _level(element: Element) -> Level:
    start = value(element.find("{*}start"))
    return Level(
        start=1 if start is None else _whole(start),
        numerals=value(element.find("{*}numFmt")) or "decimal",
        words=(value(element.find("{*}lvlText")) or "")[:40],
        is_legal=element.find("{*}isLgl") is not None,
    )


def _whole(text: str | None) -> int:
    return min(int(text), _MOST) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
