"""迎接 (welcome): what happens before the first form: three pages, the samples in a window of their own, data of another computer.

It asks with ``ui.first`` and keeps the answers in the settings. The samples never share a data file with the office's forms.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolBar, QWidget

from perfdesk.errors import UserError
from ui.dialogs import put_up
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ui.dialogs import Dialogs
    from ui.first import First
    from ui.main_window import MainWindow

DATA_FILES = "数据文件 (*.db)"


class Welcome(QObject):
    """The first start of one window. ``reopen`` opens the data file again; ``samples`` makes the window with the samples."""

    def __init__(
        self,
        window: MainWindow,
        dialogs: Dialogs,
        *,
        now: Callable[[], datetime],
        reopen: Callable[[], object],
        samples: Callable[[], MainWindow],
    ) -> None:
        super().__init__(window)
        self._window, self._dialogs, self._now = window, dialogs, now
        self._reopen = reopen
        self._samples = SampleDesk(window, samples)
        self._samples.left.connect(self.begin)
        window.errands.samples_asked.connect(self._samples.show)

    def begin(self) -> None:
        """Ask, where there is an empty data file that nobody has begun to use."""
        forms, settings = self._window.forms, self._window.settings
        unused = forms.ready and not (forms.read_only or forms.lines or forms.trashed_count)
        if unused and not settings.word("bureau"):
            self._ask()

    def _ask(self) -> None:
        from perfdesk.cycle import office_cycle, year_in_work
        from ui.dialogs.thumbnails import Thumbnails
        from ui.first import FirstStartDialog

        window = self._window
        dialog = FirstStartDialog(
            window.forms.shelf,
            thumbnails=Thumbnails(self),
            year=year_in_work(office_cycle()[0], self._now().date()),
            song=window.appearance.faces.song,
            parent=window,
        )
        dialog.confirmed.connect(self._take)
        dialog.samples_asked.connect(self._samples.show)
        dialog.restore_asked.connect(self._restore)
        dialog.leave_asked.connect(window.close)
        put_up(dialog)

    def _take(self, answers: First) -> None:
        """Keep the answers; the first form is made where that was wanted."""
        settings, forms = self._window.settings, self._window.forms
        words = {"bureau": answers.bureau, "code": answers.code, "template": answers.template_id}
        for name, text in {**words, "year": str(answers.year), "unit": answers.unit.value}.items():
            settings.set_word(name, text)
        settings.sync()
        if not answers.begin:
            return
        try:
            made = forms.create(
                answers.template_id,
                year=answers.year,
                name="",
                bureau=answers.bureau,
                code=answers.code,
                unit=answers.unit,
            )
        except UserError as error:
            self._window.errands.tell(error)
            return
        self._window.session.open(made)
        lead = Link("带我填第一张表", self._window.commands["guide"].trigger)
        self._window.toast.say("建好了。第一次填，可以一步一步带着做", links=(lead,))

    def _restore(self) -> None:
        """恢复数据: a data file from elsewhere in the place of the empty one; then everything is opened again."""
        from perfdesk.store.restoring import restore
        from ui.unlocking import Unlocking

        forms, errands = self._window.forms, self._window.errands
        chosen = self._dialogs.open_files("恢复数据", DATA_FILES, errands.output.folder())
        if chosen and Unlocking(self._window, self._dialogs).is_open(chosen[0]):
            target = forms.store.path
            forms.close()
            try:
                restore(chosen[0], target, now=self._now)
            except UserError as error:
                errands.tell(error)
        self._reopen()


class SampleDesk(QObject):
    """示例: a second window on a data file of its own; the window of the office waits until it is closed. ``left``: it was."""

    left = Signal()

    def __init__(self, own: MainWindow, make: Callable[[], MainWindow]) -> None:
        super().__init__(own)
        self._own, self._make = own, make
        self.window: MainWindow | None = None

    def show(self) -> None:
        """Open the samples in the place of the office's window."""
        if self.window is not None:
            return
        window = self.window = self._make()
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.commands["samples"].setEnabled(False)
        window.addToolBarBreak()
        window.addToolBar(_Banner(window))
        window.installEventFilter(self)
        window.setGeometry(self._own.geometry())
        window.show()
        self._own.desk.settle()
        self._own.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The office's window comes back before the other one goes, or the program would end with it."""
        if event.type() is QEvent.Type.Close:
            self._own.show()
        elif event.type() is QEvent.Type.Hide and watched is self.window:
            self.window = None
            self._own.activateWindow()
            self.left.emit()
        return super().eventFilter(watched, event)


class _Banner(QToolBar):
    """The line that says these are samples, with the one way back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("示例", window)
        self.setMovable(False)
        self.setProperty("banner", "true")
        label = QLabel("这是示例，可以随便改，与您的数据分开存放", self)
        label.setProperty("role", "strong")
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        back = QPushButton("回到自己的数据", self)
        back.clicked.connect(partial(_close, window))
        for part in (label, spacer, back):
            self.addWidget(part)


def _close(window: MainWindow, *_checked: bool) -> None:
    window.close()
