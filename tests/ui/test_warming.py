"""While 年度总览 is looked at, what the first form needs is brought in, off the UI thread."""

from __future__ import annotations

import lzma
import subprocess
import sys
from pathlib import Path

from perfdesk import fonts
from perfdesk.fonts import Face
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

UNPACKED = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView
from ui import tasks
from ui.faces import load_fonts, ui_font
from ui.warming import Unpacking
app = QApplication(sys.argv[:1])
faces = load_fonts(Path(sys.argv[1]))
words = QListView()  # a list of completions is a window, too
label = QLabel("\U00020000\U0002a6d6")
font = ui_font(faces.song, 40)
font.setFamilies(faces.paper_chain())
label.setFont(font)
label.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
label.show()
def drawn():
    return label.grab().toImage()
before, troubles, done = drawn(), [], []
unpacking = Unpacking(app, faces.packed)
unpacking.done.connect(lambda: done.append(True))
unpacking.failed.connect(lambda error: (troubles.append(str(error)), done.append(False)))
unpacking.begin()
while not done:
    app.processEvents()
print(len(faces.packed), faces.missing, faces.rare, drawn() != before)
print(*troubles)
drawn().save(sys.argv[2])
"""


def drawn(folder: Path, picture: Path) -> list[str]:
    """Draw two characters of PD Rare with the faces of a folder; what was said, then the troubles."""
    command = [sys.executable, "-c", UNPACKED, str(folder), str(picture)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split("\n")


def packed_as_in_a_package(folder: Path) -> Path:
    folder.mkdir()
    for face in Face:
        packed = face in fonts.SELDOM
        data = fonts.path(face).read_bytes()
        name = f"{face.stem}.ttf" + (".xz" if packed else "")
        (folder / name).write_bytes(lzma.compress(data, preset=0) if packed else data)
    return folder


def test_a_face_that_is_packed_draws_the_same_once_it_is_unpacked(tmp_path: Path) -> None:
    folder = packed_as_in_a_package(tmp_path / "字体")
    plain, unpacked = tmp_path / "plain.png", tmp_path / "unpacked.png"
    assert drawn(fonts.folder(), plain)[0] == "0 () PD Rare False"
    assert drawn(folder, unpacked)[0] == "2 () PD Rare True"
    assert unpacked.read_bytes() == plain.read_bytes()


def test_a_damaged_one_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = packed_as_in_a_package(tmp_path / "字体")
    (folder / "PDRare-Regular.ttf.xz").write_bytes(b"\xfd7zXZ\x00 cut off")
    said = drawn(folder, tmp_path / "none.png")
    assert said[0] == "2 () PD Rare False"
    assert said[1].startswith("字体文件“PDRare-Regular.ttf.xz”读不出来")


def test_the_pages_of_forms_are_brought_in_after_the_window_stands() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOKING_ON], cwd=ROOT, capture_output=True, check=False, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")
