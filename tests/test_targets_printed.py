"""Some 1300 targets and actuals as forms of many counties print them, each with what it says (``readings/*.txt``).

A line is the text, a bar, and the meaning on a form of 2024: kind, level, comparator, 约, number, unit, 达 (a figure that was
reached) and ! (a malformed sign). Money is in 元, rates are in percent.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import plain
from perfdesk.targets import Kind, Parts, Value, format_value, join_target, read, says_nothing_happened, split_target

YEAR = 2024
TABLES = Path(__file__).parent / "readings"


def table(name: str) -> list[tuple[str, str]]:
    lines = (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if not line.startswith("#"))
    return [(typed, meaning) for typed, meaning in rows]


def described(value: Value) -> str:
    """Write what a value says, as in the tables."""
    words = [value.kind.name, value.level.name if value.level else "", value.comparator.value]
    words.append("约" if value.approximate else "")
    words.append("" if value.number is None else plain(value.number))
    words.append("" if value.low is None or value.high is None else f"{plain(value.low)}..{plain(value.high)}")
    words.append("" if value.date is None else value.date.isoformat())
    words += [value.unit, "!" if value.malformed_sign else "", "达" if value.reached else ""]
    return " ".join(word for word in words if word)


NAMES = sorted(path.stem for path in TABLES.glob("*.txt"))
ALL = [row for name in NAMES for row in table(name)]


@pytest.mark.parametrize("name", NAMES)
def test_what_forms_print_is_read_as_it_is_meant(name: str) -> None:
    rows = table(name)
    wrong = [(typed, meaning, described(read(typed, year=YEAR))) for typed, meaning in rows]
    assert [row for row in wrong if row[1] != row[2]] == []
    assert len(rows) > 10


def test_no_text_stands_twice_in_the_tables() -> None:
    typed = [row[0] for row in ALL]
    assert len(typed) == len(set(typed)) > 1000


def meaning(value: Value) -> Value:
    """A value without the way it was written; 达到95% and ≥95% ask for the same."""
    return replace(value, text="", rest="", malformed_sign=False, reached=False)


def assert_parts_mean_the_same(typed: str, year: int | None) -> None:
    value, parts = read(typed, year=year), split_target(typed, year=year)
    joined = join_target(parts)
    assert meaning(read(joined, year=year)) == meaning(value), (typed, parts)
    assert split_target(joined, year=year) == parts
    if value.kind is not Kind.TEXT:
        assert value.unit == parts.unit


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_target_is_kept_whole_written_back_and_split(name: str) -> None:
    for typed, _ in table(name):
        value = read(typed, year=YEAR)
        assert value.text == typed
        written = format_value(value)
        assert meaning(read(written, year=YEAR)) == meaning(value), (typed, written)
        assert_parts_mean_the_same(typed, YEAR)


PIECES = sorted({piece for typed, _ in ALL for piece in (typed[:3], typed[-3:], typed[1:4])})


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join), st.sampled_from([None, YEAR]))
def test_pieces_of_printed_targets_read_back_whatever_they_make(typed: str, year: int | None) -> None:
    value = read(typed, year=year)
    assert value.text == typed
    assert meaning(read(format_value(value), year=year)) == meaning(value)
    assert_parts_mean_the_same(typed, year)


@given(st.text(max_size=40), st.sampled_from([None, YEAR]))
def test_any_text_can_be_split_and_joined(typed: str, year: int | None) -> None:
    assert_parts_mean_the_same(typed, year)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("≥70件", Parts("≥", "70", "件")),
        ("不超过10万元", Parts("≤", "10", "万元")),
        ("群众满意度不低于95%", Parts("≥", "95", "%")),
        ("=1个", Parts("=", "1", "个")),
        ("3", Parts("", "3", "")),
        ("400-500人", Parts("", "400-500", "人")),
        ("70余件次", Parts("", "约70", "件次")),
        ("每月不少于1次", Parts("≥", "1", "次/月")),
        ("12月30日前", Parts("≤", "2024年12月30日", "")),
        ("显著提升", Parts("定性", "显著提升", "")),
        ("安置帮教对象无重新犯罪发生", Parts("定性", "安置帮教对象无重新犯罪发生", "")),
        ("—", Parts("", "", "")),
    ],
)
def test_a_target_in_the_columns_of_a_goal_table(typed: str, parts: Parts) -> None:
    assert split_target(typed, year=YEAR) == parts


@pytest.mark.parametrize(
    ("parts", "typed"),
    [
        (Parts("≥", "300", "件"), "≥300件"),
        (Parts("定性", "回归", "非数量指标"), "回归"),
        (Parts("≥", "≥95%", "%"), "≥95%"),
        (Parts("＝", "1", "/"), "＝1"),
        (Parts("≥", "", "件"), ""),
    ],
)
def test_the_columns_of_a_goal_table_as_one_text(parts: Parts, typed: str) -> None:
    assert join_target(parts) == typed


@pytest.mark.parametrize(
    ("typed", "nothing"),
    [
        *(
            (one, True)
            for one in ("零投诉", "未发生", "未发生安全事故。", "无", "无重大安全责任事故", "没有出现脱管漏管", "0")
        ),
        *((one, False) for one in ("1起", "无效", "未完成", "无障碍通行", "不断提高", "0.5%", "")),
    ],
)
def test_an_actual_that_says_nothing_happened(typed: str, nothing: bool) -> None:
    assert says_nothing_happened(read(typed)) is nothing
