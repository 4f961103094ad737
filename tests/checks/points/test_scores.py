"""得分: sum, range, formula, bands."""

from __future__ import annotations

import pytest

from perfdesk.model import Binding, Block, Record
from tests.checks.support import GOOD, codes, found, label, one, with_fund, with_row, with_totals

FULL = with_row(1, actual="98%", reason="")


def test_a_printed_total_that_is_not_the_sum() -> None:
    finding = one(with_totals(total_score="100"), "score-sum")
    assert finding.title == "总分填的不是 99.9"
    assert finding.message == "20＋9.9＋10＋10＋30＋10 ＋ 执行率 10 ＝ 99.9，总分栏填的是“100”。"
    assert (finding.stated, finding.computed, label(finding.fix)) == ("100", "99.90", "采用 99.90")
    assert finding.binding == Binding(Block.STATED, "total_score")


@pytest.mark.parametrize("total", ["99.9", "99.90", "９９．９", "99.90分", "", "—"])
def test_a_right_total_is_no_finding(total: str) -> None:
    assert found(with_totals(total_score=total), "score-sum") == []


def test_an_unreadable_total_is_named() -> None:
    assert one(with_totals(total_score="优秀"), "score-sum").stated == "优秀"


def test_a_total_waits_for_its_scores() -> None:
    assert found(with_totals(with_row(0, actual=""), total_score="100"), "score-sum") == []


def test_a_total_without_a_budget_score() -> None:
    record = with_totals(with_fund(0, annual_budget=""), total_score="100")
    assert one(record, "score-sum").message.startswith("20＋9.9＋10＋10＋30＋10 ＝ 89.9")


def test_a_total_that_follows_the_weights_is_told_there() -> None:
    record = with_totals(with_row(0, FULL, weight="30"), total_weight="100", total_score="100")
    (consequence,) = one(record, "weight-sum").consequences
    assert (consequence.code, consequence.title) == ("score-sum", "得分合计 110，总分填 100")
    assert consequence.message == "得分合计 110，总分栏写 100。上一条改正后自动重算。"
    assert len(found(record, "score-sum")) == 1


def test_a_total_wrong_for_its_own_reason_stands_alone() -> None:
    record = with_totals(with_row(0, FULL, weight="30"), total_score="95")
    assert one(record, "weight-sum").consequences == ()
    assert label(one(record, "score-sum").fix) == "采用 110.00"


@pytest.mark.parametrize(
    ("score", "title", "fix"),
    [
        ("21", "得分 21 超过分值 20", "采用 20.00"),
        ("-1", "得分 -1 小于 0", "采用 20.00"),
        ("满分", "得分不是数", "采用 20.00"),
        ("20", None, ""),
        ("0", None, ""),
        ("/", None, ""),
        ("２０分", None, ""),
    ],
)
def test_score_range(score: str, title: str | None, fix: str) -> None:
    got = [(each.title, label(each.fix)) for each in found(with_row(0, score=score), "score-range")]
    assert got == ([(title, fix)] if title else [])


def test_no_fix_without_a_computed_score_or_where_points_would_be_lost_in_silence() -> None:
    assert one(with_row(0, actual="很多很多", score="21"), "score-range").fix is None
    assert one(with_row(0, actual="35件", score="21"), "score-range").fix is None
    assert label(one(with_row(0, actual="35件", score="21", reason="案源减少"), "score-range").fix) == "采用 10.00"


def test_a_score_without_a_weight_is_not_measured_against_it() -> None:
    assert found(with_row(0, weight="", score="21"), "score-range") == []


