"""开门 (opening): what comes once the window stands: it is furnished, the store opened, and whatever is in the way asked about.

It is imported after the first picture, and brings along what the menus do; the window is there in a third of the time.
"""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from perfdesk import places
from perfdesk.errors import LockedError, UserError
from perfdesk.handover import Answer, hand_over
from ui import theme
from ui.advising import advise
from ui.appearance import Appearance
from ui.bugreport import BugReport
from ui.coverage import Coverage
from ui.dialogs import CANCEL, Choice, Dialogs, split_sentence
from ui.forms import Forms
from ui.listening import Listening
from ui.losing import Losing
from ui.main_window import MainWindow
from ui.options import Options
from ui.salvaging import Salvaging
from ui.settings import FILE_NAME, Settings
from ui.tools import now
from ui.updating import Updating
from ui.warming import Unpacking, Warming
from ui.welcome import Welcome
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from perfdesk.store import Store
    from perfdesk.template import Shelf
    from ui.trouble import Trouble
    from ui.unlocking import Unlocking

DATA_FILES: Final = "数据文件 (*.db)"
_PATIENCE: Final = (
    2.0  # s: the other window was there first by a blink, or has been asked for longer before this one stood
)
_SILENT: Final = "那个窗口没有回应，可能正忙着：稍等一会儿，把刚才的再打开一次。"
_SALVAGE: Final = "找回内容：这个文件原样留下，读得出的表连同改动流水、备份里的合成新的数据文件，逐张列出来自哪里。"


def prepare(app: QApplication, window: MainWindow, trouble: Trouble, options: Options) -> Callable[[], None]:
    """Furnish a window that stands and return what opens its store; what ``trouble`` meets is told from now on."""
    dialogs, path = Dialogs(), options.store_path
    furnish(app, window, dialogs)
    helping = window.errands.helping
    report = BugReport(dialogs, window, helping.diagnosis)
    trouble.bug_met.connect(helping.remember)
    trouble.bug_met.connect(report.show)
    trouble.user_error_met.connect(window.errands.tell)
    call = partial(hand_over, files=options.files, patience=_PATIENCE)
    opening = Opening(window, dialogs, path, read_only=options.read_only, samples=options.samples, call=call)
    unpacking = Unpacking(app, window.appearance.faces.packed)
    unpacking.failed.connect(window.errands.tell)
    spare_searches(window, opening)
    warm_up(opening)
    if not options.samples:
        _lead_in(app, window, dialogs, opening)
    serve_callers(window, opening)
    if options.files:
        given = partial(window.errands.reception.take, options.files)
        opening.done.connect(given, Qt.ConnectionType.SingleShotConnection)
    for name in ("samples", "update"):
        window.commands[name].setEnabled(not options.samples)

    def begin() -> None:
        opening.begin()
        unpacking.begin()

    return begin


def _lead_in(app: QApplication, window: MainWindow, dialogs: Dialogs, opening: Opening) -> None:
    """What only a window on somebody's own data has: its backups, the first start, updates."""
    opening.done.connect(window.errands.safekeeping.begin)
    samples = partial(sample_window, app, window.appearance)
    welcome = Welcome(window, dialogs, now=now, reopen=opening.begin, samples=samples)
    opening.done.connect(welcome.begin)
    updating = Updating(window, dialogs, now=now)
    opening.done.connect(updating.begin, Qt.ConnectionType.SingleShotConnection)


def make_window(
    app: QApplication, settings: Settings, dialogs: Dialogs, *, clock: Callable[[], datetime] | None = None
) -> MainWindow:
    """Make a window that is furnished at once, without a store yet."""
    moment = clock or now
    window = MainWindow(settings, Appearance(app, settings, theme.load_fonts()), today=lambda: moment().date())
    furnish(app, window, dialogs, clock=clock)
    return window


