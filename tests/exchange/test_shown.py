"""What a spreadsheet shows of a number: the formats that forms use, as Excel and WPS print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.exchange.shown import BUILT_IN, shown, symbols

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "text", "raw"),
    [
        ("0.99324", "0.00%", "99.32%", "0.99324"),
        ("0.9932", "0.00%", "99.32%", ""),
        ("1", "0%", "100%", ""),
        ("29539.132", "0.00", "29539.13", "29539.132"),
        ("1234567.5", "#,##0.00", "1,234,567.50", ""),
        ("-1234.5", "#,##0.00;[Red]-#,##0.00", "-1,234.50", ""),
        ("-1234.5", "#,##0.00;(#,##0.00)", "(1,234.50)", ""),
        ("8.445", "0.00", "8.45", "8.445"),
        ("-8.445", "0.00", "-8.45", "-8.445"),
        ("98.460000000000008", "", "98.46", ""),
        ("0.1", "General", "0.1", ""),
        ("0.333333333333333", "General", "0.333333333", "0.333333333333333"),
        ("12345678901234", "", "12345678901234", ""),
        ("9", '0"分"', "9分", ""),
        ("9", 'General"分"', "9分", ""),
        ("9.5", "G/通用格式", "9.5", ""),
        ("50", r"0\分", "50分", ""),
        ("12", "000", "012", ""),
        ("5", "0.##", "5", ""),
        ("0.5", "#.##", ".5", ""),
        ("123456", '#,##0,"千"', "123千", "123456"),
        ("1234", "[$¥-804]#,##0.00", "¥1,234.00", ""),
        ("12345", "0.00E+00", "1.23E+04", "12345"),
        ("0.5", "# ?/?", "0.5", ""),
        ("0", ACCOUNTS, " - ", ""),
        ("3.14", ACCOUNTS, "3.14", ""),
        ("100", '[>=90]"优";[>=80]"良";"差"', "优", ""),
        ("85", '[>=90]"优";[>=80]"良";"差"', "良", ""),
        ("60", '[>=90]"优";[>=80]"良";"差"', "差", ""),
        ("44196", 'yyyy"年"m"月"d"日"', "2020年12月31日", ""),
        ("44196", '[$-804]yyyy"年"m"月";@', "2020年12月", ""),
        ("44196.5", "yyyy-mm-dd hh:mm:ss", "2020-12-31 12:00:00", ""),
        ("44196", BUILT_IN[14], "2020/12/31", ""),
        ("44196", BUILT_IN[31], "2020年12月31日", ""),
        ("44196", "aaaa", "星期四", ""),
        ("0.75", "h:mm AM/PM", "6:00 下午", ""),
        ("1.25", "[h]:mm", "30:00", ""),
        ("0.0215", "mm:ss", "30:58", ""),
        ("59", "yyyy-m-d", "1900-2-28", ""),
        ("61", "yyyy-m-d", "1900-3-1", ""),
        ("-1", "yyyy-m-d", "-1", ""),
        ("9999999999", "yyyy-m-d", "9999999999", ""),
        ("2020年", "0.00", "2020年", ""),
        ("NaN", "0.00", "NaN", ""),
        ("1e999", "0.00", "1e999", ""),
        ("5", "[", "5", ""),
        ("5", "0" * 300, "5", ""),
    ],
)
def test_a_number_is_shown_as_its_format_says(stored: str, code: str, text: str, raw: str) -> None:
    found = shown(stored, code)
    assert found.text.strip() == text.strip()
    assert found.raw == raw


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    assert shown("42734", "yyyy-mm-dd", since_1904=True).text == "2020-12-31"


@pytest.mark.parametrize("decimals", [0, 1, 2, 4])
@given(cents=st.integers(-(10**12), 10**12))
def test_figures_of_forms_are_shown_without_loss(cents: int, decimals: int) -> None:
    number = Decimal(cents).scaleb(-decimals)
    code = "0" + ("." + "0" * decimals if decimals else "")
    assert Decimal(shown(str(number), code).text) == number
    grouped = shown(str(number), "#,##" + code).text
    assert Decimal(grouped.replace(",", "")) == number
    assert Decimal(shown(str(number), "").text) == number or decimals > 2


@given(st.text(max_size=40), st.floats())
def test_no_format_is_too_odd(code: str, number: float) -> None:
    assert isinstance(shown(repr(number), code).text, str)


@given(st.text(alphabet='0#?.,%@;"\\_*[]ymdhsEeAaP/+->=9年 ', max_size=30), st.floats(-1e15, 1e15))
def test_no_mixture_of_codes_is_too_odd(code: str, number: float) -> None:
    assert isinstance(shown(repr(number), code).text, str)


@pytest.mark.parametrize(
    ("text", "face", "seen"),
    [
        ("R", "Wingdings 2", "☑"),
        ("\xfe", "Wingdings", "☑"),
        ("\uf0fe", "", "☑"),
        ("\uf0a8是", "Wingdings", "□是"),
        ("R", "宋体", "R"),
        ("是√", "宋体", "是√"),
    ],
)
def test_symbol_faces_are_read_as_what_a_person_sees(text: str, face: str, seen: str) -> None:
    assert symbols(text, face) == seen
