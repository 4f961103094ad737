"""出件 (output): export, preview and 审核单 of the open form: asks with a dialog and has the files made elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths

from perfdesk.handin import KIND_WORDS
from ui import tasks
from ui.dialogs import put_up
from ui.exporting import Exporting, ListOrder, Order, Paper, Sheets, render
from ui.forms import name_of
from ui.pagesetting import PageSetting

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from perfdesk.fingerprint import Stamp
    from perfdesk.model import Record
    from perfdesk.template import Template
    from ui.dialogs.export import ExportChoice, ExportDialog
    from ui.dialogs.preview import PreviewDialog
    from ui.document import Document
    from ui.tasks import Task
    from ui.tools import Tools

FIRST_FORMATS: Final = "pdf,xlsx"


class Output(QObject):
    """What leaves the program on paper or as a file."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings, self._dialogs, self._toast, self._now = tools
        self._exporting = Exporting(tools.window, dialogs=tools.dialogs, toast=tools.toast)
        self._shown: PreviewDialog | None = None
        self.pages = PageSetting(tools.window, tools.forms, dialogs=tools.dialogs, toast=tools.toast)

    def export(self, document: Document) -> None:
        """Ctrl+E: the open form into files."""
        self._ask_export(self._order(document))

    def preview(self, document: Document) -> None:
        """Ctrl+P: the PDF as it would be printed."""
        self._preview(self._order(document))

    def check_sheet(self, document: Document) -> None:
        """审核单: the PDF as it would be printed, for the signatures."""
        self._preview(replace(self._order(document), paper=Paper.CHECK_SHEET))

    def test_page(self) -> None:
        """打印测试页: whether the printer keeps the size, and where it stops."""
        from perfdesk.exchange import test_page
        from ui.dialogs.preview import PreviewDialog

        about = "量一量打印机有没有缩小、裁边"
        data, name = test_page.render(), "打印测试页"
        dialog = PreviewDialog(data, title=name, about=about, dialogs=self._dialogs, exports=False, parent=self._window)
        dialog.printed.connect(self._toast.say)
        dialog.failed.connect(self._dialogs.tell_trouble)
        put_up(dialog)

    def write(
        self,
        order: Sheets | ListOrder,
        *,
        finished: Callable[[tuple[Path, ...]], object] | None = None,
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Write the 审核单 of several forms, or lists, where somebody has said."""
        self._exporting.start(order, finished=finished, failed=failed)

    def draw_stamped(
        self,
        document: Document,
        record: Record,
        name: str,
        drawn: Callable[[bytes], object],
        *,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Have the PDF made as it will be once ``record`` is handed in today as version ``name``; nothing is kept."""
        from perfdesk.fingerprint import Stamp, fingerprint

        stamp = Stamp(f"{name} {self._now():%Y-%m-%d}", fingerprint(record))
        self._draw(replace(self._order(document), stamp=stamp), drawn, failed=failed)

    def write_stamped(
        self,
        document: Document,
        targets: tuple[Path, ...],
        sheets: frozenset[Path],
        *,
        finished: Callable[[tuple[Path, ...]], object],
        failed: Callable[[], object],
    ) -> None:
        """Write the files of a form that was handed in; ``sheets`` are those of ``targets`` that hold its 审核单."""
        self._settings.set_word("folder", str(targets[0].parent))
        order = replace(self._order(document), targets=targets, sheets=sheets)
        self._exporting.start(order, finished=finished, failed=failed)

    def name_of_files(self, document: Document) -> str:
        """Return what the files of the open form are called: 「法律援助经费-自评表」."""
        return file_name(document.record, document.template)

    def folder(self) -> Path:
        """Return the folder that was written to last, else the user's documents; where there is no such folder, the home folder."""
        last = self._settings.word("folder")
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        found = (Path(one) for one in (last, documents) if one and Path(one).is_dir())
        return next(found, Path.home())

    def source_folder(self) -> Path:
        """Return the folder that files came from last, else :meth:`folder`: what goes out has a folder of its own."""
        last = self._settings.word("import_folder")
        return Path(last) if last and Path(last).is_dir() else self.folder()

    def came_from(self, path: Path) -> None:
        """Remember where a file came from."""
        self._settings.set_word("import_folder", str(path.parent))

    def _order(self, document: Document) -> Order:
        """Return the form as it stands now, with the forms that may go behind it."""
        from perfdesk.gathering import annexes

        stamp, behind = self._stamp(document), annexes(document.record, document.others)
        setups = self.pages.of((document.record.id, *(one.record.id for one in behind)))
        order = Order(document.derived, self._forms.templates, (), self._now(), document.others, stamp=stamp)
        return replace(order, setups=setups)

    def _stamp(self, document: Document) -> Stamp | None:
        """Return what a form that was handed in carries; none where a 汇总表 has other rows by now."""
        from perfdesk.fingerprint import Stamp, fingerprint

        version = self._forms.submission(document.record.id)
        if version is None or version.code != fingerprint(document.record):
            return None
        return Stamp(version.label, version.code)

    def _ask_export(self, order: Order) -> None:
        put_up(self._export_dialog(order, _file_name(order), self.folder()))

    def _export_dialog(self, order: Order, name: str, folder: Path) -> ExportDialog:
        from ui.dialogs.export import ExportDialog

        dialog = ExportDialog(
            name,
            folder=folder,
            formats=tuple(self._settings.word("formats", FIRST_FORMATS).split(",")),
            derived=order.derived,
            paper=order.paper.words,
            dialogs=self._dialogs,
            parent=self._window,
        )
        dialog.confirmed.connect(partial(self._export, order))
        return dialog

    def _export(self, order: Order, choice: ExportChoice) -> None:
        self._settings.set_word("formats", ",".join(choice.formats))
        self._settings.set_word("folder", str(choice.targets[0].parent))
        wanted = replace(order, targets=choice.targets, made=self._now())
        self._exporting.start(wanted, failed=partial(self._export_again, order, choice))

    def _export_again(self, order: Order, choice: ExportChoice) -> None:
        """The files could not be written: the questions again as they were answered, ready for another folder."""
        dialog = self._export_dialog(order, choice.targets[0].stem, choice.targets[0].parent)
        put_up(dialog)
        dialog.ask_folder()

    def _preview(self, order: Order) -> None:
        self._draw(order, partial(self._show_preview, order))

    def _draw(
        self,
        order: Order,
        drawn: Callable[[bytes], object],
        *,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Have the PDF made off the UI thread; without ``failed`` a trouble is told."""
        target = Path(f"{name_of(order.derived.record)}.pdf")
        tasks.run(self, partial(_render, order, target), drawn, failed=failed or self._dialogs.tell_trouble)

    def _show_preview(self, order: Order, data: bytes) -> None:
        from perfdesk.arranging import adjustable
        from ui.dialogs.preview import PreviewDialog

        record, template = order.derived.record, order.derived.template
        name = name_of(record, template)
        about = f"{name} · {record.year} 年度 · {order.paper.words or template.title}"
        dialog = PreviewDialog(
            data,
            title=_file_name(order),
            about=about,
            dialogs=self._dialogs,
            adjustable=order.paper is Paper.FORM and adjustable(order.derived.sheet),
            parent=self._window,
        )
        dialog.export_asked.connect(partial(self._export_shown, order))
        dialog.setup_asked.connect(partial(self._set_up, order, dialog))
        dialog.printed.connect(self._toast.say)
        dialog.failed.connect(self._dialogs.tell_trouble)
        dialog.finished.connect(self._forget_shown)
        self._shown = dialog
        put_up(dialog)

    def _export_shown(self, order: Order) -> None:
        """Export what the preview shows, on the pages it shows now."""
        self._ask_export(self._set_up_anew(order))

    def _set_up(self, order: Order, dialog: PreviewDialog) -> None:
        """页面设置 over the preview, which then shows the pages as they have become."""
        self.pages.ask(order.derived, parent=dialog, chosen=partial(self._draw_anew, order, dialog))

    def _draw_anew(self, order: Order, dialog: PreviewDialog) -> None:
        self._draw(self._set_up_anew(order), partial(self._show_again, dialog))

    def _show_again(self, dialog: PreviewDialog, data: bytes) -> None:
        """Show other pages, unless the preview was closed meanwhile."""
        if self._shown is dialog:
            dialog.show_pdf(data)

    def _forget_shown(self, _result: int) -> None:
        self._shown = None

    def _set_up_anew(self, order: Order) -> Order:
        """Return an order with the set-ups as they are now."""
        return replace(order, setups={**order.setups, **self.pages.of((order.derived.record.id,))})


def file_name(record: Record, template: Template, words: str = "") -> str:
    """Return what a file is called unless somebody says otherwise: 「法律援助经费-自评表」, 「法律援助经费-自评表-审核单」."""
    parts = (name_of(record, template), KIND_WORDS.get(template.kind), words)
    return "-".join(part for part in parts if part)


def _file_name(order: Order) -> str:
    return file_name(order.derived.record, order.derived.template, order.paper.words)


def _render(order: Order, target: Path, task: Task) -> bytes:
    del task
    return render(order, target).data