def furnish(
    app: QApplication, window: MainWindow, dialogs: Dialogs, *, clock: Callable[[], datetime] | None = None
) -> None:
    """Give a window what every window has: its work, questions over it, F1 in its dialogs, the guide, the strip of its year."""
    window.furnish(Forms(app), dialogs, now=clock or now)
    dialogs.attach(window)
    window.errands.helping.serve(app)
    window.errands.guide_asked.connect(partial(_lead, window))
    Coverage(window)


def _lead(window: MainWindow) -> None:
    """带我填第一张表: once more, or for the first time."""
    from ui.guide import Guide

    made = (one for one in window.children() if isinstance(one, Guide))
    guide = next(made, None) or Guide(window)
    guide.begin()


def sample_window(app: QApplication, appearance: Appearance) -> MainWindow:
    """Make the window with the samples, on a data file and settings of its own."""
    path, dialogs = Options(samples=True).store_path, Dialogs()
    window = MainWindow(Settings(path.parent / FILE_NAME), appearance, today=lambda: now().date())
    furnish(app, window, dialogs)
    window.commands["update"].setEnabled(False)  # the samples are nobody's data
    opening = Opening(window, dialogs, path, read_only=False, samples=True)
    serve_callers(window, opening)
    opening.begin()
    return window


def serve_callers(window: MainWindow, opening: Opening) -> Listening:
    """Let another start of the program on the same data bring this window to the front and give it files."""
    listening = Listening(window)
    opening.done.connect(listening.begin)
    listening.called.connect(window.errands.reception.take)
    return listening


def warm_up(opening: Opening) -> Warming:
    """Have the pages of forms brought in after the forms are there, and left out of the search for garbage like all the rest."""
    warming = Warming(opening)
    opening.done.connect(warming.begin)
    warming.done.connect(_freeze)
    return warming


def spare_searches(window: MainWindow, opening: Opening) -> None:
    """Keep what the start made out of Python's search for garbage in circles.

    The modules, types and templates stay for good; going through their 80,000 objects takes 20 ms, which would be felt between two
    keys. Twice: once the forms are there, and once the first form is shown, because the sheet's modules come with it.
    """
    opening.done.connect(_freeze)
    window.session.opened.connect(_freeze, Qt.ConnectionType.SingleShotConnection)


def _freeze(_document: object = None) -> None:
    gc.freeze()


