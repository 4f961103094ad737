"""找回 (salvaging): a damaged data file is put together again off the UI thread, and a list says what came back from where.

The store sets aside, reads and judges; this tells and keeps the list.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import put_up
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from perfdesk.store.salvage import Salvaged
    from ui.dialogs import Dialogs
    from ui.forms import Forms
    from ui.tasks import Task
    from ui.widgets.toast import Toast

_TEXTS: Final = "文本文件 (*.txt)"


class Salvaging(QObject):
    """``done``: a new data file stands in its place; ``failed`` carries why not.

    ``form_chosen``: a form of the list is to be opened.
    """

    done = Signal()
    failed = Signal(object)
    form_chosen = Signal(str)

    def __init__(
        self, window: QWidget, forms: Forms, *, dialogs: Dialogs, toast: Toast, now: Callable[[], datetime]
    ) -> None:
        super().__init__(window)
        self._window, self._dialogs, self._toast, self._now = window, dialogs, toast, now
        self._forms = forms
        self._found: tuple[Path, Salvaged] | None = None

    def begin(self, path: Path) -> None:
        """Put the data file together again."""
        self._toast.say("正在从损坏的数据文件、改动流水和备份里找回，要等一会儿", mark=Mark.HINT)
        tasks.run(self, partial(_salvage, path, self._now), partial(self._take, path), failed=self.failed.emit)

    def tell(self) -> None:
        """Show what came back, once the forms are there."""
        if self._found is None:
            return
        from perfdesk.store.salvagelist import titled
        from ui.dialogs.salvage import SalvageDialog

        path, read = self._found
        self._found = None
        found = titled(read, {key: one.title for key, one in self._forms.templates.items()})
        dialog = SalvageDialog(found, self._window)
        dialog.form_chosen.connect(self.form_chosen)
        dialog.file_wanted.connect(partial(self._keep, path.parent / f"找回清单-{self._now():%Y%m%d}.txt"))
        dialog.print_wanted.connect(partial(self._print, found, dialog))
        put_up(dialog)

    def _print(self, found: Salvaged, parent: QWidget) -> None:
        """打印…: the list as pages, shown before they are printed."""
        draw = partial(_draw, found, self._now())
        tasks.run(self, draw, partial(self._preview, parent), failed=self._dialogs.tell_trouble)

    def _preview(self, parent: QWidget, pdf: bytes) -> None:
        from ui.dialogs.preview import PreviewDialog

        about = "从损坏的数据文件找回的表"
        dialog = PreviewDialog(pdf, title="找回清单", about=about, dialogs=self._dialogs, exports=False, parent=parent)
        dialog.printed.connect(self._toast.say)
        dialog.failed.connect(self._dialogs.tell_trouble)
        put_up(dialog)

    def _take(self, path: Path, found: Salvaged) -> None:
        self._found = path, found
        self.done.emit()

    def _keep(self, suggested: Path, text: str) -> None:
        """存成文件: the list, to print or to send."""
        from perfdesk.exchange.files import write_atomically

        target = self._dialogs.save_file("存成文件", suggested, _TEXTS)
        if target is None:
            return
        try:
            write_atomically(target, text.encode("utf-8-sig"))
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        self._toast.say(f"清单已存为“{target.name}”")


def _draw(found: Salvaged, made: datetime, _task: Task) -> bytes:
    from perfdesk.salvagesheet import render_list

    return render_list(found, made=made)


def _salvage(path: Path, now: Callable[[], datetime], task: Task) -> Salvaged:
    del task
    from perfdesk.store.salvage import salvage

    return salvage(path, now=now)
