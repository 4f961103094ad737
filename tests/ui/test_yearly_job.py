"""The job of a year at the real window: first start, last year's form, the new year, a form by keyboard, 上报, all files."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from perfdesk.cli import main
from perfdesk.editing import get_text
from perfdesk.exchange.sealing import read_printed
from perfdesk.fingerprint import fingerprint
from perfdesk.model import Block, Severity, Verdict, open_findings
from tests.conftest import CASES, ROOT
from tests.qt_tools import children
from ui import opening
from ui.dialogs.batch import BatchDialog
from ui.findings.current import AnswerEdit
from ui.first import FirstStartDialog
from ui.locks import SUBMITTED
from ui.rolling import RollingDialog
from ui.rolling.dialog import ANSWERS, MADE
from ui.tools import now
from ui.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfdesk.model import Binding, Record
    from tests.robot import Open, Robot

Kind = TypeVar("Kind", bound=QDialog)

BUREAU = "示例县司法局"
OLD = "qiannan-2024-legal-aid.json"
"""Last year's form: the published one, and our sample of it."""
YEAR = 2025
RESULTS = "全年受理法律援助案件 326 件，回访受援人 118 人，补贴按标准发放到位。"
WHY = "上年的做法继续执行，结果经核对属实。"
PATIENCE = 60


def shown(robot: Robot, kind: type[Kind]) -> Kind:
    """Wait for a dialog that has the keyboard."""
    dialog = robot.dialog(kind)
    robot.until(dialog.isActiveWindow)
    assert isinstance(dialog, kind)
    return dialog


def begin(robot: Robot, app: QApplication) -> None:
    """First start: the three pages, answered with keys; no blank form, last year's come first."""
    window = robot.window
    samples = partial(opening.sample_window, app, window.appearance)
    Welcome(window, robot.answers, now=now, reopen=robot.settle, samples=samples).begin()
    dialog = shown(robot, FirstStartDialog)
    robot.keys(BUREAU)
    robot.press("Return")
    robot.press("Return")
    assert dialog.page() == 2
    tab_to(robot, dialog.time.begin)
    robot.press("Space")
    robot.press("Return")
    robot.settle()
    assert window.settings.word("bureau") == BUREAU
    assert robot.listed() == ()


def tab_to(robot: Robot, wanted: object) -> None:
    """Press Tab until a control has the keyboard."""
    for _ in range(PATIENCE):
        if QApplication.focusWidget() is wanted:
            return
        robot.press("Tab")
    raise AssertionError(f"Tab never comes to {wanted}")


def press_primary(robot: Robot, dialog: QDialog) -> None:
    """Tab to the primary button of a dialog and press it with the space bar."""
    tab_to(robot, next(one for one in children(dialog, QPushButton) if one.isDefault()))
    robot.press("Space")
    robot.settle()


def take_in(robot: Robot, path: Path) -> Record:
    """导入 of last year's form."""
    robot.answers.files = [path]
    robot.press("Ctrl+O")
    robot.until(robot.listed)
    robot.settle()
    while (note := QApplication.activeModalWidget()) is not None:  # what was read with a doubt is told
        assert isinstance(note, QDialog)
        robot.press("Return")
        robot.settle()
    return robot.document.record


def roll(robot: Robot) -> None:
    """由上年建立: every page with the keys it offers; what is asked stays as last year."""
    robot.window.commands["roll"].trigger()
    dialog = shown(robot, RollingDialog)
    for _ in range(PATIENCE):
        if dialog.step == MADE:
            break
        if dialog.step == ANSWERS:
            for _answer in dialog.plan.asked:
                robot.press("Alt+Down")
                robot.press("Return")
        press_primary(robot, dialog)
    press_primary(robot, dialog)
    assert robot.document.record.year == YEAR


def text_for(binding: Binding, old: Record) -> str:
    """What is typed into a blank cell: this year's results, figures as last year."""
    if binding.block is Block.VALUES and binding.key == "goal_actual":
        return RESULTS
    return get_text(old, binding) if binding.block in {Block.FUNDS, Block.INDICATORS} else ""


def fill(robot: Robot, old: Record) -> Mapping[Binding, str]:
    """Walk the form with Tab from its first cell and type into every blank one; no mouse."""
    typed: dict[Binding, str] = {}
    robot.window.desk.focus_sheet()
    robot.press("Ctrl+Home")
    seen: set[object] = set()
    while (cell := robot.window.desk.current_cell()) is not None and (cell.binding, cell.tick) not in seen:
        seen.add((cell.binding, cell.tick))
        assert cell.binding is not None
        text = "" if get_text(robot.document.record, cell.binding) or cell.tick else text_for(cell.binding, old)
        if text:
            robot.keys(text)
            typed[cell.binding] = text
        robot.press("Tab")
    return typed


def misstate(robot: Robot) -> None:
    """Type another score over a computed one: Tab to a 分值, → to the 得分 beside it, F2."""
    robot.press("Ctrl+Home")
    for _ in range(PATIENCE):
        cell = robot.window.desk.current_cell()
        assert cell is not None
        assert cell.binding is not None
        if (cell.binding.block, cell.binding.key) == (Block.INDICATORS, "score"):
            robot.press("F2")
            robot.keys("1")
            robot.press("Return")
            return
        robot.press("Right" if cell.binding.key == "weight" else "Tab")
    raise AssertionError("no key comes to a 得分")


