"""与上年: targets, weights, names and texts of a form against those of the year before, in the figures of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.checks.between.last_year import last_year
from perfdesk.checks.context import make_context
from perfdesk.model import Binding, Block, Finding, FormKind, FundRow, Indicator, Section
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.gathering.support import filled

NAME = "法律援助工作经费"


def form(kind: FormKind = FormKind.PROJECT_SELF, name: str = NAME, /, *rows: Indicator, **parts: object) -> Filled:
    return filled(kind, name, indicators=rows, **parts)


def before(one: Filled) -> Filled:
    """The same form as one of the year before."""
    return Filled(one.template, replace(one.record, id=f"{one.record.id}-before", year=one.record.year - 1))


def old(*rows: Indicator, **parts: object) -> Filled:
    return before(form(FormKind.PROJECT_SELF, NAME, *rows, **parts))


def row(name: str = "办理法律援助案件", target: str = "≥150件", actual: str = "", **more: str) -> Indicator:
    return Indicator("产出指标", level2="数量指标", name=name, target=target, actual=actual, **more)


def found(one: Filled, *others: Filled) -> tuple[Finding, ...]:
    template, own = one
    return tuple(last_year(make_context(template, own, assess(template, own), others)))


def codes(one: Filled, *others: Filled) -> list[str]:
    return [each.code for each in found(one, *others)]


# ------------------------------------------------------------------------------------------------------------- targets
def test_a_lowered_target_is_told_with_what_was_reached() -> None:
    (one,) = found(form(FormKind.PROJECT_SELF, NAME, row(target="≥120件")), old(row(actual="160件")))
    assert (one.code, one.where, one.binding) == (
        "target-lowered",
        "办理法律援助案件",
        Binding(Block.INDICATORS, "target", row=0),
    )
    assert one.message == "上年 “≥150件”，本年 “≥120件”，降低 20%，超过 5%，没有写原因。上年实际完成 “160件”。"
    assert (one.stated, one.computed) == ("≥120件", "≥150件")


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("≥150件", "≥143件", []),  # 4.67 %
        ("≥150件", "≥142件", ["target-lowered"]),
        ("≥150件", "≥160件", []),
        ("≥95%", "≥90%", ["target-lowered"]),
        ("≤5起", "≤8起", ["target-lowered"]),
        ("≤8起", "≤5起", []),
        ("0起", "≤2起", ["target-lowered"]),
        ("≥150件", "≤5件", []),  # another kind of promise
        ("15个工作日内", "20个工作日内", ["target-lowered"]),
        ("≥3万元", "≥1万元", []),  # money follows the budget
        ("≥150件", "显著提升", []),
        ("2023年12月31日前", "2024年12月31日前", []),
        ("", "≥100件", []),
        ("≥-2件", "≥-5件", []),
    ],
)
def test_targets_of_two_years(was: str, now: str, code: list[str]) -> None:
    assert codes(form(FormKind.PROJECT_SELF, NAME, row(target=now)), old(row(target=was))) == code


def test_a_loosened_limit_of_none_has_no_share() -> None:
    (one,) = found(form(FormKind.PROJECT_SELF, NAME, row(target="≤2起")), old(row(target="0起")))
    assert (one.title, one.message) == ("指标值比上年宽", "上年 “0起”，本年 “≤2起”，没有写原因。")


@pytest.mark.parametrize("why", [{"reason": "县城撤并两个所，来访减少"}, {"remark": "任务由市局统一下达"}])
def test_a_word_about_it_is_enough(why: dict[str, str]) -> None:
    lowered = row(target="≥120件")
    assert codes(form(FormKind.PROJECT_SELF, NAME, replace(lowered, **why)), old(row())) == []
    assert codes(form(FormKind.PROJECT_SELF, NAME, replace(lowered, reason="无")), old(row())) == ["target-lowered"]


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("15", "12", []),
        ("15", "14", ["target-lowered"]),
        ("0", "14", ["target-lowered"]),
        ("", "14", ["target-lowered"]),
    ],
)
def test_a_target_that_follows_the_budget_is_fine(was: str, now: str, code: list[str]) -> None:
    funds = {year: (FundRow("年度资金总额", text),) for year, text in (("was", was), ("now", now))}
    one = form(FormKind.PROJECT_SELF, NAME, row(target="≥120件"), funds=funds["now"])
    assert codes(one, old(row(), funds=funds["was"])) == code


def test_costs_are_left_to_the_budget() -> None:
    cost = replace(row("每案补贴", "≤3件"), level2="成本指标")
    assert codes(form(FormKind.PROJECT_SELF, NAME, replace(cost, target="≤9件")), old(cost)) == []


def test_a_target_far_below_what_was_reached() -> None:
    rows = row("年内办理案件", "≥100件")
    (one,) = found(form(FormKind.PROJECT_SELF, NAME, rows), old(replace(rows, actual="253件")))
    assert one.code == "target-too-easy"
    assert one.message == (
        "上年实际完成 “253件”，本年指标值 “≥100件”，(253 − 100) ÷ 100 ＝ ＋153%，超过 30%，没有写原因。"
    )


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥100件", "130件"),
        ("≥100件", "完成"),
        ("≤10件", "30件"),
        ("≥100件", "253次"),
        ("≥0件", "30件"),
        ("≥-1件", "3件"),
    ],
)
def test_what_was_reached_and_is_no_reproach(target: str, actual: str) -> None:
    rows = row("年内办理案件", target)
    assert codes(form(FormKind.PROJECT_SELF, NAME, rows), old(replace(rows, actual=actual))) == []


def test_a_goal_table_knows_last_years_results_and_targets() -> None:
    goal = Indicator(
        "产出指标", level2="数量指标", name="办理案件", indicator_type="≥", target_value="100", measure_unit="件"
    )
    mine = filled(FormKind.PROJECT_GOAL, NAME, indicators=(goal,))
    mine = Filled(replace(mine.template, blocks=()), mine.record)
    assert codes(mine, old(row("办理案件", "≥100件", "253件"))) == ["target-too-easy"]
    lowered = before(filled(FormKind.PROJECT_GOAL, NAME, indicators=(replace(goal, target_value="200"),)))
    (one,) = found(mine, lowered, old(row("办理案件", "≥100件", "253件")))
    assert (one.code, one.message[-13:]) == ("target-lowered", "上年实际完成 “253件”。"[-13:])


def test_what_the_goal_table_says_is_not_said_again() -> None:
    goal = filled(FormKind.PROJECT_GOAL, NAME, indicators=(row(target="≥120件"),))
    mine = form(FormKind.PROJECT_SELF, NAME, row(target="≥120件"))
    assert codes(mine, old(row()), goal) == []


@pytest.mark.parametrize("name", ["2023年法律援助工作经费", "法律援助工作经费（2023）"])
def test_years_in_a_projects_name_do_not_count(name: str) -> None:
    last = before(form(FormKind.PROJECT_SELF, name, row()))
    mine = form(FormKind.PROJECT_SELF, "2024年法律援助工作经费", row(target="≥120件"))
    assert codes(mine, last) == ["target-lowered"]


def test_without_a_form_of_the_project_nothing_is_compared() -> None:
    mine = form(FormKind.PROJECT_SELF, NAME, row(target="≥1件"))
    assert codes(mine) == []
    assert codes(mine, before(form(FormKind.PROJECT_SELF, "社区矫正经费", row()))) == []
    twins = (old(row()), before(form(FormKind.PROJECT_SELF, NAME, row(), id="2")))
    assert codes(mine, *twins) == []
    assert (
        codes(form(FormKind.PROJECT_SELF, "", row(target="≥1件")), before(form(FormKind.PROJECT_SELF, "", row()))) == []
    )
    report = filled(FormKind.SUMMARY, "")
    assert codes(report, old(row())) == []


def test_an_indicator_that_stands_twice_means_nobody() -> None:
    mine = form(FormKind.PROJECT_SELF, NAME, row(target="≥1件"))
    assert codes(mine, old(row(), row())) == []


# ------------------------------------------------------------------------------------------------------------- weights
def test_weights_that_moved_are_told_once() -> None:
    names = ("办理案件", "回访当事人", "培训调解员", "宣传活动")
    was = old(*(row(name, weight="10") for name in names))
    mine = form(FormKind.PROJECT_SELF, NAME, *(row(name, weight="16") for name in names), row("新指标", weight="9"))
    (one,) = found(mine, was)
    assert (one.code, one.title, len(one.also)) == ("weight-moved", "4 项分值与上年差得多", 3)
    assert one.message == (
        "与上年相比，分值变动超过 5 分：“办理案件”10 → 16；“回访当事人”10 → 16；“培训调解员”10 → 16等。请看是否有意调整。"
    )


@pytest.mark.parametrize(("was", "now"), [("10", "15"), ("10", "10"), ("", "40"), ("多", "40")])
def test_weights_that_stay(was: str, now: str) -> None:
    assert codes(form(FormKind.PROJECT_SELF, NAME, row(weight=now)), old(row(weight=was))) == []


# --------------------------------------------------------------------------------------------------------------- names
def test_an_indicator_of_another_spelling() -> None:
    (one,) = found(form(FormKind.PROJECT_SELF, NAME, row("办理法律援助的案件")), old(row("办理法律援助案件")))
    assert (one.code, one.stated, one.computed) == ("renamed", "办理法律援助的案件", "办理法律援助案件")
    assert one.fix is not None
    assert one.fix.edits == ((Binding(Block.INDICATORS, "name", row=0), "办理法律援助案件"),)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("年内完成200件援助案件", "年内完成300件援助案件"),  # the number in a name is a target, not a name
        ("办理法律援助案件", "组织普法宣传活动"),
        ("办案", "办件"),
        ("办理法律援助案件", "办理法律援助案件并逐件回访"),
    ],
)
def test_names_that_are_the_same_or_others(was: str, now: str) -> None:
    assert codes(form(FormKind.PROJECT_SELF, NAME, row(now)), old(row(was))) == []


def test_an_indicator_that_is_still_there_was_not_renamed() -> None:
    mine = form(FormKind.PROJECT_SELF, NAME, row("法律援助案件数"), row("法律援助案件件数"))
    assert codes(mine, old(row("法律援助案件数"))) == []


def test_a_project_of_another_spelling() -> None:
    mine = form(FormKind.PROJECT_SELF, "法律援助工作专项经费", row())
    (one,) = found(mine, old(row()))
    assert (one.code, one.where, one.computed) == ("renamed", "项目名称", NAME)


# ----------------------------------------------------------------------------------------------------------- copied
ROWS = (
    row("办理案件", "≥150件", "163件"),
    row("回访当事人", "≥90%", "97.3%"),
    row("按时办结率", "100%", "100%"),
)


def test_results_that_are_all_last_years() -> None:
    (one,) = found(form(FormKind.PROJECT_SELF, NAME, *ROWS), old(*ROWS))
    assert (one.code, one.where, len(one.also)) == ("copied-last-year", "整张表", 3)


@pytest.mark.parametrize(
    "rows",
    [
        (*ROWS[:2], replace(ROWS[2], actual="99%")),
        ROWS[:2],
        (*(replace(one, actual="100%") for one in ROWS[:2]), ROWS[2]),
        (replace(ROWS[0], actual="150件"), *ROWS[1:]),
    ],
)
def test_results_that_may_well_come_again(rows: tuple[Indicator, ...]) -> None:
    was = ROWS if rows[-1] != ROWS[-1] else rows
    assert codes(form(FormKind.PROJECT_SELF, NAME, *rows), old(*was)) == []


TEXT = "全年办理法律援助案件163件，接待群众咨询1240人次，办结率100%。"


def test_a_description_that_is_last_years() -> None:
    mine = form(FormKind.PROJECT_SELF, NAME, values={"goal_actual": TEXT})
    (one,) = found(mine, old(values={"goal_actual": f"{TEXT}\n"}))
    assert (one.code, one.binding) == ("copied-last-year", Binding(Block.VALUES, "goal_actual"))
    assert codes(mine, old(values={"goal_actual": TEXT.replace("163", "164")})) == []
    words = {"goal_actual": "按照年初计划全面完成了各项工作任务，群众满意。"}
    assert codes(form(FormKind.PROJECT_SELF, NAME, values=words), old(values=words)) == []


@pytest.mark.parametrize(("texts", "title"), [((TEXT,), "1 段"), ((TEXT, "另起一段。", f"{TEXT}二"), "2 段")])
def test_paragraphs_of_a_report_that_are_last_years(texts: tuple[str, ...], title: str) -> None:
    sections = (Section(1, "一、基本情况", texts),)
    mine = filled(FormKind.REPORT, sections=sections)
    (one,) = found(mine, before(mine))
    assert (one.title, one.where) == (f"{title}与上年的报告一字不差", "一、基本情况")
    assert one.binding == Binding(Block.SECTIONS, "0", row=0)
    fresh = (Section(1, "一、基本情况", ("全年办理案件170件，咨询1300人次，办结率100%。",)),)
    assert codes(filled(FormKind.REPORT, sections=fresh), before(mine)) == []
