"""收件 (reception): files that reach the window from outside - dropped on it, named at the start, handed over by a second start.

It decides what each file is for by its ending and waits until the window is free; reading and asking is done by the errands.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMetaMethod, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui import tasks
from ui.intake import ENDINGS, PACKAGE
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.intake import Intake
    from ui.parceling import Parceling
    from ui.widgets.toast import Toast

UPDATE: Final = ".perfdesk-update"
WELCOME: Final = (*ENDINGS, UPDATE)
"""Endings of the files that are taken when they are dropped."""
_PAUSE_MS: Final = 200


class Reception(QObject):
    """Takes files in, one errand after the other. ``update_chosen`` carries the path of an update (升级包, 参数包)."""

    update_chosen = Signal(object)

    def __init__(self, window: QWidget, *, intake: Intake, parceling: Parceling, toast: Toast) -> None:
        super().__init__(window)
        self._intake, self._parceling, self._toast = intake, parceling, toast
        self._jobs: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._go_on)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take files in: forms all at once, then each data package, then each update. While something is asked they wait."""
        kinds = [one.suffix.lower() for one in paths]
        forms = tuple(one for one, kind in zip(paths, kinds, strict=True) if kind not in {PACKAGE, UPDATE})
        if forms:
            self._jobs.append(partial(self._intake.import_paths, forms))
        for wanted, work in ((PACKAGE, self._parceling.look), (UPDATE, self._update)):
            self._jobs += [partial(work, one) for one, kind in zip(paths, kinds, strict=True) if kind == wanted]
        if paths and QApplication.activeModalWidget() is not None:
            self._toast.say(f"{len(paths)} 个文件等着收进来，先做完正在问的这一步", mark=Mark.HINT)
        self._go_on()

    def _update(self, path: Path) -> None:
        """Pass an update on; the window of the samples and one that only looks have nobody who would install it."""
        if self.isSignalConnected(QMetaMethod.fromSignal(self.update_chosen)):
            self.update_chosen.emit(path)
        else:
            self._toast.say(f"“{path.name}”是更新文件，请到填报自己的表的窗口里装", mark=Mark.HINT)

    def _go_on(self) -> None:
        """Begin what can be begun now; the rest is looked at again in a while."""
        while self._jobs and self._is_free():
            self._jobs.popleft()()
        if self._jobs:
            self._timer.start()

    def _is_free(self) -> bool:
        asks = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        return asks is None and not tasks.running(self._intake) and not tasks.running(self._parceling)
