"""分值: sums, groups, rows without points."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.model import Binding, Block, Indicator, Severity
from tests.checks.support import (
    GOOD,
    PRINTED_GROUPS,
    QIANNAN,
    ROWS,
    codes,
    fixed,
    found,
    label,
    one,
    with_fund,
    with_row,
    with_totals,
)


@pytest.mark.parametrize(
    ("weight", "title", "ends"),
    [
        ("30", "分值合计 120，应为 100", "20＋10＋10＋10＋30＋30 ＋ 执行率 10 ＝ 120，比 100 多 20 分。"),
        ("2", "分值合计 92，应为 100", "20＋10＋10＋10＋30＋2 ＋ 执行率 10 ＝ 92，比 100 少 8 分。"),
        ("9.5", "分值合计 99.5，应为 100", "20＋10＋10＋10＋30＋9.5 ＋ 执行率 10 ＝ 99.5，比 100 少 0.5 分。"),
    ],
)
def test_the_sum_of_weights_is_said(weight: str, title: str, ends: str) -> None:
    finding = one(with_row(5, weight=weight), "weight-sum")
    assert finding.title == title
    assert finding.message == ends
    assert finding.binding == Binding(Block.STATED, "total_weight")
    assert finding.where == "总分"
    assert finding.also == ()  # a mark in every row would mean nothing


def test_hubei_gives_the_budget_row_20() -> None:
    record = with_row(0, with_fund(0, weight="20"), weight="10")
    assert found(record, "weight-sum") == []


def test_a_wrong_total_of_weights_is_replaced_by_the_computed_one() -> None:
    record = with_totals(total_weight="90")
    finding = one(record, "weight-sum")
    assert (finding.stated, finding.computed, label(finding.fix)) == ("90", "100", "采用 100")
    assert codes(fixed(record, finding.fix)) == set()
    assert codes(with_totals(total_weight="100")) == set()


def test_a_short_sum_waits_for_a_row_that_is_being_typed() -> None:
    assert "weight-sum" not in codes(with_row(5, weight=""))
    assert "weight-sum" in codes(with_row(5, with_row(4, weight="60"), weight=""))


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (with_row(0, weight=""), "没有填分值"),
        (with_row(0, weight="", actual=""), "没有填分值"),  # rows below have theirs: it was left out
        (with_row(5, weight=""), "没有填分值"),
        (with_row(5, weight="十分"), "分值不是数"),
        (with_row(5, weight="-10"), "分值小于 0"),
        (with_totals(with_row(5, weight="", actual=""), total_weight="100"), "没有填分值"),
        (with_row(5, with_row(0, weight="30"), weight="", actual=""), "没有填分值"),  # the others make 100 already
        (with_row(5, weight="", actual=""), None),  # still being typed
        (with_row(0, weight="０１０"), None),
        (with_row(5, name="", weight=""), None),
        (with_row(5, weight="10分"), None),
    ],
)
def test_weight_missing(record: object, title: str | None) -> None:
    assert [each.title for each in found(record, "weight-missing")] == ([title] if title else [])  # type: ignore[arg-type]


def test_a_form_whose_rows_all_lack_points_is_told_once() -> None:
    bare = replace(GOOD, indicators=tuple(replace(one, weight="", score="") for one in GOOD.indicators))
    (only,) = found(bare, "weight-missing")
    assert (only.where, only.title) == ("分值", "都没有填分值")
    assert only.message == "6 项指标都没有填分值，算不出得分和总分。请填各项的分值，合计 100 分。"
    assert [one.row for one in (only.binding, *only.also) if one is not None] == list(range(6))


def test_a_form_without_weights_is_not_asked_for_them() -> None:
    goals = replace(QIANNAN, blocks=())
    assert found(with_row(5, weight=""), "weight-missing", goals) == []


@pytest.mark.parametrize(
    ("index", "weight", "expected"),
    [
        (0, "18", ("产出指标", "产出指标 48 分，应为 50", "18＋10＋10＋10 ＝ 48，产出指标印的是 50 分，少 2 分。")),
        (4, "32", ("效益指标", "效益指标 32 分，应为 30", "效益指标印的是 30 分，多 2 分。")),
        (0, "20", None),
        (0, "", None),  # unfinished
        (4, "", None),
    ],
)
def test_a_group_keeps_the_weight_its_label_prints(
    index: int, weight: str, expected: tuple[str, str, str] | None
) -> None:
    record = with_row(index, replace(GOOD, indicators=PRINTED_GROUPS), weight=weight)
    got = [(each.where, each.title, each.message) for each in found(record, "weight-group")]
    assert got == ([expected] if expected else [])


def test_a_group_is_bound_to_its_merged_cell() -> None:
    finding = one(with_row(0, replace(GOOD, indicators=PRINTED_GROUPS), weight="18"), "weight-group")
    assert finding.severity is Severity.ERROR
    assert finding.binding is not None
    assert finding.binding.covers(Binding(Block.INDICATORS, "level1", row=3))
    assert not finding.binding.covers(Binding(Block.INDICATORS, "level1", row=4))


def test_a_second_level_keeps_its_printed_weight_too() -> None:
    record = with_row(0, level2_weight="25")
    assert one(record, "weight-group").where == "数量指标"
    assert one(with_row(0, level2="", level2_weight="25"), "weight-group").where == "本组"


def test_other_group_weights_than_the_principle_are_a_warning() -> None:
    record = with_row(5, with_row(0, weight="18"), weight="12")
    finding = one(record, "weight-group")
    assert (finding.severity, finding.where) == (Severity.WARNING, "产出指标")
    assert finding.title == "一级指标分值不是 50/30/10"
    assert finding.message.startswith("产出指标 48 分、满意度指标 12 分；原则上产出指标 50 分、满意度指标 10 分。")


@pytest.mark.parametrize(
    "record",
    [
        with_row(3, with_row(5, with_row(0, weight="18"), weight="12"), level1="成本指标"),  # another structure
        with_row(0, weight="18"),  # weight-sum is the root
        with_row(5, with_row(0, weight="18", level1_weight="48"), weight="12"),  # the form prints its own
        with_row(5, with_row(4, with_row(0, weight="18"), level1=""), weight="12"),  # level1-missing is the root
    ],
)
def test_the_principle_is_not_held_against_other_forms(record: object) -> None:
    assert [each for each in found(record, "weight-group") if each.severity is Severity.WARNING] == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("weight", "heavy"), [("40", False), ("41", True)])
def test_row_too_heavy(weight: str, heavy: bool) -> None:
    assert [each.title for each in found(with_row(0, weight=weight), "row-too-heavy")] == (
        ["一行占 41 分"] if heavy else []
    )


def test_blank_rows_do_not_count() -> None:
    assert codes(replace(GOOD, indicators=(*ROWS, Indicator(level1="满意度指标", level2="满意度指标")))) == set()
