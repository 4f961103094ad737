"""Files from outside: each goes to the errand that knows it, one after the other; a second start brings the window forward."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from perfdesk import handover
from perfdesk.exchange.package import write_package
from perfdesk.handover import Answer, folder_of
from perfdesk.parcels import file_name, pack
from perfdesk.store import Store
from tests.robot import Answers, Open, Robot
from tests.simple_forms import FILES
from tests.ui.test_importing import LAW, named, stored, write
from ui.dialogs import MessageDialog
from ui.dialogs.import_report import ImportReport
from ui.importing.dialog import ImportDialog
from ui.listening import Listening
from ui.opening import Opening, serve_callers
from ui.parcels import ReceiveDialog
from ui.tools import now


@pytest.fixture
def empty(open_window: Open) -> Robot:
    return open_window("empty.db", empty=True)


@pytest.fixture
def listening(robot: Robot) -> Iterator[Listening]:
    made = Listening(robot.window)
    made.called.connect(robot.window.errands.reception.take)
    made.begin()
    yield made
    made.end()


def package(folder: Path, robot: Robot) -> Path:
    """A package of the year 2020 with another office's form."""
    with Store.open(folder / "别处" / "填报.db", now=now) as store:
        store.save(named(stored(robot.window.forms, LAW), "社区矫正工作经费"))
        made = pack(store, (2020,), office="县局", made=now())
    path = folder / file_name(made)
    path.write_bytes(write_package(made))
    return path


def test_data_files_come_in_by_themselves(empty: Robot) -> None:
    empty.window.errands.reception.take(tuple(Path(one) for one in FILES))
    empty.until(lambda: empty.toast().startswith("导入了"))
    assert empty.window.forms.lines


def test_files_of_every_kind_at_once_come_one_after_the_other(robot: Robot, folder: Path) -> None:
    law = stored(robot.window.forms, LAW)
    word = write(folder, robot, [named(law, "人民调解工作经费")], "自评表 (终稿)[2].docx")
    update, given = folder / "2026年参数.perfdesk-update", list[Path]()
    robot.window.errands.reception.update_chosen.connect(given.append)
    robot.window.errands.reception.take((update, package(folder, robot), word))
    first = robot.dialog(ImportDialog)
    robot.settle()
    assert QApplication.activeModalWidget() is first, "the package waits until this is decided"
    first.reject()
    second = robot.dialog(ReceiveDialog)
    assert given == [], "the update waits, too"
    second.reject()
    robot.until(lambda: given)
    assert given == [update]


