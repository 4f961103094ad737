"""From a keystroke to the repainted score, offscreen: ``keystroke ROUNDS``. Prints the seconds of each keystroke.

The sheet of a form with 20 indicators; every keystroke gives another 实际完成值, so that score, total and findings change.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from bench import forms
from perfdesk.model import Binding, Block, Record
from ui import theme
from ui.document import Document
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


def main(rounds: int) -> list[float]:
    """Return the seconds of each keystroke."""
    app = QApplication(sys.argv[:1])
    view = SheetView(theme.LIGHT, theme.load_fonts(), today=date.today)
    document = Document(forms.template(), forms.record(), save=saved)
    view.resize(1000, 1100)
    view.show()
    view.show_document(document)
    paints = Paints()
    view.viewport().installEventFilter(paints)
    times: list[float] = []
    for turn in range(rounds + 30):
        app.processEvents()
        binding = Binding(Block.INDICATORS, "actual", row=turn % 6)
        before, total = paints.count, document.derived.assessment.total
        begin = time.perf_counter()
        document.edit(binding, f"{1 + turn % 40}件")
        app.processEvents()
        end = time.perf_counter()
        if paints.count == before or document.derived.assessment.total == total:
            raise RuntimeError("nothing was repainted, or no score changed")
        if turn >= 30:
            times.append(end - begin)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
