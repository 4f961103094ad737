"""From a keystroke to the repainted window, offscreen: ``window sheet|years|report OTHERS ROUNDS``. Prints the seconds of each key.

Beside each key stands the processor time of its thread (on a machine with other work, that is the figure that repeats), and that of
what follows a moment later, 审核, status bar and list, until it is painted too.

The whole window on a store with the form and ``OTHERS`` of its year: list, status bar, 审核 and search follow the key as they do
for a clerk. ``begin`` is what the window did with the store before it answered again, ``open`` what opening the form took (both
in s), ``peak`` the most memory of the process in MB. Nothing is imported before the window would do so.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bench.measure import ask
from perfdesk.model import Binding, Block
from ui import app as program
from ui import opening, tasks
from ui.dialogs import Dialogs
from ui.settings import FILE_NAME, Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.document import Document
    from ui.main_window import MainWindow

WARM = 30


def look_on(app: QApplication, ready: list[bool]) -> None:
    """Look at 年度总览 for as long as the program takes to make ready for the first form: a second and a bit."""
    while not ready:
        app.processEvents()
        time.sleep(0.01)


def settle(app: QApplication) -> None:
    """Let the window come to rest: what runs in the background included."""
    for _ in range(3):
        tasks.wait()
        app.processEvents()


def into_sheet(window: MainWindow) -> QWidget:
    """Start typing into the 实际完成值 of the first indicator, as a clerk does."""
    from ui.sheet.editor import CellEditor

    sheet = window.desk.sheet
    sheet.go_to(Binding(Block.INDICATORS, "actual", row=0))
    QTest.keyClick(sheet, Qt.Key.Key_6)
    editor: CellEditor | None = sheet.findChild(CellEditor)
    if editor is None:
        raise RuntimeError("no editor opened")
    return editor


def into_report(window: MainWindow) -> QWidget:
    """Stand in the middle of a paragraph in the middle of the report."""
    from perfdesk.outline import Caret

    view = window.desk.report
    view.go_to(Binding(Block.SECTIONS, "1", row=10))
    view.editor.place_caret(Caret(view.editor.caret().line, 12))
    return view.editor


def typed(app: QApplication, target: QWidget, rounds: int, document: Document) -> list[tuple[float, float, float]]:
    """Type digits and take them back; return the seconds of each key until the page is painted, of work in it, and after it."""
    times: list[tuple[float, float, float]] = []
    for turn in range(rounds + WARM):
        app.processEvents()
        key = Qt.Key.Key_Backspace if turn % 2 else Qt.Key(Qt.Key.Key_0.value + turn // 2 % 10)
        before = document.record
        begin, worked = time.perf_counter(), time.thread_time()
        QTest.keyClick(target, key)
        app.processEvents()
        end, done = time.perf_counter(), time.thread_time()
        if document.record == before:
            raise RuntimeError("the key changed nothing")
        document.settle()
        app.processEvents()
        if turn >= WARM:
            times.append((end - begin, done - worked, time.thread_time() - done))
    return times


def seconds(step: Callable[[], object], app: QApplication) -> float:
    """Return how long the window does not answer because of a step."""
    begin = time.perf_counter()
    step()
    app.processEvents()
    return time.perf_counter() - begin


def main(way: str, others: int, rounds: int) -> dict[str, Any]:
    """Measure one way of typing."""
    with tempfile.TemporaryDirectory(prefix="perfdesk-bench-") as name:
        folder = Path(name)
        form = ask("office", folder / "office.db", way, others)
        app = program.make_application(sys.argv[:1])
        dialogs = Dialogs()
        window = opening.make_window(app, Settings(folder / FILE_NAME), dialogs)
        window.resize(1366, 768)
        window.show()
        app.processEvents()
        start = opening.Opening(window, dialogs, folder / "office.db", read_only=False, samples=False)
        opening.spare_searches(window, start)
        ready: list[bool] = []
        opening.warm_up(start).done.connect(lambda: ready.append(True))
        begun = seconds(start.begin, app)
        settle(app)
        look_on(app, ready)
        opened = seconds(lambda: window.session.open(form), app)
        settle(app)
        document = window.session.document
        if document is None:
            raise RuntimeError("the form was not opened")
        target = into_report(window) if way == "report" else into_sheet(window)
        if way == "years" and not window.desk.sheet.last_year.chip:
            raise RuntimeError("last year's value is not shown")
        times = typed(app, target, rounds, document)
        window.close()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"keys": times, "begin": begun, "open": opened, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
