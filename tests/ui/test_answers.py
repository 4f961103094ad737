"""说明 in the real window: a 警告 is answered on its card, the verdict follows, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton

from perfdesk.answers import write_answer
from perfdesk.model import Finding, Severity
from tests.qt_tools import child, children, click
from tests.robot import LEGAL_AID, Answers, Open, Robot
from ui.dialogs.export import ExportDialog
from ui.dialogs.preview import PreviewDialog
from ui.findings.current import AnswerEdit, CardWidget
from ui.findings.delegate import CardDelegate
from ui.findings.view import CardsView

WHY = "年中新增两个援助站，案件增加。"


def show(robot: Robot, code: str) -> Finding:
    """Make the card of a finding the current one."""
    cards = child(robot.window.panel, CardsView)
    found = robot.document.derived.findings
    row = next(at for at, one in enumerate(found) if one.code == code)
    cards.make_current(row, tell=True)
    return found[row]


def again(robot: Robot, code: str) -> Finding:
    return next(one for one in robot.document.derived.findings if one.code == code)


def card(robot: Robot) -> CardWidget:
    """The card that is current now."""
    cards = child(robot.window.panel, CardsView)
    found = cards.indexWidget(cards.currentIndex())
    assert isinstance(found, CardWidget)
    return found


def editor(robot: Robot) -> AnswerEdit:
    return card(robot).editor()


def answer(robot: Robot, text: str) -> None:
    editor(robot).setFocus()
    robot.keys(text)


@pytest.fixture
def legal_aid(robot: Robot) -> Robot:
    robot.open(LEGAL_AID, year=2020)
    return robot


def test_a_warning_is_answered_on_its_card(legal_aid: Robot) -> None:
    before = legal_aid.verdict()
    warning = show(legal_aid, "over-achieved-unexplained")
    answer(legal_aid, WHY)
    assert editor(legal_aid).hasFocus()
    assert again(legal_aid, warning.code).answer == WHY
    assert legal_aid.verdict() != before
    legal_aid.save_wait()
    assert legal_aid.window.forms.store.load(legal_aid.document.record.id) == legal_aid.document.record


def test_one_stretch_of_typing_is_one_undo_step(legal_aid: Robot) -> None:
    show(legal_aid, "over-achieved-unexplained")
    answer(legal_aid, "甲乙")
    legal_aid.press("Escape")
    assert child(legal_aid.window.panel, CardsView).hasFocus()
    legal_aid.undo()
    assert again(legal_aid, "over-achieved-unexplained").answer == ""
    legal_aid.redo()
    assert again(legal_aid, "over-achieved-unexplained").answer == "甲乙"


def test_undo_inside_the_field_is_the_undo_of_the_form(legal_aid: Robot) -> None:
    show(legal_aid, "over-achieved-unexplained")
    answer(legal_aid, "甲乙")
    legal_aid.undo()
    assert editor(legal_aid).toPlainText() == ""
    assert again(legal_aid, "over-achieved-unexplained").answer == ""
    legal_aid.redo()
    assert editor(legal_aid).toPlainText() == "甲乙"


def test_what_is_being_composed_is_not_torn(legal_aid: Robot) -> None:
    show(legal_aid, "over-achieved-unexplained")
    editor(legal_aid).setFocus()
    legal_aid.compose("xin")
    assert again(legal_aid, "over-achieved-unexplained").answer == ""
    legal_aid.compose("", commit="新增")
    assert again(legal_aid, "over-achieved-unexplained").answer == "新增"


def add_twins(robot: Robot, *names: str) -> None:
    """Put forms of the same project and year beside the open one, each with a first indicator of another name."""
    record = robot.document.record
    first, *rest = record.indicators
    robot.window.forms.adopt(
        replace(record, id=name, indicators=(replace(first, name=name, target="≥1件"), *rest)) for name in names
    )
    robot.window.forms.relist()
    robot.settle()


def test_the_whole_form_is_answered_while_a_cell_with_a_card_of_its_own_is_current(legal_aid: Robot) -> None:
    """The panel follows the current cell after each change; the card under the hands stays all the same."""
    legal_aid.window.forms.adopt((replace(legal_aid.document.record, id="甲案"),))
    legal_aid.window.forms.relist()
    found = legal_aid.document.derived.findings
    whole = next(one for one in found if one.binding is None and one.severity is Severity.WARNING)
    other = next(one for one in found if one.binding is not None)
    assert other.binding is not None
    legal_aid.window.desk.go_to(other.binding)
    show(legal_aid, whole.code)
    answer(legal_aid, "甲乙丙")
    assert again(legal_aid, whole.code).answer == "甲乙丙"


def test_of_two_findings_of_one_rule_and_place_the_second_is_answered(legal_aid: Robot) -> None:
    add_twins(legal_aid, "甲案", "乙案")
    rows = [at for at, one in enumerate(legal_aid.document.derived.findings) if one.code == "name-mismatch"]
    assert len(rows) == 2
    child(legal_aid.window.panel, CardsView).make_current(rows[1], tell=True)
    answer(legal_aid, "两个项目，名称相同")
    assert legal_aid.document.derived.findings[rows[1]].answer == "两个项目，名称相同"


def test_keys_that_come_faster_than_the_panel_settles_are_all_kept(legal_aid: Robot) -> None:
    warning = show(legal_aid, "over-achieved-unexplained")
    editor(legal_aid).setFocus()
    QTest.keyClicks(editor(legal_aid), "1,200")
    assert again(legal_aid, warning.code).answer == "1,200"


def test_an_error_wants_no_answer(legal_aid: Robot) -> None:
    finding = show(legal_aid, "weight-sum")
    assert finding.severity is Severity.ERROR
    assert not editor(legal_aid).isVisible()


def test_why_opens_and_closes_and_names_its_source(legal_aid: Robot) -> None:
    show(legal_aid, "weight-sum")
    current = card(legal_aid)
    height = current.sizeHint().height()
    click(current.why())
    assert current.why().text() == "收起"
    assert current.sizeHint().height() > height
    cards = child(legal_aid.window.panel, QListView)
    assert cards.visualRect(cards.currentIndex()).height() == current.sizeHint().height()
    click(current.why())
    assert current.sizeHint().height() == height


def test_a_stale_answer_says_so(legal_aid: Robot) -> None:
    warning = show(legal_aid, "over-achieved-unexplained")
    answer(legal_aid, WHY)
    assert warning.binding is not None
    legal_aid.type_indicator(warning.binding.row, "实际完成值", "300")
    found = again(legal_aid, warning.code)
    assert (found.answer, found.is_stale) == (WHY, True)
    show(legal_aid, warning.code)
    assert "说明（过时）" in card(legal_aid).accessibleName()


def test_a_form_that_is_only_looked_at_takes_no_answer(open_window: Open) -> None:
    open_window()
    answers = Answers()
    answers.answers = ["look"]
    second = open_window(answers=answers)
    second.open(LEGAL_AID, year=2020)
    show(second, "over-achieved-unexplained")
    answer(second, "甲")
    assert again(second, "over-achieved-unexplained").answer == ""
    assert editor(second).toPlainText() == ""


FOREIGN = ("甲\u00a0乙", "甲\r\n乙", "甲\u2028乙", "甲\x0b\x85\x00乙", "䶮㛃𬭎𠮷\n", "长" * 100_000)
"""What files bring: no-break spaces, other ends of lines, control characters, rare characters, a whole article."""


def bring(robot: Robot, text: str) -> str:
    """Give a 警告 an answer as a file would have brought it; return the code of the 警告."""
    warning = again(robot, "over-achieved-unexplained")
    robot.document.change(write_answer(robot.document.record, warning, text), text="导入")
    robot.document.undo_stack.clear()
    return warning.code


@pytest.mark.parametrize("text", FOREIGN, ids=range(len(FOREIGN)))
def test_looking_at_an_answer_from_a_file_changes_nothing(legal_aid: Robot, text: str) -> None:
    code = bring(legal_aid, text)
    before = legal_aid.document.record
    show(legal_aid, code)
    show(legal_aid, "weight-sum")
    show(legal_aid, code)
    assert legal_aid.document.record is before
    assert not legal_aid.document.undo_stack.canUndo()
    answer(legal_aid, "丙")
    kept = again(legal_aid, code).answer.removesuffix("丙")
    assert kept.splitlines() == text.splitlines()
    legal_aid.save_wait()
    assert legal_aid.window.forms.store.load(legal_aid.document.record.id) == legal_aid.document.record


def test_an_answer_from_a_file_stays_when_it_may_only_be_looked_at(open_window: Open) -> None:
    first = open_window()
    first.open(LEGAL_AID, year=2020)
    code = bring(first, FOREIGN[0])
    first.save_wait()
    answers = Answers()
    answers.answers = ["look"]
    second = open_window(answers=answers)
    second.open(LEGAL_AID, year=2020)
    show(second, code)
    answer(second, "丙")
    assert again(second, code).answer == editor(second).document().toRawText() == FOREIGN[0]


def test_what_is_pasted_loses_its_looks_and_nothing_else(legal_aid: Robot) -> None:
    show(legal_aid, "over-achieved-unexplained")
    data = QMimeData()
    data.setHtml("<h1>年中<b style='color:red'>新增</b>&nbsp;站</h1>")
    data.setText("年中新增\u00a0站\n䶮㛃𬭎𠮷")
    QApplication.clipboard().setMimeData(data)
    editor(legal_aid).setFocus()
    legal_aid.press("Ctrl+V")
    assert again(legal_aid, "over-achieved-unexplained").answer == data.text()
    QApplication.clipboard().clear()  # Python's object must not outlive Python: Qt would crash at the end


def test_the_check_sheet_is_shown_and_exported(legal_aid: Robot, tmp_path: Path) -> None:
    show(legal_aid, "over-achieved-unexplained")
    answer(legal_aid, WHY)
    click(next(one for one in children(legal_aid.window.panel, QPushButton) if one.text().startswith("审核单")))
    preview = legal_aid.dialog(PreviewDialog)
    assert isinstance(preview, PreviewDialog)
    assert preview.paper_text().startswith("A4 纵向")
    preview.export_asked.emit()
    preview.close()
    dialog = legal_aid.dialog(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert set(dialog.boxes) == {"pdf", "xlsx", "docx"}
    dialog.folder.setText(str(tmp_path))
    dialog.accept()
    legal_aid.until(lambda: len(list(tmp_path.glob("*审核单.*"))) == 2)


def test_a_fix_of_several_cells_is_shown_before_it_is_applied(legal_aid: Robot) -> None:
    cards = child(legal_aid.window.panel, CardsView)
    show(legal_aid, "over-achieved-unexplained")
    idle = cards.model().index(0, 0)
    before = legal_aid.document.record
    delegate = cards.itemDelegate()
    assert isinstance(delegate, CardDelegate)
    button = delegate.card_of(0).button_rect().translated(cards.visualRect(idle).topLeft())
    click(cards.viewport(), button.center())
    assert legal_aid.document.record == before  # the first click shows what would change
    assert cards.currentIndex() == idle
    assert "将改 7 格" in card(legal_aid).accessibleName()
    assert "30 → 27" in card(legal_aid).accessibleName()
    click(card(legal_aid).button())
    assert "weight-sum" not in legal_aid.findings()
    legal_aid.undo()
    assert legal_aid.document.record == before
