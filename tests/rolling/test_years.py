"""Years written in texts move on with their form, others stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.rolling import move_year


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2020年度法律援助经费", "2021年度法律援助经费"),
        ("截至2020 年12月底", "截至2021 年12月底"),
        ("２０２０年", "２０２１年"),
        ("2020年比2019年多办120件", "2021年比2019年多办120件"),
        ("案件2020件", "案件2020件"),
        ("12020年", "12020年"),
        ("昌司〔2020〕15号", "昌司〔2020〕15号"),
        ("12月30日前", "12月30日前"),
        ("", ""),
    ],
)
def test_only_the_own_year_of_a_text_moves(text: str, moved: str) -> None:
    assert move_year(text, 2020, 2021) == moved


@given(st.text(), st.integers(1949, 2999))
def test_a_year_that_stays_changes_nothing(text: str, year: int) -> None:
    assert move_year(text, year, year) == text
