"""印 (seal): the program's icon, a vermilion square with 绩. The only place where the colour stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap

from ui import theme

SIGN = "绩"
SIZE = 20  # px in the menu bar
_ICON_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)


def seal(family: str, size: int, dpr: float = 1.0) -> QPixmap:
    """Draw the seal, ``size`` logical px wide, with the sign in ``family``."""
    made = QPixmap(round(size * dpr), round(size * dpr))
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor(theme.LIGHT.seal))
    side = float(size)
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.15, side * 0.15)
    font = QFont(family)
    font.setPixelSize(round(size * 0.72))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(theme.qcolor(theme.LIGHT.on_accent))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, SIGN)
    painter.end()
    return made


def program_icon(family: str) -> QIcon:
    """Return the icon of window and task bar in all its sizes."""
    icon = QIcon()
    for size in _ICON_SIZES:
        icon.addPixmap(seal(family, size))
    return icon
