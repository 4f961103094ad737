"""更新的差事 (updating): 安装更新…, 回到上一版, and what a start has to say after either.

It asks and tells with ``ui.updates``; ``perfdesk.updates`` reads, installs and goes back. What is installed counts from the next
start: the window closes as it always does, and :func:`start_again` starts the program anew.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from perfdesk import places
from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import put_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from perfdesk.updates import Rollback, Settled, Standing, Update
    from ui.dialogs import Dialogs
    from ui.main_window import MainWindow
    from ui.options import Options
    from ui.tasks import Task
    from ui.updates import Page, UpdateDialog

RESTART: Final = 77
"""What the event loop ends with when the program is to be started anew."""
FILES: Final = "更新文件 (*.perfdesk-update)"
SOON_MS: Final = 4000
"""So long after the forms are there it is looked what an update left behind: it hurries nobody."""
_STEPS: Final = 1000
_UNSAVED: Final = "还有改动没有存上，所以没有做。{0}先让它存上，再做一次。"
_LOOKING: Final = "这个窗口只能查看，不能更新。请到能填报的那个窗口里装。"


class Updating(QObject):
    """The errand behind 安装更新…. ``leave`` ends the event loop with a code."""

    def __init__(
        self,
        window: MainWindow,
        dialogs: Dialogs,
        *,
        now: Callable[[], datetime],
        leave: Callable[[int], object] = QCoreApplication.exit,
    ) -> None:
        super().__init__(window)
        self._window, self._dialogs, self._now, self._leave = window, dialogs, now, leave
        self._dialog: UpdateDialog | None = None
        self._update: Update | None = None
        self._plan: Rollback | None = None
        self._task: Task | None = None
        self._may_stay = True
        window.errands.update_asked.connect(self.show)
        window.errands.reception.update_chosen.connect(self.take)

    # --------------------------------------------------------------- start
    def begin(self) -> None:
        """The forms are there, so this version works: soon it is looked what others left behind, where there may be others."""
        if places.home() != places.program_folder() or places.parameters().is_dir():
            QTimer.singleShot(SOON_MS, self, self.look_back)

    def look_back(self) -> None:
        """Let versions go that nobody goes back to; say which one did not start, and which going back was broken off."""
        if not self._window.forms.read_only:
            tasks.run(self, _settle, self._tell_settled)

    def _tell_settled(self, found: tuple[Path | None, Settled]) -> None:
        kept, settled = found
        if kept is not None:
            words = f"上次回到上一版的中途断了：现在用的是当时换上的备份，原来的数据文件在“{kept}”，里面的一样没少。"
            self._dialogs.tell("数据文件换过", f"{words}要接着用它的，从“恢复…”里看别处的备份。")
        if settled.failed:
            words = f"新装的程序 {settled.failed} 没有起来，现在用的还是原来的一版，填过的都在。"
            self._dialogs.tell(words.removesuffix("。"), "请把这句话告诉给更新文件的人，别再装同一份。")

    # -------------------------------------------------------------- asking
    def show(self) -> None:
        """安装更新…: which versions there are, and what can be done."""
        from ui.updates.words import standing_page

        self._page(standing_page(self._standings()))

    def take(self, path: Path) -> None:
        """Look at an update file: it is read off the UI thread, for a stick may be slow."""
        from ui.updates.words import working_page

        self._page(working_page("正在看更新文件", f"“{path.name}”：核对签名和清单。", may_stop=False))
        self._advance(0, total=0)
        self._task = tasks.run(self, partial(_read, path), self._show_update, failed=self._refuse)

    def _standings(self) -> tuple[Standing, ...]:
        from perfdesk.updates import Kind, standing

        return tuple(standing(kind) for kind in Kind)

    def _show_update(self, update: Update) -> None:
        from perfdesk.updates import standing
        from ui.updates.words import update_page

        self._update = update
        self._page(update_page(update, standing(update.kind).version))

    def _page(self, page: Page) -> None:
        """Show a page, in the dialog that is open or in a new one."""
        if self._dialog is None:
            from ui.updates import UpdateDialog

            self._dialog = UpdateDialog(self._window)
            self._dialog.acted.connect(self._act)
            self._dialog.dropped.connect(self._take_first)
            self._dialog.finished.connect(self._end)
            self._dialog.show_page(page)
            put_up(self._dialog)
        else:
            self._dialog.show_page(page)

    def _refuse(self, error: UserError) -> None:
        from ui.updates.words import refusal_page

        self._page(refusal_page(error))

    def _advance(self, done: int, _current: str = "", *, total: int = _STEPS) -> None:
        if self._dialog is not None:
            self._dialog.advance(done, total)

    def _take_first(self, paths: tuple[Path, ...]) -> None:
        if self._dialog is not None and self._dialog.page is not None and not self._dialog.page.running:
            self.take(paths[0])

    def _end(self, _result: int) -> None:
        self._dialog = None
        if not self._may_stay:
            self._leave(RESTART)

    # -------------------------------------------------------------- acting
    def _act(self, key: str) -> None:
        from ui.updates import words

        if key.startswith(words.BACK):
            self._ask_back(key.removeprefix(words.BACK))
            return
        acts = {
            words.CHOOSE: self._choose,
            words.INSTALL: self._install,
            words.STOP: self._stop,
            words.GO_BACK: self._go_back,
            words.RESTART: self._restart,
        }
        acts[key]()

    def _choose(self) -> None:
        chosen = self._dialogs.open_files("选更新文件", FILES, self._window.errands.output.source_folder())
        if chosen:
            self.take(chosen[0])

    def _install(self) -> None:
        """Install what was shown: the backup first, then the files, with their progress."""
        from ui.updates.words import installed_page, working_page

        update = self._update
        if update is None or not self._is_saved():
            return
        self._page(working_page(f"正在安装{update.kind.words} {update.version}", "先备份，再装。", may_stop=True))
        back_up = _backup_of(self._window)
        done = partial(self._show_done, installed_page(update))
        self._task = tasks.run(self, partial(_install, update, back_up), done, failed=self._refuse)
        self._task.advanced.connect(self._advance)
        self._advance(0)

    def _is_saved(self) -> bool:
        """Tell whether everything typed is in the data file; say so where it is not."""
        forms = self._window.forms
        why = ""
        if forms.read_only:
            why = _LOOKING
        else:
            self._window.desk.settle()
            if forms.unsaved():
                why = _UNSAVED.format(forms.why_unsaved)
        if why:
            self._refuse(UserError(why))
        return not why

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _show_done(self, page: Page, _result: object) -> None:
        self._task = None
        self._page(page)

    def _ask_back(self, kind: str) -> None:
        """回到上一版…: say what it does before it is done."""
        from perfdesk.updates import Kind, plan_rollback
        from ui.updates.words import rollback_page

        try:
            self._plan = plan_rollback(Kind(kind), self._window.forms.store.path)
        except UserError as error:
            self._refuse(error)
            return
        self._page(rollback_page(self._plan, self._now().date()))

    def _go_back(self) -> None:
        """Go back. Where the data file has to change, the window lets go of it and never takes it up again."""
        from perfdesk.updates import roll_back
        from ui.updates.words import refusal_page, went_back_page

        plan, forms = self._plan, self._window.forms
        if plan is None or not self._is_saved():
            return
        path = forms.store.path
        if plan.must_restore:
            self._may_stay = False
            self._window.settings.sync()
            forms.close()
        try:
            kept = roll_back(plan, store=path, moment=self._now())
        except UserError as error:
            self._page(refusal_page(error, must_restart=not self._may_stay))
            return
        self._page(went_back_page(plan, kept))

    def _restart(self) -> None:
        """重新启动: the window closes as it always does, with its backup and its questions."""
        if self._dialog is not None:
            self._dialog.accept()
        if self._may_stay and self._window.close():
            self._leave(RESTART)


def _backup_of(window: MainWindow) -> Callable[[], object]:
    """Return what makes the backup before an update; without a data file there is nothing to back up."""
    from perfdesk.store import Reason

    forms = window.forms
    return partial(forms.store.safekeeping.make, Reason.UPDATE) if forms.ready else _nothing


def _nothing() -> None:
    return None


def _read(path: Path, _task: Task) -> Update:
    from perfdesk.updates import read_update, refuse_unfit

    update = read_update(path)
    refuse_unfit(update)
    return update


def _install(update: Update, back_up: Callable[[], object], task: Task) -> None:
    from perfdesk.updates import install

    def progress(done: int, total: int) -> None:
        if task.stopped:
            raise UserError("已停止，没有安装。现在的一版原样在用。")
        task.advance(done * _STEPS // max(total, 1), "")

    install(update, back_up=back_up, progress=progress)


def _settle(_task: Task) -> tuple[Path | None, Settled]:
    from perfdesk.updates import left_unfinished, settle

    return left_unfinished(), settle()


def start_again(options: Options) -> None:
    """Start the version that is in force now, on the same data; the files of the first start are not taken in again."""
    import subprocess  # on demand: few starts end this way

    from perfdesk.updates import environment, launcher

    command = [str(launcher())]
    if not launcher().is_file():
        command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
    store = [] if options.store is None else ["--store", str(options.store_path)]
    subprocess.Popen([*command, *store], env=dict(environment()), start_new_session=True)  # noqa: S603 - our own program
