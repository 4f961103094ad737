"""安装更新… in the real window: a pack and a program from a stick, stopped, refused, taken back, started anew."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton

from perfdesk import places
from perfdesk.parameters import find
from perfdesk.store import Store
from perfdesk.updates import Kind, Rollback, Settled, signing, standing
from tests.packs import RESOURCES, make_pack, name
from tests.qt_tools import children
from tests.robot import LEGAL_AID
from tests.update_files import KEY, home, pack_update, program_update, run_from
from ui.options import Options
from ui.updates import UpdateDialog
from ui.updating import RESTART, Updating, start_again

if TYPE_CHECKING:
    from tests.robot import Open, Robot

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHIPPED = find(RESOURCES, Path("no-such-folder")).pack.version


class Updates:
    """What a clerk does with updates at one window."""

    def __init__(self, robot: Robot) -> None:
        self.robot, self.left = robot, list[int]()
        self.errand = Updating(robot.window, robot.answers, now=lambda: NOW, leave=self.left.append)

    @property
    def dialog(self) -> UpdateDialog:
        """The dialog that is open."""
        (found,) = self.dialogs
        return found

    @property
    def dialogs(self) -> list[UpdateDialog]:
        """Those that can be seen."""
        return [one for one in children(self.robot.window, UpdateDialog) if one.isVisible()]

    @property
    def is_open(self) -> bool:
        return bool(self.dialogs)

    def ask(self) -> None:
        """帮助 › 安装更新…"""
        self.robot.window.commands["update"].trigger()

    def choose(self, path: Path) -> None:
        """选更新文件…, and wait for what is said of it."""
        self.robot.answers.files = [path]
        self.dialog.press("choose")
        self.wait()

    def wait(self) -> None:
        """Wait while work is under way."""
        self.robot.settle()
        self.robot.until(lambda: self.dialog.page is not None and not self.dialog.page.running)

    def install(self, path: Path) -> None:
        self.ask()
        self.choose(path)
        self.dialog.press("install")
        self.wait()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "shipped_keys", lambda: (KEY,))


@pytest.fixture
def updates(robot: Robot, keys: None) -> Updates:
    return Updates(robot)


def packs() -> Path:
    return places.parameters()


# ---------------------------------------------------------------------------------------------------------------- asking
def test_the_dialog_says_how_things_stand(updates: Updates) -> None:
    updates.ask()
    said = updates.dialog.said()
    assert said.startswith("安装更新\n程序：现在 ")
    assert "管理员用安装包装的" in said
    assert f"参数包：现在 {SHIPPED}。" in said
    assert updates.dialog.keys() == ("cancel", "choose")
    updates.dialog.press("cancel")
    assert not updates.is_open


def test_giving_up_the_choice_of_a_file_leaves_all_as_it_was(updates: Updates) -> None:
    updates.ask()
    before = updates.dialog.said()
    updates.dialog.press("choose")
    assert updates.dialog.said() == before


def test_an_update_is_shown_before_it_is_installed(updates: Updates, tmp_path: Path) -> None:
    path = pack_update(tmp_path, "2027.1")
    updates.ask()
    updates.choose(path)
    said = updates.dialog.said()
    assert said.startswith(f"参数包 {SHIPPED} → 2027.1\n文件：参数包 2027.1.perfdesk-update，占 ")
    assert "签名：绩效填报台（测试），对得上" in said
    assert "制作：2026年11月22日" in said
    assert "表样换成新一年的。\n打印更快。" in said
    assert "先备份数据文件" in said
    assert updates.dialog.keys() == ("cancel", "choose", "install")
    button = updates.dialog.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "安装"
    updates.dialog.press("cancel")
    assert not packs().exists()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda folder: folder / "没有.perfdesk-update", "打不开"),
        (lambda folder: written(folder, b"PK nothing"), "没有更新"),
        (lambda folder: pack_update(folder, "2025.1"), f"比现在用的 {SHIPPED} 旧"),
        (lambda folder: pack_update(folder, SHIPPED), "和现在用的一样，不用更新"),
        (lambda folder: program_update(folder, "9.9.0"), "管理员用安装包装的"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_the_dialog(
    updates: Updates, tmp_path: Path, make: Callable[[Path], Path], why: str
) -> None:
    path = make(tmp_path)
    updates.ask()
    updates.choose(path)
    assert why in updates.dialog.said()
    assert updates.dialog.keys() == ("cancel", "choose")
    assert updates.robot.answers.said == []
    updates.choose(pack_update(tmp_path / "good", "2027.1"))
    assert "→ 2027.1" in updates.dialog.said()


def written(folder: Path, data: bytes) -> Path:
    path = folder / "别的.perfdesk-update"
    path.write_bytes(data)
    return path


def drop(on: UpdateDialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    no_keys, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    QApplication.sendEvent(on, QDragEnterEvent(QPoint(5, 5), copy, data, left, no_keys))
    QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), copy, data, left, no_keys, QEvent.Type.Drop))


def test_a_file_dropped_on_the_window_or_on_the_dialog_is_looked_at(updates: Updates, tmp_path: Path) -> None:
    updates.robot.window.errands.reception.take((pack_update(tmp_path, "2027.1"),))
    updates.wait()
    assert "→ 2027.1" in updates.dialog.said()
    drop(updates.dialog, pack_update(tmp_path, "2027.2"))
    updates.wait()
    assert "→ 2027.2" in updates.dialog.said()


# ------------------------------------------------------------------------------------------------------------ installing
def test_a_pack_is_installed_behind_a_backup_and_counts_from_the_next_start(
    updates: Updates, tmp_path: Path, open_window: Open
) -> None:
    robot = updates.robot
    robot.type("项目名称", "办案经费（补）")
    updates.install(pack_update(tmp_path, "2027.1"))
    assert updates.dialog.said().startswith("参数包 2027.1 装好了\n重新启动以后用参数包 2027.1。")
    assert updates.dialog.keys() == ("cancel", "restart")
    backups = [path.name for path in (robot.window.forms.store.path.parent / "备份").iterdir()]
    assert any("更新前" in one for one in backups)
    assert find(RESOURCES, packs()).pack.version == "2027.1"
    updates.dialog.press("restart")
    assert updates.left == [RESTART]
    assert not robot.window.isVisible()
    again = open_window()
    assert "办案经费（补）" in again.listed()


def test_later_is_soon_enough(updates: Updates, tmp_path: Path) -> None:
    updates.install(pack_update(tmp_path, "2027.1"))
    updates.dialog.press("cancel")
    assert (updates.is_open, updates.left, updates.robot.window.isVisible()) == (False, [], True)
    updates.ask()
    assert "参数包：现在 2027.1，上一版" in updates.dialog.said()


def test_the_window_may_ask_before_it_closes_and_then_stays(
    updates: Updates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates.install(pack_update(tmp_path, "2027.1"))
    monkeypatch.setattr(updates.robot.window.errands, "may_close", lambda: False)
    updates.dialog.press("restart")
    assert (updates.left, updates.robot.window.isVisible()) == ([], True)


def test_work_shows_its_progress_and_can_be_stopped(
    updates: Updates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_update: object, *, back_up: Callable[[], object], progress: Callable[[int, int], object]) -> None:
        back_up()
        for step in range(2000):
            progress(step << 20, 2000 << 20)
            QTest.qSleep(2)

    monkeypatch.setattr("perfdesk.updates.install", slow)
    updates.ask()
    updates.choose(pack_update(tmp_path, "2027.1"))
    updates.dialog.press("install")
    (bar,) = children(updates.dialog, QProgressBar)
    updates.robot.until(lambda: bar.value() > 5)
    assert bar.isVisible()
    QTest.keyClick(updates.dialog, Qt.Key.Key_Escape)
    assert updates.is_open
    drop(updates.dialog, tmp_path / "参数包 2027.1.perfdesk-update")
    assert updates.dialog.keys() == ("stop",)
    updates.dialog.press("stop")
    updates.wait()
    assert updates.dialog.said().startswith("已停止，没有安装\n现在的一版原样在用。")


def test_without_a_backup_nothing_is_installed(
    updates: Updates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perfdesk.errors import UserError

    def full(_reason: object) -> None:
        raise UserError("磁盘已满，没有备份成。请腾出地方再装。")

    monkeypatch.setattr(updates.robot.window.forms.store.safekeeping, "make", full)
    updates.install(pack_update(tmp_path, "2027.1"))
    assert updates.dialog.said() == "磁盘已满，没有备份成\n请腾出地方再装。"
    assert standing(Kind.PARAMETERS).version == SHIPPED


def test_a_window_that_only_looks_installs_nothing(open_window: Open, keys: None, tmp_path: Path) -> None:
    open_window().window.close()
    updates = Updates(open_window(read_only=True))
    updates.install(pack_update(tmp_path, "2027.1"))
    assert "只能查看" in updates.dialog.said()
    assert standing(Kind.PARAMETERS).version == SHIPPED


def test_what_is_not_saved_comes_first(updates: Updates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    updates.ask()
    updates.choose(pack_update(tmp_path, "2027.1"))
    monkeypatch.setattr(updates.robot.window.forms, "unsaved", lambda: (updates.robot.document,))
    updates.dialog.press("install")
    assert updates.dialog.said().startswith("还有改动没有存上，所以没有做\n")
    assert standing(Kind.PARAMETERS).version == SHIPPED


# ----------------------------------------------------------------------------------------------------------- going back
def test_going_back_to_the_parameters_before(updates: Updates) -> None:
    make_pack(packs(), "2027.1", current=False)
    make_pack(packs(), "2027.2")
    name(packs(), "2027.1", file=places.PREVIOUS)
    updates.ask()
    assert "参数包：现在 2027.2，上一版 2027.1。" in updates.dialog.said()
    assert updates.dialog.keys() == ("cancel", "back:parameters", "choose")
    updates.dialog.press("back:parameters")
    said = updates.dialog.said()
    assert said.startswith("参数包从 2027.2 回到 2027.1\n")
    assert "填过的表都不动" in said
    updates.dialog.press("go-back")
    assert updates.dialog.said() == "已回到参数包 2027.1\n重新启动以后用参数包 2027.1。"
    assert find(RESOURCES, packs()).pack.version == "2027.1"
    assert updates.dialog.keys() == ("cancel", "restart")


@pytest.fixture
def stick(folder: Path, keys: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program 0.1.0 that lies in a home, which this process is."""
    made = home(folder / "U 盘 (1)" / "绩效填报台")
    run_from(made, "0.1.0", monkeypatch)
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="programs of the tests are scripts of a shell")
def test_a_program_is_installed_and_waits_for_the_next_start(stick: Path, open_window: Open, tmp_path: Path) -> None:
    updates = Updates(open_window())
    updates.install(program_update(tmp_path, "0.2.0"))
    assert updates.dialog.said().startswith("程序 0.2.0 装好了")
    updates.dialog.press("cancel")
    updates.ask()
    assert "程序：现在 0.1.0，已装好 0.2.0，重新启动后用。" in updates.dialog.said()
    assert updates.dialog.keys()[-1] == "restart"
    updates.dialog.press("restart")
    assert updates.left == [RESTART]


