"""Values of parameters: as a file holds them, as people read them, as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.policy import Band, Ceiling, GradeBand, OverRule
from perfdesk.policy.kinds import Kind
from perfdesk.policy.parameters import BY_KEY, KNOWN, SECTIONS, Known

D = Decimal


def kind(key: str) -> Kind:
    return BY_KEY[key].kind


@pytest.mark.parametrize(
    ("key", "raw", "value", "words", "text"),
    [
        ("weights.total", 100, D(100), "100 分", "100"),
        ("execution.explain_below", D("92.5"), D("92.5"), "92.5%", "92.5"),
        ("execution.cap", True, True, "不超过分值", "不超过分值"),
        ("execution.cap", False, False, "照算，可超过分值", "照算，可超过分值"),
        ("quantitative.over", "deduct", OverRule.DEDUCT, "从分值里扣分", "从分值里扣分"),
        (
            "qualitative.achieved",
            [80, 100],
            Band(D(80), D(100), high_included=True),
            "分值的 80%（含）到 100%（含）",
            "80–100",
        ),
        ("qualitative.partly", [60, 80], Band(D(60), D(80), high_included=False), "分值的 60%（含）到 80%", "60–80"),
        ("qualitative.partly", [80, 80], Band(D(80), D(80), high_included=True), "分值的 80%", "80–80"),
        (
            "grades.scale",
            {"优": 90, "差": 0},
            (GradeBand(D(90), None, "优"), GradeBand(D(0), None, "差")),
            "优 90 分起，差 0 分起",
            "优 90，差 0",
        ),
        (
            "grades.scale",
            {"优秀": [90, 100], "良好": [80, 89]},
            (GradeBand(D(90), D(100), "优秀"), GradeBand(D(80), D(89), "良好")),
            "优秀 90–100 分，良好 80–89 分",
            "优秀 90–100，良好 80–89",
        ),
        (
            "weights.groups",
            {"产出指标": 50, "效益指标": 30},
            {"产出指标": D(50), "效益指标": D(30)},
            "产出指标 50，效益指标 30（原则上，可适当调整）",
            "产出指标 50，效益指标 30",
        ),
        ("weights.groups", {}, {}, "没有规定", ""),
        (
            "execution.ceilings",
            [[70, 79], [80, 89]],
            (Ceiling(D(70), D(79)), Ceiling(D(80), D(89))),
            "执行率低于 80% 至多 89 分，低于 70% 至多 79 分",
            "80% 89 分，70% 79 分",
        ),
        ("execution.ceilings", [], (), "不封顶", ""),
        ("rows.required_kinds", ["数量", "效益"], ("数量", "效益"), "数量、效益", "数量、效益"),
        ("rows.required_kinds", [], (), "没有规定", ""),
    ],
)
def test_a_value_is_read_told_and_typed(key: str, raw: object, value: object, words: str, text: str) -> None:
    one = kind(key)
    assert one.read(raw) == value
    assert one.words(value) == words
    assert one.text(value) == text
    assert one.read(one.parse(text)) == value


@pytest.mark.parametrize(
    ("key", "typed", "raw"),
    [
        ("execution.explain_below", " ９０％ ", 90),
        ("execution.explain_below", "92.5", D("92.5")),
        ("weights.budget", "20分", 20),
        ("qualitative.partly", "80%", [80, 80]),
        ("qualitative.partly", "50%至80%", [50, 80]),
        ("grades.scale", "优90，良 80；中60、差0", {"优": 90, "良": 80, "中": 60, "差": 0}),
        ("grades.scale", "优秀 90-100\n良好 80-89", {"优秀": [90, 100], "良好": [80, 89]}),
        ("execution.ceilings", "低于80%至多89分，低于70%至多79分", [[80, 89], [70, 79]]),
        ("rows.required_kinds", "数量，质量、 成本", ["数量", "质量", "成本"]),
    ],
)
def test_people_type_as_they_write(key: str, typed: str, raw: object) -> None:
    assert kind(key).parse(typed) == raw


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("execution.explain_below", "九成", "“九成”应为数字。"),
        ("execution.cap", "封顶", "“封顶”应为不超过分值、照算，可超过分值之一。"),
        ("grades.scale", "优秀", "“优秀”应为名称和分数，如 优 90。"),
        ("grades.scale", "90", "“90”应为名称和分数，如 优 90。"),
        ("weights.groups", "产出 50 60", "“产出 50 60”应为名称和一个分数，如 产出指标 50。"),
    ],
)
def test_what_cannot_be_meant_is_asked_again(key: str, typed: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        kind(key).parse(typed)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("key", "raw", "why"),
    [
        ("execution.explain_below", -1, '"-1" 应为不小于 0 的数，不大于 100。'),
        ("rows.vague_least", -1, '"-1" 应为不小于 0 的数。'),
        ("execution.cap", 1, '"1" 应为 true 或 false。'),
        ("execution.cap", "true", '"true" 应为 true 或 false，不写引号。'),
        ("quantitative.over", "deducted", '"deducted" 应为 keep 或 deduct 或 manual 或 void，是否为 "deduct"？'),
        (
            "qualitative.achieved",
            [100, 80],
            "应为两个百分数，先低后高，在 0 与 100 之间，如 80、100；两数相同就是固定份额。",
        ),
        (
            "qualitative.achieved",
            [80, 101],
            "应为两个百分数，先低后高，在 0 与 100 之间，如 80、100；两数相同就是固定份额。",
        ),
        (
            "qualitative.achieved",
            [80],
            "应为两个百分数，先低后高，在 0 与 100 之间，如 80、100；两数相同就是固定份额。",
        ),
        ("qualitative.achieved", 80, '"80" 应为数字的列表。'),
        ("qualitative.achieved", ["多", "少"], '"多" 应为数字。'),
        ("grades.scale", {}, "缺少等级，如 优 90。"),
        ("grades.scale", [90], '"[90]" 应为一个表，如 { "优" = 90 }。'),
        ("grades.scale", {"优": [90]}, '"优" 应有两个分数，先低后高，或只有最低分。'),
        ("grades.scale", {"优": [100, 90]}, '"优" 应有两个分数，先低后高，或只有最低分。'),
        ("grades.scale", {"优": 90, "良": [80, 90]}, '"良" 与 "优" 重叠，最高应低于 90。'),
        ("grades.scale", {"优": 90, "良": 90}, '"良" 与 "优" 重叠，最高应低于 90。'),
        ("weights.groups", {"产出": "五十"}, '"五十" 应为数字。'),
        ("execution.ceilings", 80, '"80" 应为数对的列表，如 [[80, 89], [70, 79]]。'),
        ("execution.ceilings", [[80]], "每一档应为两个数：执行率低于多少，总分至多几分，如 80、89。"),
        ("execution.ceilings", [[80, 79], [70, 89]], "执行率低于 70% 的一档与 80% 的一档矛盾。"),
        ("execution.ceilings", [[80, 79], [80, 89]], "执行率低于 80% 的一档与 80% 的一档矛盾。"),
        ("rows.required_kinds", "数量", "应为文字的列表，每项写在引号里。"),
        ("rows.required_kinds", ["数量", 1], "应为文字的列表，每项写在引号里。"),
        ("rows.required_kinds", [" "], "应为文字的列表，每项写在引号里。"),
    ],
)
def test_what_no_policy_can_mean_is_refused(key: str, raw: object, why: str) -> None:
    with pytest.raises(UserError) as caught:
        kind(key).read(raw)
    assert str(caught.value) == why


@given(st.sampled_from(KNOWN), st.text(max_size=30))
def test_whatever_is_typed_is_taken_or_refused_in_words(known: Known, typed: str) -> None:
    try:
        value = known.kind.read(known.kind.parse(typed))
    except UserError as error:
        said = str(error)
    else:
        said = f"{known.kind.words(value)}。"
        assert known.kind.read(known.kind.parse(known.kind.text(value))) == value
    assert len(said) > 1
    assert said.endswith(("。", "？"))


def test_keys_and_labels_are_each_ones_own() -> None:
    assert len({one.key for one in KNOWN}) == len({one.field for one in KNOWN}) == len({one.label for one in KNOWN})
    assert {one.section for one in KNOWN} == set(SECTIONS)
    choosing = {one.key for one in KNOWN if one.kind.choices}
    assert choosing == {
        *("execution.cap", "quantitative.explain_reach", "quantitative.over", "quantitative.reverse"),
        *("quantitative.cost", "rounding.typed"),
    }
