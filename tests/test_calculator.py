"""Sums typed into a cell: what comes out, and what is no sum and stays as it was typed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.calculator import calculate


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("12+3.5", "15.5"),
        ("=15*2", "30"),
        ("= 15 * 2 ", "30"),
        ("=15", "15"),
        ("1,200.50-200", "1000.5"),
        ("１２＋３．５", "15.5"),
        ("＝（3.2＋4）×2", "14.4"),
        ("10÷4", "2.5"),
        ("10/3", "3.33"),
        ("10/3*3", "10"),
        ("2+3*4-10/5", "12"),
        ("100-318.4", "-218.4"),
        ("-5+3", "-2"),
        ("3*-2", "-6"),
        ("8-(2-(1+1))", "8"),
        ("0.1+0.2", "0.3"),
        ("0.125+0", "0.13"),
        ("-0.125+0", "-0.13"),
        ("0.004-0.008", "0"),
        ("5-5", "0"),
    ],
)
def test_a_sum_is_done(typed: str, result: str) -> None:
    assert calculate(typed, places=2) == result


@pytest.mark.parametrize(
    "typed",
    [
        *("", "12", "-5", "+5", "1,200.50", "9分", "≥95%", "（5）", "—", "/", "无", "12万元", "=", "12+", "12+*3", "+"),
        *("(1+2", "1+2)", "1 2+3 4", "12+3元", "1/0", "0/(1-1)", "10**3", "2^3", "=A1+B1", "__import__('os')+1"),
        *("999999999999999+1", "9" * 40 + "+1", "1+" * 40 + "1", "1+.", "1+2=3", "="),
    ],
)
def test_what_is_no_sum_is_left_alone(typed: str) -> None:
    assert calculate(typed, places=2) is None


def test_an_amount_in_wan_keeps_its_fen() -> None:
    assert calculate("4429213.55/10000", places=6) == "442.921355"


_NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(_NUMBERS, _NUMBERS, st.sampled_from("+-*"))
def test_it_reckons_as_decimals_do(first: Decimal, second: Decimal, sign: str) -> None:
    exact = {"+": first + second, "-": first - second, "*": first * second}[sign]
    result = calculate(f"{first:f}{sign}{second:f}", places=2)
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert (result is None) == (abs(exact) >= 10**15)
    assert result is None or Decimal(result) == rounded


@given(st.text(alphabet="0123456789.,+-*/()=（）×÷ 万分a", max_size=20))
def test_any_text_gives_a_number_or_nothing(text: str) -> None:
    result = calculate(text, places=2)
    assert result is None or calculate(f"={result}", places=2) == result
