"""焦点框 (focus ring): 2 px in accent, 1 px off the control that has the keyboard focus.

Style sheets cannot draw outside a control, so one small widget lies over its parent. It follows buttons and sliders only;
text fields, tabs and rows draw their own frame. It never takes the mouse or the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QScrollBar,
    QSplitter,
    QWidget,
)
from shiboken6 import isValid

from ui import theme

_OFF = theme.LINE + theme.FRAME  # 1 px of air and the 2 px line


class FocusRings(QObject):
    """Keeps one ring on the control that has the focus; make one per program and keep it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """Move the ring to the control that got the focus."""
        del old
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = _Ring(now) if now is not None and wants_ring(now) else None


def wants_ring(widget: QWidget) -> bool:
    """Tell whether a control needs the ring: a button or slider inside something, but no scroll bar."""
    round_about = isinstance(widget, QAbstractButton | QAbstractSlider) and not isinstance(widget, QScrollBar)
    return round_about and not widget.isWindow()


class _Ring(QWidget):
    """The frame itself: a child of what stands round the control, so that scrolling and clipping come with it.

    That is its parent, or where the parent has no room around the control, the first one above it that has.
    """

    def __init__(self, control: QWidget) -> None:
        self._holder, moving = _room_for(control)
        super().__init__(self._holder)
        self._control = control
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for one in moving:
            one.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay with the control when it, or what lies between, moves, grows, hides or shows."""
        if isValid(self._control) and event.type() in {
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.Hide,
            QEvent.Type.Show,
        }:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.qcolor(theme.tokens(self.palette()).accent), theme.FRAME))
        inset = theme.FRAME / 2
        radius = theme.RADIUS + inset + theme.LINE
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()

    def _place(self) -> None:
        """Lie around the control."""
        self.setGeometry(_around(self._control, self._holder))
        self.raise_()
        self.setVisible(self._control.isVisibleTo(self._holder))


def _around(control: QWidget, holder: QWidget) -> QRect:
    """Return where the ring lies in ``holder``."""
    return QRect(control.mapTo(holder, QPoint(0, 0)), control.size()).adjusted(-_OFF, -_OFF, _OFF, _OFF)


def _room_for(control: QWidget) -> tuple[QWidget, tuple[QWidget, ...]]:
    """Return the first one above the control in which the whole ring can be seen, and all below it: the control first.

    What scrolls is never left, or the ring would stand still; a splitter would take the ring for a pane.
    """
    holder = control.parentWidget() or control
    moving: tuple[QWidget, ...] = (control,)
    above = holder.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea | QSplitter):
        if holder.isWindow() or holder.rect().contains(_around(control, holder)):
            break
        holder, moving, above = above, (*moving, holder), above.parentWidget()
    return holder, moving
