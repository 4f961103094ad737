"""Starting and ending: what is imported when, what the arguments mean, the main job without a display, and sudden death."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from perfdesk.places import data_folder, default_store
from perfdesk.store import Store
from tests.ui.typist import PLACES
from ui.options import Options, read_options
from ui.samples import CURRENT, LAST, folder
from ui.tools import now

ROOT = Path(__file__).parents[2]
FEEDER = Path(__file__).parent / "typist.py"
LATE = (
    *("sqlalchemy", "alembic", "reportlab", "openpyxl", "pypdfium2", "PySide6.QtPrintSupport"),
    *("perfdesk.template", "perfdesk.recognition", "perfdesk.handin", "perfdesk.exchange", "perfdesk.editing"),
    *("ui.opening", "ui.errands", "ui.dialogs", "ui.forms", "ui.findings", "ui.home.page", "ui.sheet"),
)


def _run(code: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def _paths(*names: str) -> tuple[Path, ...]:
    return tuple(Path(name).absolute() for name in names)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Options()),
        (["--samples"], Options(samples=True)),
        (["--store", "a.db"], Options(store=Path("a.db"))),
        (["--store=a.db", "--read-only"], Options(store=Path("a.db"), read_only=True)),
        (["--demo", "out"], Options(demo=Path("out"))),
        (["--demo"], None),
        (["--help"], None),
        (["list"], None),
        (["--store", "a.db", "list"], None),
        (["check", "a.json"], None),
        (["import", "a.json"], None),
        (["a.json"], Options(files=(Path("a.json").absolute(),))),
        (
            ["2025年 自评表 (1).docx", "--read-only", "[终稿].xls"],
            Options(read_only=True, files=_paths("2025年 自评表 (1).docx", "[终稿].xls")),
        ),
        (["--store=a.db", "包.perfdesk.zip"], Options(store=Path("a.db"), files=_paths("包.perfdesk.zip"))),
        (["stick/没有结尾"], Options(files=_paths("stick/没有结尾"))),
        (["--", "-年初.docx", "list"], Options(files=_paths("-年初.docx", "list"))),
        (["--"], Options()),
        (["-没有.docx"], None),
        (["--stor=a.db"], None),
        (["a.docx", "list"], None),
        (["file:///media/%E5%BC%A0%20%E4%B8%89/a%23b%5B1%5D.docx"], Options(files=(Path("/media/张 三/a#b[1].docx"),))),
        (["file://localhost/media/a.xlsx"], Options(files=(Path("/media/a.xlsx"),))),
        (["file:/media/a.xlsx"], Options(files=(Path("/media/a.xlsx"),))),
        (["file:///media/%D7%D4.docx"], Options(files=(Path(os.fsdecode(b"/media/\xd7\xd4.docx")),))),
    ],
)
def test_arguments_of_the_window_and_of_the_command_line(words: list[str], wanted: Options | None) -> None:
    assert read_options(words) == wanted


def test_a_file_whose_name_begins_with_a_dash_is_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-年初.docx").write_bytes(b"")
    assert read_options(["-年初.docx"]) == Options(files=(tmp_path / "-年初.docx",))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file:///C:/%E7%94%A8%E6%88%B7/a%20b.docx", "C:/用户/a b.docx"),
        ("file://server/%E5%85%B1%E4%BA%AB/a.docx", "//server/共享/a.docx"),
    ],
)
def test_addresses_of_windows(monkeypatch: pytest.MonkeyPatch, address: str, path: str) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    options = read_options([address])
    assert options is not None
    assert str(options.files[0]).endswith(path)


def test_the_samples_have_a_store_of_their_own() -> None:
    assert Options().store_path == default_store()
    assert Options(samples=True).store_path == data_folder() / "samples" / default_store().name
    assert Options(store=Path("a.db")).store_path.is_absolute()


def test_the_command_line_never_imports_qt(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None\n"
        "from ui.__main__ import main; sys.exit(main(['--help']))"
    )
    done = _run(code, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "perfdesk" in done.stdout


def test_the_window_stands_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    code = f"""
import sys
from ui import app as program
from ui.__main__ import main
def look(trouble):
    print(sorted(name for name in {LATE!r} if name in sys.modules))
    program.QTimer.singleShot(0, program.QApplication.quit)
