"""大写金额: the examples of the rules for filling in cheques, noughts in every place, and reading back what was spelt out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.spelling import spell_out

_VALUES = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_BASES = {"万": 10**4, "亿": 10**8}


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.30", "叁角整"),
        ("10", "壹拾元整"),
        ("4429200", "肆佰肆拾贰万玖仟贰佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000100000", "壹拾亿零壹拾万元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("1200050003000", "壹万贰仟亿伍仟万叁仟元整"),
        ("-12.345", "负壹拾贰元叁角伍分"),
        ("-0.001", "零元整"),
        ("1.005", "壹元零壹分"),
        ("1000000000000000", ""),
    ],
)
def test_an_amount_spelt_out(yuan: str, words: str) -> None:
    assert spell_out(Decimal(yuan)) == words


def _read(words: str) -> int:
    """Read the whole 元 back, as a teller does."""
    total = group = digit = 0
    for word in words:
        if word in _VALUES:
            digit = _VALUES[word]
        elif word in _UNITS:
            group, digit = group + digit * _UNITS[word], 0
        else:
            base, so_far = _BASES[word], group + digit
            total = (total + so_far) * base if base == 10**8 else total + so_far * base
            group = digit = 0
    return total + group + digit


@given(st.integers(min_value=1, max_value=10**15 - 1))
def test_it_reads_back(yuan: int) -> None:
    words = spell_out(Decimal(yuan))
    assert words.endswith("元整")
    assert _read(words.removesuffix("元整")) == yuan
    assert "零零" not in words
