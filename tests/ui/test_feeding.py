"""Forms that feed forms, in the real window: 取目标表, 取本年各表的数, and findings that follow the other forms."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton

from perfdesk.model import FormKind, Indicator, Verdict
from perfdesk.sheet import Role
from perfdesk.template import Shelf
from tests.gathering.support import TEMPLATES, goal, money, record, section, template
from tests.qt_tools import children
from tests.robot import Open, Robot
from tests.ui.on_forms import opened
from ui.dialogs.sources import SourcesDialog
from ui.sheet.model import SheetModel

GOALS = (
    goal("案件数", "≥", "300", "件", explanation="案件完成数", scoring_rule="完成率×分值"),
    goal("天数", "≥", "460", "天"),
)
GOAL = record(FormKind.PROJECT_GOAL, "法律援助经费", funds=money("17"), indicators=GOALS)
OTHER = record(FormKind.PROJECT_GOAL, "普法经费", indicators=(goal("培训", "≥", "3", "期"),))
BLANK = (Indicator(level1="产出指标", level2="数量指标"),)
SELF = record(FormKind.PROJECT_SELF, "法律援助经费", funds=money("", "17", "17"), indicators=BLANK)


def run(robot: Robot, action: str) -> None:
    robot.window.commands[action].trigger()


def link(robot: Robot, word: str) -> QPushButton:
    return next(one for one in children(robot.window.toast, QPushButton) if one.text() == word)


def names(robot: Robot) -> list[str]:
    return [row.name for row in robot.document.record.indicators]


def test_the_goals_of_the_project_are_taken_in_one_step(open_window: Open) -> None:
    robot = opened(open_window, SELF, GOAL, OTHER)
    before = robot.document.record
    run(robot, "take_goals")
    assert names(robot) == ["案件数", "天数"]
    assert robot.document.record.funds[0].initial_budget == "17"
    assert robot.toast() == "已从“项目支出绩效目标表（法律援助经费）”取来 3 处，填过的没有动"
    robot.undo()
    assert robot.document.record == before


def test_the_toast_takes_it_back(open_window: Open) -> None:
    robot = opened(open_window, SELF, GOAL)
    before = robot.document.record
    run(robot, "take_goals")
    link(robot, "撤销").click()
    assert robot.document.record == before


def test_what_was_said_of_a_form_goes_with_it(open_window: Open) -> None:
    robot = opened(open_window, SELF, GOAL, OTHER)
    run(robot, "take_goals")
    assert robot.toast()
    robot.window.session.open(OTHER.id)
    assert robot.toast() == ""
    robot.window.toast.say("已自动保存")
    robot.window.session.open(SELF.id)
    assert robot.toast() == "已自动保存"


def test_goals_are_offered_to_a_form_without_indicators(open_window: Open) -> None:
    untouched = replace(SELF, id="new", indicators=TEMPLATES[FormKind.PROJECT_SELF].starter)
    robot = opened(open_window, GOAL, untouched, SELF)
    assert robot.toast() == ""
    robot.window.session.open(SELF.id)
    assert robot.toast() == "", "its rows are not those of the blank form"
    robot.window.session.open(untouched.id)
    assert robot.toast() == "指标还没有填，可以从已填的目标表取来"
    link(robot, "取目标表").click()
    assert names(robot)[:2] == ["案件数", "天数"]
    robot.window.session.open(GOAL.id)
    assert robot.toast() == ""


def test_what_came_after_is_not_taken_back(open_window: Open) -> None:
    robot = opened(open_window, SELF, GOAL)
    run(robot, "take_goals")
    back = link(robot, "撤销")
    robot.type("主管部门", "9")
    after = robot.document.record
    back.click()
    assert robot.document.record == after
    assert robot.toast() == "后面又改过别的，可以用“撤销”一步一步退回"


def test_nothing_new_is_said_so(open_window: Open) -> None:
    robot = opened(open_window, SELF, GOAL)
    run(robot, "take_goals")
    run(robot, "take_goals")
    assert robot.toast() == "“项目支出绩效目标表（法律援助经费）”里的内容本表都有了，没有改动"


@pytest.mark.parametrize(("row", "taken"), [(0, "案件数"), (1, "培训")])
def test_where_no_name_fits_the_clerk_chooses(open_window: Open, row: int, taken: str) -> None:
    robot = opened(open_window, replace(SELF, values={"project_name": "另一个叫法"}), GOAL, OTHER)
    run(robot, "take_goals")
    dialog = robot.dialog(SourcesDialog)
    (listed,) = children(dialog, QListWidget)
    assert [listed.item(at).text() for at in range(2)] == [
        "项目支出绩效目标表（法律援助经费） · 2024",
        "项目支出绩效目标表（普法经费） · 2024",
    ]
    listed.setCurrentRow(row)
    dialog.accept()
    assert names(robot)[0] == taken
    assert robot.document.record.value("project_name") == "另一个叫法"


def test_the_goals_of_the_year_before_serve_too(open_window: Open) -> None:
    robot = opened(open_window, SELF, replace(GOAL, year=2023))
    assert robot.window.commands["take_goals"].isEnabled()
    run(robot, "take_goals")
    assert names(robot) == ["案件数", "天数"]


def test_without_a_goal_table_there_is_nothing_to_take(open_window: Open) -> None:
    robot = opened(open_window, SELF)
    assert not robot.window.commands["take_goals"].isEnabled()
    robot.window.errands.feeding.take_goals(robot.document)
    assert robot.toast() == "本年和上年都没有可取的目标表"


def test_the_cell_says_what_the_goal_table_says(open_window: Open) -> None:
    robot = opened(open_window, SELF, GOAL)
    run(robot, "take_goals")
    binding = robot.cell("实际", "案件数").binding
    model = robot.window.desk.sheet.model()
    assert isinstance(model, SheetModel)
    assert binding is not None
    tip = model.index_of(binding).data(Qt.ItemDataRole.ToolTipRole)
    assert "指标解释：案件完成数" in tip
    assert "评(扣)分标准：完成率×分值" in tip


DEPARTMENT = record(FormKind.DEPARTMENT_SELF, funds=money("", "100", "100"))
LAW = record(FormKind.PROJECT_SELF, "普法经费", funds=money("8", "8", "8"))


def test_the_figures_of_the_year_fill_the_blank_cells(open_window: Open) -> None:
    robot = opened(open_window, DEPARTMENT, LAW)
    run(robot, "take_figures")
    assert dict(robot.document.record.values) == {"projects": "8", "basic": "92"}
    assert robot.toast() == "已填 2 格：项目支出 8、基本支出 92"
    link(robot, "看出处").click()
    assert "项目支出：8（项目支出绩效自评表（普法经费） › 全年执行数）" in robot.answers.said[-1]
    run(robot, "take_figures")
    assert robot.toast() == "没有空格可填：其他表里没有现成的数，或者都已填好"
    robot.undo()
    assert not robot.document.record.values


def test_a_change_in_one_form_is_seen_in_the_other_when_it_comes_back(open_window: Open) -> None:
    department = replace(DEPARTMENT, values={"projects": "8"})
    robot = opened(open_window, department, LAW)
    assert "cross-form" not in robot.findings()
    robot.window.session.open(LAW.id)
    robot.type("全年执行数", "7.9", "年度资金总额")
    robot.window.session.open(department.id)
    assert "cross-form" in robot.findings()
    robot.apply_fix("cross-form")
    assert robot.document.record.value("projects") == "7.9"


def test_deleted_forms_count_no_more(open_window: Open) -> None:
    department = replace(DEPARTMENT, values={"projects": "8"})
    wrong = replace(LAW, funds=money("8", "8", "7.9"))
    robot = opened(open_window, department, wrong)
    assert "cross-form" in robot.findings()
    robot.window.errands.bin.trash(wrong.id)
    assert "cross-form" not in robot.findings()
    robot.window.forms.restore(wrong.id)
    assert "cross-form" in robot.findings()


def test_the_mark_in_the_list_follows_the_other_forms(open_window: Open) -> None:
    report = record(FormKind.REPORT, sections=(section("一、概况", "全年执行数100万元。"),))
    robot = opened(open_window, DEPARTMENT, LAW)
    bare = template(FormKind.REPORT, id=report.template_id, blocks=(), fields=(), starter=())
    forms = robot.window.forms
    forms.attach(forms.store, partial(Shelf, {**forms.templates, bare.id: bare}))
    forms.adopt((report,))
    forms.relist()

    def mark() -> Verdict | None:
        robot.settle()
        line = forms.line(report.id)
        return line.state.verdict if line is not None and line.state is not None else None

    assert mark() is Verdict.READY
    robot.type("全年执行数", "90", "年度资金总额")
    robot.window.session.open(LAW.id)
    assert mark() is Verdict.TO_EXPLAIN


def test_a_summary_gets_its_rows_and_is_no_less_saved(open_window: Open) -> None:
    summary = record(FormKind.SUMMARY)
    robot = opened(open_window, summary, LAW)
    assert [row.text("project_name") for row in robot.document.record.rows] == ["普法经费"]
    assert robot.document.is_saved
    robot.window.forms.adopt((replace(SELF, id="later"),))
    robot.window.forms.relist()
    assert [row.text("project_name") for row in robot.document.record.rows] == ["普法经费", "法律援助经费"]
    assert robot.document.is_saved


def test_a_summary_says_why_no_row_is_inserted_and_opens_where_something_can_be_typed(open_window: Open) -> None:
    summary = replace(record(FormKind.SUMMARY), values={"title": "汇总表", "agency": "青山县司法局"})
    robot = opened(open_window, summary, LAW)
    commands = robot.window.commands
    assert not commands["insert_row"].isEnabled()
    assert commands["insert_row"].toolTip() == commands["delete_row"].toolTip()
    assert commands["insert_row"].toolTip().startswith("各行取自本年的自评表")
    assert commands["insert_row"].iconText().strip() == "插入行"
    cell = robot.window.desk.current_cell()
    assert cell is not None
    assert cell.role is not Role.COMPUTED
    inserts = next(one for one in robot.window.desk.sheet.rows.menu().actions() if "插入" in one.text())
    assert (inserts.isEnabled(), inserts.toolTip()) == (False, commands["insert_row"].toolTip())
    robot.window.session.open(LAW.id)
    assert commands["insert_row"].isEnabled()
    assert commands["insert_row"].toolTip() == "在下面插入指标（Ctrl+Shift+＋）"
