"""试起 (trial): a program that is to be put in force makes its window once, on the display it will have; nothing is shown.

``perfdesk.updates.starting`` asks for it: a library of Qt that does not fit shows here, before the version in force is changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from perfdesk.release import described
from ui.app import bare_window, make_application
from ui.opening import prepare
from ui.options import Options
from ui.trouble import Trouble


def run() -> int:
    """Make the window with all its work, then say the version as ``--version`` does."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        app = make_application(["perfdesk"])
        window = bare_window(app, folder)
        prepare(app, window, Trouble(folder, app), Options(store=folder / "trial.db"))
        window.restore()
        window.deleteLater()
        app.processEvents()
    sys.stdout.write(f"perfdesk {described()}\n")
    return 0
