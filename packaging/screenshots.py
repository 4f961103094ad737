"""Pictures of the window in the usual sizes, for looking at beside the design: ``python packaging/screenshots.py FOLDER``.

Each picture is made by a process of its own, because the scale of the screen is fixed when Qt starts. The samples are taken in
anew each time, so the pictures differ only when the program does (and by the time of saving).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from ui.main_window import MainWindow

LANDSCAPE, PORTRAIT = "qiannan", "national"
BUREAU = "昌吉回族自治州司法局"
NEW = {
    "blank": "national-2020-project-self",
    "goals": "zhijiang-2024-project-goal",
    "monitoring": "national-2019-project-monitoring",
    "rating": "chenxi-2021-department-rating",
    "list": "lingling-2022-publication-list",
    "summary": "summary-project-self",
    "report": "lingling-2022-report",
}
"""Forms that are made for the picture, in the year and office of the samples; the program has no samples of these kinds."""
SETTLES_MS = 700
MODAL = frozenset({"preview", "export", "new", "year", "replace", "first", "batch", "compare"})


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the window in logical px, the scale of the screen, the form, and what is done before."""

    name: str
    width: int
    height: int
    scale: float = 1.0
    form: str = PORTRAIT
    mode: str = "light"
    step: int = 0
    act: str = "edit"


SHOTS = (
    Shot("01-main-1366", 1366, 768),
    Shot("01b-main-1366-at-125", 1093, 614, 1.25),
    Shot("01c-list-over-the-sheet", 1093, 614, 1.25, act="forms"),
    Shot("02-main-1920", 1920, 1080),
    Shot("02b-main-1920-landscape", 1920, 1080, form=LANDSCAPE),
    Shot("02c-main-1366-landscape", 1366, 768, form=LANDSCAPE),
    Shot("03-home", 1366, 768, act="start"),
    Shot("03b-start-empty", 1366, 768, act="empty"),
    Shot("07-preview", 1366, 768, form=LANDSCAPE, act="preview"),
    Shot("08-main-dark", 1366, 768, mode="dark"),
    Shot("09-first-start", 1366, 768, act="first"),
    Shot("09b-first-start-at-125-dark", 1093, 614, 1.25, mode="dark", act="first"),
    Shot("12-export", 1366, 768, act="export"),
    Shot("12b-batch", 1366, 768, act="batch"),
    Shot("13-new-form", 1366, 768, act="new"),
    Shot("14-new-form-sheet", 1366, 768, act="blank"),
    Shot("14b-goal-table", 1366, 768, act="goals"),
    Shot("14c-rating", 1366, 768, act="rating"),
    Shot("14d-monitoring", 1366, 768, act="monitoring"),
    Shot("14e-list", 1366, 768, act="list"),
    Shot("14f-summary", 1366, 768, act="summary"),
    Shot("14g-report", 1366, 768, act="report"),
    Shot("14h-report-dark", 1366, 768, mode="dark", act="report"),
    Shot("15-at-200", 1366, 768, 2.0),
    Shot("16-big-type", 1366, 768, step=2),
    Shot("17-high-contrast", 1366, 768, mode="high"),
    Shot("18-least", 1024, 560, 1.25),
    Shot("18b-least-landscape", 1024, 560, 1.25, act="goals"),
    Shot("20-year", 1366, 768, act="year"),
    Shot("20b-year-at-125", 1093, 614, 1.25, act="year"),
    Shot("20c-year-dark", 1366, 768, mode="dark", act="year"),
    Shot("22-last-year", 1366, 768, act="last"),
    Shot("22b-last-year-at-125-dark", 1093, 614, 1.25, mode="dark", act="last"),
    Shot("23-compare", 1366, 768, act="compare"),
    Shot("23b-compare-at-125", 1093, 614, 1.25, act="compare"),
    Shot("21-replace", 1366, 768, act="replace"),
    Shot("21b-replace-dark-at-125", 1093, 614, 1.25, mode="dark", act="replace"),
    Shot("19-toast", 1366, 768, act="toast"),
)


