"""启动 (app): wires paths, look and window together. The window stands first; ``ui.opening`` brings its work after it.

What is imported here is what that picture needs, and nothing else: each module more is seen on a slow computer.
"""

from __future__ import annotations

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.appearance import Appearance
from ui.launching import is_waited_for, say_it_stands, say_who
from ui.main_window import MainWindow
from ui.settings import FILE_NAME, Settings
from ui.shell import TITLE
from ui.tools import now
from ui.trouble import Trouble
from ui.widgets.focus import FocusRings

if TYPE_CHECKING:
    from pathlib import Path

    from ui.options import Options

SWITCH: Final = 0.0005
"""s: for so long a key may have to wait for work off the UI thread at each of its steps; Python's own 5 ms add up to a pause."""

_BROKEN: Final = "程序没有起来，安装的文件可能不全。填过的内容都在，没有动；请用安装包把程序再装一次。"


def make_application(arguments: list[str]) -> QApplication:
    """Make Qt's application object with its Chinese words; the input method is the desktop's own choice."""
    say_who()
    app = QApplication([*arguments, *theme.STYLE])
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


def bare_window(app: QApplication, folder: Path) -> MainWindow:
    """Make what the first picture shows, with the look that is kept in a folder."""
    settings = Settings(folder / FILE_NAME)
    return MainWindow(settings, Appearance(app, settings, theme.load_fonts()), today=lambda: now().date())


def run(options: Options) -> int:
    """Show the window of a store and stay until it is closed."""
    app = make_application([sys.argv[0]])
    folder = options.store_path.parent
    trouble = Trouble(folder, app)
    trouble.install()
    window = bare_window(app, folder)
    picture = FirstPicture(window)
    for step in (gc.enable, trouble.open_log, partial(_open, app, window, trouble, options)):
        picture.shown.connect(step)
    window.restore()
    window.show()
    return _ended(app.exec(), options)


def _open(app: QApplication, window: MainWindow, trouble: Trouble, options: Options) -> None:
    """Bring in all the rest. A program that cannot is one that did not start: it ends, and the launcher takes the one before."""
    if not window.isVisible():  # it was closed at once: nothing is opened any more
        return
    try:
        from ui.opening import prepare

        begin = prepare(app, window, trouble, options)
    except Exception:
        QTimer.singleShot(0, partial(_give_up, window))
        raise  # into the log
    say_it_stands()
    begin()


def _give_up(window: MainWindow) -> None:
    """Say what to do where no launcher does, and end."""
    from PySide6.QtWidgets import QMessageBox

    if not is_waited_for():
        QMessageBox.critical(window, TITLE, _BROKEN)
    QApplication.exit(1)


def _ended(code: int, options: Options) -> int:
    """Return what the program ends with; after an update it is started once more."""
    from ui.updating import RESTART, start_again

    if code != RESTART:
        return code
    start_again(options)
    return 0


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
