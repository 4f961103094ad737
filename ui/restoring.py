"""恢复的差事 (restoring): shows what there is to go back to, and puts one form or the whole data file back.

What differs is told by the store and by ``perfdesk.comparing``. One form is put back as a step of 撤销, its present content kept as
a version; the whole data file after a backup, which is at once offered to go back to.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.deeds import Deed
from ui.dialogs import put_up
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from perfdesk.model import Record
    from perfdesk.store import Backup, Store
    from perfdesk.store.holding import Held
    from perfdesk.store.timeline import Point
    from ui.deeds import Deeds
    from ui.tasks import Task
    from ui.timeline.view import View
    from ui.tools import Tools
    from ui.versions import Versions

_FILES: Final = "数据文件 (*.db)"


class Restoring(QObject):
    """The errand behind 恢复. ``form_going``: this form is about to be another one; ``form_chosen``: it is to be opened.

    ``exchanged``: the data file holds something else from now on.
    """

    form_going = Signal(str)
    form_chosen = Signal(str)
    exchanged = Signal()

    def __init__(self, tools: Tools, *, deeds: Deeds, versions: Versions) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._deeds, self._versions = tools.window, tools.forms, deeds, versions
        self._dialogs, self._toast, self._now = tools.dialogs, tools.toast, tools.now
        self._view: View | None = None

    def show(self, choose: Path | None = None) -> None:
        """恢复…: the moments that can be gone back to, with the backup of the file ``choose`` chosen if it is among them."""
        from ui.timeline.view import View
        from ui.unlocking import Unlocking

        if not self._forms.ready:
            self._toast.say("数据文件还没有打开，没有可恢复的", mark=Mark.HINT)
            return
        self._forms.unsaved()  # what was typed a moment ago is part of the present
        try:
            points = self._points()
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        unlock = Unlocking(self._window, self._dialogs).ask
        self._view = View(self, points, self._forms, self._window, now=self._now, unlock=unlock)
        dialog = self._view.dialog
        dialog.form_wanted.connect(self._restore_form)
        dialog.all_wanted.connect(self._ask_for_all)
        dialog.file_wanted.connect(self._look_elsewhere)
        put_up(dialog)
        self._view.begin(choose)

    def _points(self) -> tuple[Point, ...]:
        from perfdesk.store.backups import found
        from perfdesk.store.timeline import timeline

        store = self._forms.store
        return timeline(found(store.path), store.versions.all())

    def _look_elsewhere(self) -> None:
        """看别处的备份: of another machine or on another stick."""
        from ui.unlocking import Unlocking

        chosen = self._dialogs.open_files("看别处的备份", _FILES, self._forms.store.path.parent)
        if chosen and self._view is not None and Unlocking(self._view.dialog, self._dialogs).is_open(chosen[0]):
            self._view.add(chosen[0])

    # ------------------------------------------------------------ one form
    def _restore_form(self, record_id: str) -> None:
        """Put one form back; the dialog goes when that is done."""
        view = self._view
        sight = view.sight if view is not None else None
        if view is None or sight is None or record_id not in sight.then:
            return
        there, present, name = sight.then[record_id], sight.now.get(record_id), view.title
        try:
            done = self._put_back(there.record, present, name)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        if done:
            view.dialog.accept()

    def _put_back(self, record: Record, present: Held | None, name: str) -> bool:
        if present is None or present.record.template_id != record.template_id:
            return self._make_again(record, name, beside=present is not None)
        if not present.in_use:
            self._forms.restore(record.id)
        document = self._forms.open(record.id)
        if document.record == record:
            self.form_chosen.emit(record.id)
            return True
        done = self._versions.put_back(document, record, name)
        if done:
            self.form_chosen.emit(record.id)
        return done

    def _make_again(self, record: Record, name: str, *, beside: bool) -> bool:
        """A form that is no longer there is made again; so is one that stood on another 表样, beside the present one."""
        if not beside:
            self._bring_versions(record.id)
        (made,) = self._forms.adopt((replace(record, id="") if beside else record,))
        self._forms.relist()
        deed = Deed(f"恢复“{name}”", back=partial(self._throw_away, made), again=partial(self._take_again, made))
        self.form_chosen.emit(made)
        self._deeds.push(deed)  # after it: Ctrl+Z takes back what was done last
        words = "那时用的是另一份表样，已另立一张表，现在的没有动" if beside else f"已找回“{name}”里的这张表"
        self._toast.say(words, links=(Link("撤销", partial(self._deeds.take_back, deed)),))
        return True

    def _bring_versions(self, record_id: str) -> None:
        """The versions that the backup has of a form come back before it, or its log would end with an older state."""
        from perfdesk.store.holding import kept_in

        view, store = self._view, self._forms.store
        backup = view.backup if view is not None else None
        if backup is not None:
            store.versions.bring_back(kept_in(backup.path, store.path.parent, record_id, now=self._now))

    def _throw_away(self, record_id: str) -> bool:
        self.form_going.emit(record_id)
        return self._try(partial(self._forms.trash, record_id))

    def _take_again(self, record_id: str) -> bool:
        if not self._try(partial(self._forms.restore, record_id)):
            return False
        self.form_chosen.emit(record_id)
        return True

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return False
        return True

    # --------------------------------------------------------- all of it
    def _ask_for_all(self) -> None:
        """全部恢复: asked once, with what it does."""
        from perfdesk.store.holding import consequences
        from ui.dialogs.service import confirm
        from ui.timeline.words import consequence_words

        view = self._view
        if view is None or view.sight is None:
            return
        words = consequence_words(consequences(view.sight.found))
        advice = f"{words}。只供查看的年度和页面设置也回到那时。现在的内容先备份，随时可以再恢复回来。"
        if confirm(self._dialogs, f"全部恢复到“{view.title}”", advice, "全部恢复"):
            self._restore_all()

    def _restore_all(self) -> None:
        """Put the whole data file back, off the UI thread, behind the dialog, which nobody can close meanwhile."""
        from ui.timeline.dialog import RESTORING

        view = self._view
        backup = view.backup if view is not None else None
        if view is None or backup is None:
            return
        for line in self._forms.lines:
            self.form_going.emit(line.id)
        if self._forms.unsaved():
            self._dialogs.tell("还没有恢复", f"还有改动没有存上。{self._forms.why_unsaved}")
            return
        tasks.stop(self._forms)
        view.dialog.set_busy(RESTORING)
        store = self._forms.store
        tasks.run(self, partial(_exchange, store, backup.path), self._show_restored, failed=self._show_trouble)

    def _show_restored(self, before: Backup) -> None:
        """Everything is shown anew; the copy from before is offered at once."""
        self._deeds.clear()
        self._forms.start_over()
        self.exchanged.emit()
        title = self._end_busy()
        link = Link("撤销恢复…", partial(self.show, before.path))
        self._toast.say(f"已全部恢复到“{title}”，共 {len(self._forms.lines)} 张表", links=(link,))

    def _show_trouble(self, error: UserError) -> None:
        """Nothing was restored: everything is as it was."""
        self._end_busy()
        self._dialogs.tell_trouble(error)

    def _end_busy(self) -> str:
        if self._view is None:
            return ""
        title = self._view.title
        self._view.dialog.set_busy("")
        self._view.dialog.accept()
        return title


def _exchange(store: Store, source: Path, task: Task) -> Backup:
    """Back up the data file, then put the backup in its place; return the copy from before."""
    from perfdesk.store import Reason

    del task
    before = store.safekeeping.make(Reason.RESTORE).backup
    store.become(source)
    return before
