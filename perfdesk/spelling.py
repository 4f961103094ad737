"""大写金额 (amounts spelt out): 4429200 元 is 肆佰肆拾贰万玖仟贰佰元整. Decimal in 元 in, Chinese out.

Source: 中国人民银行《支付结算办法》(银发〔1997〕393号) 附一《正确填写票据和结算凭证的基本规定》: the word 整 behind 元 and 角,
one 零 for any run of noughts between figures, 零 before 分 where there are no 角.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from perfdesk.amounts import MAX_INTEGER_DIGITS, round_half_up

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_BASES: Final = ((10**8, "亿"), (10**4, "万"))
_NOUGHT: Final = "零"


def spell_out(yuan: Decimal) -> str:
    """Spell out an amount in 元, rounded half up to 分: 1680.32 -> 壹仟陆佰捌拾元叁角贰分, 16409.02 -> 壹万陆仟肆佰零玖元零贰分.

    Nought is 零元整, a negative amount begins with 负. ``""`` for an amount beyond 15 whole digits, which no cell holds.
    """
    cents = int(round_half_up(abs(yuan), 2) * 100)
    whole, rest = divmod(cents, 100)
    if len(str(whole)) > MAX_INTEGER_DIGITS:
        return ""
    words = f"{_whole(whole)}元" if whole else ""
    words += _parts(*divmod(rest, 10), after_yuan=bool(whole)) or ("整" if whole else "零元整")
    return f"负{words}" if yuan < 0 and cents else words


def _parts(jiao: int, fen: int, *, after_yuan: bool) -> str:
    """Spell out 角 and 分; nothing where there are none."""
    if not jiao and not fen:
        return ""
    if not fen:
        return f"{_DIGITS[jiao]}角整"
    return f"{_DIGITS[jiao]}角{_DIGITS[fen]}分" if jiao else f"{_NOUGHT * after_yuan}{_DIGITS[fen]}分"


def _whole(number: int) -> str:
    """Spell out a whole number: what stands before 亿 and 万 is spelt out the same way; 壹万亿 is 10000 times 亿."""
    for base, word in _BASES:
        if number >= base:
            high, low = divmod(number, base)
            return _whole(high) + word + _NOUGHT * (0 < low < base // 10) + (_whole(low) if low else "")
    return _group(number)


def _group(number: int) -> str:
    """Spell out up to four figures: 6007 -> 陆仟零柒, 700 -> 柒佰."""
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith(_NOUGHT) and number % 10**place:
            words += _NOUGHT
    return words