class Opening(QObject):
    """Opens the store once the window stands. ``done`` tells that the forms are there.

    ``call`` hands over to another window that has the data file: of two starts at once, the first may have it by now.
    """

    done = Signal()

    def __init__(
        self,
        window: MainWindow,
        dialogs: Dialogs,
        path: Path,
        *,
        read_only: bool,
        samples: bool,
        call: Callable[[Path], Answer] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._dialogs = window, dialogs
        self._path, self._read_only, self._samples = path, read_only, samples
        self._waiting, self._call = False, call
        self._unlocking: Unlocking | None = None
        self._salvaging = Salvaging(window, window.forms, dialogs=dialogs, toast=window.toast, now=now)
        self._losing = Losing(window, window.forms, dialogs=dialogs, toast=window.toast, now=now)
        self._salvaging.done.connect(self.begin)
        self._salvaging.failed.connect(self._salvage_failed)
        self._salvaging.form_chosen.connect(window.errands.form_made)

    def begin(self) -> None:
        """Open the store and show its forms; whatever is in the way is asked about."""
        store = self._open()
        if store is None:
            if not self._waiting:
                self._window.close()
            return
        try:
            self._window.forms.attach(store, shelf_reader())
            self._window.errands.tell_of_refused()
            self._window.status.show_place(store.path)
            if self._samples and not self._window.forms.lines and not store.read_only:
                self._bring_samples()
        except UserError as error:
            self._window.errands.tell(error)
            return
        if not self._window.errands.recovering.tell():  # after a crash nothing is removed
            self._window.errands.bin.clear_overdue()
        self._losing.begin()
        self._salvaging.tell()
        if not self._samples:
            self._window.errands.own_files.begin()
            advise(store, self._window.settings, self._dialogs, toast=self._window.toast, now=now())
        self._renew_password()
        self.done.emit()

    def _bring_samples(self) -> None:
        """Fill the empty store with the sample office; forms that are made beside its own begin with its name."""
        from ui.samples import BUREAU

        fill_with_samples(self._window.forms)
        self._window.settings.set_word("bureau", BUREAU)

    def _open(self) -> Store | None:
        """Open the data file; ask when another window has it, or when it cannot be read. ``None``: give up."""
        from perfdesk.store import StoreBusy, StoreDamaged, StoreReadOnly

        self._waiting = False
        while True:
            try:
                return self._open_with_password()
            except (StoreBusy, StoreReadOnly) as error:
                if not self._may_look(error):
                    return None
                self._read_only = True
            except StoreDamaged as error:
                choices = (Choice("other", "打开别的文件…"), Choice("salvage", "找回内容", primary=True))
                answer = self._ask(error, *choices, more=_SALVAGE)
                if answer == CANCEL:
                    return None
                if answer == "salvage":
                    self._salvage()
                    return None
                self._choose_other()
            except UserError as error:
                if self._ask(error, Choice("other", "打开别的文件…", primary=True)) == CANCEL:
                    return None
                self._choose_other()

    def _may_look(self, error: UserError) -> bool:
        """Another window fills in: it takes what this one was given, and this one goes; else it may be looked at only."""
        from perfdesk.store import StoreBusy

        heard = Answer.ALONE if self._call is None or not isinstance(error, StoreBusy) else self._call(self._path)
        if heard is Answer.TAKEN:
            return False
        more = _SILENT if heard is Answer.SILENT else ""
        return self._ask(error, Choice("look", "只查看", primary=True), more=more) != CANCEL

    def _open_with_password(self) -> Store | None:
        """Open the data file, asking for its password where it has one. ``None``: given up."""
        from perfdesk.store import Store

        while True:
            try:
                return Store.open(self._path, now=now, read_only=self._read_only)
            except LockedError as error:
                self._unlocking = self._unlocking or _unlocking(self._window, self._dialogs)
                if not self._unlocking.ask(error.path, leave="退出"):
                    return None

    def _salvage(self) -> None:
        """找回, off the UI thread; the password is asked for before."""
        self._unlocking = self._unlocking or _unlocking(self._window, self._dialogs)
        self._waiting = self._unlocking.may_be_salvaged(self._path, leave="退出")
        if self._waiting:
            self._salvaging.begin(self._path)

    def _renew_password(self) -> None:
        """Who used the recovery key has forgotten the password: a new one is asked for, once."""
        if self._unlocking is not None and self._unlocking.by_recovery:
            self._unlocking = None
            self._window.errands.passwords.renew()

    def _choose_other(self) -> None:
        chosen = self._dialogs.open_files("打开数据文件", DATA_FILES, self._path.parent)
        self._path = chosen[0] if chosen else self._path

    def _salvage_failed(self, error: UserError) -> None:
        """Nothing was changed: another file, or the end."""
        if self._ask(error, Choice("other", "打开别的文件…", primary=True)) == CANCEL:
            self._window.close()
            return
        self._choose_other()
        self.begin()

    def _ask(self, error: UserError, *choices: Choice, more: str = "") -> str:
        fact, advice = split_sentence(str(error))
        return self._dialogs.ask(fact, advice + more, (Choice(CANCEL, "退出"), *choices), mark=Mark.WARNING)


def _unlocking(window: MainWindow, dialogs: Dialogs) -> Unlocking:
    from ui.unlocking import Unlocking

    return Unlocking(window, dialogs)


def shelf_reader() -> Callable[[], Shelf]:
    """Return what reads the templates: the program's once, the office's own files each time. Raises :class:`UserError`."""
    from perfdesk.parameters import in_force
    from perfdesk.template import Own, ShelfReader, read_stock

    own = Own(places.own_templates(), places.own_policies(), places.policy_choices())
    return ShelfReader(read_stock(in_force()), own)


def fill_with_samples(forms: Forms) -> None:
    """Put the sample office's forms into an empty store. Raises :class:`UserError`."""
    from ui import samples

    samples.fill(forms)
