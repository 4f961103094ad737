"""数据密码 in the real window: set with the recovery key on paper, asked for at the start, changed, forgotten, taken away."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from perfdesk import traces
from perfdesk.errors import UserError
from perfdesk.store import Reason, Store, keys
from perfdesk.store.backups import found
from perfdesk.store.keyfile import key_file_of
from perfdesk.store.password import is_password, standing, take_password_away
from perfdesk.store.unlocking import key_of, unlock
from tests.robot import LEGAL_AID, Answers, Open, Robot
from tests.store.sealed import OURS, holds_text, seal
from ui.diagnosis import diagnose
from ui.dialogs.data_password import DataPasswordDialog
from ui.dialogs.new_password import NewPasswordDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.dialogs.unlock import UnlockDialog
from ui.timeline.dialog import TimelineDialog
from ui.tools import now
from ui.unlocking import Unlocking

OTHER = "另一个新密码 9"
TYPED = "法律援助"


def new(text: str, *, again: str | None = None, old: str = "") -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        asked = cast(NewPasswordDialog, dialog)
        asked.old.setText(old)
        asked.first.setText(text)
        asked.second.setText(text if again is None else again)
        asked.accept()

    return act


def written_down(dialog: QDialog) -> None:
    """Print the key, and type the group that is asked for."""
    shown = cast(RecoveryKeyDialog, dialog)
    shown.accept()
    assert shown.result() != QDialog.DialogCode.Accepted
    shown.copy()
    groups = QGuiApplication.clipboard().text().split("\n")
    QGuiApplication.clipboard().clear()
    asked = int(shown.line.accessibleName().split()[1]) - 1
    shown.line.setText(groups[asked - 1])
    assert not shown.may_go_on()
    shown.line.setText(f" {groups[asked].lower()} ")
    shown.accept()


def given(text: str, *, recovery: bool = False) -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        asked = cast(UnlockDialog, dialog)
        if recovery is not asked.by_recovery:
            asked.other.click()
        if recovery:
            asked.key.setPlainText(text)
        else:
            asked.line.setText(text)
        asked.accept()

    return act


def given_up(dialog: QDialog) -> None:
    dialog.reject()


def prepared(*acts: Callable[[QDialog], None], answers: tuple[str, ...] = ()) -> Answers:
    """What is done at the dialogs of the start."""
    made = Answers()
    made.acts, made.answers = [*acts], [*answers]
    return made


def path_of(robot: Robot) -> Path:
    return robot.window.forms.store.path


def shown(robot: Robot) -> DataPasswordDialog:
    robot.window.commands["password"].trigger()
    return cast(DataPasswordDialog, robot.dialog(DataPasswordDialog))


def set_one(robot: Robot) -> None:
    robot.answers.acts = [new(OURS), written_down]
    shown(robot).press("设密码…")
    robot.settle()


@pytest.fixture
def closed(open_window: Open) -> Path:
    """A closed data file with a password and two backups of it."""
    robot = open_window()
    path_of(robot)
    robot.window.forms.store.safekeeping.make(Reason.IMPORT)
    set_one(robot)
    robot.window.forms.store.safekeeping.make(Reason.ASKED)
    path = path_of(robot)
    assert robot.close()
    robot.window.forms.close()
    keys.let_go()
    return path


# --------------------------------------------------------------------------------------------------------------- set


def test_a_password_is_set_once_the_recovery_key_is_written_down(open_window: Open) -> None:
    robot = open_window()
    path = path_of(robot)
    robot.window.forms.store.safekeeping.make(Reason.ASKED)
    assert holds_text(path.parent, TYPED)
    set_one(robot)
    assert "都加密了" in robot.toast()
    assert holds_text(path.parent, TYPED) == []
    robot.open(LEGAL_AID)
    robot.type("项目名称", "普法经费")
    robot.save_wait()
    assert key_of(path) is not None
    dialog = shown(robot)
    assert "改密码…" in dialog.buttons
    dialog.reject()


def test_nothing_is_set_where_the_key_was_not_written_down(open_window: Open) -> None:
    robot = open_window()
    robot.answers.acts = [new(OURS), given_up]
    shown(robot).press("设密码…")
    assert key_of(path_of(robot)) is None
    assert not key_file_of(path_of(robot)).exists()
    robot.answers.acts = [given_up]
    shown(robot).press("设密码…")
    assert key_of(path_of(robot)) is None


def test_the_key_is_printed_and_kept_as_a_page(open_window: Open, tmp_path: Path) -> None:
    robot = open_window()
    page = tmp_path / "恢复密钥.pdf"
    seen: list[str] = []

    def act(dialog: QDialog) -> None:
        key = cast(RecoveryKeyDialog, dialog)
        robot.answers.files = [page]
        key.file_asked.emit()
        key.print_asked.emit()
        preview = cast(PreviewDialog, robot.dialog(PreviewDialog))
        seen.append(preview.paper_text())
        preview.reject()
        key.reject()

    robot.answers.acts = [new(OURS), act]
    shown(robot).press("设密码…")
    assert page.read_bytes().startswith(b"%PDF")
    assert seen[0].startswith("A4 纵向 · 1 页")


@pytest.mark.parametrize(
    ("first", "second", "said"), [("短", "短", "至少要 8 个字符"), ("足够长的密码甲乙", "足够长的密码甲丙", "不一样")]
)
def test_what_is_wrong_with_a_new_password_is_said(open_window: Open, first: str, second: str, said: str) -> None:
    robot = open_window()
    heard: list[str] = []

    def act(dialog: QDialog) -> None:
        new(first, again=second)(dialog)
        heard.append(cast(NewPasswordDialog, dialog).said())
        dialog.reject()

    robot.answers.acts = [act]
    shown(robot).press("设密码…")
    assert said in heard[0]


def test_who_only_looks_sets_none(open_window: Open) -> None:
    open_window()
    looking = open_window(read_only=True)
    dialog = shown(looking)
    assert not dialog.buttons["设密码…"].isEnabled()
    dialog.reject()


# --------------------------------------------------------------------------------------------------------- at the start


def test_it_is_asked_for_at_the_start(closed: Path, open_window: Open) -> None:
    robot = open_window(answers=prepared(given(OURS)))
    assert robot.window.forms.ready
    assert robot.listed()


def test_a_wrong_one_is_said_and_may_be_typed_again(closed: Path, open_window: Open) -> None:
    heard: list[str] = []

    def act(dialog: QDialog) -> None:
        for text in ("不对", "还不对", "仍不对"):
            given(text)(dialog)
            heard.append(cast(UnlockDialog, dialog).said())
        given(OURS)(dialog)

    robot = open_window(answers=prepared(act))
    assert len(heard) == 3
    assert all(one.startswith("密码不对，没有打开") for one in heard)
    assert robot.window.forms.ready


def test_who_gives_up_leaves_the_file_as_it_is(closed: Path, open_window: Open) -> None:
    before = closed.read_bytes()
    robot = open_window(answers=prepared(given_up))
    assert not robot.window.forms.ready
    assert closed.read_bytes() == before


def test_forgotten_the_recovery_key_opens_it_and_a_new_password_is_asked_for(closed: Path, open_window: Open) -> None:
    groups = unlock(closed, OURS).groups
    keys.let_go()
    robot = open_window(answers=prepared(given("-".join(groups), recovery=True), new(OTHER)))
    assert robot.window.forms.ready
    assert is_password(closed, OTHER)
    assert not is_password(closed, OURS)
    assert "密码已换" in robot.toast()


def test_a_damaged_file_is_asked_about_and_put_together_again(closed: Path, open_window: Open) -> None:
    closed.write_bytes(bytes(4096) + closed.read_bytes()[4096:])
    robot = open_window(answers=prepared(given(OURS), answers=("salvage",)))
    robot.settle()
    robot.until(lambda: robot.window.forms.ready)
    assert robot.listed()
    assert key_of(closed) is not None


# ---------------------------------------------------------------------------------------------------- change, take away


def test_a_password_is_changed_by_who_knows_it(closed: Path, open_window: Open) -> None:
    robot = open_window(answers=prepared(given(OURS)))
    heard: list[str] = []

    def act(dialog: QDialog) -> None:
        new(OTHER, old="不是它")(dialog)
        heard.append(cast(NewPasswordDialog, dialog).said())
        new(OTHER, old=OURS)(dialog)

    robot.answers.acts = [act]
    shown(robot).press("改密码…")
    robot.settle()
    assert heard == ["原来的密码不对，没有改。请再填一次，留意大小写。"]
    assert all(is_password(one, OTHER) for one in (closed, *(each.path for each in found(closed))))


def test_a_password_is_taken_away_by_who_knows_it(closed: Path, open_window: Open) -> None:
    robot = open_window(answers=prepared(given(OURS)))
    heard: list[str] = []

    def act(dialog: QDialog) -> None:
        given("不是它")(dialog)
        heard.append(cast(UnlockDialog, dialog).said())
        given(OURS)(dialog)

    robot.answers.acts = [act]
    shown(robot).press("去掉密码…")
    robot.settle()
    assert heard == ["密码不对。请再填一次，留意大小写。"]
    assert key_of(closed) is None
    assert not standing(closed).unlike
    assert [*closed.parent.rglob("*.key")] == []


def test_the_key_is_shown_once_more_to_who_knows_the_password(closed: Path, open_window: Open) -> None:
    robot = open_window(answers=prepared(given(OURS)))
    robot.answers.acts = [given(OURS), written_down]
    shown(robot).press("恢复密钥…")
    assert robot.answers.acts == []


# -------------------------------------------------------------------------------------------------------- what is left


def test_what_could_not_be_encrypted_is_told_and_can_be_made_good(open_window: Open, tmp_path: Path) -> None:
    robot = open_window()
    store = robot.window.forms.store
    stick = tmp_path / "U 盘"
    stick.mkdir()
    store.safekeeping.choose_second(stick)
    store.safekeeping.make(Reason.ASKED)
    shutil.move(stick, tmp_path / "抽屉")
    set_one(robot)
    assert any("有 1 处备份没有换成" in one for one in robot.answers.said)
    shown(robot).reject()
    shutil.move(tmp_path / "抽屉", stick)
    shown(robot).press("加密这些备份")
    robot.settle()
    assert holds_text(stick, TYPED) == []


def test_files_that_lie_aside_are_removed_when_it_is_said(closed: Path, open_window: Open) -> None:
    robot = open_window(answers=prepared(given(OURS)))
    aside = closed.with_name(f"{closed.name}.损坏-20260101-0900")
    aside.write_text(TYPED)
    robot.answers.answers = ["cancel"]
    shown(robot).press("删去这些文件…")
    assert aside.exists()
    robot.answers.answers = ["go"]
    shown(robot).press("删去这些文件…")
    assert not aside.exists()
    assert "已删去 1 个文件" in robot.toast()


def test_a_backup_of_another_office_is_asked_about(open_window: Open, tmp_path: Path) -> None:
    robot = open_window()
    other = tmp_path / "别的" / "perfdesk.db"
    with Store.open(other, now=now) as store:
        seal(store, OTHER)
    keys.let_go()
    unlocking = Unlocking(robot.window, robot.answers)
    robot.answers.acts = [given_up]
    assert not unlocking.is_open(other)
    robot.answers.acts = [given(OTHER)]
    assert unlocking.is_open(other)
    assert unlocking.is_open(other)
    assert unlocking.is_open(tmp_path / "没有.db")


def test_a_backup_of_an_earlier_password_is_asked_about_where_it_is_looked_at(closed: Path, open_window: Open) -> None:
    robot = open_window(answers=prepared(given(OURS)))
    store = robot.window.forms.store
    take_password_away(store)
    keys.let_go()
    robot.answers.acts = [given_up]
    robot.window.commands["restore"].trigger()
    dialog = cast(TimelineDialog, robot.dialog(TimelineDialog))
    robot.settle()
    assert "设了密码，还没有解开" in dialog.message()
    dialog.reject()
    robot.answers.acts = [given(OURS)]
    robot.window.commands["restore"].trigger()
    dialog = cast(TimelineDialog, robot.dialog(TimelineDialog))
    robot.settle()
    robot.until(dialog.summary)
    assert robot.answers.acts == []
    dialog.reject()


# ------------------------------------------------------------------------------------------------- told to nobody


def test_no_key_and_no_password_is_told_to_anybody(open_window: Open) -> None:
    robot = open_window()
    set_one(robot)
    forms = robot.window.forms
    key = forms.store.key
    assert key is not None
    with pytest.raises(UserError) as caught, forms.store.safekeeping.path.open("rb"):
        unlock(forms.store.path, "不是它")
    told = diagnose(robot.window, forms, traces.where(caught.value)) + repr(key) + str(caught.value)
    secrets = (key.data.hex(), key.salt.hex(), OURS, "".join(key.groups), *key.groups)
    assert not [one for one in secrets if one in told]
    assert TYPED not in told
    for one in secrets:
        assert holds_text(forms.store.path.parent, one) == []
