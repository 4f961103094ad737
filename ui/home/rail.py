"""左栏 (rail): head, tree of forms, and below it 新建, 导入 and 回收站. It asks; others do."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.home.tree import FormTree


class Rail(QWidget):
    """The rail: head, tree, and below it 新建, 导入 and 回收站."""

    fold_asked = Signal()
    new_asked = Signal()
    import_asked = Signal()
    trash_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tree = FormTree(self)
        self._fold = QToolButton(self)
        self._new, self._import, self._trash = FootRow("新建表…"), FootRow("导入…"), FootRow("回收站")
        self._build()
        self.set_icons()

    def show_state(self, *, trashed: int, read_only: bool) -> None:
        """Show how many forms lie in the 回收站; nothing new where nothing can be saved."""
        self._trash.set_count(trashed)
        for row in (self._new, self._import, self._trash):
            row.setEnabled(not read_only)

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        table, dpr = theme.tokens(self.palette()), self.devicePixelRatioF()
        size = theme.px(self.font(), icons.ROW_SIZE)
        for button, name in (
            (self._fold, "panel-left"),
            (self._new, "plus"),
            (self._import, "file-input"),
            (self._trash, "trash-2"),
        ):
            button.setIcon(icons.icon(name, table, dpr=dpr, size=size, ink="ink2"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line towards the desk."""
        super().paintEvent(event)
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        painter.fillRect(self.rect(), theme.qcolor(table.rail))
        edge = self.rect().right()
        painter.fillRect(edge, 0, theme.LINE, self.height(), theme.qcolor(table.line))
        painter.end()

    def _build(self) -> None:
        head = QWidget(self)
        head.setFixedHeight(theme.px(self.font(), theme.LOCATION_BAR))
        title = QLabel("年度与表单", head)
        title.setProperty("role", "strong")
        title.setProperty("ink", "2")
        self._fold.setProperty("flat", "icon")
        self._fold.setToolTip("收起列表（Ctrl+1）")
        self._fold.setAccessibleName("收起列表")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(self.font(), 14), 0, theme.px(self.font(), 4), 0)
        row.addWidget(title, 1)
        row.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.LINE, 0)
        column.setSpacing(0)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, theme.px(self.font(), 4), 0, theme.px(self.font(), 4))
        foot.setSpacing(0)
        for button in (self._new, self._import, self._trash):
            foot.addWidget(button)
        column.addWidget(head)
        column.addWidget(Hairline(self))
        column.addWidget(self.tree, 1)
        column.addWidget(Hairline(self))
        column.addLayout(foot)
        self._fold.clicked.connect(self.fold_asked)
        self._new.clicked.connect(self.new_asked)
        self._import.clicked.connect(self.import_asked)
        self._trash.clicked.connect(self.trash_asked)


class FootRow(QToolButton):
    """A row at the foot of the rail: icon, words, a count at the right."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._count = 0
        self.setText(words)
        self.setProperty("row", "true")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(self.font(), theme.ROW_YEAR))

    def set_count(self, count: int) -> None:
        """Show a count at the right end; none for nothing."""
        self._count = count
        self.setAccessibleName(f"{self.text()} {count}" if count else self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        del event
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), theme.qcolor(table.hover))
        side, left = theme.px(self.font(), icons.ROW_SIZE), theme.px(self.font(), 8)
        self.icon().paint(painter, QRect(left, (self.height() - side) // 2, side, side))
        painter.setPen(theme.qcolor(table.ink if self.isEnabled() else table.line2))
        room = self.rect().adjusted(left + side + theme.px(self.font(), 6), 0, -theme.px(self.font(), 10), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._count:
            painter.setPen(theme.qcolor(table.ink3))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))
        painter.end()


class Hairline(QFrame):
    """A lying hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.qcolor(theme.tokens(self.palette()).line))
        painter.end()
