"""name-mismatch within one form: a name or an explanation of another business than everything else on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.checks.context import make_context
from perfdesk.checks.form.subjects import lines_in, subjects
from perfdesk.model import Finding, Indicator, Record
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.checks.support import GOOD, NATIONAL, TEMPLATES

GOAL = TEMPLATES["zhijiang-2024-project-goal"]
DEPARTMENT = TEMPLATES["zhijiang-2024-department-goal"]
AID = (
    Indicator(name="法律援助案件数", target_value="300", explanation="案件完成数"),
    Indicator(name="受援人满意度", target_value="95", explanation="受援人的评价"),
)


def goal_table(name: str, goal: str, rows: tuple[Indicator, ...] = AID) -> Record:
    values = {"project_name": name, "goal_expected": goal}
    return Record("1", GOAL.id, 2024, values=values, indicators=rows)


def found(record: Record, *others: Filled) -> list[Finding]:
    template = TEMPLATES[record.template_id]
    return list(subjects(make_context(template, record, assess(template, record), others)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("安置帮教经费", {"安置帮教"}),
        ("社区矫正和安置帮教", {"社区矫正", "安置帮教"}),
        ("办公经费", set()),
        ("村（社区）法律顾问", {"法律顾问"}),
    ],
)
def test_the_business_of_an_office_is_known_by_its_words(text: str, lines: set[str]) -> None:
    assert lines_in(text) == lines


def test_a_name_taken_from_another_project() -> None:
    (one,) = found(goal_table("安置帮教经费", "履行法律援助职责"))
    assert (one.code, one.where) == ("name-mismatch", "项目名称")
    assert one.message == "项目名称说的是安置帮教，目标和指标说的都是法律援助。请核对项目名称。"


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("法律援助经费", "履行法律援助职责"),
        ("办公经费", "履行法律援助职责"),
        ("安置帮教经费", "做好服务"),
        ("安置帮教经费", "做好法律援助和安置帮教"),
    ],
)
def test_a_name_that_fits_or_says_nothing(name: str, goal: str) -> None:
    assert found(goal_table(name, goal)) == []


def test_too_few_rows_prove_nothing() -> None:
    assert found(goal_table("安置帮教经费", "履行法律援助职责", AID[:1])) == []


def test_two_projects_of_one_name_are_told_elsewhere() -> None:
    twin = Filled(GOAL, goal_table("安置帮教经费", "帮助回归社会", ()))
    assert found(goal_table("安置帮教经费", "履行法律援助职责"), twin) == []
    last_year = Filled(GOAL, replace(twin.record, year=2023))
    assert len(found(goal_table("安置帮教经费", "履行法律援助职责"), last_year)) == 1


def test_an_explanation_copied_from_another_project() -> None:
    rows = (*AID, Indicator(name="完成及时率", explanation="社区矫正对象集中教育、走访等完成及时率"))
    (one,) = found(goal_table("法律援助经费", "履行法律援助职责", rows))
    assert (one.code, one.where, one.title) == ("name-mismatch", "完成及时率", "指标解释与项目不符")
    assert "社区矫正" in one.message


@pytest.mark.parametrize(
    ("name", "goal", "rows"),
    [
        ("业务经费", "做好服务", (Indicator(name="完成率", explanation="社区矫正完成率"),)),
        ("社区矫正经费", "做好矫正", (Indicator(name="完成率", explanation="社区矫正完成率"),)),
    ],
)
def test_an_explanation_that_fits_or_stands_alone(name: str, goal: str, rows: tuple[Indicator, ...]) -> None:
    assert found(goal_table(name, goal, rows)) == []


def test_a_form_of_the_whole_office_speaks_of_everything() -> None:
    record = replace(goal_table("安置帮教经费", "履行法律援助职责"), template_id=DEPARTMENT.id)
    assert found(record) == []


def test_a_self_assessment_has_a_name_but_no_explanations() -> None:
    wrong = replace(GOOD, values={**GOOD.values, "project_name": "公证工作经费"})
    assert found(replace(wrong, template_id=NATIONAL.id))[0].where == "项目名称"
