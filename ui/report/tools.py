"""工具条 (tools): the bar over the page of a report: style of the paragraph, 插入数据, 插入附表, 数据来源, age of the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ui import icons, theme
from ui.locks import LOOKING
from ui.widgets.combo import StillCombo
from ui.widgets.rule import Rule

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ui.locks import Lock

STYLES: Final = ("正文", "一级标题", "二级标题", "三级标题")
_BUTTONS: Final = (
    ("braces", "插入数据", "从本年各表里选一个数，插入到光标处"),
    ("table-2", "插入附表", "选本年的表，附在报告后面"),
    ("link-2", "数据来源", "打开光标处数据项所在的表"),
)


class ReportTools(QWidget):
    """The bar. ``style_chosen`` carries a level (0 is 正文)."""

    style_chosen = Signal(int)
    figures_asked = Signal()
    annexes_asked = Signal()
    source_asked = Signal()
    renew_asked = Signal()
    outline_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_box = StillCombo(self)
        self._outline = QPushButton("提纲", self)
        self._buttons = tuple(self._button(words, tip) for _icon, words, tip in _BUTTONS)
        self._state, self._renew = QLabel(self), QPushButton("全部更新", self)
        self._looking = QLabel(LOOKING.word, self)
        self._row, self._sentence = QHBoxLayout(self), ""
        self.setProperty("bar", "location")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self.set_icons()

    def _button(self, words: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(f" {words}")
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build(self) -> None:
        self.setFixedHeight(theme.px(self.font(), theme.TOOL_BAR))
        self.style_box.addItems(STYLES)
        self.style_box.setFixedWidth(theme.px(self.font(), 128))
        self.style_box.setAccessibleName("段落的字样")
        self.style_box.setToolTip("段落的字样：正文或哪一级标题")
        self._outline.setProperty("fit", "card")
        self._outline.setToolTip("打开报告提纲")
        self._renew.setProperty("link", "true")
        self._renew.setToolTip("把文中记下的数改为各表现在的数")
        self._state.setProperty("ink", "2")
        self._looking.setProperty("role", "key")
        self._looking.setProperty("tone", "warn")
        row = self._row
        row.setContentsMargins(theme.px(self.font(), 8), 0, theme.px(self.font(), 8), 0)
        row.setSpacing(theme.px(self.font(), 4))
        for part in (self._outline, self.style_box, Rule(self, height=22), *self._buttons):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._state, self._renew, self._looking):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self._outline, self._renew, self._looking):
            part.hide()
        figures, annexes, source = self._buttons
        self.style_box.activated.connect(self.style_chosen)
        self._outline.clicked.connect(self.outline_asked)
        figures.clicked.connect(self.figures_asked)
        annexes.clicked.connect(self.annexes_asked)
        source.clicked.connect(self.source_asked)
        self._renew.clicked.connect(self.renew_asked)

    def show_state(self, count: int, stale: int) -> None:
        """Say how many data items there are, and whether they are up to date."""
        words = f"数据项 {count} 处，" + (f"{stale} 处有新数" if stale else "均为最新") if count else "还没有数据项"
        renews = bool(stale) and self._looking.isHidden()
        if words != self._sentence or renews is self._renew.isHidden():
            self._sentence = words
            self._state.setToolTip(words)
            self._renew.setVisible(renews)
            self._fit()

    def state_text(self) -> str:
        """Return what the bar says about the data items."""
        return self._sentence

    def show_place(self, level: int, *, on_item: bool) -> None:
        """Follow the caret: the style of its paragraph, and whether a data item is there."""
        with QSignalBlocker(self.style_box):
            self.style_box.setCurrentIndex(level)
        self._buttons[2].setEnabled(on_item)

    def show_lock(self, lock: Lock | None) -> None:
        """Nothing to change in a report that is only looked at, or that was handed in."""
        read_only = lock is not None
        if lock is not None:
            self._looking.setText(lock.word)
        self._looking.setVisible(read_only)
        for part in (self.style_box, self._buttons[0]):
            part.setEnabled(not read_only)
        self._fit()

    def set_narrow(self, *, narrow: bool) -> None:
        """Offer the outline where it has no place of its own."""
        self._outline.setVisible(narrow)
        self._fit()

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        table, dpr, size = (
            theme.tokens(self.palette()),
            self.devicePixelRatioF(),
            theme.px(self.font(), icons.TOOL_SIZE),
        )
        for button, (name, _words, _tip) in zip(self._buttons, _BUTTONS, strict=True):
            button.setIcon(icons.icon(name, table, dpr=dpr, size=size))
            button.setIconSize(QSize(size, size))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Any width will do: words give way to icons."""
        return QSize(0, theme.px(self.font(), theme.TOOL_BAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and 大字."""
        super().changeEvent(event)
        if event.type() in icons.REDRAW_ON:
            self.set_icons()

    def _fit(self) -> None:
        """Words on the buttons and a whole sentence where there is room; first the sentence, then the words give way."""
        style = Qt.ToolButtonStyle
        ways = (
            (style.ToolButtonTextBesideIcon, self._sentence),
            (style.ToolButtonTextBesideIcon, self._sentence.rpartition("，")[2]),
            (style.ToolButtonIconOnly, self._sentence),
            (style.ToolButtonIconOnly, self._sentence.rpartition("，")[2]),
        )
        for buttons, sentence in ways:
            for button in self._buttons:
                button.setToolButtonStyle(buttons)
            self._state.setText(sentence)
            if self._row.sizeHint().width() <= self.width():
                return
