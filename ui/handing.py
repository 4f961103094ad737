"""上报的差事 (handing in): draws the form as it will be stamped, asks, and has the files made once the form is locked.

What locks a form is the business of ``ui.versions``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.model import VersionKind
from ui.dialogs import put_up
from ui.exporting import links_to
from ui.forms import name_of
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from perfdesk.errors import UserError
    from perfdesk.model import Record, Version
    from ui.dialogs import Dialogs
    from ui.dialogs.submit import SubmitChoice, SubmitDialog
    from ui.document import Document
    from ui.output import Output
    from ui.widgets.toast import Toast


class HandingIn(QObject):
    """The page behind 上报. ``confirmed`` carries the document and the answer; ``place_asked`` the place of a 警告."""

    confirmed = Signal(object, object)
    place_asked = Signal(object)

    def __init__(self, window: QWidget, *, output: Output, dialogs: Dialogs, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._output, self._dialogs, self._toast = window, output, dialogs, toast
        self._shown: SubmitDialog | None = None

    def begin(self, document: Document) -> None:
        """Draw the form with the stamp it will carry, then ask."""
        show = partial(self._show, document)
        self._draw(document, VersionKind.SUBMITTED.words, show, failed=partial(self._show_without, show))

    def write(self, document: Document, choice: SubmitChoice, version: Version) -> None:
        """Have the files made of a form that is locked by now; where that does not work 导出 asks for another place."""
        said = f"已上报，本表已锁定。校验码 {version.code}"
        self._toast.say(said, mark=Mark.OK)
        if choice.targets:
            finished, failed = partial(self._tell, said), partial(self._output.export, document)
            self._output.write_stamped(document, choice.targets, choice.sheets, finished=finished, failed=failed)

    def _tell(self, said: str, files: tuple[Path, ...]) -> None:
        self._toast.say(f"{said}，生成了 {len(files)} 个文件", mark=Mark.OK, links=links_to(files[0]))

    def _draw(
        self,
        document: Document,
        name: str,
        drawn: Callable[[bytes], object],
        *,
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        self._output.draw_stamped(document, as_printed(document), name, drawn, failed=failed)

    def _show_without(self, show: Callable[[str], object], error: UserError) -> None:
        """There is a character that cannot be printed: said where the page would be, for the other files can be made."""
        show(str(error))

    def _show(self, document: Document, drawn: bytes | str) -> None:
        from perfdesk.fingerprint import fingerprint
        from ui.dialogs.submit import Handing, SubmitDialog

        record, template = as_printed(document), document.template
        about = f"{name_of(record, template)} · {record.year} 年度 · {template.title}"
        handing = Handing(document.derived, about, fingerprint(record), self._output.name_of_files(document))
        dialog = SubmitDialog(handing, drawn, folder=self._output.folder(), dialogs=self._dialogs, parent=self._window)
        dialog.confirmed.connect(partial(self.confirmed.emit, document))
        dialog.place_asked.connect(self.place_asked)
        dialog.redraw_asked.connect(partial(self._redraw, document, dialog))
        dialog.setup_asked.connect(partial(self._set_up, document, dialog))
        dialog.printed.connect(self._toast.say)
        dialog.failed.connect(self._dialogs.tell_trouble)
        dialog.finished.connect(self._forget)
        self._shown = dialog
        put_up(dialog)

    def _set_up(self, document: Document, dialog: SubmitDialog) -> None:
        chosen = partial(self._redraw_as_named, document, dialog)
        self._output.pages.ask(document.derived, parent=dialog, chosen=chosen)

    def _redraw_as_named(self, document: Document, dialog: SubmitDialog) -> None:
        self._redraw(document, dialog, dialog.name.text().strip() or VersionKind.SUBMITTED.words)

    def _redraw(self, document: Document, dialog: SubmitDialog, name: str) -> None:
        self._draw(document, name, partial(self._show_again, dialog))

    def _show_again(self, dialog: SubmitDialog, data: bytes) -> None:
        if self._shown is dialog:
            dialog.show_pdf(data)

    def _forget(self, _result: int) -> None:
        self._shown = None


def as_printed(document: Document) -> Record:
    """Return the form with the figures of now in its data items: what is handed in does not follow the year any more."""
    from perfdesk.dataitems import figures_of, refresh

    return refresh(document.record, figures_of(document.derived.gathered))
