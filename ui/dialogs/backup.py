"""备份 (backup): how the backups stand, where they lie, and the second place. It makes none; its signals say what is wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.widgets.looks import set_look
from ui.widgets.words import copyable_words, fit_height, say

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from perfdesk.store.safekeeping import Standing

_ADVICE: Final = (
    "每天第一次打开时、退出前自动备份，每份都核对过才算。留最近 14 天、8 周和每年最后的一份；做大的改动以前另备一份。"
    "本单位自己的表样和计分办法也在里面。"
)
_NO_SECOND: Final = "还没有设。磁盘坏了，备份会跟着一起没有；插一个 U 盘，或用另一块磁盘，设在那里就两处都有。"
_SAME_DISK: Final = "它和数据在同一块磁盘上，磁盘坏了会一起没有；有 U 盘的，换到 U 盘更稳妥。"


class BackupDialog(QDialog):
    """``wanted``: a backup now; ``elsewhere_wanted``: a copy of its own; ``folder_asked`` carries the folder to open.

    ``break_seen``: the clerk knows that the change log is broken, and old backups may go again.
    """

    wanted = Signal()
    elsewhere_wanted = Signal()
    folder_asked = Signal(object)
    second_asked = Signal()
    second_dropped = Signal()
    break_seen = Signal()

    def __init__(self, path: Path, *, writable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        from perfdesk.store.backupstate import folder_of

        self._path, self._folder, self._writable = path, folder_of(path), writable
        self.setWindowTitle("备份")
        self.setModal(True)
        self._head = heading(self, "")
        self._trouble = copyable_words(self, tone="err")
        self._break = copyable_words(self, tone="warn")
        self._here, self._there = copyable_words(self), copyable_words(self)
        self._there_state = copyable_words(self)
        self._open = _button("打开文件夹", partial(self.folder_asked.emit, self._folder))
        self._choose = _button("选择…", self.second_asked.emit)
        self._seen = _button("知道了，照常清理", self.break_seen.emit)
        self._drop = _button("不再用", self.second_dropped.emit)
        self._foot = self._build_foot()
        self._build()

    def show_standing(self, standing: Standing, today: date, *, busy: bool) -> None:
        """Say how the backups stand; ``busy``: one is being made."""
        last = standing.last
        self._head.setText("还没有备份" if last is None else f"上次备份：{_when(last.moment, today)}，已校验")
        old = f"已经 {standing.days} 天没有备份了，请立即备份。" if standing.is_old and last is not None else ""
        say(self._trouble, standing.trouble or old)
        say(self._break, standing.break_trouble)
        self._seen.setVisible(bool(standing.break_trouble))
        self._here.setText(f"放在“{self._folder}”。")
        self._open.setEnabled(self._folder.is_dir())
        self._show_second(standing, today)
        for button in (self._now, self._choose, self._drop, self._seen):
            button.setEnabled(self._writable and not busy)
        self._foot.show_hint("正在备份…" if busy else "" if self._writable else "现在只能查看，可以另存一份")
        fit_height(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words need, now that they have their faces."""
        fit_height(self)
        super().showEvent(event)
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """Return what can be read, line by line."""
        shown = (self._head, self._trouble, self._break, self._here, self._there, self._there_state)
        return "\n".join(one.text() for one in shown if not one.isHidden())

    def _show_second(self, standing: Standing, today: date) -> None:
        second, trouble = standing.second, standing.second_trouble
        self._there.setText(_NO_SECOND if second is None else f"放在“{second}”。")
        self._drop.setVisible(second is not None)
        set_look(self._there_state, "tone", "warn" if trouble else "")
        if trouble or second is None:
            say(self._there_state, trouble)
            return
        good = "" if standing.second_good is None else f"上次存到那里：{_when(standing.second_good, today)}。"
        say(self._there_state, good + (_SAME_DISK if _same_disk(self._path, second) else ""))

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(self._head)
        column.addWidget(self._trouble)
        column.addWidget(_part(body, "本机", (self._break, self._here), (self._open, self._seen)))
        column.addWidget(_part(body, "第二个位置", (self._there, self._there_state), (self._choose, self._drop)))
        column.addWidget(copyable_words(body, _ADVICE, ink="2"))
        lay_out(self, body, self._foot)
        self.setFixedWidth(theme.px(self.font(), WIDTH))

    def _build_foot(self) -> Foot:
        self._now = foot_button("立即备份", primary=True)
        self._now.clicked.connect(self.wanted)
        elsewhere = foot_button("另存一份…")
        elsewhere.clicked.connect(self.elsewhere_wanted)
        close = foot_button("关闭")
        close.clicked.connect(self.reject)
        return Foot(self, (close, elsewhere, self._now))


def _part(parent: QWidget, name: str, lines: tuple[QLabel, ...], buttons: tuple[QPushButton, ...]) -> QFrame:
    """One place: its name, what there is to say of it, its buttons."""
    part = QFrame(parent)
    part.setProperty("box", "card")
    column = QVBoxLayout(part)
    title = QLabel(name, part)
    title.setProperty("role", "strong")
    column.addWidget(title)
    for line in lines:
        column.addWidget(line)
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    column.addLayout(row)
    return part


def _button(words: str, slot: object) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button


def _when(moment: datetime, today: date) -> str:
    """今天 09:30, 3月18日 09:30, 2025年3月18日: the nearer, the finer."""
    if moment.date() == today:
        return f"今天 {moment:%H:%M}"
    if moment.year == today.year:
        return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:  # it is away: that is said already
        return False
