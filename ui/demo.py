"""演示 (demo): the main job without anybody watching: samples in, checked, PDF and Excel out, and a picture of the window.

It goes through the same doors as the window does and says in Chinese what it made and found. It touches nothing outside its folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk import private
from perfdesk.amounts import format_score
from perfdesk.derive import derive
from perfdesk.errors import UserError, reason
from perfdesk.model import FormKind, flatten

if TYPE_CHECKING:
    from perfdesk.model import Record
    from ui.forms import Forms
    from ui.main_window import MainWindow

STORE = "demo.db"
PICTURE = "window.png"
SIZE = (1366, 768)
_SETTLES_MS = 600


def run(folder: Path) -> int:
    """Do the main job into ``folder``; 0 when everything was made, 2 with a sentence when something was in the way."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        private.make_folder(folder)
        _do(folder)
    except UserError as error:
        sys.stderr.write(f"没有做完：{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"没有做完：“{folder}”里不能存放结果（{reason(error)}）。请换个文件夹。\n")
        return 2
    return 0


def _do(folder: Path) -> None:
    """The job, step by step."""
    from PySide6.QtCore import QEventLoop, QTimer

    from perfdesk.store import Store
    from ui import app as program
    from ui import opening
    from ui.dialogs import Dialogs
    from ui.settings import FILE_NAME, Settings
    from ui.tools import now

    app = program.make_application(["perfdesk"])
    for old in (*folder.glob(f"{STORE}*"), folder / FILE_NAME):
        old.unlink(missing_ok=True)
    window = opening.make_window(app, Settings(folder / FILE_NAME), Dialogs())
    window.forms.attach(Store.open(folder / STORE, now=now), opening.shelf_reader())
    opening.fill_with_samples(window.forms)
    records = [window.forms.store.load(line.id) for line in window.forms.lines]
    _say(f"导入了 {len(records)} 张表")
    for record in records:
        _check_and_export(record, window.forms, folder)
    window.resize(*SIZE)
    window.show()
    kinds = {record.id: window.forms.template_of(record).kind for record in records}
    window.session.open(next(record.id for record in records if kinds[record.id] is FormKind.PROJECT_SELF))
    loop = QEventLoop()
    QTimer.singleShot(_SETTLES_MS, loop.quit)  # fonts, marks and layout settle in the event loop
    loop.exec()
    _take_picture(window, folder / PICTURE)
    window.close()


def _check_and_export(record: Record, forms: Forms, folder: Path) -> None:
    """Check one form, write its files, and say what was found and made."""
    from perfdesk.exchange.files import safe_name
    from ui.exporting import Order, write
    from ui.forms import name_of
    from ui.tools import now

    derived = derive(forms.template_of(record), record, forms.around(record.id, record.year))
    result, name, kind = derived.assessment, name_of(record), derived.template.kind.words
    points = f"　总分 {format_score(result.total)}　等级 {result.grade or '—'}" if result.is_scored else ""
    _say(f"\n{name}（{record.year} 年度，{kind}）{points}")
    _say(f"  {derived.verdict.value}：{derived.sentence}")
    for finding in flatten(derived.findings):
        _say(f"  [{finding.severity.words}] {finding.title}：{finding.message}")
    stem = f"{record.year}-{safe_name(name)}-{kind}"
    made = write(Order(derived, forms.templates, (folder / f"{stem}.pdf", folder / f"{stem}.xlsx"), now()))
    if made.held is not None:
        raise UserError(made.trouble)
    for path in made.written:
        _say(f"  已导出 {path}")


def _take_picture(window: MainWindow, path: Path) -> None:
    """Save what the window shows."""
    from PySide6.QtCore import QBuffer

    from perfdesk.exchange.files import write_atomically

    picture = QBuffer()
    window.grab().save(picture, "PNG")
    write_atomically(path, bytes(picture.data().data()))
    _say(f"\n窗口的样子 {path}")


def _say(line: str) -> None:
    """Write a line to the terminal, whatever its character set can show."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(f"{line}\n".encode(encoding, "replace").decode(encoding))
