"""What follows a key: the page at once, what stands around it a moment later and never after the next thing that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from perfdesk.checks import check
from perfdesk.model import Binding, Block
from tests.robot import LEGAL_AID, Robot
from ui.sheet.model import MARK

if TYPE_CHECKING:
    from PySide6.QtCore import QKeyCombination

    from perfdesk.derive import Derived

ACTUAL = ("实际完成值", "年内完成200件")


@pytest.fixture
def typing(robot: Robot) -> Robot:
    """A clerk whose editor is open, everything seen to."""
    robot.go(*ACTUAL)
    robot.keys("14")
    robot.settle()
    return robot


def strike(robot: Robot, *strokes: str) -> None:
    """Strike keys one after the other, and look nowhere yet."""
    for stroke in strokes:
        keys = cast("QKeyCombination", QKeySequence(stroke)[0])  # type: ignore[index]  # missing in the stubs
        QTest.keyClick(robot.window.focusWidget(), keys.key(), keys.keyboardModifiers())


def score(robot: Robot) -> str:
    return robot.text("得分", "年内完成200件")


def test_score_and_total_stand_on_the_page_within_the_key(typing: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[object] = []

    def counting(*arguments: object) -> object:
        judged.append(arguments)
        return check(*arguments)  # type: ignore[arg-type]  # whatever derive hands over

    monkeypatch.setattr("perfdesk.derive.check", counting)
    before, shown = score(typing), typing.total()
    strike(typing, "Backspace")
    assert score(typing) != before
    assert not judged, "findings are no matter of the key"
    assert typing.total() == shown
    typing.until(lambda: typing.total() != shown)
    assert len(judged) == 1


def test_keys_that_come_quickly_are_followed_once(typing: Robot) -> None:
    settled: list[Derived] = []
    document = typing.document
    document.settled.connect(settled.append)
    strike(typing, "Backspace", "5", "6")
    assert not settled
    typing.until(lambda: settled)
    assert settled == [document.derived]
    document.settled.disconnect(settled.append)


@pytest.mark.parametrize("act", ["Return", "F8", "Ctrl+Z", "Ctrl+S", "Escape"])
def test_whatever_is_done_next_finds_everything_as_it_is_after_the_last_key(typing: Robot, act: str) -> None:
    shown: list[object] = []
    panel = typing.window.panel
    strike(typing, "Backspace")
    typing.document.settled.connect(shown.append)
    strike(typing, act)
    assert shown, "the panel follows before anything else happens"
    assert panel.verdict_text() == f"{typing.document.derived.verdict.value}：{typing.document.derived.sentence}"
    assert typing.total() == f"{typing.document.derived.assessment.total:.2f}"


def test_the_marks_of_the_cells_follow_with_the_panel(typing: Robot) -> None:
    sheet, document = typing.window.desk.sheet, typing.document
    model = sheet.sheet_model
    assert model is not None
    document.edit(Binding(Block.INDICATORS, "score", row=0), "999")
    document.settle()
    marked = model.index_of(Binding(Block.INDICATORS, "score", row=0)).data(MARK)
    assert marked == "error"


def test_another_form_is_opened_with_nothing_left_behind(typing: Robot) -> None:
    other = next(name for name in typing.listed() if name != LEGAL_AID)
    document, settled = typing.document, list[object]()
    strike(typing, "Backspace")
    document.settled.connect(settled.append)
    typing.open(other)
    assert settled
    assert typing.title().startswith(other)