program.Trouble.open_log = look
sys.exit(main(["--store", sys.argv[1]]))
"""
    done = _run(code, str(tmp_path / "office.db"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_a_window_that_is_closed_at_once_opens_nothing(tmp_path: Path) -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
from ui import app as program
from ui.__main__ import main
from ui.main_window import MainWindow
def close(trouble):
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.close()
program.Trouble.open_log = close
sys.exit(main(["--store", sys.argv[1]]))
"""
    done = _run(code, str(tmp_path / "office.db"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("office")] == []


BROKEN = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from ui import app as program
from ui import launching
from ui.__main__ import main
program.say_it_stands = lambda: print("stands")
sys.modules["ui.errands"] = None  # a file of the package is gone
def told(parent, title, words):
    print(title, words)
QMessageBox.critical = told
if sys.argv[2] == "launched":
    os.environ[launching.EVENT] = "x"
sys.exit(main(["--store", sys.argv[1]]))
"""


@pytest.mark.parametrize(("how", "said"), [("alone", "没有起来"), ("launched", "")])
def test_a_program_that_cannot_bring_its_work_ends_as_one_that_did_not_start(
    tmp_path: Path, how: str, said: str
) -> None:
    done = _run(BROKEN, str(tmp_path / "office.db"), how, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "stands" not in done.stdout
    assert (said in done.stdout) if said else done.stdout == ""
    assert "ui.errands" in (tmp_path / "perfdesk.log").read_text("utf-8")


def test_the_main_job_without_a_display(tmp_path: Path) -> None:
    code = "import os, sys; os.umask(0); from ui.__main__ import main; sys.exit(main(['--demo', sys.argv[1]]))"
    done = _run(code, str(tmp_path / "输出"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "输出").rglob("*") if path.is_file()}
    assert os.name != "posix" or set(rights.values()) == {0o600}, rights
    forms = [one for name in (LAST, CURRENT) for one in json.loads((folder() / name).read_text("utf-8"))]
    made = sorted(path.suffix for path in (tmp_path / "输出").iterdir())
    assert made.count(".pdf") == made.count(".xlsx") == len(forms)
    assert (tmp_path / "输出" / "window.png").stat().st_size > 20_000
    assert "不可上报" in done.stdout
    again = _run(code, str(tmp_path / "输出"), folder=tmp_path)
    assert again.returncode == 0, again.stderr


def test_the_main_job_says_when_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    code = "import sys; from ui.__main__ import main; sys.exit(main(['--demo', sys.argv[1]]))"
    done = _run(code, str(tmp_path / "file"), folder=tmp_path)
    assert done.returncode == 2
    assert "没有做完" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a word of Unix")
@pytest.mark.parametrize(
    ("place", "last"),
    [("value", 8), ("value", 30), ("list", 30), ("rating", 30), ("report", 30), ("answer", 30)],
)
def test_sudden_death_loses_at_most_the_last_second(tmp_path: Path, place: str, last: int) -> None:
    store = tmp_path / "office.db"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(FEEDER), str(store), place]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        heard = {"typed": 0, "due": 0}
        for line in typist.stdout:
            what, number = line.split()
            heard[what] = int(number)
            if heard["typed"] == last:
                break
        os.kill(typist.pid, signal.SIGKILL)
    assert heard["typed"] == last, "nothing was typed"
    assert heard["due"] or last < 10, "it was not a second"
    with Store.open(store, now=now, read_only=True) as opened:
        words = " ".join(PLACES[place].kept(record) for record in opened.load_all())
    kept = max((int(word) for word in words.split() if word.isdigit()), default=0)
    due = heard["due"]
    assert due <= kept <= last + 1, f"typed up to {due} more than a second before the end, kept {kept}"


def test_a_second_start_hands_its_file_over_and_ends(tmp_path: Path) -> None:
    """Two real processes on one data file: the second ends at once, what it was given is in the data file of the first."""
    given = tmp_path / "U盘 (1)" / "填报 [终稿].json"
    given.parent.mkdir()
    given.write_bytes((folder() / CURRENT).read_bytes())
    store = tmp_path / "全县 表.db"
    first = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app as program, opening
from ui.__main__ import main
from ui.main_window import MainWindow
def look():
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    modal = QApplication.activeModalWidget()
    if modal is not None:
        modal.close()
    if windows and windows[0].forms.lines:
        print("taken in", flush=True)
        QApplication.exit(0)
make = program.make_application
def made(arguments):
    app = make(arguments)
    timer = QTimer(app)
    timer.timeout.connect(look)
    timer.start(50)
    QTimer.singleShot(60000, app, lambda: app.exit(9))
    return app
program.make_application = made
opening.Welcome.begin = lambda self: print("stands", flush=True)
sys.exit(main(["--store", sys.argv[1]]))
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", first, str(store)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "stands\n"
        second = [sys.executable, "-m", "ui", "--store", store.name, given.as_uri()]
        environment["PYTHONPATH"] = str(ROOT)
        done = subprocess.run(
            second, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert window.stdout.readline() == "taken in\n"
        assert window.wait(60) == 0


def test_what_the_start_made_is_not_searched_for_garbage(tmp_path: Path) -> None:
    code = """
import gc, sys
from pathlib import Path
from ui import app, opening
from ui.dialogs import Dialogs
from ui.settings import Settings
folder = Path(sys.argv[1])
qt = app.make_application(["perfdesk"])
window = opening.make_window(qt, Settings(folder / "look.ini"), Dialogs())
start = opening.Opening(window, Dialogs(), folder / "office.db", read_only=False, samples=True)
opening.spare_searches(window, start)
before = gc.get_freeze_count()
start.begin()
print(before, gc.get_freeze_count())
"""
    before, after = map(int, _run(code, str(tmp_path), folder=tmp_path).stdout.split())
    assert before == 0
    assert after > 10_000


@pytest.mark.parametrize(
    ("template", "place", "chosen"),
    [
        ("chenxi-2021-report", "(Block.SECTIONS, 'heading', 0)", "Shift+Home"),
        ("qiannan-2024-project-self", "(Block.VALUES, 'project_name')", "Shift+Home"),
        ("qiannan-2024-project-self", "(Block.INDICATORS, 'level2', 0)", "Shift+Down"),
    ],
)
def test_what_was_copied_does_not_crash_the_program_when_it_ends(
    tmp_path: Path, template: str, place: str, chosen: str
) -> None:
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from perfdesk.model import Binding, Block
from tests.robot import Answers, Robot
from ui import app as program, opening
from ui.settings import Settings
folder = Path(sys.argv[1])
app = program.make_application(["perfdesk"])
answers = Answers()
window = opening.make_window(app, Settings(folder / "look.ini"), answers)
opening.Opening(window, answers, folder / "office.db", read_only=False, samples=False).begin()
window.session.open(window.forms.create({template!r}, year=2021, name="法律援助", bureau=""))
robot = Robot(window, answers)
window.desk.go_to(Binding{place})
robot.press({chosen!r})
robot.press("Ctrl+C")
print(app.clipboard().text())
QTimer.singleShot(0, window.close)
sys.exit(app.exec())
"""
    done = _run(code, str(tmp_path), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip(), "nothing was copied"
