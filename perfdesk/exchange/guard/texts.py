"""Texts from outside: what nobody can see is taken out, halves of characters are marked, the notes say how often and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

MAX_TEXT: Final = 100_000
"""Characters of one cell; as many as a record may hold (docs/exchange-format.md)."""
MAX_CELLS: Final = 100_000
"""Cells with text of one file: a hundred forms of a thousand cells each."""
_NAMED: Final = 3  # places that a note names
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)
_FIELDS = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[0-9]{1,3}|[A-Za-z&])')  # as sheets write them: &C&P
_PAGES = re.compile(r"[第共总页码]")
_CHINESE = re.compile("[㐀-鿿]{2}")
_HALF = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_QUIET = frozenset("\xad\u200b\ufeff\u2060")
"""Hints where a line may break: gone without a word, nobody means anything by them."""


class Texts:
    """Lives while one file is read: cleans its texts and remembers what had to be done, for :meth:`notes`."""

    def __init__(self) -> None:
        self._unseen: dict[str, int] = {}
        self._halves: dict[str, int] = {}
        self._long: dict[str, int] = {}

    def clean(self, text: str, place: str) -> str:
        """Return ``text`` with plain line feeds, without invisible and bidirectional controls, of bearable length.

        ``place`` is what the notes call it: 「C12」.
        """
        if len(text) > MAX_TEXT:
            self._long[place] = len(text)
            text = text[:MAX_TEXT]
        if not _ODD.search(text):
            return text
        text = _BREAKS.sub("\n", text)
        text, halves = _HALF.subn("\ufffd", text)
        removed = [one for one in _ODD.findall(text) if one not in _QUIET]
        if halves:
            self._halves[place] = halves
        if removed:
            self._unseen[place] = len(removed)
        return _ODD.sub("", text)

    def notes(self) -> Iterator[str]:
        """Say what was done, one sentence for each kind."""
        if self._unseen:
            yield f"有 {sum(self._unseen.values())} 个看不见的控制字符，已去掉（{_places(self._unseen)}）。"
        if self._halves:
            yield f"有 {sum(self._halves.values())} 个残缺的字符，已换成“\ufffd”（{_places(self._halves)}），请对照原件补上。"
        for place, length in list(self._long.items())[:_NAMED]:
            yield f"{place} 有 {length} 个字，只读了前 {MAX_TEXT} 个。"
        if len(self._long) > _NAMED:
            yield f"另有 {len(self._long) - _NAMED} 处文字过长，也只读了前 {MAX_TEXT} 个字。"


def running(text: str) -> str:
    """Return what is worth a note in a head or foot of the pages: words that are neither page numbers nor our own 校验码."""
    words = " ".join(_FIELDS.sub(" ", text).split())
    return words if _CHINESE.search(_PAGES.sub("", words)) and "校验码" not in words else ""


def _places(found: dict[str, int]) -> str:
    named = "、".join(list(found)[:_NAMED])
    return named if len(found) <= _NAMED else f"{named} 等 {len(found)} 处"
