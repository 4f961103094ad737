"""The shared strings of a workbook: plain ones, and rich ones put together from their runs, without the furigana."""

from __future__ import annotations

import re

from perfdesk.exchange.guard import Archive, walk
from perfdesk.exchange.shown import symbols

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as ``_x000D_``."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_strings(archive: Archive, member: str, name: str) -> list[str]:
    """Read all shared strings by their number."""
    if not member:
        return []
    reader = _Strings()
    walk(archive.read(member), name, start=reader.start, end=reader.end, text=reader.text)
    return reader.found


class _Strings:
    """Lives while the strings pass by."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._run: list[str] = []
        self._face = ""
        self._taking = False
        self._aside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            self._taking = not self._aside
        elif tag == "si":
            self._pieces.clear()
        elif tag == "r":
            self._run, self._face = [], ""
        elif tag == "rFont":
            self._face = attributes.get("val", "")
        elif tag == "rPh":
            self._aside += 1

    def text(self, text: str) -> None:
        if self._taking:
            self._run.append(text)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            self._taking = False
        elif tag in {"r", "si"}:
            self._pieces.append(symbols(unescaped("".join(self._run)), self._face))
            self._run, self._face = [], ""
            if tag == "si":
                self.found.append("".join(self._pieces))
        elif tag == "rPh":
            self._aside -= 1
