"""缩放 (zoom): minus, slider, plus and the percentage. The mouse wheel over it does nothing.

It holds a number; what is zoomed is the business of whoever listens.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from ui import icons, theme

STEP: Final = 5  # %
LEAST, MOST = 90, 150  # %
SLIDER_NORMAL, SLIDER_NARROW = 88, 60


class _StillSlider(QSlider):
    """A slider that leaves the wheel to others: a wheel turned over it must not change the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass the wheel on."""
        event.ignore()


class ZoomControl(QWidget):
    """The zoom of the sheet in %. ``zoom_changed`` comes from the user only, never from ``set_value``."""

    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, least: int = LEAST, most: int = MOST) -> None:
        super().__init__(parent)
        self._value = 100
        self._minus = self._build_button("缩小", -1)
        self._plus = self._build_button("放大", +1)
        self._slider = self._build_slider()
        self._label = QLabel(self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self._minus, self._slider, self._plus, self._label):
            row.addWidget(part)
        self._label.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("000%") + theme.px(self.font(), 8))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.set_range(least, most)
        self.set_icons()
        self.set_value(100)

    def value(self) -> int:
        """Return the zoom in %."""
        return self._value

    def set_value(self, percent: int) -> None:
        """Show a zoom, also one between the steps (适合宽度 gives 98 %); says nothing."""
        self._value = percent
        self._slider.blockSignals(True)
        self._slider.setValue(percent)
        self._slider.blockSignals(False)
        self._tell()

    def set_range(self, least: int, most: int) -> None:
        """Set the ends of the slider in %."""
        self._slider.blockSignals(True)
        self._slider.setRange(least, most)
        self._slider.blockSignals(False)
        self._tell()

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the short slider of narrow windows."""
        self._slider.setFixedWidth(theme.px(self.font(), SLIDER_NARROW if narrow else SLIDER_NORMAL))

    def set_icons(self) -> None:
        """Draw the signs again, after a change of theme or screen."""
        table, dpr = theme.tokens(self.palette()), self.devicePixelRatioF()
        size = theme.px(self.font(), icons.ROW_SIZE)
        for button, name in ((self._minus, "minus"), (self._plus, "plus")):
            button.setIcon(icons.icon(name, table, dpr=dpr, size=size))

    def step(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) multiple of 5 %, within the range; tells listeners."""
        down = self._value // STEP if direction > 0 else -(-self._value // STEP)
        self._choose((down + direction) * STEP)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the signs anew when theme, text size or screen change."""
        super().changeEvent(event)
        if event.type() in icons.REDRAW_ON:
            self.set_icons()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Do nothing: the wheel only scrolls."""
        event.ignore()

    def _build_button(self, name: str, direction: int) -> QToolButton:
        """Make 缩小 or 放大: 24 px with 28 px to hit."""
        button = QToolButton(self)
        button.setProperty("flat", "icon")
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRepeat(True)
        button.setFixedSize(*[theme.px(self.font(), theme.BUTTON_CARD)] * 2)
        button.clicked.connect(self._zoom_in if direction > 0 else self._zoom_out)
        return button

    def _build_slider(self) -> _StillSlider:
        """Make the slider."""
        slider = _StillSlider(Qt.Orientation.Horizontal, self)
        slider.setSingleStep(STEP)
        slider.setPageStep(2 * STEP)
        slider.setFixedWidth(theme.px(self.font(), SLIDER_NORMAL))
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName("缩放")
        slider.valueChanged.connect(self._slid)
        return slider

    def _zoom_in(self) -> None:
        """One step up."""
        self.step(+1)

    def _zoom_out(self) -> None:
        """One step down."""
        self.step(-1)

    def _slid(self, percent: int) -> None:
        """Take the slider's place, rounded to the step."""
        self._choose(round(percent / STEP) * STEP)

    def _choose(self, percent: int) -> None:
        """Show a zoom chosen by the user and tell it."""
        percent = max(self._slider.minimum(), min(self._slider.maximum(), percent))
        changed = percent != self._value
        self.set_value(percent)
        if changed:
            self.zoom_changed.emit(percent)

    def _tell(self) -> None:
        """Write the percentage and grey the ends."""
        self._label.setText(f"{self._value}%")
        self._minus.setEnabled(self._value > self._slider.minimum())
        self._plus.setEnabled(self._value < self._slider.maximum())
