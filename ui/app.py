"""启动 (app): wires paths, look, window and store together. The window stands first; the store is opened after its first picture.

SQLAlchemy, Alembic and the exporters are imported only when they are needed: an empty window is there in a third of the time.
"""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

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
from ui.launching import say_it_stands, say_who
from ui.listening import Listening
from ui.losing import Losing
from ui.main_window import TITLE, MainWindow
from ui.options import Options
from ui.salvaging import Salvaging
from ui.settings import FILE_NAME, Settings
from ui.trouble import Trouble
from ui.updating import RESTART, Updating, start_again
from ui.warming import Unpacking, Warming
from ui.welcome import Welcome
from ui.widgets.focus import FocusRings
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from perfdesk.store import Store
    from perfdesk.template import Shelf
    from ui.unlocking import Unlocking

SWITCH: Final = 0.0005
"""s: for so long a key may have to wait for work off the UI thread at each of its steps; Python's own 5 ms add up to a pause."""

DATA_FILES: Final = "数据文件 (*.db)"
_PATIENCE: Final = (
    2.0  # s: the other window was there first by a blink, or has been asked for longer before this one stood
)
_SILENT: Final = "那个窗口没有回应，可能正忙着：稍等一会儿，把刚才的再打开一次。"
_SALVAGE: Final = "找回内容：这个文件原样留下，读得出的表连同改动流水、备份里的合成新的数据文件，逐张列出来自哪里。"


def now() -> datetime:
    """The clock on the wall, with its time zone."""
    return datetime.now().astimezone()


def make_application(arguments: list[str]) -> QApplication:
    """Make Qt's application object with its Chinese words; the input method is the desktop's own choice."""
    say_who()
    app = QApplication(arguments)
    sys.setswitchinterval(SWITCH)
    app.setApplicationName("perfdesk")
    app.setApplicationDisplayName(TITLE)
    app.setDesktopFileName("perfdesk")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    FocusRings(app)
    return app


def make_window(
    app: QApplication, settings: Settings, dialogs: Dialogs, *, clock: Callable[[], datetime] | None = None
) -> MainWindow:
    """Make the window, without a store yet."""
    appearance = Appearance(app, settings, theme.load_fonts())
    window = MainWindow(Forms(app), settings, appearance=appearance, dialogs=dialogs, now=clock or now)
    _furnish(app, window, dialogs)
    return window


def _furnish(app: QApplication, window: MainWindow, dialogs: Dialogs) -> None:
    """Give a window what every window has beside itself: questions over it, F1 in its dialogs, the guide, the strip of its year."""
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


def run(options: Options) -> int:
    """Show the window of a store and stay until it is closed."""
    app = make_application([sys.argv[0]])
    path = options.store_path
    trouble = Trouble(path.parent, app)
    trouble.install()
    dialogs = Dialogs()
    window = make_window(app, Settings(path.parent / FILE_NAME), dialogs)
    helping = window.errands.helping
    report = BugReport(dialogs, window, helping.diagnosis)
    trouble.bug_met.connect(helping.remember)
    trouble.bug_met.connect(report.show)
    trouble.user_error_met.connect(window.errands.tell)
    call = partial(hand_over, files=options.files, patience=_PATIENCE)
    opening = Opening(window, dialogs, path, read_only=options.read_only, samples=options.samples, call=call)
    picture = FirstPicture(window)
    picture.shown.connect(say_it_stands)
    picture.shown.connect(trouble.open_log)
    picture.shown.connect(opening.begin)
    unpacking = Unpacking(app, window.appearance.faces.packed)
    unpacking.failed.connect(window.errands.tell)
    picture.shown.connect(unpacking.begin)
    spare_searches(window, opening)
    warm_up(opening)
    if not options.samples:
        opening.done.connect(window.errands.safekeeping.begin)
        samples = partial(sample_window, app, window.appearance)
        welcome = Welcome(window, dialogs, now=now, reopen=opening.begin, samples=samples)
        opening.done.connect(welcome.begin)
        updating = Updating(window, dialogs, now=now)
        opening.done.connect(updating.begin, Qt.ConnectionType.SingleShotConnection)
    serve_callers(window, opening)
    if options.files:
        given = partial(window.errands.reception.take, options.files)
        opening.done.connect(given, Qt.ConnectionType.SingleShotConnection)
    for name in ("samples", "update"):
        window.commands[name].setEnabled(not options.samples)
    window.restore()
    window.show()
    ended = app.exec()
    if ended == RESTART:
        start_again(options)
    return 0 if ended == RESTART else ended


def sample_window(app: QApplication, appearance: Appearance) -> MainWindow:
    """Make the window with the samples, on a data file and settings of its own."""
    path, dialogs = Options(samples=True).store_path, Dialogs()
    settings = Settings(path.parent / FILE_NAME)
    window = MainWindow(Forms(app), settings, appearance=appearance, dialogs=dialogs, now=now)
    _furnish(app, window, dialogs)
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


class FirstPicture(QObject):
    """Says once that the window has been painted."""

    shown = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint event is the last we wait for."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.shown.emit)
        return False


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
