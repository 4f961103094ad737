"""The data file is damaged at the start: what is offered, what comes back, and the list of it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from tests.qt_tools import children
from tests.robot import LEGAL_AID, Answers, Open, Robot
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.salvage import SalvageDialog


def damage(robot: Robot, folder: Path) -> tuple[str, ...]:
    """Close the window properly, and spoil the beginning of the file; the names of its forms."""
    listed = robot.listed()
    robot.type("主管部门", "青山县司法局")
    assert robot.close()
    path = folder / "office.db"
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    return listed


def answering(*answers: str, files: tuple[Path, ...] = ()) -> Answers:
    made = Answers()
    made.answers += answers
    made.files += files
    return made


def test_everything_comes_back_with_a_list(robot: Robot, open_window: Open, folder: Path) -> None:
    listed = damage(robot, folder)
    answers = answering("salvage", files=(folder / "清单.txt",))
    after = open_window(empty=True, answers=answers)
    after.until(lambda: after.window.forms.ready)
    after.settle()
    assert "开头已损坏" in answers.said[0]
    assert "找回内容：这个文件原样留下" in answers.said[0]
    dialog = cast(SalvageDialog, after.dialog(SalvageDialog))
    assert len(dialog.lines()) == len(listed)
    assert any(LEGAL_AID in line and "数据文件" in line for line in dialog.lines())
    dialog.copy()
    assert QGuiApplication.clipboard().text().startswith(f"{len(listed)} 张表都找回了\n")
    dialog.file_wanted.emit("清单")
    assert (folder / "清单.txt").read_text("utf-8-sig") == "清单"
    dialog.print_wanted.emit()
    after.settle()
    preview = cast(PreviewDialog, after.dialog(PreviewDialog))
    assert "从损坏的数据文件找回的表" in preview.windowTitle() + "".join(
        one.text() for one in children(preview, QLabel)
    )
    preview.reject()
    assert after.listed() == listed
    (aside,) = folder.glob("office.db.损坏-????????-????")
    assert aside.read_bytes()[:100] == bytes(100)
    dialog.activate(0)
    assert after.window.session.document is not None


def test_where_nothing_is_to_be_had_the_window_says_so_and_ends(open_window: Open, folder: Path) -> None:
    (folder / "notes.db").write_text("不是数据文件", "utf-8")
    answers = answering("salvage", "cancel")
    after = open_window("notes.db", empty=True, answers=answers)
    after.until(lambda: len(answers.said) > 1)
    assert "一张表也读不出来" in answers.said[1]
    assert not after.window.forms.ready
    assert (folder / "notes.db").read_text("utf-8") == "不是数据文件"


def test_another_file_can_be_opened_instead(robot: Robot, open_window: Open, folder: Path) -> None:
    listed = damage(robot, folder)
    (folder / "notes.db").write_text("不是数据文件", "utf-8")
    answers = answering("salvage", "other", "salvage", files=(folder / "office.db",))
    after = open_window("notes.db", empty=True, answers=answers)
    after.until(lambda: after.window.forms.ready)
    assert after.listed() == listed


def test_leaving_touches_nothing(robot: Robot, open_window: Open, folder: Path) -> None:
    damage(robot, folder)
    before = (folder / "office.db").read_bytes()
    after = open_window(empty=True, answers=answering("other", "cancel"))
    assert not after.window.forms.ready
    assert (folder / "office.db").read_bytes() == before
