"""计分办法: each file says what differs, with its source; what is wrong is named with its place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest

from perfdesk.errors import UserError
from perfdesk.policy import Band, Policy, ReverseFormula, find_policy, load_policies
from perfdesk.policy.reading import read_file

FOLDER = Path(__file__).parents[2] / "resources" / "policies"
D = Decimal
COUNTY = """\
title = "某县项目支出绩效自评（2024）"
source = "某县财政局 2024 年通知（待核）"
extends = "national-2020"

[execution]
explain_below = { value = 85, source = "某县财政局 2024 年通知第三条", date = "2024-03" }

[quantitative]
reverse = { value = "B", source = "自定", date = "2024" }

[grades.scale]
source = "某县财政局 2024 年通知附表"
date = "2024-03-15"
value = { "优" = 90, "良" = 80, "中" = 60, "差" = 0 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of policies with the national one in it."""
    copy(FOLDER / "national-2020.toml", tmp_path)
    return tmp_path


@pytest.fixture
def county(folder: Path) -> Callable[[str, str], Path]:
    """Write the policy of a county with one text replaced."""

    def write(old: str = "", new: str = "") -> Path:
        assert old in COUNTY
        path = folder / "county.toml"
        path.write_text(COUNTY.replace(old, new, 1) if old else COUNTY, encoding="utf-8")
        return path

    return write


def of(path: Path) -> Policy:
    return load_policies(path.parent)[path.stem]


def test_what_a_file_does_not_say_is_taken_from_the_one_it_extends(county: Callable[..., Path]) -> None:
    policy = of(county())
    national = load_policies(FOLDER)["national-2020"]
    assert (policy.title, policy.extends) == ("某县项目支出绩效自评（2024）", "national-2020")
    assert (policy.rate_floor, policy.reverse) == (D(85), ReverseFormula.B)
    assert (policy.over_limit, policy.achieved) == (national.over_limit, national.achieved)


def test_every_parameter_says_where_it_comes_from(county: Callable[..., Path]) -> None:
    found = {one.key: one for one in of(county()).parameters}
    floor, over = found["execution.explain_below"], found["quantitative.explain_over"]
    assert (floor.label, floor.words) == ("执行率低于它须说明", "85%")
    assert (floor.source, floor.date, floor.origin) == ("某县财政局 2024 年通知第三条", "2024-03", "county")
    assert (over.words, over.origin, over.date) == ("30%", "national-2020", "")
    assert over.source.startswith("黔南 2024 表、广西系统")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('value = "B"', 'value = "C"', 'county.toml：quantitative.reverse："C" 应为 A 或 B。'),
        (
            "explain_below",
            "explain_bellow",
            'county.toml：execution：未知的项 "explain_bellow"，是否为 "explain_below"？',
        ),
        ("[execution]", "[executions]", 'county.toml：未知的项 "executions"，是否为 "execution"？'),
        ("value = 85", 'value = "许多"', 'county.toml：execution.explain_below："许多" 应为数字。'),
        ("value = 85", "value = true", 'county.toml：execution.explain_below："True" 应为数字。'),
        ("value = 85", "value = nan", 'county.toml：execution.explain_below："NaN" 应为数字。'),
        ("value = 85", "value = 850", 'county.toml：execution.explain_below："850" 应为不小于 0 的数，不大于 100。'),
        (
            '{ value = 85, source = "某县财政局 2024 年通知第三条", date = "2024-03" }',
            "85",
            'county.toml：execution.explain_below：每一项都要写明出处：{ value = …, source = "…" }。',
        ),
        (
            "value = 85, ",
            "",
            'county.toml：execution.explain_below：每一项都要写明出处：{ value = …, source = "…" }。',
        ),
        ('source = "自定", ', "", 'county.toml：quantitative.reverse：缺少 "source"，请补上。'),
        (
            'source = "自定"',
            'source = " "',
            "county.toml：quantitative.reverse.source：应写依据的文号；没有见到原文的写「待核」，自己定的写「自定」。",
        ),
        (
            'date = "2024-03"',
            'date = "3月"',
            'county.toml：execution.explain_below.date："3月" 应为依据的日期，写成 2024、2024-03 或 2024-03-15。',
        ),
        (
            'date = "2024-03"',
            'dates = "2024-03"',
            'county.toml：execution.explain_below：未知的项 "dates"，是否为 "date"？',
        ),
        ('"良" = 80', '"良" = 90', 'county.toml：grades.scale："良" 与 "优" 重叠，最高应低于 90。'),
        (
            'extends = "national-2020"',
            'extends = "national-2002"',
            'county.toml：extends：没有计分办法 "national-2002"，是否为 "national-2020"？',
        ),
        (
            'extends = "national-2020"',
            "",
            'county.toml：缺少 "weights.total"（总分），请补上，或用 extends 写明其余的照哪一份。',
        ),
        (
            'extends = "national-2020"',
            'extends = "county"',
            "county.toml：extends：county → county 绕成了圈，请改其中一份。",
        ),
        ("title = ", "titel = ", 'county.toml：缺少 "title"，请补上。'),
    ],
)
def test_mistakes_are_named_with_their_place(county: Callable[..., Path], old: str, new: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        of(county(old, new))
    assert str(caught.value) == message


def test_a_circle_of_files_is_named_whole(county: Callable[..., Path]) -> None:
    path = county('extends = "national-2020"', 'extends = "town"')
    path.with_name("town.toml").write_text('title = "某镇"\nsource = "自定"\nextends = "county"\n', encoding="utf-8")
    with pytest.raises(UserError, match="county → town → county 绕成了圈"):
        load_policies(path.parent)


def test_the_office_says_of_every_parameter_from_when_its_rule_is(county: Callable[..., Path]) -> None:
    assert set(read_file(county(), own=True).given) == {
        "execution.explain_below",
        "quantitative.reverse",
        "grades.scale",
    }
    with pytest.raises(UserError, match=r'county\.toml：quantitative\.reverse：缺少 "date"，请补上。'):
        read_file(county(', date = "2024"', ""), own=True)


def test_values_over_those_of_the_program_need_no_title_and_extend_nothing(county: Callable[..., Path]) -> None:
    found = read_file(county('extends = "national-2020"', ""), own=True, over=True)
    assert (found.title, found.extends) == ("某县项目支出绩效自评（2024）", "")
    bare = county(COUNTY.partition("[execution]")[0], "")
    assert (read_file(bare, own=True, over=True).title, read_file(bare, own=True, over=True).source) == ("", "")
    with pytest.raises(UserError, match=r"county\.toml：extends：这里不用写"):
        read_file(county(), own=True, over=True)


def test_policies_are_found_by_name() -> None:
    policies = load_policies(FOLDER)
    assert find_policy(policies, "national-2020").title == "全国项目支出绩效自评（2020）"
    with pytest.raises(UserError, match='没有计分办法 "nationl-2020"，是否为 "national-2020"'):
        find_policy(policies, "nationl-2020")


def test_a_share_of_the_weight_can_be_fixed(county: Callable[..., Path]) -> None:
    path = county("[grades.scale]", '[qualitative]\npartly = { value = [80, 80], source = "自定" }\n\n[grades.scale]')
    assert of(path).partly == Band(D(80), D(80), high_included=True)
    assert of(path).partly.fixed
