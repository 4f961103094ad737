"""字体 (faces): registers the bundled TrueType files with Qt and chooses the face of the screen.

The paper is always set in the bundled Song, so that screen and print agree; menus and panels take the face of the system
where it has a Chinese one. This module never measures or draws text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from perfdesk.fonts import SELDOM, is_packed, path
from perfdesk.places import resources

FONT_FOLDER: Final = resources() / "fonts"
REGULAR: Final = "PDSong-Regular.ttf"
BOLD: Final = "PDSong-Bold.ttf"
HEI: Final = "PDHei-Regular.ttf"
KAI: Final = "PDKai-Regular.ttf"
RARE: Final = "PDRare-Regular.ttf"

_UI_CHOICE: Final = (
    "Microsoft YaHei UI",
    "微软雅黑",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "思源黑体",
    "思源黑体 CN",
    "Source Han Sans SC",
    "Source Han Sans CN",
)
_PAPER_CHOICE: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "SimSun", "宋体")


@dataclass(frozen=True, slots=True)
class Faces:
    """The families to use: ``ui`` for the window, ``song``, ``hei``, ``kai`` and ``rare`` for the paper.

    ``missing`` names the bundled files that were not there or that Qt could not read; a system face stands in for them, and
    the start-up says so, because the paper then differs from the print. ``packed`` are those that lie compressed in a package:
    they have their names already, and :class:`ui.warming.Unpacking` brings them once the window stands.
    """

    ui: str
    song: str
    hei: str
    kai: str
    rare: str
    missing: tuple[str, ...] = ()
    packed: tuple[Path, ...] = ()

    def paper_chain(self) -> tuple[str, ...]:
        """Return the families for paper text, in the order in which a character is looked for."""
        return tuple(dict.fromkeys((self.song, self.rare, self.hei)))


def load_fonts(folder: Path = FONT_FOLDER) -> Faces:
    """Register the bundled faces of ``folder`` and return the families to use; needs a running application object."""
    packed = {name: face for face in SELDOM if is_packed(folder / (name := path(face).name))}
    families = {name: _register(folder / name) for name in (REGULAR, BOLD, HEI, KAI, RARE) if name not in packed}
    families |= {name: face.family for name, face in packed.items()}
    present = frozenset(QFontDatabase.families())
    hei = families[HEI] or _first(_UI_CHOICE, present)
    song = families[REGULAR] or _first(_PAPER_CHOICE, present)
    return Faces(
        ui=_first(_UI_CHOICE, present, otherwise=hei),
        song=song,
        hei=hei,
        kai=families[KAI] or song,
        rare=families[RARE] or song,
        missing=tuple(name for name, family in families.items() if not family),
        packed=tuple(folder / name for name in packed),
    )


def ui_font(family: str, size: int) -> QFont:
    """Return the face of the window in ``size`` px (already scaled)."""
    font = QFont(family)
    font.setPixelSize(size)
    return font


def register_unpacked(data: bytes) -> None:
    """Hand Qt a face that was packed; what has been drawn without it has to be drawn again."""
    QFontDatabase.addApplicationFontFromData(data)


def _register(file: Path) -> str:
    """Hand one file to Qt; ``""`` when it is absent or unreadable, which ``Faces.missing`` reports."""
    if not file.is_file():
        return ""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return families[0] if families else ""


def _first(choice: tuple[str, ...], present: frozenset[str], *, otherwise: str = "") -> str:
    """Return the first family that is installed, else ``otherwise``, else the general one of the system."""
    fallback = otherwise or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return next((family for family in choice if family in present), fallback)
