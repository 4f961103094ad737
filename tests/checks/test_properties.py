"""Whatever is typed: nothing is raised, every fix mends what it promises and breaks nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.derive import follow
from perfdesk.model import Finding, FundRow, Indicator, Record, Severity, flatten
from perfdesk.template import Template
from tests.checks.support import NATIONAL, QIANNAN, VALUES, findings, fixed


def words(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(text.split())


TEMPLATE = st.sampled_from([NATIONAL, QIANNAN])
FIGURES = words(
    """
    0 1 3 5 8 10 10% 100 100% 95 95% 98.46 9.85 15 15.00 20 30 50 -1 0.5 1e9 １２ 1,200 15205000.00 4.8万元
    10万 十 … / — 无
    """
)
VALUE = st.one_of(
    FIGURES,
    words(
        """
    ≥70件 =95% ≥95% ≪5% ≥65万元 ≤3万元 400-500人 20件 70余件次 1次 253 优 显著提升
    应审尽审 达成 部分达成 未达成 满意度 ** 完成 2024年12月31日前 12月底前 ≤12.31日
    60天内 ≤15个工作日 达到95% 0起 >800元/件
    """
    ),
    st.text(max_size=8),
)
NAME = st.sampled_from(
    [
        "",
        "办理案件（件）",
        "年内完成200件案件(件）",
        "受援人满意度（100%）",
        "投诉率",
        "严格控制预算（万元）",
        "指标1：",
        "60天内办结",
        "合格率",
    ]
)
AMOUNT = st.one_of(st.just(""), FIGURES)
INDICATOR = st.builds(
    Indicator,
    level1=st.sampled_from(["", "产出指标", "效益指标", "满意度指标"]),
    level1_weight=st.sampled_from(["", "50", "30分"]),
    level2=st.sampled_from(["数量指标", "成本指标", "社会效益指标", "满意度指标", ""]),
    level2_weight=st.sampled_from(["", "", "20"]),
    name=NAME,
    target=VALUE,
    actual=VALUE,
    weight=st.one_of(st.sampled_from(["", "10", "20", "30"]), FIGURES),
    score=st.one_of(st.just(""), FIGURES),
    reason=st.sampled_from(["", "/", "案源增加"]),
)
FUND = st.builds(
    FundRow,
    st.just("资金"),
    AMOUNT,
    AMOUNT,
    AMOUNT,
    st.sampled_from(["", "10", "20"]),
    st.one_of(st.just(""), FIGURES),
    AMOUNT,
)
RECORD = st.builds(
    Record,
    id=st.just("1"),
    template_id=st.just(NATIONAL.id),
    year=st.just(2024),
    unit=st.sampled_from(MoneyUnit),
    values=st.sampled_from([VALUES, {}, {"goal_expected": "目标1：……", "goal_actual": "1.\n2."}]),
    funds=st.lists(FUND, max_size=5).map(tuple),
    indicators=st.lists(INDICATOR, max_size=5).map(tuple),
    stated=st.dictionaries(st.sampled_from(["total_weight", "total_score"]), FIGURES, max_size=2),
)
ANYTHING = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def errors(found: tuple[Finding, ...]) -> set[tuple[str, object]]:
    return {(one.code, one.binding) for one in flatten(found) if one.severity is Severity.ERROR}


@ANYTHING
@given(RECORD, TEMPLATE)
def test_checking_never_raises_and_every_fix_keeps_its_word(record: Record, template: Template) -> None:
    before = findings(record, template)
    for one in flatten(before):
        assert one.title
        assert one.message
        assert one.where
        if one.fix is None:
            continue
        after = findings(follow(template, record, fixed(record, one.fix)), template)
        assert (one.code, one.binding) not in {(each.code, each.binding) for each in flatten(after)}
        assert errors(after) <= errors(before), one.fix


@ANYTHING
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12), st.text(max_size=30))
def test_any_text_in_any_cell_is_read(target: str, actual: str, figure: str, prose: str) -> None:
    indicator = Indicator(prose, figure, prose, figure, prose, target, actual, figure, figure, prose, prose)
    fund = FundRow(prose, figure, figure, target, figure, actual, figure)
    record = Record("1", NATIONAL.id, 2024, values={"goal_expected": prose, "title": actual}, funds=(fund, fund))
    record = replace(record, indicators=(indicator, indicator), stated={"total_score": figure, "total_weight": target})
    for one in flatten(findings(record)):
        assert one.title.strip()
        assert one.where.strip()
