"""湖北 项目支出绩效自评表: 20 points for the budget, points of a goal shared by its rows, 反向指标 by formula B. Own figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.checks import check
from perfdesk.editing import get_text
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.layout import Layout
from perfdesk.model import Finding, Indicator, Record
from perfdesk.policy import Band, ReverseFormula
from perfdesk.scoring import assess
from perfdesk.template import Template

D = Decimal
PATH = Path(__file__).parent / "forms" / "hubei-2020-public-legal-service.json"
DEVIATION = "偏差大或目标未完成原因分析"


@pytest.fixture
def template(templates: Mapping[str, Template]) -> Template:
    return templates["hubei-2020-project-self"]


@pytest.fixture
def record(templates: Mapping[str, Template]) -> Record:
    return read_records(PATH, templates, new_id=lambda: "hubei").records[0]


@pytest.fixture
def findings(template: Template) -> Callable[[Record], tuple[Finding, ...]]:
    return lambda record: check(template, record, assess(template, record))


def with_rows(record: Record, *places: int, **texts: str) -> Record:
    """Return the form with these texts in some of its rows."""
    rows = tuple(replace(one, **texts) if place in places else one for place, one in enumerate(record.indicators))
    return replace(record, indicators=rows)


def without_reason(record: Record) -> Record:
    return replace(record, values={**record.values, "deviation": "无"})


def test_the_policy_is_that_of_the_form(template: Template) -> None:
    policy = template.policy
    assert (policy.total_weight, policy.budget_weight, policy.reverse) == (D(100), D(20), ReverseFormula.B)
    assert (policy.achieved, policy.partly, policy.missed) == (
        Band(D(80), D(100), high_included=True),
        Band(D(50), D(80), high_included=False),
        Band(D(0), D(50), high_included=False),
    )
    assert not policy.group_weights


def test_it_is_read_and_written_as_it_lies_there(record: Record, templates: Mapping[str, Template]) -> None:
    assert write_records((record,), templates) == PATH.read_text(encoding="utf-8")


def test_its_scores_add_up(template: Template, record: Record) -> None:
    result = assess(template, record)
    assert result.budget is not None
    assert result.budget.explanation == "79.9 ÷ 85 ＝ 94.00%，20 × 94.00%，记 18.80 分"
    assert [one.weight for one in result.scores] == [D("12.5")] * 4 + [D(10)] * 3
    scores = [one.effective for one in result.scores]
    assert scores == [D("12.5"), D("12.5"), D("9.38"), D("12.5"), D(10), D(9), D("6.5")]
    assert result.scores[2].explanation == "3天 ÷ 4天 ＝ 75%，12.5 × 75% ＝ 9.38 分"
    assert (result.weight_total, result.total, result.grade) == (D(100), D("91.18"), "优")


def test_a_form_filled_in_whole_has_nothing_to_mend(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    assert findings(record) == ()


def test_points_of_goals_that_make_no_hundred_are_said_goal_by_goal(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    (found,) = (one for one in findings(with_rows(record, 4, 5, 6, goal_weight="25")) if one.code == "weight-sum")
    assert found.message == "50＋25 ＋ 执行率 20 ＝ 95，比 100 少 5 分。"
    assert found.where == "年度绩效目标"
    cells = [one for one in (found.binding, *found.also) if one is not None]
    assert [get_text(record, one).partition("：")[0] for one in cells] == ["年度绩效目标1", "年度绩效目标2"]


@pytest.mark.parametrize(
    ("points", "title"), [("", "没有填分值"), ("三十", "分值不是数"), ("30分", None), ("３０", None)]
)
def test_a_goal_without_points_is_asked_for_them(
    points: str, title: str | None, record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    codes = {one.code: one for one in findings(with_rows(record, 4, 5, 6, goal_weight=points))}
    assert "weight-sum" not in codes
    assert (codes["weight-missing"].title if "weight-missing" in codes else None) == title
    if title:
        assert codes["weight-missing"].where == record.indicators[4].goal


def test_a_goal_that_is_being_typed_waits_for_its_points(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    rows = (*record.indicators[:4], Indicator(goal="", level1="产出指标", name="", goal_weight=""))
    started = (*record.indicators[:4], Indicator(goal="年度绩效目标2", level1="产出指标", name="开展宣传"))
    for one in (rows, started):
        assert "weight-missing" not in {found.code for found in findings(replace(record, indicators=one))}


def test_a_nameless_goal_without_points_is_named_by_its_column(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    bare = with_rows(record, *range(7), goal="", goal_weight="")
    assert {one.where for one in findings(bare) if one.code == "weight-missing"} == {"年度绩效目标"}


def test_one_row_of_a_large_goal_is_too_heavy_where_it_stands(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    alone = replace(record, indicators=(record.indicators[0], *record.indicators[4:]))
    (found,) = (one for one in findings(alone) if one.code == "row-too-heavy")
    assert found.binding is not None
    assert found.binding.key == "name"


def test_what_was_lost_wants_one_reason_for_the_whole_form(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    (found,) = findings(without_reason(record))
    assert (found.code, found.where, found.stated) == ("lost-points-unexplained", DEVIATION, "7.62")
    assert found.message == "平均指派时间、人民调解案件数、群众法治意识失了 7.62 分，没有写偏差原因。"
    assert [one.row for one in found.also] == [2, 5, 6]
    more = next(iter(findings(without_reason(with_rows(record, 0, actual="150件")))))
    assert more.message.startswith("办理法律援助案件数、平均指派时间、人民调解案件数等 4 项失了 13.87 分")


def test_what_was_far_exceeded_wants_a_reason_too(
    record: Record, findings: Callable[[Record], tuple[Finding, ...]]
) -> None:
    more = with_rows(record, 2, actual="3天")
    more = with_rows(with_rows(more, 5, actual="1200件"), 6, score="10", actual="达成预期指标")
    more = with_rows(more, 4, actual="90场")
    assert findings(more) == ()
    (found,) = findings(without_reason(more))
    assert (found.code, found.where) == ("over-achieved-unexplained", DEVIATION)
    assert found.message == "开展法治宣传活动场次的完成值超过指标值 30%，须说明原因。"


def test_its_boxes_follow_their_words(record: Record, lay: Callable[[Record], Layout]) -> None:
    texts = {cell.text for cell in lay(record).sheet.cells}
    assert "1、部门预算项目☑　2、省直专项□　3、省对下转移支付项目□" in texts


def test_a_long_list_repeats_its_header_and_goal(record: Record, lay: Callable[[Record], Layout]) -> None:
    rows = tuple(replace(record.indicators[0], name=f"第{place}批案件办结数") for place in range(60))
    pages = lay(replace(record, indicators=rows)).pages
    goal = record.indicators[0].goal
    assert len(pages) > 1
    for page in pages[:2]:
        shown = ["".join(line.text for line in fragment.lines) for fragment in page.fragments]
        assert any(text.startswith("三级指标") for text in shown)
        assert any(text.startswith(goal) for text in shown)
