"""图标 (icons): the lucide drawings of ``resources/icons``, tinted by token and kept as ready pictures.

An icon is made for one theme and one device pixel ratio; make it again when either changes (it is cached, so asking is cheap).
Severity and verdict marks are drawn in ``ui.widgets.marks``, they are no icons.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from perfdesk.places import resources

if TYPE_CHECKING:
    from ui.theme import Tokens

ICON_FOLDER: Final = resources() / "icons"
TOOL_SIZE: Final = 18  # px, tool bars and menus
ROW_SIZE: Final = 16  # px, lists and small buttons
REDRAW_ON: Final = frozenset(
    {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange}
)  # a widget with icons makes them again on these events
_STROKE: Final = ('stroke-width="2"', 'stroke-width="1.75"')


def icon(name: str, table: Tokens, *, dpr: float = 1.0, ink: str = "ink", size: int = TOOL_SIZE) -> QIcon:
    """Return the icon ``name`` (a lucide name such as ``undo-2``) in the colour of the token ``ink``.

    ``size`` is in logical px (18 in tool bars, 16 in rows, times 大字). Its disabled state is drawn in ``line2``. Raises
    ``FileNotFoundError`` for a name that is not shipped.
    """
    return _icon(name, getattr(table, ink), table.line2, size, dpr)


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, dpr: float) -> QPixmap:
    """Return one drawing of ``size`` logical px in ``colour`` (``#RRGGBB``), sharp at the device pixel ratio ``dpr``."""
    drawing = QSvgRenderer(_drawing(name, colour))
    side = round(size * dpr)
    made = QPixmap(QSize(side, side))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(dpr)
    return made


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str, size: int, dpr: float) -> QIcon:
    """Compose an icon of its two states."""
    made = QIcon()
    made.addPixmap(pixmap(name, colour, size, dpr), QIcon.Mode.Normal)
    made.addPixmap(pixmap(name, colour, size, dpr), QIcon.Mode.Selected)
    made.addPixmap(pixmap(name, disabled, size, dpr), QIcon.Mode.Disabled)
    return made


def _drawing(name: str, colour: str) -> QByteArray:
    """Read one drawing and put colour and stroke width into it."""
    text = (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return QByteArray(text.replace("currentColor", colour).replace(*_STROKE).encode())