def test_a_file_that_cannot_be_taken_in_is_told_by_name(robot: Robot, folder: Path) -> None:
    (folder / "照片.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    robot.window.errands.reception.take((folder / "照片.png", folder / "没有.docx", folder))
    report = robot.dialog(ImportReport)
    assert isinstance(report, ImportReport)
    robot.settle()
    words = " ".join(report.texts())
    for name in ("照片.png", "没有.docx", folder.name):
        assert name in words
    report.reject()


def test_what_is_asked_comes_first(robot: Robot, folder: Path) -> None:
    dialog = MessageDialog("还有改动没有存上", "可以重试。", parent=robot.window)
    dialog.open()
    robot.until(lambda: QApplication.activeModalWidget() is dialog)
    law = stored(robot.window.forms, LAW)
    robot.window.errands.reception.take((write(folder, robot, [named(law, "人民调解工作经费")]),))
    assert robot.toast() == "1 个文件等着收进来，先做完正在问的这一步"
    robot.settle()
    assert QApplication.activeModalWidget() is dialog
    dialog.reject()
    robot.dialog(ImportDialog).reject()


def test_a_window_that_only_looks_says_so(robot: Robot, open_window: Open, folder: Path) -> None:
    looking = open_window(read_only=True)
    looking.window.errands.reception.take((folder / "表.docx", folder / "包.zip"))
    looking.settle()
    assert looking.toast() == "现在只能查看，不能收进数据包"


def test_the_window_of_the_samples_installs_nothing(robot: Robot, folder: Path) -> None:
    robot.window.errands.reception.take((folder / "0.2.0.PERFDESK-UPDATE",))
    assert robot.toast() == "“0.2.0.PERFDESK-UPDATE”是更新文件，请到填报自己的表的窗口里装"


# ---------------------------------------------------------------------------------------------------------- second starts


def hand_over(robot: Robot, *files: Path) -> Answer:
    """What a second start does, in a thread, while the window goes on."""
    heard: list[Answer] = []
    path = robot.window.forms.store.path
    thread = Thread(target=lambda: heard.append(handover.hand_over(path, files)))
    thread.start()
    robot.until(lambda: heard)
    thread.join()
    return heard[0]


def test_a_second_start_brings_the_window_to_the_front(robot: Robot, listening: Listening) -> None:
    robot.window.showMinimized()
    assert hand_over(robot) is Answer.TAKEN
    assert not robot.window.isMinimized()
    assert robot.window.windowState() & Qt.WindowState.WindowActive or robot.window.isActiveWindow()


def test_its_files_are_taken_in_here(robot: Robot, listening: Listening, folder: Path) -> None:
    law = stored(robot.window.forms, LAW)
    path = write(folder, robot, [named(law, "人民调解工作经费")], "2025年 自评表 (1).docx")
    assert hand_over(robot, path) is Answer.TAKEN
    dialog = robot.dialog(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    assert dialog.head.about() == "2025年 自评表 (1).docx"
    dialog.reject()


def test_the_leave_of_the_desktop_is_used_once(
    robot: Robot, listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(handover.ACTIVATION, "kwin-7")
    assert hand_over(robot) is Answer.TAKEN
    assert handover.ACTIVATION not in os.environ


def test_a_closed_window_is_called_no_more(robot: Robot, listening: Listening) -> None:
    path = robot.window.forms.store.path
    assert folder_of(path).is_dir()
    call = folder_of(path) / "1.call"
    robot.window.hide()
    call.write_text("{}", "utf-8")
    robot.settle()
    assert call.exists(), "who called takes it back"
    call.unlink()
    listening.end()


def test_a_window_that_is_about_to_close_takes_nothing(robot: Robot, listening: Listening) -> None:
    """Its last backup may take a while; what is called meanwhile opens a window of its own, as soon as the data file is free."""
    path, heard = robot.window.forms.store.path, list[Answer]()
    second = Thread(target=lambda: heard.append(handover.hand_over(path, ())))

    def may_end() -> bool:
        second.start()
        robot.until(lambda: any(folder_of(path).glob("*.call")))
        robot.settle()
        return True

    robot.window.errands.safekeeping.may_end = may_end  # type: ignore[method-assign]  # a backup that takes its time
    assert robot.close()
    second.join()
    assert heard == [Answer.ALONE]


def test_a_window_that_stays_after_all_listens_again(robot: Robot, listening: Listening) -> None:
    robot.window.errands.safekeeping.may_end = lambda: False  # type: ignore[method-assign]  # somebody thinks again
    assert not robot.close()
    assert hand_over(robot) is Answer.TAKEN


def test_who_only_looks_does_not_listen(robot: Robot, open_window: Open) -> None:
    looking = open_window(read_only=True)
    listening = Listening(looking.window)
    listening.begin()
    assert not folder_of(looking.window.forms.store.path).exists()


def test_a_folder_that_cannot_be_made_is_logged_without_its_name(
    robot: Robot, folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("", "utf-8")
    monkeypatch.setattr("perfdesk.places.data_folder", lambda: folder / "file")
    Listening(robot.window).begin()
    assert "nobody is listened to" in caplog.text
    assert str(folder) not in caplog.text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.SILENT, "那个窗口没有回应"),
        (Answer.ALONE, "可以只查看，或切换到那个窗口"),
    ],
)
def test_a_window_that_does_not_answer(robot: Robot, open_window: Open, answer: Answer, words: str) -> None:
    said = Answers()
    second = open_window("other.db", answers=said)
    said.answers = ["look"]
    path = robot.window.forms.store.path
    opening = Opening(second.window, said, path, read_only=False, samples=False, call=lambda _: answer)
    opening.begin()
    assert words in said.said[-1]
    assert ("没有回应" in said.said[-1]) is (answer is Answer.SILENT)
    assert second.window.forms.read_only


def test_of_two_starts_at_once_the_later_one_goes(robot: Robot, open_window: Open) -> None:
    second = open_window("other.db", answers=Answers())
    path = robot.window.forms.store.path
    Opening(second.window, second.answers, path, read_only=False, samples=False, call=lambda _: Answer.TAKEN).begin()
    assert not second.window.isVisible()
    assert second.answers.said == []


def test_a_window_listens_once_its_forms_are_there(robot: Robot, open_window: Open, folder: Path) -> None:
    second = open_window("other.db", empty=True)
    second.window.forms.close()
    opening = Opening(second.window, second.answers, folder / "third.db", read_only=False, samples=False)
    listening = serve_callers(second.window, opening)
    opening.begin()
    assert folder_of(folder / "third.db").is_dir()
    assert hand_over(second, *map(Path, FILES)) is Answer.TAKEN
    second.until(lambda: second.window.forms.lines)
    listening.end()
