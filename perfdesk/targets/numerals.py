"""Chinese numerals (一百二十, 九十五点五, 壹拾万) to Decimal; nothing about units or texts around them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇两", "一二三四五六七八九十百千零二")
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"万": 10_000, "亿": 100_000_000}

_CHARS: Final = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
NUMERAL_PATTERN: Final = f"[{_CHARS}]+(?:[万亿][{_CHARS}]+)*(?:点[零〇一二三四五六七八九]+)?"
"""A Chinese numeral; a closing 万 or 亿 is left to the reader as a multiplier."""


def chinese_number(text: str) -> Decimal | None:
    """Read a Chinese numeral, ``None`` when it is none: 一百二十 -> 120, 十二 -> 12, 二〇二四 -> 2024, 九十五点五 -> 95.5."""
    whole, point, decimals = text.translate(_FORMAL).partition("点")
    number = _digit_string(whole) if len(whole) > 1 else None
    if number is None:
        number = _composed(whole)
    if number is None or not point:
        return number
    tail = _digit_string(decimals)
    return None if tail is None else number + tail.scaleb(-len(decimals))


def _digit_string(text: str) -> Decimal | None:
    """Read digits one by one: 二零二四 -> 2024."""
    digits = [_DIGITS.get(char) for char in text]
    if not digits or None in digits or len(digits) > 12:
        return None
    return Decimal("".join(str(digit) for digit in digits))


def _composed(text: str) -> Decimal | None:
    """Read digits with 十百千万亿: 一万二千零三十 -> 12030."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _STEPS:
            section += (1 if digit is None else digit) * _STEPS[char]
            digit = None
        elif char in _GROUPS:
            total = (total + section + (digit or 0)) * _GROUPS[char]
            section, digit = 0, None
        else:
            return None
    return Decimal(total + section + (digit or 0)) if text else None
