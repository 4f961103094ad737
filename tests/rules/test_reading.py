"""The rules of a template: read exactly, every mistake answered with place and remedy."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.rules import Bands, Measure, MeasureKind, Raw, Rule, read_rules
from perfdesk.toml_file import read_toml
from tests.rules import samples as rules

D = Decimal
SAME = (rules.STAFF, rules.POSTS, rules.SPENT, rules.BUDGET, rules.RATE, rules.TICKS, rules.SURVEY, rules.GOAL)
RAWS = {raw.key: raw for raw in (*SAME, rules.MARK, Raw("bare", "没有要点"), Raw("comma", "要点", choices=("甲、乙",)))}


def read(path: Path, text: str) -> tuple[Rule, ...]:
    file = path / "t.toml"
    file.write_text(text, encoding="utf-8")
    table = read_toml(file)
    found = read_rules(table, RAWS)
    table.finish()
    return found


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            'kind = "deduct-per-step"\ndifference = [["staff"], ["posts"]]\nfull = 3\ntarget = 0\nstep = 1\neach = 0.1\nsign = "≤"',
            rules.STAFFING,
        ),
        ('kind = "deduct-ratio"\nchange = [["spent"], ["budget"]]\nfull = 4\ntimes = 40\nmost = 4', rules.CHANGING),
        ('kind = "cliff"\nvalue = "rate"\nfull = 4\nedge = 95\nloss = 4', rules.QUALITY),
        ('kind = "bands"\nvalue = "rate"\nbands = [[100, 4], [95, 3], [90, 2]]', rules.COMPLETION),
        ('kind = "ratio-capped"\nvalue = "rate"\nfull = 3\ntarget = 80', rules.IN_USE),
        ('kind = "ratio-capped"\nvalue = "rate"\nfull = 2\ntarget = 90\ntimes = 2', rules.MONITORED),
        ('kind = "ratio-capped"\nvalue = "rate"\nfull = 1\ntarget_from = "goal"', rules.COVERAGE),
        ('kind = "criteria-count"\nfield = "ticks"\ntiers = [[3, 2], [2, 1], [0, 0]]', rules.SYSTEMS),
        (
            'kind = "grade"\nfield = "survey"\npoints = { "优秀" = 5, "良好" = 3, "合格" = 1, "不合格" = 0 }',
            rules.SATISFACTION,
        ),
        ('kind = "fraction-of"\nfield = "mark"\nfull = 5', rules.MANAGEMENT),
        ('kind = "fraction-of"\nfield = "mark"\nfull = 5\nwhole = 100', rules.MANAGEMENT),
    ],
)
def test_every_kind_is_read(tmp_path: Path, text: str, rule: Rule) -> None:
    assert read(tmp_path, f"[[rules]]\n{text}") == (rule,)


def test_an_item_may_have_several_rules_or_none(tmp_path: Path) -> None:
    one = '{ kind = "bands", value = "rate", name = "半年进度", bands = [[50, 2]] }'
    first, second = read(tmp_path, f"rules = [{one}, {one}]")
    assert first == second == Bands(Measure(MeasureKind.VALUE, (rules.RATE,), name="半年进度"), ((D(50), D(2)),))
    assert read(tmp_path, "") == ()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('kind = "band"', 't.toml：rules[0].kind：没有评分规则 "band"，是否为 "bands"？'),
        ('kind = "bands"\nbands = [[1, 1]]', "t.toml：rules[0]：应写 ratio、change、difference、value 其中一项。"),
        (
            'kind = "bands"\nbands = [[1, 1]]\nvalue = "rate"\nratio = [["spent"], ["budget"]]',
            "t.toml：rules[0]：应写 ratio、change、difference、value 其中一项。",
        ),
        (
            'kind = "bands"\nbands = [[1, 1]]\nvalue = "raet"',
            't.toml：rules[0].value：未知字段 "raet"，是否为 "rate"？',
        ),
        (
            'kind = "bands"\nbands = [[1, 1]]\nratio = [["spent"], []]',
            't.toml：rules[0].ratio：应为两组字段，如 [["spent"], ["budget"]]。',
        ),
        (
            'kind = "bands"\nbands = []\nvalue = "rate"',
            "t.toml：rules[0].bands：至少要有一档，如 [[100, 3], [90, 2]]。",
        ),
        (
            'kind = "bands"\nbands = [[1, 1, 1]]\nvalue = "rate"',
            "t.toml：rules[0].bands[0]：应为一对数字，如 [90, 2]。",
        ),
        ('kind = "bands"\nbands = [["1", 1]]\nvalue = "rate"', 't.toml：rules[0].bands[0].pair[0]："1" 应为数字。'),
        ('kind = "bands"\nbands = [[90, 1], [95, 2]]\nvalue = "rate"', "t.toml：rules[0].bands：各档应从高到低排。"),
        ('kind = "bands"\nbands = [[90, -1]]\nvalue = "rate"', "t.toml：rules[0].bands：得分应为 0 或更大的数。"),
        ('kind = "cliff"\nvalue = "rate"\nfull = 0', 't.toml：rules[0].full："0" 应为大于 0 的数。'),
        (
            'kind = "cliff"\nvalue = "rate"\nfull = 4\nedge = 95\nlose = 4',
            't.toml：rules[0]：缺少 "loss"，请补上。',
        ),
        (
            'kind = "cliff"\nvalue = "rate"\nfull = 4\nedge = 95\nloss = 4\ntimes = 2',
            't.toml：rules[0]：未知的项 "times"。',
        ),
        (
            'kind = "deduct-per-step"\nvalue = "rate"\nsign = "<="',
            't.toml：rules[0].sign："<=" 应为 ≤ 或 ≥；表上没有印方向的不写。',
        ),
        (
            'kind = "criteria-count"\nfield = "bare"\ntiers = [[0, 0]]',
            't.toml：rules[0].field：字段 "bare" 没有写 choices，没有可勾的要点。',
        ),
        (
            'kind = "criteria-count"\nfield = "comma"\ntiers = [[0, 0]]',
            't.toml：rules[0].field：字段 "comma" 的要点里有顿号，顿号用来分隔勾选的要点，请换成逗号。',
        ),
        (
            'kind = "criteria-count"\nfield = "ticks"\ntiers = [[4, 2]]',
            "t.toml：rules[0].tiers：要点只有 3 条，不会符合 4 条。",
        ),
        (
            'kind = "grade"\nfield = "survey"\npoints = { "优" = 5 }',
            't.toml：rules[0].points："优" 不在字段 "survey" 的 choices 里，是否为 "优秀"？',
        ),
        (
            'kind = "grade"\nfield = "survey"\npoints = {}',
            't.toml：rules[0].points：应为各等级的得分，如 "优秀" = 5。',
        ),
    ],
)
def test_a_mistake_is_answered_with_place_and_remedy(tmp_path: Path, text: str, answer: str) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, f"[[rules]]\n{text}")
    assert str(refused.value) == answer
