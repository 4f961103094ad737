"""照空表起草表样 (drafts): a blank file is chosen, a template drafted of it, checked by eye, and saved with the office's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from perfdesk import places
from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import put_up
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.drafting import Draft
    from perfdesk.exchange.drafting import Drafted
    from ui.drafting.dialog import DraftDialog
    from ui.output import Output
    from ui.tasks import Task
    from ui.tools import Tools

FILES: Final = "Word 和 Excel 空表 (*.xlsx *.docx *.xls *.doc)"


class Drafts(QObject):
    """The errand behind 照空表起草表样…. ``new_asked``: somebody wants to make a form of what was saved."""

    new_asked = Signal()

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms = tools.window, tools.forms
        self._dialogs, self._output, self._toast, self._now = tools.dialogs, output, tools.toast, tools.now

    def ask(self) -> None:
        """Choose the blank file."""
        paths = self._dialogs.open_files("财政局发的空表", FILES, self._output.source_folder())
        if paths:
            self._output.came_from(paths[0])
            self.begin(paths[0])

    def begin(self, path: Path) -> None:
        """Draft off the UI thread, then show the draft beside the file."""
        self._forms.restock()

        def work(task: Task) -> Drafted:
            del task
            from perfdesk.exchange.drafting import draft_file

            return draft_file(path, self._forms.templates)

        tasks.run(self, work, partial(self._show, path), failed=self._dialogs.tell_trouble)

    def _show(self, path: Path, drafted: Drafted) -> None:
        from perfdesk.exchange.drafting import checked
        from ui.drafting.dialog import DraftDialog

        policies = self._forms.shelf.policies
        try:
            checked(drafted.draft, policies)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        year = self._now().year
        dialog = DraftDialog(drafted, year=year, read=partial(checked, policies=policies), parent=self._window)
        dialog.confirmed.connect(partial(self._save, dialog, path))
        put_up(dialog)

    def _save(self, dialog: DraftDialog, path: Path, draft: Draft) -> None:
        """Save under the file's name, or the first number behind it that is free."""
        from perfdesk.exchange.drafting import save_draft, suggested_name
        from perfdesk.exchange.files import free_name

        wanted = places.own_templates() / f"{suggested_name(path)}.toml"
        taken = wanted.stem in self._forms.templates
        target = free_name(wanted.with_name(f"{wanted.stem}（2）.toml") if taken else wanted)
        try:
            saved = save_draft(draft, target, self._forms.shelf.policies)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        dialog.done(QDialog.DialogCode.Accepted)
        self._forms.restock()
        words = f"已存为表样“{saved.stem}”，新建表时可以选"
        self._toast.say(words, mark=Mark.OK, links=(Link("新建表…", self.new_asked.emit),))
