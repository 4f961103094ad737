"""Amounts, percentages and points as clerks type them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import (
    MoneyUnit,
    format_rate,
    format_score,
    from_yuan,
    is_blank,
    narrow,
    parse_amount,
    parse_number,
    parse_percent,
    parse_score,
    plain,
    round_half_up,
    same,
    to_yuan,
)
from perfdesk.errors import PerfdeskError, UserError

YUAN, WAN = MoneyUnit.YUAN, MoneyUnit.WAN
decimals = st.decimals(min_value=-(10**14), max_value=10**14, places=6)


def dec(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        ("１２", "12"),
        ("９．５", "9.5"),
        ("191,353.44", "191353.44"),
        ("１９１，３５３．４４", "191353.44"),
        ("16905537.09", "16905537.09"),
        ("1, 234, 567", "1234567"),
        ("30 000", "30000"),
        ("\u3000 318.4\u00a0", "318.4"),
        ("442.92\u200b", "442.92"),
        ("+3", "3"),
        ("-5", "-5"),
        ("－５", "-5"),
        ("\u22125", "-5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0", "0"),
        ("999999999999999.9999999999", "999999999999999.9999999999"),
        # nothing there
        ("0.5.", None),
        (None, None),
        ("", None),
        ("  ", None),
        ("—", None),
        ("-", None),
        ("/", None),
        ("无", None),
        # cannot be read: never guessed
        ("1,2", None),
        ("10 20", None),
        ("1.2.3", None),
        ("12元", None),
        ("12%", None),
        ("1e5", None),
        ("1E999999999", None),
        ("10²", None),
        ("①", None),
        ("٣", None),
        ("NaN", None),
        ("Infinity", None),
        ("十二", None),
        ("1234567890123456", None),
        ("1,234,567,890,123,456", None),
        ("1" * 10_000, None),
        ("0.12345678901", None),
    ],
)
def test_a_typed_number_is_read_or_left_alone(typed: str | None, number: str | None) -> None:
    assert parse_number(typed) == dec(number)


@pytest.mark.parametrize("typed", [None, "", " ", "—", "－", "-", "/", "／", "无", "\u3000", "——"])
def test_a_cell_that_says_nothing_is_blank(typed: str | None) -> None:
    assert is_blank(typed)


@pytest.mark.parametrize("typed", ["0", "无偏差", "5", "。"])
def test_a_cell_that_says_something_is_not_blank(typed: str) -> None:
    assert not is_blank(typed)


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("10", "10"),
        ("10分", "10"),
        ("９．８５ 分", "9.85"),
        ("分", None),
        (None, None),
        ("十分", None),
        ("1" * 99 + "分", None),
    ],
)
def test_points_may_carry_their_word(typed: str | None, points: str | None) -> None:
    assert parse_score(typed) == dec(points)


@pytest.mark.parametrize(
    ("typed", "percent"),
    [
        ("98.46", "98.46"),
        ("98.46%", "98.46"),
        ("９８．４６％", "98.46"),
        ("100 %", "100"),
        ("-5%", "-5"),
        ("%", None),
        ("—", None),
    ],
)
def test_a_rate_is_read_in_percent(typed: str, percent: str | None) -> None:
    assert parse_percent(typed) == dec(percent)


@pytest.mark.parametrize(
    ("typed", "in_yuan", "in_wan"),
    [
        ("48000", "48000", "48000"),
        ("4.8万元", "48000", "4.8"),
        ("４．８　万元", "48000", "4.8"),
        ("48000元", "48000", "4.8"),
        ("10万", "100000", "10"),
        ("3千元", "3000", "0.3"),
        ("0.5亿元", "50000000", "5000"),
        ("￥30,000.00", "30000", "30000"),
        ("2万元整", "20000", "2"),
        ("29539圆", "29539", "2.9539"),
        ("—", None, None),
        ("", None, None),
        (None, None, None),
        ("万元", None, None),
        ("约5万元", None, None),
        ("5美元", None, None),
        ("5" * 1000 + "元", None, None),
    ],
)
def test_a_typed_unit_is_converted_to_that_of_the_form(
    typed: str | None, in_yuan: str | None, in_wan: str | None
) -> None:
    assert parse_amount(typed, YUAN) == dec(in_yuan)
    assert parse_amount(typed, WAN) == dec(in_wan)


def test_amounts_convert_exactly_between_the_units() -> None:
    assert to_yuan(Decimal("442.92"), WAN) == Decimal(4429200)
    assert from_yuan(Decimal("4429287.6"), WAN) == Decimal("442.92876")
    assert to_yuan(Decimal(29539), YUAN) == from_yuan(Decimal(29539), YUAN) == Decimal(29539)
    assert [str(unit) for unit in MoneyUnit] == ["元", "万元"]


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("98.463333", 2, "98.46"),
        ("98.465", 2, "98.47"),
        ("9.845", 2, "9.85"),
        ("-9.845", 2, "-9.85"),
        ("-0.004", 2, "0.00"),
        ("2.5", 0, "3"),
        ("10", 2, "10.00"),
        ("123456789012345678901234567890.125", 2, "123456789012345678901234567890.13"),
    ],
)
def test_rounding_is_half_up(value: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == rounded


def test_the_execution_rate_of_a_published_form() -> None:
    """29539 of 30000 元 prints 98.46 % and earns 9.85 of 10."""
    rate = Decimal(29539) / Decimal(30000) * 100
    assert format_rate(rate) == "98.46%"
    assert format_rate(rate, sign=False) == "98.46"
    assert format_score(round_half_up(rate, 2) / 10) == "9.85"
    assert format_score(Decimal(30)) == "30.00"
    assert same(rate, Decimal("98.46"))
    assert not same(rate, Decimal("98.5"))
    assert same(rate, Decimal("98.5"), places=1)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("442.92", "442.92"),
        ("442.920", "442.92"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.50", "0.5"),
        ("-0.0", "0"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_plain_number_has_no_exponent_and_no_idle_zeros(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_a_narrower_decimal_context_elsewhere_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 4
        assert parse_amount("4.8123456万元", YUAN) == Decimal("48123.456")
        assert str(round_half_up(Decimal("123456.785"), 2)) == "123456.79"


def test_half_width_keeps_what_has_no_half_width() -> None:
    assert narrow("ａｂｃ（１）：≥９５％；《办法》、完成。") == "abc(1):≥95%;《办法》、完成。"
    assert narrow("plain 12") == "plain 12"


def test_a_user_error_is_one_of_ours() -> None:
    error = UserError("“法律援助.xlsx”正被其他程序占用，请关闭后重试。")
    assert isinstance(error, PerfdeskError)
    assert str(error).endswith("请关闭后重试。")


@given(st.text(max_size=80))
def test_reading_never_raises(text: str) -> None:
    for value in (parse_number(text), parse_score(text), parse_percent(text), parse_amount(text, WAN)):
        assert value is None or value.is_finite()


@given(decimals)
def test_a_printed_number_is_read_back(value: Decimal) -> None:
    assert parse_number(plain(value)) == value
    assert parse_number(f"{value:,f}") == value
    assert parse_amount(f"{plain(value)}万元", WAN) == value
    assert from_yuan(to_yuan(value, WAN), WAN) == value


@given(decimals, st.integers(0, 4))
def test_rounding_is_idempotent_and_near(value: Decimal, places: int) -> None:
    rounded = round_half_up(value, places)
    assert round_half_up(rounded, places) == rounded
    assert abs(rounded - value) <= Decimal(5).scaleb(-places - 1)
    assert rounded == value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert parse_score(format_score(value)) == round_half_up(value, 2)
    assert parse_percent(format_rate(value)) == round_half_up(value, 2)
