"""The styles of a foreign workbook: what format a cell has, and twins of its styles for texts that look like formulas."""

from __future__ import annotations

import copy
import re
from typing import Final

from lxml import etree

from perfdesk.exchange.guard.markup import Element, local
from perfdesk.exchange.shown import BUILT_IN

_DECIMALS: Final = re.compile(r"[0#?](?:\.([0#?]+))?(%?)")
_MOST_DIGITS: Final = 10
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Styles:
    """The tree of the styles. Lives while a file is filled; ``changed`` tells whether it must be written."""

    def __init__(self, root: Element | None) -> None:
        self.root = root
        self.changed = False
        self._twins: dict[int, int] = {}
        parts = {local(one.tag): one for one in root} if root is not None else {}
        self._formats = parts.get("cellXfs")
        codes = parts.get("numFmts")
        self._codes = dict(BUILT_IN) | {
            int(number): one.get("formatCode", "")
            for one in (codes if codes is not None else ())
            if _is_number(number := one.get("numFmtId", ""))
        }

    def code(self, style: int) -> str:
        """Return the number format of a style: ``0.00%``, ``@``; ``""`` for General."""
        if self._formats is None or style >= len(self._formats):
            return ""
        number = self._formats[style].get("numFmtId", "0")
        return self._codes.get(int(number), "") if _is_number(number) else ""

    def quoted(self, style: int) -> int:
        """Return a twin of a style whose texts stay texts when somebody edits them (quotePrefix); the twin is added behind all."""
        if self._formats is None or style >= len(self._formats):
            return style
        if self._formats[style].get("quotePrefix") in {"1", "true"}:
            return style
        if style not in self._twins:
            twin = copy.deepcopy(self._formats[style])
            twin.set("quotePrefix", "1")
            self._formats.append(twin)
            self._formats.set("count", str(len(self._formats)))
            self._twins[style] = len(self._formats) - 1
            self.changed = True
        return self._twins[style]

    def data(self) -> bytes:
        """Return the bytes of the styles."""
        return bytes(etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True))


def shows_percent(code: str) -> bool:
    """Tell whether a format shows 0.9846 as 98.46%."""
    return "%" in _QUOTED.sub("", code)


def decimals_of(code: str) -> int | None:
    """Return how many decimals a format shows; ``None`` for General, text and dates, which round nothing here."""
    found = _DECIMALS.search(_QUOTED.sub("", code.split(";", maxsplit=1)[0]))
    return None if found is None else len(found[1] or "")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS
