"""same-survey: one satisfaction figure in several projects."""

from __future__ import annotations

import pytest

from perfdesk.checks.between.surveys import surveys
from perfdesk.checks.context import make_context
from perfdesk.gathering.facts import year_of
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.gathering.support import filled


def project(name: str, actual: str, kind: FormKind = FormKind.PROJECT_SELF, label: str = "群众满意度") -> Filled:
    rows = (
        Indicator(name="办理案件", target="≥90件", actual=actual),
        Indicator(name=label, target="≥90%", actual=actual),
    )
    return filled(kind, name, indicators=rows)


def found(form: Filled, *others: Filled) -> list[Finding]:
    template, record = form
    context = make_context(template, record, assess(template, record), others)
    return list(surveys(context, year_of(record, others)))


def others(actual: str, count: int) -> tuple[Filled, ...]:
    return tuple(project(f"项目{number}", actual) for number in range(count))


def test_one_survey_of_three_projects() -> None:
    (one,) = found(project("法律援助", "96.3%"), *others("96.3 %", 2))
    assert (one.code, one.binding) == ("same-survey", Binding(Block.INDICATORS, "actual", row=1))
    assert one.title == "3 个项目的满意度相同"
    assert one.message == "满意度 96.3% 与“项目0”“项目1”一模一样。各项目应分别调查，请核对；共用一次调查的写明。"


def test_many_projects_are_counted() -> None:
    (one,) = found(project("法律援助", "95%"), *others("95%", 4))
    assert "与“项目0”“项目1”“项目2”等 4 个项目一模一样" in one.message


@pytest.mark.parametrize(
    ("actual", "count"), [("96.3%", 1), ("95%", 3), ("100%", 9), ("90%", 9), ("满意", 9), ("300人", 9), ("", 9)]
)
def test_figures_that_may_well_be_equal(actual: str, count: int) -> None:
    assert found(project("法律援助", actual), *others(actual, count)) == []


def test_only_satisfactions_of_projects_are_compared() -> None:
    assert found(project("法律援助", "96.3%", label="不满意率"), *others("96.3%", 3)) == []
    assert found(project("", "96.3%", FormKind.DEPARTMENT_SELF), *others("96.3%", 3)) == []
