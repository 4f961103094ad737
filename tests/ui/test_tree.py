"""The list of forms: which group a form stands in, what it is called there, and what stands at its right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from perfdesk.model import FormKind, Verdict
from ui.home.tree import AUTOMATIC, DEPARTMENT, GOALS, MONITORING, PROJECTS, FormTree, completion_of
from ui.lines import Line
from ui.marking import State

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HALF = State(Verdict.FILLING, Decimal("0.5"))
LEGAL_AID = "法律援助工作经费"
SUMMARY = "2024年度项目支出绩效自评汇总表"


def _line(name: str, kind: FormKind, *, year: int = 2024) -> Line:
    return Line(f"{year}-{name}-{kind.value}", name, year, kind, HALF)


@pytest.fixture
def tree(qtbot: QtBot) -> FormTree:
    made = FormTree()
    qtbot.addWidget(made)
    return made


def _shown(tree: FormTree) -> list[tuple[str, ...]]:
    """What stands below each year, top to bottom."""
    model = tree.model()
    years = [model.index(row, 0) for row in range(model.rowCount())]
    return [tuple(str(model.index(row, 0, year).data()) for row in range(model.rowCount(year))) for year in years]


def test_goals_monitoring_and_self_assessment_stand_apart(tree: FormTree) -> None:
    kinds = (FormKind.PROJECT_MONITORING, FormKind.PROJECT_GOAL, FormKind.PROJECT_SELF)
    tree.show_lines(_line(LEGAL_AID, kind) for kind in kinds)
    assert _shown(tree) == [(PROJECTS, LEGAL_AID, GOALS, LEGAL_AID, MONITORING, LEGAL_AID)]


def test_a_form_of_no_project_is_called_by_its_kind(tree: FormTree) -> None:
    tree.show_lines(
        (_line("某县司法局部门整体支出绩效自评表", FormKind.DEPARTMENT_SELF), _line(SUMMARY, FormKind.SUMMARY))
    )
    assert _shown(tree) == [(DEPARTMENT, "部门整体自评表", "自评汇总表")]


def test_two_of_a_kind_in_a_year_keep_their_names(tree: FormTree) -> None:
    names = ("甲单位部门整体支出绩效自评表", "乙单位部门整体支出绩效自评表")
    old = _line("部门整体支出绩效自评表", FormKind.DEPARTMENT_SELF, year=2023)
    tree.show_lines((*(_line(name, FormKind.DEPARTMENT_SELF) for name in names), old))
    assert _shown(tree) == [(DEPARTMENT, *names), (DEPARTMENT, "部门整体自评表")]


def test_the_summary_fills_itself(tree: FormTree) -> None:
    assert completion_of(_line(SUMMARY, FormKind.SUMMARY)) == AUTOMATIC
    assert completion_of(_line(LEGAL_AID, FormKind.PROJECT_SELF)) == "50%"
    assert completion_of(Line("1", LEGAL_AID, 2024, FormKind.PROJECT_SELF, None)) == ""
