"""外观 (theme): every colour and size of the window, the one style sheet and the one palette.

No other module of ``ui`` writes a colour. Painted widgets ask ``tokens(self.palette())`` while they paint, so a change of
theme reaches them by Qt's own palette change, and nobody has to hold or pass the table. Sizes are logical px at 100 %;
``px(font, n)`` applies 大字. This module decides nothing about words or layout.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette

from ui.faces import Faces, load_fonts, ui_font
from ui.stylesheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["DARK", "HIGH", "LIGHT", "Faces", "Mode", "Paper", "Tokens", "apply", "load_fonts", "px", "qcolor", "tokens"]

SPACING: Final = (2, 4, 6, 8, 10, 14, 20, 28)
BODY, BODY_LINE = 14, 20  # everything small
FIGURE = 15  # figures in the status bar, years
DIALOG_TITLE, DIALOG_TITLE_LINE = 16, 24
VERDICT, VERDICT_LINE = 20, 28
PAGE_TITLE, PAGE_TITLE_LINE = 22, 30
ROW_LIST, ROW_YEAR, ROW_TABLE, ROW_HEAD, ROW_GROUP = 32, 34, 36, 34, 30
TOOL_BUTTON, BUTTON, BUTTON_CARD, BUTTON_FOOT, INPUT = 32, 30, 28, 36, 32
MENU_BAR, TOOL_BAR, LOCATION_BAR, STATUS_BAR, DIALOG_FOOT = 32, 44, 36, 34, 56
RADIUS, RADIUS_SMALL = 4, 3  # controls and cards; pills and keys. Rows, paper and meters: 0
LINE, FRAME, CURRENT_BAR = 1, 2, 3  # hairline; focus and edit frame; bar of the current row
SCALES: Final = (1.0, 1.15, 1.3)  # 100 % and the two steps of 大字
STYLE: Final = ("-style", "Fusion")
"""Words that give an application Qt's own style; ``setStyle`` would first name all that a style has, 8 ms of a start."""
_FUSION_FRAME: Final = 140  # % that Fusion darkens Window by for the frame of a box


class Mode(StrEnum):
    """Which table is in force."""

    LIGHT = "light"
    DARK = "dark"
    HIGH = "high"  # 高对比


@dataclass(frozen=True, slots=True)
class Paper:
    """Colours of the page. The page is white in every mode; only its edge follows the desk.

    ``grid_width`` is the inner grid line in px. ``select`` is the frame of the current cell, ``range`` the ground of a range,
    ``found`` the ground behind a find hit, ``fixed`` the ground of a cell just fixed, ``dimmed`` the page with 纸面调暗.
    """

    paper: str = "#FFFFFF"
    print: str = "#15191D"
    typed: str = "#0F3C78"
    computed: str = "#EDF0F2"
    grid: str = "#3A4148"
    ghost: str = "#5A6570"
    edge: str = "#B4BBC2"
    shade: str = "#C6CCD2"
    error: str = "#B3261E"
    warning: str = "#D98A00"
    hint: str = "#35618C"
    select: str = "#1D5B96"
    range: str = "#E1ECF6"
    hover: str = "#F2F6FA"
    found: str = "#FFE9A8"
    fixed: str = "#E1F1E8"
    dimmed: str = "#F2F0EA"
    grid_width: float = 1.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """One table of colours, ``#RRGGBB``. ``raised`` is the ground of inputs, buttons and cards (CSS: raise).

    ``accent_hover`` is the primary button under the mouse; ``on_fill`` the sign inside an amber triangle; ``g1`` … ``g4`` are
    执行率, 产出, 效益, 满意度 in meter and charts.
    """

    mode: Mode
    desk: str
    rail: str
    chrome: str
    panel: str
    raised: str
    line: str
    line2: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    on_accent: str
    hover: str
    sel: str
    err: str
    err_weak: str
    warn: str
    warn_fill: str
    warn_weak: str
    hint: str
    hint_weak: str
    ok: str
    ok_weak: str
    g1: str
    g2: str
    g3: str
    g4: str
    on_fill: str = "#1B2126"
    seal: str = "#B5352A"
    paper: Paper = Paper()


