"""填入财政局的表 (filling): asks for the blank workbook, shows what would go where, and writes it under a name of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from ui import tasks
from ui.dialogs import put_up
from ui.exporting import links_to
from ui.forms import name_of
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.exchange.xlsx.filling import Blank, Filling
    from ui.dialogs.filling import FillingDialog
    from ui.document import Document
    from ui.output import Output
    from ui.tasks import Task
    from ui.tools import Tools

FILES: Final = "Excel 工作簿 (*.xlsx *.xlsm *.xls)"
_WRITTEN: Final = "Excel 工作簿 (*.xlsx)"


class _Work:
    """One filling from the choice of the blank file on: what is filled, into what, and what came of it last."""

    def __init__(self, path: Path, form: Derived) -> None:
        self.path, self.form = path, form
        self.blank: Blank | None = None
        self.filling: Filling | None = None


class FormFilling(QObject):
    """The errand behind 填入财政局的表…."""

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms = tools.window, tools.forms
        self._dialogs, self._output, self._toast = tools.dialogs, output, tools.toast

    def ask(self, document: Document) -> None:
        """Choose the bureau's file for the open form."""
        paths = self._dialogs.open_files("财政局发的空表", FILES, self._output.source_folder())
        if not paths:
            return
        self._output.came_from(paths[0])
        self.begin(document, paths[0])

    def begin(self, document: Document, path: Path) -> None:
        """Show what of the open form goes into a file; nothing is shown of a file that cannot be filled, but told."""
        from ui.dialogs.filling import FillingDialog

        work = _Work(path, document.derived)
        name = name_of(work.form.record, work.form.template)
        dialog = FillingDialog(path.name, name, self._window)
        dialog.again_asked.connect(partial(self._try, work, dialog))
        dialog.confirmed.connect(partial(self._write, work, dialog))
        self._try(work, dialog, overwrite=False, system=False)

    def _try(self, work: _Work, dialog: FillingDialog, overwrite: bool, system: bool) -> None:
        """Fill off the UI thread, into memory alone."""

        def fill(task: Task) -> Filling:
            del task
            from perfdesk.exchange.filling import fill_form, read_blank

            work.blank = work.blank or read_blank(work.path)
            return fill_form(work.blank, work.form, self._forms.templates, overwrite=overwrite, system=system)

        tasks.run(self, fill, partial(self._show, work, dialog), failed=self._dialogs.tell_trouble)

    def _show(self, work: _Work, dialog: FillingDialog, filling: Filling) -> None:
        work.filling = filling
        dialog.show_filling(filling)
        if not dialog.isVisible():
            put_up(dialog)

    def _write(self, work: _Work, dialog: FillingDialog) -> None:
        """Ask for a name beside the blank file and write what is shown."""
        from perfdesk.errors import UserError
        from perfdesk.exchange.files import free_name, write_atomically

        if work.filling is None:
            return
        suggested = free_name(work.path.with_name(f"{work.path.stem}-已填{work.path.suffix}"))
        target = self._dialogs.save_file("写成文件", suggested, _WRITTEN)
        if target is None:
            return
        try:
            write_atomically(target, work.filling.data)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        dialog.done(QDialog.DialogCode.Accepted)
        self._toast.say(f"已填好：{target.name}", mark=Mark.OK, links=links_to(target))