@pytest.mark.parametrize(
    ("changes", "title", "fix"),
    [
        ({"actual": "35件", "score": "20"}, "没有达到指标值，得了满分", ""),
        ({"actual": "35件", "score": "20", "reason": "案源减少"}, "没有达到指标值，得了满分", "采用 10.00"),
        ({"score": "18", "reason": "群众反映慢"}, "达到指标值，得分少 2 分", "采用 20.00"),
        ({"actual": "35件", "score": "12", "reason": "案源减少"}, "得分填 12，算得 10", "采用 10.00"),
        ({"actual": "35件", "score": "10.01", "reason": "案源减少"}, None, ""),
        (
            {"actual": "非常满意", "target": "非常满意", "score": "18", "reason": "略有不足"},
            "达到指标值，得分少 2 分",
            "采用 20.00",
        ),
        ({"actual": "200件", "score": "18", "reason": "年初指标值定低了，按偏离度调减"}, None, ""),
        ({"actual": "200件", "score": "18"}, "达到指标值，得分少 2 分", "采用 20.00"),
        ({"actual": "达成预期指标", "target": "优", "score": "17", "reason": "尚有不足"}, None, ""),  # within its band
        ({"actual": "良", "target": "优", "score": "17", "reason": "尚有不足"}, None, ""),  # nothing to compute
        ({"score": "20"}, None, ""),
        ({"score": "25"}, None, ""),  # score-range is the root
        ({"weight": "0", "score": "0"}, None, ""),
    ],
)
def test_score_vs_actual(changes: dict[str, str], title: str | None, fix: str) -> None:
    got = [(each.title, label(each.fix)) for each in found(with_row(0, **changes), "score-vs-actual")]
    assert got == ([(title, fix)] if title else [])


def test_the_arithmetic_of_the_score_is_said() -> None:
    finding = one(with_row(0, actual="35件", score="20"), "score-vs-actual")
    assert finding.message == "得分填 20，分值 20。算法：35件 ÷ 70件 ＝ 50%，20 × 50% ＝ 10.00 分。"


@pytest.mark.parametrize("code", ["unit-mismatch", "target-missing"])
def test_a_score_is_not_held_against_what_cannot_be_compared(code: str) -> None:
    target = {"unit-mismatch": "1次", "target-missing": "满意度"}[code]
    record = with_row(0, target=target, actual="100%", score="3", reason="有偏差")
    assert code in codes(record)
    assert "score-vs-actual" not in codes(record)


@pytest.mark.parametrize(
    ("target", "actual", "score", "title"),
    [
        ("优", "部分达成", "20", "部分达成不能得 20 分"),
        ("优", "部分达成", "16", "部分达成不能得 16 分"),  # 80 % belongs to 达成
        ("优", "部分达成", "15.99", None),
        ("优", "部分达成", "12", None),
        ("优", "基本达成", "18", None),  # 全部或基本达成
        ("优", "基本达成", "13", None),
        ("优", "基本达成", "8", "部分达成不能得 8 分"),
        ("优", "未达成", "12", "未达成不能得 12 分"),
        ("优", "未达成", "11.5", None),
        ("优", "达成预期指标", "15", "达成不能得 15 分"),
        ("优", "达成预期指标", "16", None),
        ("优", "达成预期指标", "20", None),
        ("2024年12月底", "未完成", "20", "未达成不能得 20 分"),
        ("优", "良", "10", None),
        ("20件", "完成", "10", None),  # a quantity has no band
        ("优", "部分达成", "", None),
        ("优", "部分达成", "21", None),  # score-range is the root
    ],
)
def test_qualitative_band(target: str, actual: str, score: str, title: str | None) -> None:
    record = with_row(0, target=target, actual=actual, score=score, reason="有偏差")
    assert [each.title for each in found(record, "qualitative-band")] == ([title] if title else [])


def test_the_band_is_said_in_points() -> None:
    finding = one(with_row(0, target="优", actual="部分达成", score="20"), "qualitative-band")
    assert finding.message == "“部分达成”的得分区间是分值 20 分的 80%–60%，即 16–12 分；得分填的是 20。"


@pytest.mark.parametrize(
    ("record", "hint"),
    [
        (FULL, True),
        (GOOD, False),
        (with_row(0, FULL, actual=""), False),
        (with_row(0, FULL, weight="30"), False),
        (with_row(0, with_row(4, FULL, actual="部分达成", score="29"), weight="21"), False),
        (with_fund(0, FULL, executed="14.9", score="10"), True),  # what is printed counts
    ],
)
def test_all_full_marks(record: Record, hint: bool) -> None:
    assert bool(found(record, "all-full-marks")) is hint


def test_full_marks_need_the_budget_row_too() -> None:
    record = with_row(4, with_fund(0, FULL, score="9"), weight="30", score="31")
    assert found(record, "all-full-marks") == []