LIGHT: Final = Tokens(
    mode=Mode.LIGHT,
    desk="#DCE0E4",
    rail="#E9ECEF",
    chrome="#F3F5F6",
    panel="#F8F9FA",
    raised="#FFFFFF",
    line="#CCD2D7",
    line2="#7F8A94",
    ink="#1B2126",
    ink2="#46505A",
    ink3="#5A6570",
    accent="#1D5B96",
    accent_hover="#174A7C",
    on_accent="#FFFFFF",
    hover="#DEE3E8",
    sel="#D3E3F2",
    err="#B3261E",
    err_weak="#FBE9E7",
    warn="#8A5700",
    warn_fill="#E09A1A",
    warn_weak="#FDF1D9",
    hint="#35618C",
    hint_weak="#E6EEF6",
    ok="#1C6B43",
    ok_weak="#E1F1E8",
    g1="#6B7884",
    g2="#1D5B96",
    g3="#4E8F86",
    g4="#9A7BB0",
)
DARK: Final = Tokens(
    mode=Mode.DARK,
    desk="#1A1F24",
    rail="#232A30",
    chrome="#2A3138",
    panel="#282F36",
    raised="#323A42",
    line="#424C55",
    line2="#84909B",
    ink="#EDF0F2",
    ink2="#C3CBD2",
    ink3="#A9B4BD",
    accent="#8CBDEB",
    accent_hover="#A9CFF2",
    on_accent="#0E1B28",
    hover="#343D46",
    sel="#34506B",
    err="#FF9A90",
    err_weak="#4A2A2A",
    warn="#F2C063",
    warn_fill="#F2B03A",
    warn_weak="#453820",
    hint="#9CC4EA",
    hint_weak="#2A3D50",
    ok="#86D3A8",
    ok_weak="#24412F",
    g1="#9AA6B1",
    g2="#6FA8DC",
    g3="#77BDB2",
    g4="#C0A3D6",
    paper=Paper(edge="#0E1215", shade="#12171B"),
)
HIGH: Final = replace(
    LIGHT,
    mode=Mode.HIGH,
    **dict.fromkeys(("ink", "line", "line2"), "#000000"),
    **dict.fromkeys(("desk", "rail", "chrome", "panel", "raised"), "#FFFFFF"),
    **dict.fromkeys(("err_weak", "warn_weak", "hint_weak", "ok_weak"), "#FFFFFF"),
    accent="#003C8F",
    accent_hover="#002A66",
    paper=Paper(grid="#000000", print="#000000", edge="#000000", shade="#000000", grid_width=1.5),
)
TABLES: Final = {table.mode: table for table in (LIGHT, DARK, HIGH)}
_BY_ACCENT: Final = {QColor(table.accent).rgb(): table for table in TABLES.values()}


@cache
def qcolor(code: str) -> QColor:
    """Return the colour of a token; shared, so never change it in place."""
    return QColor(code)


def tokens(palette: QPalette) -> Tokens:
    """Return the table a palette was made from: each table has an accent of its own. A foreign palette means light."""
    return _BY_ACCENT.get(palette.color(QPalette.ColorRole.Accent).rgb(), LIGHT)


def scale_of(font: QFont) -> float:
    """Return the 大字 factor of a widget that keeps the font of the application (1.0 for a font set in points)."""
    return max(font.pixelSize(), BODY) / BODY


def px(font: QFont, size: float) -> int:
    """Return ``size`` px at the factor of ``font``. Example: a 32 px row with 大字 1.15 (font 16 px) is 37 px."""
    return round(size * scale_of(font))


def sized(font: QFont, size: int, *, bold: bool = False) -> QFont:
    """Return the face of ``font`` in ``size`` px at 100 %, weight 400 or 700."""
    made = QFont(font)
    made.setPixelSize(px(font, size))
    made.setBold(bold)
    return made


def system_mode(app: QApplication) -> Mode:
    """Return dark when the desktop is set to dark, else light."""
    return Mode.DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else Mode.LIGHT


def apply(app: QApplication, mode: Mode, *, faces: Faces, scale: float = 1.0) -> None:
    """Put the look on the whole program: font, palette and style sheet. ``scale`` is one of ``SCALES``."""
    table = TABLES[mode]
    body = round(BODY * scale)
    app.setFont(ui_font(faces.ui, body))
    app.setPalette(palette_of(table))
    for kind in ("QCheckBox", "QRadioButton", "QAbstractItemView"):
        app.setPalette(framed(palette_of(table)), kind)  # type: ignore[arg-type]  # the stubs say bytes, Qt for Python takes str
    app.setStyleSheet(style_sheet(table, face=faces.ui, body=body))


def framed(palette: QPalette) -> QPalette:
    """Return the palette for boxes to tick: Fusion frames them in a darker Window, which on a dark ground is no frame."""
    made = QPalette(palette)
    made.setColor(QPalette.ColorRole.Window, palette.color(QPalette.ColorRole.Dark).lighter(_FUSION_FRAME))
    return made


def palette_of(table: Tokens) -> QPalette:
    """Return the palette that Qt's own widgets, and ``tokens``, read the table from."""
    role = QPalette.ColorRole
    colours = {
        role.Window: table.chrome,
        role.WindowText: table.ink,
        role.Base: table.raised,
        role.AlternateBase: table.chrome,
        role.Text: table.ink,
        role.Button: table.raised,
        role.ButtonText: table.ink,
        role.BrightText: table.on_accent,
        role.ToolTipBase: table.raised,
        role.ToolTipText: table.ink,
        role.PlaceholderText: table.ink3,
        role.Highlight: table.accent,
        role.HighlightedText: table.on_accent,
        role.Link: table.accent,
        role.LinkVisited: table.accent,
        role.Light: table.raised,
        role.Midlight: table.hover,
        role.Mid: table.line,
        role.Dark: table.line2,
        role.Shadow: table.line2,
        role.Accent: table.accent,
    }
    palette = QPalette()
    for name, code in colours.items():
        palette.setColor(name, qcolor(code))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, qcolor(table.ink3))
    return palette
