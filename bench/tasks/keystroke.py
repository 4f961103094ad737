"""From a keystroke to the repainted score, offscreen: ``keystroke ROUNDS``. Prints the seconds of each keystroke.

The sheet of a form with 20 indicators and an open editor; every key changes an 实际完成值, its score, the total and findings.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench import forms
from perfdesk.model import Binding, Block, Record
from ui import theme
from ui.document import Document
from ui.sheet.editor import CellEditor
from ui.sheet.model import SheetModel
from ui.sheet.view import SheetView


class Paints(QObject):
    """Counts the pictures of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        """See each paint event pass."""
        self.count += event.type() is QEvent.Type.Paint
        return False


def saved(_record: Record) -> datetime:
    """Save nowhere."""
    return datetime.now(UTC)


def open_editor(view: SheetView) -> CellEditor:
    """Start typing into the 实际完成值 of the first indicator, as a clerk does."""
    model = view.model()
    if not isinstance(model, SheetModel):
        raise TypeError("the view shows no form")
    view.setCurrentIndex(model.index_of(Binding(Block.INDICATORS, "actual", row=0)))
    QTest.keyClick(view, Qt.Key.Key_6)
    editor: CellEditor | None = view.findChild(CellEditor)
    if editor is None:
        raise RuntimeError("no editor opened")
    return editor


def main(rounds: int) -> list[float]:
    """Return the seconds of each keystroke."""
    app = QApplication(sys.argv[:1])
    view = SheetView(theme.LIGHT, theme.load_fonts(), today=date.today)
    document = Document(forms.template(), forms.record(), save=saved)
    view.resize(1000, 1100)
    view.show()
    view.show_document(document)
    app.processEvents()
    editor = open_editor(view)
    paints = Paints()
    view.viewport().installEventFilter(paints)
    times: list[float] = []
    for turn in range(rounds + 30):
        document.settle()
        app.processEvents()
        key = Qt.Key.Key_Backspace if turn % 2 else Qt.Key(Qt.Key.Key_0.value + turn // 2 % 10)  # 6, 60, 6, 61 …
        before, total = paints.count, document.derived.assessment.total
        begin = time.perf_counter()
        QTest.keyClick(editor, key)
        app.processEvents()
        end = time.perf_counter()
        if paints.count == before or document.derived.assessment.total == total:
            raise RuntimeError("nothing was repainted, or no score changed")
        if turn >= 30:
            times.append(end - begin)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