def rollback(store: Store) -> Rollback:
    from perfdesk.store import Reason

    backup = store.safekeeping.make(Reason.MIGRATION).backup
    return Rollback(Kind.PROGRAM, "0.2.0", "0.1.0", must_restore=True, backup=backup)


def test_going_back_to_a_program_that_cannot_read_the_data_says_what_becomes_of_them(
    open_window: Open, keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    updates, store = Updates(robot), robot.window.forms.store
    plan, kept = rollback(store), store.path.with_name("office-0.2.0.db")
    monkeypatch.setattr("perfdesk.updates.plan_rollback", lambda _kind, _store: plan)

    def back(_plan: Rollback, *, store: Path, moment: datetime) -> Path:
        assert moment == NOW
        with Store.open(store, now=lambda: NOW):  # nobody has it open
            return kept

    monkeypatch.setattr("perfdesk.updates.roll_back", back)
    robot.type("项目名称", "办案经费（补）")
    updates.ask()
    updates.dialog.acted.emit("back:program")
    said = updates.dialog.said()
    assert said.startswith("程序从 0.2.0 回到 0.1.0\n上一版读不懂现在的数据文件，所以换上它读得懂的最近一份备份：")
    assert "（升级前）" in said
    assert "以后填的、改的，回去以后看不到。现在的数据文件原样留在旁边，不会删" in said
    updates.dialog.press("go-back")
    assert f"原来的数据文件在“{kept}”。" in updates.dialog.said()
    assert updates.dialog.keys() == ("restart",)
    QTest.keyClick(updates.dialog, Qt.Key.Key_Escape)
    assert updates.left == [RESTART]


def test_going_back_that_fails_after_the_data_were_let_go_starts_anew(
    open_window: Open, keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perfdesk.errors import UserError

    updates = Updates(open_window())
    plan = rollback(updates.robot.window.forms.store)
    monkeypatch.setattr("perfdesk.updates.plan_rollback", lambda _kind, _store: plan)

    def fail(_plan: Rollback, *, store: Path, moment: datetime) -> Path:
        raise UserError(f"“{store.name}”写不进去，没有动（{moment:%Y}）。请检查磁盘。")

    monkeypatch.setattr("perfdesk.updates.roll_back", fail)
    updates.ask()
    updates.dialog.acted.emit("back:program")
    updates.dialog.press("go-back")
    assert updates.dialog.said() == "“office.db”写不进去，没有动（2026）\n请检查磁盘。"
    assert updates.dialog.keys() == ("restart",)
    updates.dialog.press("restart")
    assert updates.left == [RESTART]


def test_where_there_is_no_version_before_it_says_so(updates: Updates) -> None:
    updates.ask()
    updates.dialog.acted.emit("back:parameters")
    assert "没有上一版的参数包" in updates.dialog.said()


# ---------------------------------------------------------------------------------------------------------------- start
def test_a_start_tidies_up_and_says_what_did_not_start(
    stick: Path, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = Updates(open_window())
    updates.errand.look_back()
    updates.robot.settle()
    assert updates.robot.answers.said == []
    monkeypatch.setattr("perfdesk.updates.settle", lambda: Settled("0.2.0", ()))
    updates.errand.look_back()
    updates.robot.settle()
    assert updates.robot.answers.said == [
        "新装的程序 0.2.0 没有起来，现在用的还是原来的一版，填过的都在。请把这句话告诉给更新文件的人，别再装同一份。"
    ]


def test_a_going_back_that_was_broken_off_is_told(updates: Updates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.updates.left_unfinished", lambda: Path("/data/office-0.2.0.db"))
    updates.errand.look_back()
    updates.robot.settle()
    (said,) = updates.robot.answers.said
    assert said.startswith("数据文件换过。")
    assert "/data/office-0.2.0.db" in said


def test_it_is_looked_back_only_where_there_may_be_several_versions(
    updates: Updates, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def settle() -> Settled:
        seen.append(1)
        return Settled("", ())

    monkeypatch.setattr("ui.updating.SOON_MS", 0)
    monkeypatch.setattr("perfdesk.updates.settle", settle)
    updates.errand.begin()
    updates.robot.settle()
    assert seen == []
    make_pack(packs(), "2027.1")
    updates.errand.begin()
    updates.robot.until(lambda: seen)
    updates.robot.settle()


_LEAVING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from perfdesk import places
from perfdesk.store import Store
from perfdesk.updates import signing
from tests.update_files import KEY, pack_update
from ui import app as program, opening, updating
from ui.options import Options
from ui.updates import UpdateDialog

folder = Path(sys.argv[1])
places.data_folder = lambda: folder / "data"
signing.shipped_keys = lambda: (KEY,)
update, store = pack_update(folder, "2027.1"), folder / "office.db"
Store.open(store, now=opening.now).close()


def begin(options):
    with Store.open(options.store_path, now=opening.now):
        print("again", options.store_path.name)


class Hasty(opening.Updating):
    def begin(self):
        self.take(update)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.press)
        self.timer.start(20)

    def press(self):
        for dialog in self.parent().findChildren(UpdateDialog):
            for key in ("restart", "install"):
                if key in dialog.keys():
                    dialog.press(key)
                    return


updating.start_again, opening.Updating = begin, Hasty
opening.Welcome.begin = lambda self: None
sys.exit(program.run(Options(store=store)))
"""


def test_the_window_lets_go_of_its_data_before_the_program_starts_anew(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", _LEAVING, str(tmp_path)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "again office.db\n"), done.stderr
    assert (tmp_path / "data" / "parameters" / "current").read_text("utf-8") == "2027.1\n"


@pytest.mark.parametrize(
    ("options", "words"), [(Options(), []), (Options(store=Path("/data/a.db")), ["--store", "/data/a.db"])]
)
def test_the_program_is_started_anew_on_the_same_data(
    stick: Path, monkeypatch: pytest.MonkeyPatch, options: Options, words: list[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_given: started.append(command))
    start_again(options)
    (stick / "perfdesk").touch()
    start_again(options)
    frozen = str(stick / "versions" / "0.1.0" / "perfdesk")
    launcher = str(stick / ("perfdesk.exe" if sys.platform == "win32" else "perfdesk"))
    assert started == [[frozen, *words], [launcher, *words]]
    monkeypatch.delattr(sys, "frozen")
    start_again(options)
    assert started[-1][1:] == ["-m", "ui", *words]
