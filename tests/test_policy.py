"""计分办法: read exactly, refused in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.policy import Band, ReverseFormula, find_policy, load_policies, read_policy

FOLDER = Path(__file__).parents[1] / "resources" / "policies"
D = Decimal
NATIONAL = FOLDER / "national-2020.toml"


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write the national policy with one text replaced."""

    def write(old: str, new: str) -> Path:
        text = NATIONAL.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "county.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


def test_the_national_policy_says_what_the_rules_say() -> None:
    policy = read_policy(NATIONAL)
    assert (policy.id, policy.total_weight, policy.budget_weight) == ("national-2020", D(100), D(10))
    assert dict(policy.group_weights) == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    assert (policy.rate_floor, policy.budget_change_share, policy.over_limit) == (D(90), D(10), D(30))
    assert policy.reverse is ReverseFormula.A
    assert policy.achieved == Band(Decimal(80), Decimal(100), high_included=True)
    assert policy.partly == Band(Decimal(60), Decimal(80), high_included=False)
    assert policy.missed == Band(Decimal(0), Decimal(60), high_included=False)
    assert (policy.heavy_row, policy.vague_share, policy.vague_least) == (D(40), D(50), D(3))
    assert (policy.most_in_wan, policy.least_in_yuan) == (D(1_000_000), D(1000))
    assert policy.required_kinds == ("数量", "质量", "时效", "成本", "效益", "满意度")


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.5", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
        ("100.01", None),
        ("-0.01", None),
    ],
)
def test_grades_leave_no_gap(total: str, grade: str | None) -> None:
    assert read_policy(NATIONAL).grade(Decimal(total)) == grade


def test_a_policy_may_leave_low_totals_without_a_grade(spoilt: Callable[[str, str], Path]) -> None:
    assert read_policy(spoilt('"差" = 0\n', "")).grade(Decimal(10)) is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('reverse = "A"', 'reverse = "C"', 'county.toml：quantitative.reverse："C" 应为 A 或 B'),
        ("achieved = [80, 100]", "achieved = [100, 80]", "county.toml：qualitative.achieved：应为两个百分数"),
        ("achieved = [80, 100]", "achieved = [80]", "county.toml：qualitative.achieved：应为两个百分数"),
        ("missed = [0, 60]", "missed = [0, 160]", "county.toml：qualitative.missed：应为两个百分数"),
        ("explain_below = 90", "explain_bellow = 90", 'county.toml：execution：缺少 "explain_below"'),
        ("heavy = 40", "heavy = 40\nheavier = 50", 'county.toml：rows：未知的项 "heavier"，是否为 "heavy"？'),
        ("budget = 10", 'budget = "ten"', 'county.toml：weights.budget："ten" 应为数字。'),
        ("total = 100", "total = ", "county.toml：第 6 行第 9 个字符处不是完整的 TOML"),
        ("[execution]", "[executions]", 'county.toml：缺少 "execution"'),
    ],
)
def test_mistakes_are_named_with_their_place(
    spoilt: Callable[[str, str], Path], old: str, new: str, message: str
) -> None:
    with pytest.raises(UserError) as caught:
        read_policy(spoilt(old, new))
    assert message in str(caught.value)


def test_grades_are_not_forgotten(spoilt: Callable[[str, str], Path]) -> None:
    text = NATIONAL.read_text(encoding="utf-8")
    grades = text[text.index("[grades]") : text.index("[rows]")]
    with pytest.raises(UserError, match="缺少等级"):
        read_policy(spoilt(grades, "[grades]\n"))


def test_policies_are_found_by_name() -> None:
    policies = load_policies(FOLDER)
    assert find_policy(policies, "national-2020").title == "全国项目支出绩效自评（2020）"
    with pytest.raises(UserError, match='没有计分办法 "nationl-2020"，是否为 "national-2020"'):
        find_policy(policies, "nationl-2020")


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "优秀"), ("90", "优秀"), ("89.5", None), ("89", "良好"), ("79.5", None), ("60", "中"), ("59.5", None)],
)
def test_printed_whole_number_bands_leave_gaps(total: str, grade: str | None) -> None:
    policy = read_policy(FOLDER / "chenxi-2021.toml")
    assert policy.grade(Decimal(total)) == grade
    assert policy.grade_gaps == ((D(89), D(90)), (D(79), D(80)), (D(59), D(60)))
    assert policy.grade_names == ("优秀", "良好", "中", "较差")
    assert read_policy(NATIONAL).grade_gaps == ()


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ('"良" = [80, 90]', 'county.toml：grades.良：与 "优" 重叠，最高应低于 90。'),
        ('"良" = [89, 80]', "county.toml：grades.良：应为两个分数 [低, 高]，或只写最低分。"),
        ('"良" = [80]', "county.toml：grades.良：应为两个分数 [低, 高]，或只写最低分。"),
    ],
)
def test_bands_do_not_overlap(spoilt: Callable[[str, str], Path], new: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        read_policy(spoilt('"良" = 80', new))
    assert str(caught.value) == message
