"""Texts of other programs: UTF-8, UTF-16 that says so, and GB18030 (GBK, GB2312), which Chinese editions still write.

Any pair of bytes is some character of GB18030, so a damaged file in UTF-8 would read as nonsense in it. ``is_sure`` tells the two
apart. It knows no files.
"""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SURE: Final = 3
"""In a text that is really in GB18030 hardly one Chinese character is one of UTF-8 too; of damaged UTF-8 two of three are."""
_LOOKED_AT: Final = 1 << 18  # bytes that tell


class Decoded(NamedTuple):
    """A text, the encoding it was read in (``UTF-8``, ``UTF-16``, ``GB18030``), and whether it can be no other."""

    text: str
    encoding: str
    is_sure: bool = True


def decode(data: bytes) -> Decoded | None:
    """Read bytes as a text, ``None`` where they are none. ``decode("项目".encode("gbk"))`` is 「项目」 in GB18030."""
    try:
        if data.startswith(_UTF_16):
            return Decoded(data.decode("utf-16"), "UTF-16")
        if b"\0" in data:
            return None
        return Decoded(data.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError:
        return None if data.startswith(_UTF_16) else _gb18030(data)


def _gb18030(data: bytes) -> Decoded | None:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    start = data[:_LOOKED_AT]
    survivors, read = start.decode("utf-8", errors="ignore"), start.decode("gb18030", errors="ignore")
    return Decoded(text, "GB18030", is_sure=_characters(survivors) * _SURE <= _characters(read))


def _characters(text: str) -> int:
    """Count Chinese characters: three bytes of UTF-8 each, which two pairs of GB18030 seldom look like."""
    return sum("\u4e00" <= one <= "\u9fff" for one in text)