def mend(robot: Robot) -> tuple[int, int]:
    """F8 from finding to finding: the fix where there is one, else a 说明; return how many of both."""
    fixed = said = 0
    for _ in range(PATIENCE):
        todo = [one for one in open_findings(robot.document.derived.findings) if one.severity is not Severity.HINT]
        if not todo:
            return fixed, said
        robot.press("F8")
        finding = robot.window.panel.current_finding()
        if finding is None or finding not in todo:
            continue
        if finding.fix is not None:
            robot.press("Ctrl+.")
            fixed += 1
            continue
        assert finding.severity is Severity.WARNING, f"nothing to do about {finding.title}: {finding.message}"
        answer(robot)
        said += 1
    raise AssertionError(f"still open: {[one.title for one in todo]}")


def answer(robot: Robot) -> None:
    """F6 to 审核, Tab to the field of the 说明, and type."""
    for _ in range(PATIENCE):
        focus = QApplication.focusWidget()
        if isinstance(focus, AnswerEdit):
            break
        robot.press("Tab" if focus is not None and robot.window.panel.isAncestorOf(focus) else "F6")
    assert isinstance(QApplication.focusWidget(), AnswerEdit)
    robot.keys(WHY)
    robot.press("Escape")


def hand_in(robot: Robot) -> str:
    """上报; the files come with those of the year. Return the 校验码."""
    robot.window.commands["submit"].trigger()
    robot.settle()
    press_primary(robot, shown(robot, QDialog))
    robot.until(lambda: robot.document.lock is SUBMITTED)
    robot.settle()
    while (left := QApplication.activeModalWidget()) is not None:
        assert isinstance(left, QDialog)
        left.reject()
        robot.settle()
    return fingerprint(robot.document.record)


def write_year(robot: Robot, folder: Path) -> dict[str, Path]:
    """全年导出; return the files by their ending."""
    robot.window.commands["batch"].trigger()
    dialog = shown(robot, BatchDialog)
    dialog.folder.setText(str(folder))
    robot.press("Return")
    robot.until(lambda: len(list(folder.rglob("*自评表.*"))) == 2)
    robot.settle()
    return {path.suffix: path for path in folder.rglob("*自评表.*")}


def sums(path: Path) -> tuple[Decimal, Decimal]:
    """Return the total that a spreadsheet prints, and the sum of the 得分 above it (the column differs from block to block)."""
    column, scores = 0, Decimal(0)
    for values in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True):
        row = ["".join(str(text or "").split()) for text in values]
        if row[0].startswith("总分"):
            return Decimal(row[column]), scores
        column = row.index("得分") if "得分" in row else column
        scores += Decimal(row[column]) if is_number(row[column]) else 0
    raise AssertionError("no 总分")


def is_number(text: str) -> bool:
    return bool(text) and text.replace(".", "", 1).isdecimal()


@pytest.mark.parametrize("folder_of_last_year", [CASES, ROOT / "tests" / "samples"], ids=["published", "sample"])
def test_the_job_of_a_year(
    folder_of_last_year: Path,
    open_window: Open,
    qapp: QApplication,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not folder_of_last_year.is_dir():
        pytest.skip("the published cases are not beside the repository")
    robot = open_window(empty=True)
    begin(robot, qapp)
    old = take_in(robot, folder_of_last_year / OLD)
    assert old.year == YEAR - 1
    roll(robot)
    typed = fill(robot, old)
    assert RESULTS in typed.values()
    assert {one.block for one in typed} == {Block.VALUES, Block.FUNDS, Block.INDICATORS}
    assert all(get_text(robot.document.record, one) == text for one, text in typed.items())
    misstate(robot)
    assert min(mend(robot)) > 0, "something was put right by its fix, something else was answered"
    assert len(robot.document.record.answers) > 0
    assert robot.document.derived.verdict is Verdict.READY
    total = robot.document.derived.assessment.total
    code = hand_in(robot)
    files = write_year(robot, tmp_path / "上报")
    record = robot.document.record
    for path in files.values():
        printed = read_printed(path.read_bytes(), name=path.name)
        assert printed.seal is not None
        assert printed.seal.code == code
        words = "".join("".join(printed.texts).split())
        assert RESULTS.replace(" ", "") in words
    assert sums(files[".xlsx"]) == (total, total)
    assert main(["verify", *map(str, files.values())]) == 0
    assert "2 份内容相同。" in capsys.readouterr().out
    assert robot.close()
    again = open_window(empty=True)
    assert [(one.year, one.submitted) for one in again.window.forms.lines] == [(YEAR, True), (YEAR - 1, False)]
    again.open(next(one.name for one in again.window.forms.lines), year=YEAR)
    assert again.document.record == record
    assert again.document.lock is SUBMITTED
    assert again.answers.said == robot.answers.said == []
