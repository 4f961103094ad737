"""演示 (demo): the main job without anybody watching: samples in, checked, PDF and Excel out, and a picture of the window.

It goes through the same doors as the window does and says in Chinese what it made and found. It touches nothing outside its folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.derive import derive
from perfdesk.errors import UserError
from perfdesk.model import flatten

if TYPE_CHECKING:
    from perfdesk.model import Record
    from ui.forms import Forms
    from ui.main_window import MainWindow

STORE = "demo.db"
PICTURE = "window.png"
SIZE = (1366, 768)
_SETTLES_MS = 600
_WORDS = {"error": "错误", "warning": "警告", "hint": "提示"}


def run(folder: Path) -> int:
    """Do the main job into ``folder``; 0 when everything was made, 2 with a sentence when something was in the way."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _do(folder)
    except (UserError, OSError):
        return 2
    return 0


def _do(folder: Path) -> None:
    """The job, step by step."""
    from PySide6.QtCore import QTimer

    from perfdesk.store import Store
    from ui import app as program
    from ui.dialogs import Dialogs
    from ui.settings import FILE_NAME, Settings

    app = program.make_application(["perfdesk"])
    for old in (folder / STORE, folder / FILE_NAME):
        old.unlink(missing_ok=True)
    window = program.make_window(app, Settings(folder / FILE_NAME), Dialogs())
    window.forms.attach(Store.open(folder / STORE, now=program.now), program.load_templates(window))
    program.fill_with_samples(window.forms)
    records = [window.forms.store.load(line.id) for line in window.forms.lines]
    for record in records:
        _check_and_export(record, window.forms, folder)
    window.resize(*SIZE)
    window.show()
    window.session.open(records[0].id)
    QTimer.singleShot(_SETTLES_MS, app.quit)  # fonts, marks and layout settle in the event loop
    app.exec()
    _take_picture(window, folder / PICTURE)
    window.close()


def _check_and_export(record: Record, forms: Forms, folder: Path) -> None:
    """Check one form, write its files, and say what was found and made."""
    from perfdesk.exchange.files import safe_name
    from ui.app import now
    from ui.exporting import Order, write
    from ui.forms import name_of

    derived = derive(forms.template_of(record), record)
    _result, name = derived.assessment, name_of(record)
    for _finding in flatten(derived.findings):
        pass
    stem = f"{safe_name(name)}-{record.year}自评表"
    made = write(Order(derived, forms.templates, (folder / f"{stem}.pdf", folder / f"{stem}.xlsx"), now()))
    if made.held is not None:
        raise UserError(made.trouble)
    for _path in made.written:
        pass


def _take_picture(window: MainWindow, path: Path) -> None:
    """Save what the window shows."""
    if not window.grab().save(str(path)):
        raise UserError(f"“{path}”没有写出。请检查磁盘。")
