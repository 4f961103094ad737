"""回收站的差事 (bin): forms are deleted into it and taken back, by 撤销 too; what is over its days is removed after a backup.

The store counts the days and removes; this asks, tells and keeps the steps for 撤销.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.deeds import Deed
from ui.dialogs import put_up
from ui.lines import Thrown
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.store import Cleared
    from ui.deeds import Deeds
    from ui.document import Document
    from ui.forms import Forms
    from ui.tasks import Task
    from ui.tools import Tools


class Bin(QObject):
    """The errands behind 删除本表 and 回收站. ``form_going`` carries the id of a form about to go, ``form_back`` of one to open."""

    form_going = Signal(str)
    form_back = Signal(str)

    def __init__(self, tools: Tools, *, deeds: Deeds) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._deeds = tools.window, tools.forms, deeds
        self._dialogs, self._toast, self._now = tools.dialogs, tools.toast, tools.now

    def trash_open(self, document: Document) -> None:
        """删除本表: the open one."""
        self.trash(document.record.id)

    def trash(self, record_id: str) -> None:
        """Put a form into the 回收站; 撤销 brings it back."""
        line = self._forms.line(record_id)
        name = line.name if line is not None else ""
        if self._put_in(record_id):
            deed = Deed(
                f"删除“{name}”", back=partial(self._bring_back, record_id), again=partial(self._put_in, record_id)
            )
            self._deeds.push(deed)
            link = Link("撤销", partial(self._deeds.take_back, deed))
            self._toast.say(f"已删除“{name}”，30 天内可在回收站找回", mark=None, links=(link,))

    def _put_in(self, record_id: str) -> bool:
        """Put a form into the 回收站; False where the store does not take it."""
        self.form_going.emit(record_id)
        try:
            self._forms.trash(record_id)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return False
        return True

    def _bring_back(self, record_id: str) -> bool:
        """撤销: take the form out of the 回收站, unless it came back by other ways."""
        if self._forms.line(record_id) is not None:
            self._toast.say("这张表已经取回了", mark=Mark.HINT)
            return False
        return self.restore(record_id)

    def restore(self, record_id: str) -> bool:
        """Take a form out of the 回收站 and open it; False where the store does not give it."""
        try:
            self._forms.restore(record_id)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return False
        self.form_back.emit(record_id)
        return True

    def show(self) -> None:
        """回收站."""
        from ui.dialogs.bin import BinDialog

        dialog = BinDialog(self.forms(), self._window)
        dialog.wanted.connect(self.restore)
        put_up(dialog)

    def forms(self) -> tuple[Thrown, ...]:
        """Return what lies in the 回收站, the latest first."""
        from perfdesk.store import days_left

        forms, today = self._forms, self._now().date()
        return tuple(
            Thrown(
                one.id,
                forms.entry_name(one),
                one.year,
                one.trashed_at,
                None if forms.is_frozen(one.year) else days_left(one, today),
            )
            for one in forms.store.trashed()
        )

    def clear_overdue(self) -> None:
        """Once a day has begun: remove what has lain there for more than 30 days, off the UI thread, and say what went."""
        if self._forms.ready and not self._forms.read_only:
            tasks.run(self, partial(_clear, self._forms), self._tell_of, failed=self._tell)

    def _tell_of(self, cleared: Cleared) -> None:
        """Say what was removed and where it still is; nothing where nothing was."""
        gone, backup = cleared
        if backup is None:
            return
        self._forms.relist()
        names = "、".join(f"“{self._forms.entry_name(one)}”（{one.year}）" for one in gone)
        fact = f"回收站里满 30 天的 {len(gone)} 张表已清除"
        advice = f"{names}。清除前的数据文件备份在“{backup.path.name}”，已校验。"
        self._toast.say(fact, mark=Mark.HINT, links=(Link("看哪些", partial(self._dialogs.tell, fact, advice)),))

    def _tell(self, error: UserError) -> None:
        """Nothing was removed; it is tried again at the next start."""
        self._toast.say(f"回收站这次没有清。{error}", mark=Mark.WARNING)


def _clear(forms: Forms, task: Task) -> Cleared:
    del task
    return forms.store.empty_bin()
