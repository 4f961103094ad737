"""数据密码 (data password): whether the data file has one, which copies are not alike, and what can be done. It does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.widgets.words import fit_height, plain_words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from perfdesk.store.password import Standing

_NONE: Final = (
    "设了密码，数据文件、备份和改动流水都加密存放：U 盘丢了、电脑送修，别人也打不开。打开程序时要填一次密码。"
    "导出的 PDF、Excel、Word 和数据包不加密，请另外保管。"
)
_SET: Final = "打开程序时要填一次密码。导出的 PDF、Excel、Word 和数据包不加密，请另外保管。"
_MOST: Final = 5  # names of files that are shown


class DataPasswordDialog(QDialog):
    """What can be wanted, each a signal; the dialog closes with it."""

    set_wanted = Signal()
    change_wanted = Signal()
    removal_wanted = Signal()
    key_wanted = Signal()
    alignment_wanted = Signal()
    asides_unwanted = Signal()

    def __init__(self, standing: Standing, *, writable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("数据密码")
        self.setModal(True)
        self._writable = writable
        self.buttons: dict[str, QPushButton] = {}
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "数据文件设了密码" if standing.sealed else "数据文件没有密码"))
        column.addWidget(plain_words(body, _SET if standing.sealed else _NONE))
        for card in self._cards(standing, body):
            column.addWidget(card)
        lay_out(self, body, self._build_foot(standing))
        self.setFixedWidth(theme.px(self.font(), WIDTH))

    def press(self, words: str) -> None:
        """Do what a click on the button of these words does."""
        self.buttons[words].click()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words need."""
        fit_height(self)
        super().showEvent(event)

    def _cards(self, standing: Standing, parent: QWidget) -> list[QFrame]:
        cards = []
        unlike, asides = standing.unlike, standing.asides
        if unlike:
            still = "没有加密，不用密码就能打开" if standing.sealed else "还要用原来的密码才能打开"
            verb = "加密这些备份" if standing.sealed else "去掉它们的密码"
            names = _names([one.name for one in unlike])
            cards.append(self._card(parent, f"有 {len(unlike)} 份备份{still}：{names}", verb, self.alignment_wanted))
        if standing.away is not None:
            words = f"第二个备份位置“{standing.away}”不在，那里的备份看不到是什么样子。插上以后再来看一次。"
            cards.append(self._card(parent, words, "", None))
        if asides:
            names = _names([one.name for one in asides])
            words = f"以前损坏、搁在一边的 {len(asides)} 个文件没有加密，里面的内容不用密码就能读出：{names}"
            cards.append(self._card(parent, words, "删去这些文件…", self.asides_unwanted))
        return cards

    def _card(self, parent: QWidget, words: str, verb: str, wanted: object) -> QFrame:
        card = QFrame(parent)
        card.setProperty("box", "card")
        column = QVBoxLayout(card)
        column.addWidget(plain_words(card, words))
        if wanted is not None:
            row = QHBoxLayout()
            row.addWidget(self._button(verb, wanted, QPushButton(verb, card)))
            row.addStretch(1)
            column.addLayout(row)
        return card

    def _build_foot(self, standing: Standing) -> Foot:
        close = foot_button("关闭")
        close.clicked.connect(self.reject)
        if not standing.sealed:
            foot = Foot(self, (close, self._foot_button("设密码…", self.set_wanted, primary=True)))
        else:
            parts = (("去掉密码…", self.removal_wanted), ("恢复密钥…", self.key_wanted))
            others = tuple(self._foot_button(words, wanted) for words, wanted in parts)
            foot = Foot(self, (close, *others, self._foot_button("改密码…", self.change_wanted, primary=True)))
        if not self._writable:
            foot.show_hint("现在只能查看")
        return foot

    def _foot_button(self, words: str, wanted: object, *, primary: bool = False) -> QPushButton:
        return self._button(words, wanted, foot_button(words, primary=primary))

    def _button(self, words: str, wanted: object, button: QPushButton) -> QPushButton:
        button.setEnabled(self._writable)
        button.clicked.connect(self.accept)
        button.clicked.connect(wanted)
        self.buttons[words] = button
        return button


def _names(names: list[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _MOST else ""
    return "、".join(names[:_MOST]) + more