def main() -> int:
    """Make every picture into the folder named first; further arguments choose some by their beginning."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if sys.argv[2:] and not any(shot.name.startswith(word) for word in sys.argv[2:]):
            continue
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(shot.scale)}
        command = [sys.executable, __file__, "--one", shot.name, str(target / f"{shot.name}.png")]
        subprocess.run(command, env=environment, check=True)
        print(target / f"{shot.name}.png")
    return 0


def take(shot: Shot, path: Path) -> int:
    """Make one picture in this process."""
    from perfdesk.store import Store
    from ui import app as program
    from ui.dialogs import Dialogs
    from ui.settings import FILE_NAME, Settings
    from ui.theme import Mode

    app = program.make_application(["screenshots"])
    with tempfile.TemporaryDirectory() as folder:
        window = program.make_window(app, Settings(Path(folder) / FILE_NAME), Dialogs())
        window.forms.attach(Store.open(Path(folder) / "office.db", now=program.now), program.shelf_reader())
        if shot.act not in {"empty", "first"}:
            program.fill_with_samples(window.forms)
        window.appearance.set_mode(Mode(shot.mode))
        window.appearance.set_step(shot.step)
        window.resize(shot.width, shot.height)
        window.show()
        _settle()
        _prepare(window, shot)
        _settle()
        while shot.act in MODAL and app.activeModalWidget() is None:
            _settle()
        shown = app.activeModalWidget() if shot.act in MODAL else window
        if shown is not None and shot.act in {
            "year",
            "first",
        }:  # the screen of the test platform is smaller than the window
            shown.resize(shot.width, shot.height)
            _settle()
        saved = (shown or window).grab().save(str(path))
        window.close()
    return 0 if saved else 1


def _prepare(window: MainWindow, shot: Shot) -> None:
    """Bring the window into the state of the picture."""
    if shot.act in {"start", "empty"}:
        return
    if shot.act == "first":
        _begin(window)
        return
    if shot.act in NEW:
        window.session.open(window.forms.create(NEW[shot.act], year=2020, name="", bureau=BUREAU))
        return
    wanted = (line for line in window.forms.lines if line.name == "法律援助工作经费" and line.year == 2020)
    landscape = (line for line in window.forms.lines if line.name == "基层立法联系点规范化建设")
    window.session.open(next(landscape if shot.form == LANDSCAPE else wanted).id)
    if shot.act in {"last", "compare"}:
        _remember(window)
    _go(window, "99%" if shot.form == LANDSCAPE else "253")
    if shot.act in {"edit", "last"}:
        window.desk.sheet.restate()
    acts = {"forms": "list", "year": "audit_year"}
    if shot.act in {"preview", "export", "batch", "new", "replace", "compare", *acts}:
        window.commands[acts.get(shot.act, shot.act)].trigger()
    if shot.act == "replace":
        _ask_for("法律援助", "公共法律服务")
    if shot.act == "toast":
        window.commands["trash"].trigger()


def _remember(window: MainWindow) -> None:
    """Put a form of the year before beside the open one, with some figures made up for the picture."""
    document = window.session.document
    if document is None:
        return
    first, *rest = document.record.indicators
    old = replace(document.record, id="last-year", year=document.record.year - 1)
    window.forms.adopt((replace(old, indicators=(replace(first, actual="231", weight="20"), *rest)),))
    window.forms.relist()
    document.look_around()


def _begin(window: MainWindow) -> None:
    """Show the first page of the first start, with a name written."""
    from PySide6.QtWidgets import QApplication

    from ui import app as program
    from ui.dialogs import Dialogs
    from ui.first import FirstStartDialog
    from ui.welcome import Welcome

    Welcome(window, Dialogs(window), now=program.now, reopen=window.show, samples=lambda: window).begin()
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, FirstStartDialog):
        dialog.office.bureau.setText(BUREAU)


def _ask_for(wanted: str, by: str) -> None:
    """Write into the two lines of 替换."""
    from PySide6.QtWidgets import QApplication

    from ui.dialogs.replace import ReplaceDialog

    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, ReplaceDialog):
        dialog.wanted.setText(wanted)
        dialog.by.setText(by)


def _settle() -> None:
    """Let fonts, marks and layout arrive."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(SETTLES_MS, loop.quit)
    loop.exec()


def _go(window: MainWindow, text: str) -> None:
    """Make the cell with that text current."""
    document = window.session.document
    if document is None:
        return
    for cell in document.derived.sheet.cells:
        if cell.binding is not None and cell.text == text:
            window.desk.sheet.go_to(cell.binding)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        sys.exit(take(next(one for one in SHOTS if one.name == sys.argv[2]), Path(sys.argv[3])))
    sys.exit(main())
