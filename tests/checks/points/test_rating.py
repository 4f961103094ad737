"""评分表: the printed scores against their rules, the flaws of the rules, the grade box."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from perfdesk.checks import check
from perfdesk.derive import follow
from perfdesk.editing import set_text
from perfdesk.exchange.exchange import read_records
from perfdesk.model import Binding, Block, Finding, Record, ScoreMethod, Severity
from perfdesk.scoring import assess
from tests.checks.rating import FIGURES, PRINTED, RATING, rated, ticks
from tests.checks.support import CASES, TEMPLATES

BANDS = '{"grade_bands": [{"grade": "优秀", "ticked": false}]}'


def found(record: Record, *codes: str) -> list[Finding]:
    everything = check(RATING, record, assess(RATING, record))
    return [one for one in everything if one.code in codes]


def test_there_are_33_items_of_100_points_and_the_printed_scores_total_93_5() -> None:
    result = assess(RATING, rated())
    assert len(result.scores) == 33 == len(PRINTED)
    assert (result.weight_total, result.total, result.grade) == (Decimal(100), Decimal("93.5"), "优秀")
    assert [one.score for one in result.groups] == [14, Decimal(52), 13, Decimal("14.5")]


def test_every_item_has_rules_whose_figures_are_all_known() -> None:
    result = assess(RATING, rated({**FIGURES, **ticks()}))
    assert {one.method for one in result.scores} == {ScoreMethod.RULE}


def test_each_item_follows_from_the_raw_figures_where_its_rule_allows() -> None:
    record = rated({**FIGURES, **ticks()})
    pairs = zip(assess(RATING, record).scores, PRINTED, strict=True)
    other = {one.label: str(one.computed) for one, score in pairs if one.computed != Decimal(score)}
    assert other == {"公用经费控制率": "0.00", "项目质量达标率": "0.00", "结果应用创新": "1.00"}
    wrong = found(record, "score-vs-rule")
    assert [one.where for one in wrong] == ["公用经费控制率", "项目质量达标率"]
    assert wrong[0].message == (
        "得分填 3。按评分标准：546.1 ÷ 341.62 ＝ 159.86%，超 59.86 个百分点，满 0.1 的有 598 个，598 × 0.1 ＝ 59.80，"
        "扣完为止，记 0.00 分。"
    )
    assert all(one.severity is Severity.ERROR for one in wrong)


def test_the_fix_takes_the_score_of_the_rule() -> None:
    record = rated({**FIGURES, **ticks()})
    fix = found(record, "score-vs-rule")[0].fix
    assert fix is not None
    for binding, text in fix.edits:
        record = set_text(record, binding, text)
    assert [one.where for one in found(record, "score-vs-rule")] == ["项目质量达标率"]
    assert assess(RATING, record).total == Decimal("90.5")


def test_a_printed_score_that_was_right_follows_its_figures() -> None:
    before = rated({**FIGURES, **ticks()})
    after = set_text(before, Binding(Block.VALUES, "staff"), "91")
    scores = {one.label: one for one in assess(RATING, follow(RATING, before, after)).scores}
    assert (scores["财政供养人员控制率"].stated, scores["财政供养人员控制率"].computed) == ("", Decimal("2.80"))
    assert scores["公用经费控制率"].stated == "3"  # was no copy of its rule, and stays


def test_without_figures_only_a_score_that_no_figure_gives_is_wrong() -> None:
    (wrong,) = found(rated(), "score-vs-rule")
    assert (wrong.where, wrong.title) == ("项目质量达标率", "评分标准给不出 3 分")
    assert wrong.message == "得分填 3，分值 4；按评分标准，得分只能是 0、3.8–4。请在评分数据里填原始数。"


@pytest.mark.parametrize(("score", "codes"), [("5", ["score-range"]), ("-1", ["score-range"]), ("4", []), ("", [])])
def test_a_score_beyond_the_weight_is_told_once(score: str, codes: list[str]) -> None:
    record = rated()
    rows = tuple(replace(row, score=score if row.name == "项目质量达标率" else row.score) for row in record.indicators)
    assert [one.code for one in found(replace(record, indicators=rows), "score-vs-rule", "score-range")] == codes


def test_an_item_that_the_form_does_not_print_is_scored_by_hand() -> None:
    record = rated()
    rows = (replace(record.indicators[0], name="另加的一项"), *record.indicators[1:])
    record = replace(record, indicators=rows)
    score = assess(RATING, record).scores[0]
    assert (score.computed, score.explanation) == (None, "表样里没有这一项的评分规则，请直接填得分")
    assert [one.where for one in found(record, "score-vs-rule")] == ["项目质量达标率"]


def test_the_flaws_of_the_printed_form_are_said_once_each() -> None:
    flaws = found(rated(), "rule-flaw")
    assert [one.where for one in flaws] == [
        *("目标覆盖率", "预算完成率", "预算调整率", "支付进度率", "结转结余变动率", "监控率"),
        *("部门绩效自评项目占比率", "结果应用创新", "评价结果"),
    ]
    assert {one.severity for one in flaws} == {Severity.HINT}
    assert "59 与 60 之间、79 与 80 之间、89 与 90 之间没有等级，如 89.5 分。" in flaws[-1].message


def test_a_form_of_self_assessment_has_neither_rules_nor_boxes() -> None:
    national = TEMPLATES["national-2020-project-self"]
    record = Record(id="n", template_id=national.id, year=2024)
    codes = {one.code for one in check(national, record, assess(national, record))}
    assert not codes & {"rule-flaw", "score-vs-rule", "grade-not-ticked"}


@pytest.mark.parametrize(
    ("grade", "extra", "total", "title"),
    [
        ("", "", "93.5", None),  # the form ticks the box itself
        ("优秀", BANDS, "93.5", None),
        ("", BANDS, "93.5", "评价结果没有勾"),
        ("良好", "", "93.5", "等级应勾优秀"),
        ("", "", "89.5", "89.5 分没有等级"),
        ("良好", "", "89.5", None),
    ],
)
def test_the_box_of_the_total_is_ticked(grade: str, extra: str, total: str, title: str | None) -> None:
    record = replace(rated(grade=grade), extra=extra)
    if total == "89.5":  # 4 points less on 重点工作办结率
        rows = tuple(
            replace(row, score="0" if row.name == "重点工作办结率" else row.score) for row in record.indicators
        )
        record = replace(record, indicators=rows)
    assert assess(RATING, record).total == Decimal(total)
    assert [one.title for one in found(record, "grade-not-ticked")] == ([title] if title else [])


def test_ticking_by_one_click_settles_it() -> None:
    record = replace(rated(), extra=BANDS)
    (one,) = found(record, "grade-not-ticked")
    assert one.fix is not None
    for binding, text in one.fix.edits:
        record = set_text(record, binding, text)
    assert record.stated["grade"] == "优秀"
    assert found(record, "grade-not-ticked") == []


def test_an_unfinished_form_is_not_asked_for_its_grade() -> None:
    record = replace(rated(grade="良好"), indicators=RATING.starter)
    assert found(record, "grade-not-ticked") == []


def test_the_published_form_gets_what_it_deserves_and_no_other_error() -> None:
    if not CASES.exists():
        pytest.skip("the published forms are not here")
    record = read_records(CASES / "chenxi-2021-department-rating.json", TEMPLATES).records[0]
    everything = check(RATING, record, assess(RATING, record))
    assert [(one.code, one.where) for one in everything if one.severity is not Severity.HINT] == [
        ("score-vs-rule", "项目质量达标率"),
        ("grade-not-ticked", "评价结果"),
    ]
    printed = [(one.name, one.explanation, one.scoring_rule, one.weight) for one in record.indicators]
    assert printed == [(one.name, one.explanation, one.scoring_rule, one.weight) for one in RATING.starter]
