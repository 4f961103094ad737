"""While 年度总览 is looked at, what the first form needs is brought in, off the UI thread."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

LOOKING_ON = """
import sys
from PySide6.QtWidgets import QApplication
from ui.warming import Warming
app = QApplication(sys.argv[:1])
warming = Warming(app)
pages = ("ui.sheet.view", "ui.report.view")
assert not any(page in sys.modules for page in pages), "the window stands without them"
done = []
warming.done.connect(lambda: done.append(True))
warming.begin()
assert not any(page in sys.modules for page in pages), "the list comes first"
while not done:
    app.processEvents()
print(all(page in sys.modules for page in pages))
"""


def test_the_pages_of_forms_are_brought_in_after_the_window_stands() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOKING_ON], cwd=ROOT, capture_output=True, check=False, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")
