"""备份的差事 (safekeeping): the backup of the day, the one before the program ends, the second place, and saying how they stand.

The store makes and checks the copies. That one could not be made is said at once and stays in the status bar; the program never
ends on it without being told to.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import CANCEL, Choice, put_up
from ui.widgets.marks import Mark
from ui.widgets.progress import ProgressCard
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from perfdesk.store.safekeeping import Made, Standing
    from ui.dialogs.backup import BackupDialog
    from ui.forms import Forms
    from ui.tasks import Task
    from ui.tools import Tools

SOON_MS: Final = 2000
"""So long after the forms are there the backup of the day is made."""

LOOK_MS: Final = 600_000
"""So often it is looked whether another day has begun."""

FAILED: Final = "退出前没有备份成"
DATA_FILES: Final = "数据文件 (*.db)"


class Safekeeping(QObject):
    """The errands behind 「备份…」. ``stands`` carries words, tone (``""``, ``warn``, ``err``) and the whole sentence."""

    stands = Signal(str, str, str)
    _changed = Signal()

    def __init__(self, tools: Tools, *, folder: Callable[[], Path]) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._near = tools.window, tools.forms, folder
        self._dialogs, self._toast, self._now = tools.dialogs, tools.toast, tools.now
        self._dialog: BackupDialog | None = None
        self._card = ProgressCard(tools.window)
        self._begun = self._busy = self._carrying = False
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._changed.connect(self._hear)

    def begin(self) -> None:
        """The forms are there: make the backup of the day soon, and one when the program ends."""
        if not self._forms.ready or self._forms.read_only:
            return
        self._begun = True
        self._forms.store.safekeeping.on_change = self._changed.emit
        self._clock.start()
        QTimer.singleShot(SOON_MS, self, self.look)

    def look(self) -> None:
        """Make the backup of the day where there is none yet, off the UI thread."""
        if self._busy or not self._forms.ready:
            return
        try:
            due = self._forms.store.safekeeping.is_due()
        except UserError as error:
            self._tell(error)
            return
        if due:
            self._make(asked=False)
        else:
            self._hear()

    def _hear(self) -> None:
        """A backup was made or the second place changed: say how they stand, and bring the second place what it lacks."""
        self._show()
        if self._busy or self._carrying or not self._begun or not self._forms.ready:
            return
        with suppress(UserError):  # said by what shows how they stand
            if self._forms.store.safekeeping.is_behind():
                self._carrying = True
                tasks.run(self, partial(_catch_up, self._forms), self._tell_carried, failed=self._tell_carried)

    def _tell_carried(self, trouble: str | UserError) -> None:
        self._carrying = False
        if not trouble:
            self._hear()  # of what was made meanwhile
        else:
            self._show()
            self._toast.say(str(trouble), mark=Mark.WARNING, links=(Link("备份…", self.show),))

    def _make(self, *, asked: bool) -> None:
        self._busy = True
        tasks.run(self, partial(_make, self._forms, asked=asked), partial(self._tell_made, asked), failed=self._tell)

    def _tell_made(self, asked: bool, made: Made) -> None:
        self._busy = False
        self._show()
        if made.trouble:
            self._toast.say(made.trouble, mark=Mark.WARNING, links=(Link("备份…", self.show),))
        elif asked:
            both = "，第二个位置也有一份" if made.second is not None else ""
            self._toast.say(f"已备份到“{made.backup.path.name}”，并已校验{both}")

    def _tell(self, error: UserError) -> None:
        self._busy = False
        self._show()
        self._toast.say(f"这次没有备份成。{error}", mark=Mark.ERROR, links=(Link("备份…", self.show),))

    # --------------------------------------------------------------------------------------------------------- standing
    def _show(self) -> None:
        """Say in the status bar, and in the dialog if it is open, how the backups stand."""
        standing = self._standing()
        if standing is None:
            return
        self.stands.emit(*sentence(standing, self._now().date()))
        if self._dialog is not None:
            self._dialog.show_standing(standing, self._now().date(), busy=self._busy)

    def _standing(self) -> Standing | None:
        try:
            return self._forms.store.safekeeping.standing() if self._forms.ready else None
        except UserError as error:
            self.stands.emit("备份读不出来", "err", str(error))
            return None

    # ----------------------------------------------------------------------------------------------------------- dialog
    def show(self) -> None:
        """备份…: how they stand, one now, the second place."""
        from ui.dialogs.backup import BackupDialog

        standing = self._standing()
        if standing is None:
            return
        dialog = BackupDialog(self._forms.store.path, writable=not self._forms.read_only, parent=self._window)
        dialog.show_standing(standing, self._now().date(), busy=self._busy)
        dialog.wanted.connect(self._make_asked)
        dialog.elsewhere_wanted.connect(self.save_as)
        dialog.folder_asked.connect(self._open_folder)
        dialog.second_asked.connect(self._choose_second)
        dialog.second_dropped.connect(self._drop_second)
        dialog.break_seen.connect(self._accept_break)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        put_up(dialog)

    def _forget(self, _result: int) -> None:
        self._dialog = None

    def _make_asked(self) -> None:
        self._forms.unsaved()
        if not self._busy:
            self._make(asked=True)
        self._show()

    def _open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _choose_second(self) -> None:
        """A second place: a folder on another disk; the first copy goes there at once, so that it is known to work."""
        folder = self._dialogs.choose_folder("第二个备份位置", self._near())
        if folder is not None and self._set_second(folder):
            self._make_asked()

    def _drop_second(self) -> None:
        self._set_second(None)
        self._show()

    def _accept_break(self) -> None:
        """知道了: the broken change log was looked at; superfluous backups go again."""
        try:
            self._forms.store.safekeeping.accept_break()
        except UserError as error:
            self._dialogs.tell_trouble(error)

    def _set_second(self, folder: Path | None) -> bool:
        try:
            self._forms.store.safekeeping.choose_second(folder)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return False
        return True

    def save_as(self) -> None:
        """另存一份: a checked copy wherever the clerk wants it."""
        self._forms.unsaved()
        name = f"{self._forms.store.path.stem}-{self._now():%Y%m%d}.db"
        target = self._dialogs.save_file("另存一份", self._near() / name, DATA_FILES)
        if target is not None:
            saved = partial(self._tell_saved, target)
            tasks.run(self, partial(_save_as, self._forms, target), saved, failed=self._dialogs.tell_trouble)

    def _tell_saved(self, target: Path, _nothing: None) -> None:
        self._toast.say(f"已另存到“{target.name}”，并已校验")

    # ----------------------------------------------------------------------------------------------------------- ending
    def may_end(self) -> bool:
        """Make a backup if anything was saved since the last one; where that does not work the clerk decides."""
        if not self._begun or not self._forms.ready:
            return True
        while True:
            fact, trouble = self._last_attempt()
            if not fact:
                return True
            choices = (
                Choice("leave", "不备份就退出"),
                Choice("other", "换个地方…"),
                Choice("again", "再试", primary=True),
            )
            answer = self._dialogs.ask(fact, trouble, choices, mark=Mark.ERROR)
            if answer == CANCEL:
                return False
            if answer == "leave" or (answer == "other" and self._save_elsewhere()):
                return True

    def _last_attempt(self) -> tuple[str, str]:
        """Make the backup; return what did not work and why, twice ``""`` where there is nothing to say."""
        keeping = self._forms.store.safekeeping
        try:
            if not keeping.has_changed() and keeping.standing().is_good:
                return "", ""
        except UserError as error:
            return FAILED, str(error)
        outcome: list[Made | UserError] = []
        self._card.begin("正在备份，备份好就退出", 0, may_stop=False)
        work = partial(_make, self._forms, asked=False, leaving=True)
        broken = partial(_report, outcome)
        self._dialogs.wait(tasks.run(self, work, outcome.append, failed=outcome.append, broken=broken))
        self._card.finish()
        (made,) = outcome
        if isinstance(made, UserError):
            return FAILED, f"填的内容都已保存在数据文件里，只是没有新的备份。{made}"
        return ("第二个位置没有备份成", made.trouble) if made.trouble else ("", "")

    def _save_elsewhere(self) -> bool:
        """Make the backup in a folder the clerk chooses; tell whether it is there."""
        from perfdesk.store.safekeeping import make_in

        folder = self._dialogs.choose_folder("备份到", self._near())
        if folder is None:
            return False
        try:
            make_in(self._forms.store.path, folder, moment=self._now())
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return False
        return True


def _report(outcome: list[Made | UserError], error: Exception) -> None:
    """Hand a bug of ours to the trouble desk; for the clerk it is a backup that was not made."""
    sys.excepthook(type(error), error, error.__traceback__)
    outcome.append(UserError("程序自己出了差错，经过记在日志里，请告诉维护人员。"))


def sentence(standing: Standing, today: date) -> tuple[str, str, str]:
    """Say how the backups stand: words for the status bar, their tone, and the whole sentence."""
    if standing.trouble:
        return "没有备份成", "err", standing.trouble
    last = standing.last
    if last is None:
        return "还没有备份", "err", "还没有备份。点一下，在“备份”里立即做一份。"
    when = (
        f"{'今天' if last.moment.date() == today else f'{last.moment.month}月{last.moment.day}日'} {last.moment:%H:%M}"
    )
    if standing.is_old:
        return (
            f"备份是 {standing.days} 天前的",
            "err",
            f"上次备份是 {when}，已经 {standing.days} 天。点一下，立即做一份。",
        )
    if standing.second_trouble:
        return "第二处没有备份", "warn", standing.second_trouble
    if standing.break_trouble:
        return "改动记录接不上", "warn", standing.break_trouble
    return f"备份 {when}", "", f"上次备份是 {when}，已校验。"


def _make(forms: Forms, _task: Task, *, asked: bool, leaving: bool = False) -> Made:
    """Make a backup; who leaves does not wait until older ones are gone through."""
    from perfdesk.ownfiles import take_along
    from perfdesk.store import Reason

    with suppress(UserError):  # the backup itself says what is wrong with the data file
        take_along(forms.store)
    return forms.store.safekeeping.make(Reason.ASKED if asked else Reason.DAILY, thinned=not leaving)


def _catch_up(forms: Forms, _task: Task) -> str:
    return forms.store.safekeeping.catch_up()


def _save_as(forms: Forms, target: Path, task: Task) -> None:
    del task
    forms.store.copy_to(target)
