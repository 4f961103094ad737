"""数据密码的差事 (passwords): 设、改、去密码, the recovery key on paper, and the copies that are not as the data file is.

The store encrypts, compares and exchanges; this asks, waits with a card and tells what could not be done.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import put_up
from ui.dialogs.service import confirm
from ui.widgets.marks import Mark
from ui.widgets.progress import ProgressCard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from perfdesk.store import Store
    from perfdesk.store.keys import Key
    from perfdesk.store.password import Left
    from ui.dialogs.recovery_key import RecoveryKeyDialog
    from ui.tasks import Task
    from ui.tools import Tools

_PDF: Final = "PDF (*.pdf)"
NEW: Final = "至少 8 个字符；几个词连着写，又好记又牢。密码不存在电脑里，忘了只有恢复密钥能打开。"
_RENEWED: Final = "刚才是用恢复密钥打开的。现在换一个记得住的密码；不换的，下次还要填恢复密钥。"


class Passwords(QObject):
    """The errand behind 「数据密码…」."""

    def __init__(self, tools: Tools, *, folder: Callable[[], Path]) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._folder = tools.window, tools.forms, folder
        self._dialogs, self._toast, self._now = tools.dialogs, tools.toast, tools.now
        self._card = ProgressCard(tools.window)

    def show(self) -> None:
        """数据密码…: how it stands, and what can be done."""
        from perfdesk.store.password import standing
        from ui.dialogs.data_password import DataPasswordDialog

        if not self._forms.ready:
            self._toast.say("数据文件还没有打开", mark=Mark.HINT)
            return
        try:
            found = standing(self._store.path)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        dialog = DataPasswordDialog(found, writable=not self._forms.read_only, parent=self._window)
        dialog.set_wanted.connect(self.set)
        dialog.change_wanted.connect(self.change)
        dialog.removal_wanted.connect(self.take_away)
        dialog.key_wanted.connect(self.show_key)
        dialog.alignment_wanted.connect(self.align)
        dialog.asides_unwanted.connect(partial(self._remove, found.asides))
        put_up(dialog)

    @property
    def _store(self) -> Store:
        return self._forms.store

    # --------------------------------------------------------------------------------------------- set, change, take away
    def set(self) -> None:
        """设密码: a password, the recovery key on paper, and only then the data file is encrypted, and its copies."""
        from perfdesk.store.keys import Key
        from ui.dialogs.new_password import NewPasswordDialog

        if not self._all_is_saved():
            return
        asked = NewPasswordDialog("给数据文件设密码", NEW, verb="下一步", parent=self._window)
        if not self._dialogs.run(asked):
            return
        password, key = asked.password, Key.new()
        if not self._dialogs.run(self._key_dialog(key, "设密码")):
            self._toast.say("没有设密码，数据文件和原来一样", mark=Mark.HINT)
            return
        if self._wait("正在加密数据文件", partial(_set, self._store, key, password)) is not None:
            self._align(key, "已设密码，数据文件和备份都加密了")

    def change(self) -> None:
        """改密码: asks for the old one; the recovery key stays."""
        from perfdesk.store.password import is_password
        from ui.dialogs.new_password import NewPasswordDialog

        is_old = partial(is_password, self._store.path)
        asked = NewPasswordDialog("改数据密码", NEW, verb="改密码", is_old=is_old, parent=self._window)
        if self._dialogs.run(asked):
            self._change(asked.password, "密码已改，恢复密钥还是原来那份")

    def renew(self) -> None:
        """The password is forgotten, the recovery key was used: a new password is asked for."""
        from ui.dialogs.new_password import NewPasswordDialog

        if self._forms.read_only:
            return
        asked = NewPasswordDialog("换一个新密码", _RENEWED, verb="换密码", parent=self._window)
        if self._dialogs.run(asked):
            self._change(asked.password, "密码已换，恢复密钥还是原来那份")

    def take_away(self) -> None:
        """去掉密码: whoever does it knows the password."""
        advice = "去掉以后，数据文件、备份和改动流水都不再加密，拿到文件的人都能打开。"
        if not (self._knows_password("去掉数据密码", advice, "去掉密码") and self._all_is_saved()):
            return
        if self._wait("正在去掉密码", partial(_take_away, self._store)) is not None:
            self._align(None, "已去掉密码，数据文件和备份都不再加密")

    def show_key(self) -> None:
        """恢复密钥: once more, for who knows the password."""
        key = self._store.key
        if key is not None and self._knows_password("再打印一份恢复密钥", "先填一次密码。", "下一步"):
            self._dialogs.run(self._key_dialog(key, "好了"))

    def _change(self, password: str, said: str) -> None:
        key = self._store.key
        if key is None:
            return
        left = self._wait("正在改密码", partial(_change, self._store.path, key, password))
        if left is not None:
            self._tell(left, said)

    def _knows_password(self, fact: str, advice: str, verb: str) -> bool:
        from ui.dialogs.unlock import UnlockDialog

        dialog = UnlockDialog(
            fact, advice, verb=verb, leave="取消", try_=self._check, recovery=False, parent=self._window
        )
        return self._dialogs.run(dialog)

    def _check(self, text: str, _recovery: bool) -> None:
        from perfdesk.store.password import is_password

        if not is_password(self._store.path, text):
            raise UserError("密码不对。请再填一次，留意大小写。")

    def _all_is_saved(self) -> bool:
        """Tell whether nothing waits to be saved; what does is said."""
        if self._forms.unsaved():
            self._dialogs.tell("还有改动没有存上", f"存上以后再来。{self._forms.why_unsaved}")
            return False
        return True

    # -------------------------------------------------------------------------------------------------------- the copies
    def align(self) -> None:
        """Make the copies be as the data file is."""
        self._align(self._store.key, "备份都和数据文件一样了")

    def _align(self, key: Key | None, said: str) -> None:
        work = partial(_align, self._store.path, key, self._now())
        left = self._wait("正在一份一份地换备份", work)
        if left is not None:
            self._tell(left, said)

    def _tell(self, left: Sequence[Left], said: str) -> None:
        if not left:
            self._toast.say(said)
            return
        words = "\n".join(one.why for one in left)
        self._dialogs.tell(f"数据文件换好了，有 {len(left)} 处备份没有换成", words, mark=Mark.WARNING)

    def _remove(self, asides: tuple[Path, ...]) -> None:
        from perfdesk.store.password import remove

        names = "、".join(one.name for one in asides)
        advice = f"{names}。删去以后不能找回；还要用它们找内容的，先复制到别处。"
        if not confirm(self._dialogs, f"删去 {len(asides)} 个搁在一边的文件", advice, "删去"):
            return
        left = remove(asides)
        if left:
            self._dialogs.tell(f"有 {len(left)} 个文件没有删去", "\n".join(one.why for one in left))
        else:
            self._toast.say(f"已删去 {len(asides)} 个文件")

    # --------------------------------------------------------------------------------------------------- key and waiting
    def _key_dialog(self, key: Key, verb: str) -> RecoveryKeyDialog:
        from ui.dialogs.recovery_key import RecoveryKeyDialog

        groups = key.groups
        dialog = RecoveryKeyDialog(groups, asked=secrets.randbelow(len(groups)), verb=verb, parent=self._window)
        dialog.print_asked.connect(partial(self._print, groups, dialog))
        dialog.file_asked.connect(partial(self._keep, groups))
        return dialog

    def _page(self, groups: Sequence[str]) -> bytes:
        from perfdesk.exchange import recovery_page

        today = self._now()
        return recovery_page.render(
            groups, name=self._store.path.name, day=f"{today.year}年{today.month}月{today.day}日"
        )

    def _print(self, groups: Sequence[str], over: QDialog) -> None:
        from ui.dialogs.preview import PreviewDialog

        about = "打印以后锁好，不要拍照"
        dialog = PreviewDialog(
            self._page(groups), title="恢复密钥", about=about, dialogs=self._dialogs, exports=False, parent=over
        )
        dialog.resize(self._window.size())
        dialog.failed.connect(self._dialogs.tell_trouble)
        put_up(dialog)

    def _keep(self, groups: Sequence[str]) -> None:
        from perfdesk.exchange.files import write_atomically

        target = self._dialogs.save_file("存成 PDF", self._folder() / "恢复密钥.pdf", _PDF)
        if target is None:
            return
        try:
            write_atomically(target, self._page(groups))
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        self._toast.say(f"已存为“{target.name}”；打印以后删去，或者移到别处锁好")

    def _wait(self, words: str, work: Callable[[Task], tuple[Left, ...]]) -> tuple[Left, ...] | None:
        """Do work off the UI thread, with a card, and wait; ``None`` where it did not succeed, which is told."""
        outcome: list[tuple[Left, ...]] = []
        self._card.begin(words, 0, may_stop=False)
        task = tasks.run(self, work, outcome.append, failed=self._dialogs.tell_trouble)
        task.advanced.connect(self._card.advance)
        self._dialogs.wait(task)
        self._card.finish()
        return outcome[0] if outcome else None


def _set(store: Store, key: Key, password: str, task: Task) -> tuple[Left, ...]:
    from perfdesk.store.password import set_password

    del task
    set_password(store, key, password)
    return ()


def _take_away(store: Store, task: Task) -> tuple[Left, ...]:
    from perfdesk.store.password import take_password_away

    del task
    take_password_away(store)
    return ()


def _change(path: Path, key: Key, password: str, task: Task) -> tuple[Left, ...]:
    from perfdesk.store.password import change_password

    del task
    return change_password(path, key, password)


def _align(path: Path, key: Key | None, moment: datetime, task: Task) -> tuple[Left, ...]:
    from perfdesk.store.password import align

    return align(path, key, moment=moment, told=task.advance)
