"""The bundled faces by name: what they are called, where their files lie, where their baseline sits.

It must not open a font; ``metrics`` measures and ``embedding`` hands the files to reportlab.
"""

from __future__ import annotations

import lzma
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from perfdesk.errors import UserError


class Face(StrEnum):
    """字面 (face): one font file. The value is its full name; Qt finds it by ``family`` and ``bold``."""

    SONG = "PD Song"  # 宋体: the form itself
    SONG_BOLD = "PD Song Bold"  # 宋体加粗: titles and labels
    HEI = "PD Hei"  # 黑体: headings 「一、」 of reports; the window, where the system has no Chinese face
    KAI = "PD Kai"  # 楷体: headings 「（一）」 of reports
    RARE = "PD Rare"  # rare characters and symbols that PD Song lacks

    @property
    def stem(self) -> str:
        """The file's name without its ending: ``PDSong-Bold``. It is also the PostScript name and reportlab's."""
        style = "Bold" if self.bold else "Regular"
        return f"{self.family.replace(' ', '')}-{style}"

    @property
    def family(self) -> str:
        """The family Qt lists after the file was loaded: ``PD Song`` for the regular and the bold one."""
        return self.value.removesuffix(" Bold")

    @property
    def bold(self) -> bool:
        """True for a face that is bold by drawing."""
        return self is Face.SONG_BOLD


# The em box above and below the baseline, in parts of the size: sTypoAscender and sTypoDescender of the files. A line of
# size s whose em box begins at y has its baseline at y + ASCENT·s.
ASCENT = MappingProxyType(dict.fromkeys(Face, 0.88) | {Face.RARE: 880 / 1024})
DESCENT = MappingProxyType(dict.fromkeys(Face, 0.12) | {Face.RARE: 144 / 1024})


def folder() -> Path:
    """``resources/fonts``: beside the package, in the repository, in an installed wheel and in a frozen program alike."""
    return Path(__file__).resolve().parents[2] / "resources" / "fonts"


def path(face: Face) -> Path:
    """The file of a face, for ``QFontDatabase.addApplicationFont`` and reportlab."""
    return folder() / f"{face.stem}.ttf"


SELDOM = (Face.KAI, Face.RARE)
"""Faces that a package may hold compressed: those of some headings and of rare characters."""


def is_packed(plain: Path) -> bool:
    """Tell whether a face lies compressed where its file is looked for, as those of ``SELDOM`` do in a package."""
    return not plain.is_file() and _packed(plain).is_file()


def unpack(plain: Path) -> bytes:
    """Return the bytes of a packed face: 0.7 s and 22 MB for the largest. Raises :class:`UserError` where it is damaged."""
    try:
        return lzma.decompress(_packed(plain).read_bytes())
    except (OSError, EOFError, lzma.LZMAError) as error:
        trouble = f"字体文件“{_packed(plain).name}”读不出来，用到它的生僻字会显示成方框。请重新安装本程序，表里的内容不受影响。"
        raise UserError(trouble) from error


def _packed(plain: Path) -> Path:
    return plain.with_name(f"{plain.name}.xz")
