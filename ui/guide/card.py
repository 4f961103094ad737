"""引导卡 (card): one step of the guide in words, beside the place it is about, and the frame round that place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.speech import announce

WIDTH: Final = 380
_OFF: Final = 10
"""Room between the place and the card, and between the card and the edge of the window, in px at 标准字."""


class GuideCard(QFrame):
    """The card. It lies over its window, in no layout, and never takes the keyboard by itself."""

    next_asked = Signal()
    back_asked = Signal()
    leave_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("box", "float")
        self._count, self._title, self._words = QLabel(self), QLabel(self), QLabel(self)
        self._count.setProperty("ink", "2")
        self._title.setProperty("role", "title")
        self._words.setWordWrap(True)
        self.leave, self.back, self.forward = (QPushButton(self) for _one in range(3))
        self.leave.setText("不看了(&X)")
        self.back.setText("上一步(&B)")
        self.forward.setProperty("primary", "true")
        self.leave.clicked.connect(self.leave_asked)
        self.back.clicked.connect(self.back_asked)
        self.forward.clicked.connect(self.next_asked)
        for button in (self.leave, self.back, self.forward):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._build()
        self.hide()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(self.font(), 8))
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.forward)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*(theme.px(self.font(), side) for side in (16, 12, 16, 12)))
        self._column.setSpacing(theme.px(self.font(), 8))
        self._column.addLayout(head)
        self._column.addWidget(self._words)
        self._column.addLayout(foot)

    def say(self, title: str, words: str, *, number: int, count: int) -> None:
        """Show a step, the ``number``-th of ``count``."""
        self._title.setText(title)
        self._words.setText(words)
        self._count.setText(f"{number} / {count}")
        self.back.setEnabled(number > 1)
        self.forward.setText("下一步(&N)" if number < count else "知道了(&N)")
        self.setAccessibleName(f"第 {number} 步，共 {count} 步：{title}")
        self.setAccessibleDescription(words)
        self.show()
        announce(self, f"{title}。{words}")

    def texts(self) -> tuple[str, str]:
        """Return title and words."""
        return self._title.text(), self._words.text()

    def stand_by(self, spot: QRect, room: QRect) -> None:
        """Stand beside ``spot`` where there is room, below it first; without a spot at the foot of ``room``."""
        width, off = min(theme.px(self.font(), WIDTH), room.width() - 2 * _OFF), theme.px(self.font(), _OFF)
        self.setFixedWidth(width)
        height = max(self._column.totalHeightForWidth(width), self.minimumSizeHint().height())
        left = _between(spot.left(), room.left() + off, room.right() - off - width)
        top = _between(spot.top(), room.top() + off, room.bottom() - off - height)
        places = (
            QRect(left, spot.bottom() + off, width, height),
            QRect(left, spot.top() - off - height, width, height),
            QRect(spot.left() - off - width, top, width, height),
            QRect(spot.right() + off, top, width, height),
        )
        foot = QRect(room.center().x() - width // 2, room.bottom() - off - height, width, height)
        self.setGeometry(next((one for one in places if room.contains(one)), foot) if spot.isValid() else foot)
        self.raise_()


class Ring(QWidget):
    """The frame round the place; mouse and keyboard go through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, spot: QRect, room: QRect) -> None:
        """Lie round a place, inside the window."""
        self.setVisible(spot.isValid())
        if spot.isValid():
            off = theme.LINE + theme.FRAME
            self.setGeometry(spot.adjusted(-off, -off, off, off) & room)
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.qcolor(theme.tokens(self.palette()).accent), theme.FRAME))
        inset = theme.FRAME / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS)
        painter.end()


def _between(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
