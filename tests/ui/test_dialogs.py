"""Messages state a fact and offer verbs; Esc is 取消; the service waits for answers so that nobody else has to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tests.qt_tools import child, press
from ui.dialogs import CANCEL, Choice, Dialogs, MessageDialog
from ui.dialogs.service import confirm

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FACT = "“法律援助工作经费.xlsx”正被 WPS 打开"
ADVICE = "请关闭后重试，或另存为（2）。"
CHOICES = (Choice(CANCEL, "取消"), Choice("as", "另存为（2）"), Choice("retry", "重试", primary=True))


@pytest.fixture
def dialog(qtbot: QtBot) -> MessageDialog:
    made = MessageDialog(FACT, ADVICE, choices=CHOICES)
    qtbot.addWidget(made)
    return made


def test_the_buttons_stand_as_given_and_the_primary_has_the_focus(dialog: MessageDialog, qtbot: QtBot) -> None:
    dialog.open()
    assert dialog.labels() == ("取消", "另存为（2）", "重试")
    assert dialog.accessibleName() == FACT
    focused = dialog.focusWidget()
    assert focused is not None
    assert focused.property("text") == "重试"


@pytest.mark.parametrize("key", ["as", "retry", CANCEL])
def test_a_button_answers_with_its_key(dialog: MessageDialog, qtbot: QtBot, key: str) -> None:
    dialog.open()
    with qtbot.waitSignal(dialog.answered) as heard:
        dialog.press(key)
    assert heard.args == [key]
    assert dialog.answer() == key


def test_esc_is_cancel_and_enter_is_the_primary(dialog: MessageDialog, qtbot: QtBot) -> None:
    dialog.open()
    with qtbot.waitSignal(dialog.answered) as heard:
        press(dialog, Qt.Key.Key_Escape)
    assert heard.args == [CANCEL]
    again = MessageDialog(FACT, ADVICE, choices=CHOICES)
    qtbot.addWidget(again)
    again.open()
    with qtbot.waitSignal(again.answered) as heard:
        press(again, Qt.Key.Key_Return)
    assert heard.args == ["retry"]


def test_the_dialog_is_as_high_as_its_words(qtbot: QtBot) -> None:
    short, long = MessageDialog("短", "一句。"), MessageDialog("长", "很长的一句话。" * 40)
    for one in (short, long):
        qtbot.addWidget(one)
        one.open()
    assert short.width() == long.width() == 452
    assert short.height() < 150
    assert long.height() > short.height() + 6 * 20


def test_buttons_need_keys_of_their_own() -> None:
    with pytest.raises(ValueError, match="keys"):
        MessageDialog(FACT, ADVICE, choices=(Choice("a", "甲"), Choice("a", "乙")))
    with pytest.raises(ValueError, match="keys"):
        MessageDialog(FACT, ADVICE, choices=())


class Presser:
    """Presses a button of the message that is open, as soon as one is."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.fact = ""
        QTimer.singleShot(0, self.press)

    def press(self) -> None:
        found = QApplication.activeModalWidget()
        assert isinstance(found, MessageDialog)
        self.fact = found.accessibleName()
        found.press(self._key)


def test_the_service_waits_for_the_answer(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialogs = Dialogs()
    dialogs.attach(window)
    presser = Presser("as")
    assert dialogs.ask(FACT, ADVICE, CHOICES) == "as"
    assert presser.fact == FACT
    presser = Presser("go")
    assert confirm(dialogs, "恢复“送审稿”会改回 8 格", "当前内容先自动存为一个版本。", "恢复")
    presser = Presser(CANCEL)
    assert not confirm(dialogs, "恢复“送审稿”会改回 8 格", "当前内容先自动存为一个版本。", "恢复")
    assert presser.fact


def test_telling_does_not_wait(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialogs = Dialogs(window)
    dialogs.tell(FACT, ADVICE)
    found = child(window, MessageDialog)
    assert found.isVisible()
    found.press(CANCEL)
    assert not found.isVisible()


def test_file_choosers_hand_back_paths(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[object, ...]] = []

    def answer(value: object) -> object:
        def chooser(*args: object) -> object:
            asked.append(args)
            return value

        return staticmethod(chooser)

    dialogs = Dialogs()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer((["/a/一.json", "/a/二.json"], "")))
    assert dialogs.open_files("导入", "数据包 (*.json)", tmp_path) == (Path("/a/一.json"), Path("/a/二.json"))
    assert asked[0][1:] == ("导入", str(tmp_path), "数据包 (*.json)")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer(([], "")))
    assert dialogs.open_files("导入", "数据包 (*.json)", tmp_path) == ()
    for given, expected in (("/b/表", Path("/b/表.pdf")), ("/b/表.PDF", Path("/b/表.PDF")), ("", None)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer((given, "")))
        assert dialogs.save_file("导出", tmp_path / "表.pdf", "PDF (*.pdf)") == expected
    for given, expected in ((str(tmp_path), tmp_path), ("", None)):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", answer(given))
        assert dialogs.choose_folder("导出到", tmp_path) == expected
