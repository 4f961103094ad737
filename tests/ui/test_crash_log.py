"""What is written about a crash, and what 复制诊断信息 tells: from a list of what may be told, and never what somebody typed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from perfdesk import __version__, release
from perfdesk.store import Store
from tests.robot import Robot
from ui.tools import now
from ui.trouble import FAULT_NAME, LOG_NAME

ROOT = Path(__file__).parents[2]
NUMBER = "510722199001011234"
NAME = "某某的补助"

CRASHING = f"""
import faulthandler, logging, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from tests.robot import Answers, Robot
from tests.simple_forms import put_in
from ui import app as program, opening, tasks
from ui.settings import Settings
from ui.trouble import Trouble

secret, name = {NUMBER!r}, {NAME!r}
folder = Path(sys.argv[1])
app = program.make_application(["perfdesk"])
trouble = Trouble(folder, app)
trouble.install()
trouble.open_log()
answers = Answers()
window = opening.make_window(app, Settings(folder / "look.ini"), answers)
trouble.bug_met.connect(window.errands.helping.remember)
opening.Opening(window, answers, folder / (name + ".db"), read_only=False, samples=False).begin()
put_in(window.forms)
robot = Robot(window, answers)
robot.open("法律援助工作经费", year=2020)
robot.type("项目名称", name + secret)
robot.type("实际完成值", secret, "满意度")
robot.save_wait()

met = []
trouble.bug_met.connect(met.append)

def fail_in_a_slot():
    raise ValueError("cannot read " + robot.document.record.value("project_name"))

def fail_in_a_worker(task):
    raise KeyError(robot.document.record)

def fail_in_a_thread():
    try:
        {{}}[name]
    except KeyError as error:
        raise RuntimeError(secret) from error

fails = [
    fail_in_a_slot,
    lambda: tasks.run(window, fail_in_a_worker, met.append),
    lambda: threading.Thread(target=fail_in_a_thread).start(),
]
wanted = [0]

def go_on():
    if len(met) < wanted[0]:
        return
    if fails:
        wanted[0] += 1
        fails.pop(0)()
        return
    try:
        int(secret + name)
    except ValueError:
        logging.getLogger("perfdesk").exception("caught")
    print(window.errands.helping.diagnosis(), flush=True)
    faulthandler._sigsegv()

timer = QTimer()
timer.timeout.connect(go_on)
timer.start(20)
QTimer.singleShot(60000, lambda: app.exit(9))
sys.exit(app.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the end of a process has another number there")
def test_a_crash_leaves_where_it_happened_and_nothing_that_was_typed(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", CRASHING, str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == -signal.SIGSEGV, done.stderr
    with Store.open(tmp_path / f"{NAME}.db", now=now) as store:
        kept = repr(store.load_all())
    assert kept.count(NUMBER) == 2, "it was typed and saved"
    logs = {one.name: one.read_text("utf-8") for one in tmp_path.glob("*.log*")}
    assert set(logs) == {LOG_NAME, FAULT_NAME}
    for kind in ("ValueError", "KeyError", "RuntimeError", "caught", "fail_in_a_slot", "fail_in_a_thread"):
        assert kind in logs[LOG_NAME]
    assert "Segmentation fault" in logs[FAULT_NAME]
    told = "\n".join((*logs.values(), done.stdout, done.stderr))
    assert "程序：绩效填报台" in told
    assert [one for one in (NUMBER, NAME, str(tmp_path)) if one in told] == []


# ------------------------------------------------------------------------------------------------------------- diagnosis

_SIZE = r"\d+×\d+"
MAY_BE_TOLD = {
    "程序": rf"绩效填报台 {re.escape(__version__)}( \([0-9a-f]+\+?\))?",
    "参数": r"[\d.]+，(随程序|参数包)(，另存 \d+ 版)?(，用不了 \d+ 版)?",
    "Python": r"3\.\d+\.\d+\S*",
    "Qt": r"6\.\d+\.\d+",
    "操作系统": r".+，[\w.+~-]+，\w+",
    "屏幕": rf"{_SIZE}，\d+%(；{_SIZE}，\d+%)*（\w+）",
    "窗口": rf"{_SIZE}，\d+ 像素的字",
    "数据文件": r"(没有打开|(\d+ KB|读不到)，(程序旁边（U 盘）|用户的数据文件夹|别处)(，只查看)?)",
    "表": r"\d+ 张，回收站 \d+ 张",
    "表样": r"\d+ 份，自己的 \d+ 份，用不了 \d+ 份",
}
"""Every line of the diagnosis by its name, and all that may stand in it. Whoever adds one says here what it may tell."""
_FAULT = r"((after )?[A-Za-z]+(: .*)?|  [\w<>.-]+:\d+ [\w<>]+)"


def _not_allowed(text: str) -> list[str]:
    facts, _, fault = text.partition("\n\n")
    wrong = [one for one in fault.splitlines() if not re.fullmatch(_FAULT, one)]
    for line in facts.splitlines():
        name, _, fact = line.partition("：")
        if name not in MAY_BE_TOLD or not re.fullmatch(MAY_BE_TOLD[name], fact):
            wrong.append(line)
    return wrong


def test_the_diagnosis_tells_what_is_on_the_list_and_nothing_else(robot: Robot, folder: Path) -> None:
    helping = robot.window.errands.helping
    assert _not_allowed(helping.diagnosis()) == []
    helping.remember("KeyError\n  view.py:12 paint\nafter OSError: 28\n  files.py:7 <listcomp>")
    text = helping.diagnosis()
    assert _not_allowed(text) == []
    names = [line.partition("：")[0] for line in text.partition("\n\n")[0].splitlines()]
    assert names == list(MAY_BE_TOLD)


@pytest.mark.parametrize(
    "line", ["用户：某某", "数据文件：12 KB，/home/某某/perfdesk.db", "表：4 张，回收站 0 张，某某的补助", "某某的补助"]
)
def test_the_list_would_notice(robot: Robot, line: str) -> None:
    assert _not_allowed(f"{robot.window.errands.helping.diagnosis()}\n{line}") == [line]


def test_a_package_tells_its_commit(robot: Robot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "commit", lambda: "1a2b3c4d5e6f")
    text = robot.window.errands.helping.diagnosis()
    assert f"程序：绩效填报台 {__version__} (1a2b3c4d5e6f)\n" in text
    assert _not_allowed(text) == []
