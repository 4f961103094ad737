"""恢复密钥 (recovery key): the data key as it is printed and typed back: 13 groups of five characters, each checked by itself.

32 characters are used, 0–9 and A–Z without I, L, O and U: 0 and O, 1 and I never both stand for something; O is read as 0, I and L
as 1. Of each group four characters carry 20 bits and the fifth checks them and the place of the group: any one character that is
wrong, two neighbours that changed places and two groups that did are noticed, and the group is named. No file is touched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from perfdesk.errors import UserError

GROUPS: Final = 13
"""So many groups carry the 256 bits of a data key, and four bits more that are 0."""

SIZE: Final = 32
"""Bytes of a data key."""

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_CARRYING, _WIDTH = 4, 5  # characters of a group that carry bits, all of them
_FIELD: Final = 0b100101  # x⁵ + x² + 1: 32 elements, every one but 0 a power of 2


def spell(key: bytes) -> tuple[str, ...]:
    """Return a data key of 32 bytes as the groups that are printed.

    Worked example: 32 bytes of 0 are ``00001``, ``00002``, ``00004``, …: four characters 0, and what marks the place.
    """
    whole = int.from_bytes(key) << 4
    bits = [(whole >> (20 * (GROUPS - 1 - place))) & 0xFFFFF for place in range(GROUPS)]
    return tuple("".join(_LETTERS[one] for one in _with_check(part, place)) for place, part in enumerate(bits))


def read(text: str) -> bytes:
    """Return the data key that somebody typed: small or full-width letters, blanks, line breaks and any dashes may stand in it.

    Raises :class:`UserError` that names the group which is wrong, or says how many characters are there.
    """
    letters = typed(text)
    wanted = GROUPS * _WIDTH
    if len(letters) != wanted:
        apart = f"少了 {wanted - len(letters)}" if len(letters) < wanted else f"多了 {len(letters) - wanted}"
        raise UserError(
            f"恢复密钥是 {GROUPS} 组，每组 {_WIDTH} 个字符，共 {wanted} 个；现在有 {len(letters)} 个，{apart} 个。"
            "请对着打印的那张纸核对。"
        )
    groups = [letters[at : at + _WIDTH] for at in range(0, wanted, _WIDTH)]
    wrong = [str(place + 1) for place, group in enumerate(groups) if not is_right(group, place)]
    if wrong:
        raise UserError(f"恢复密钥的第 {'、'.join(wrong)} 组不对。请对着打印的那张纸重填这一组。")
    whole = 0
    for group in groups:
        for letter in group[:_CARRYING]:
            whole = whole << 5 | _LETTERS.index(letter)
    if whole & 0xF:
        raise UserError(f"恢复密钥的第 {GROUPS} 组不对。请对着打印的那张纸重填这一组。")
    return (whole >> 4).to_bytes(SIZE)


def typed(text: str) -> str:
    """Return the characters that count of what somebody typed."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    return "".join(one for one in plain if one.isalnum())


def is_right(group: str, place: int) -> bool:
    """Tell whether a group of five characters, as :func:`typed` returns it, can stand at a place (from 0)."""
    if len(group) != _WIDTH or not set(group) <= set(_LETTERS):
        return False
    *carrying, check = (_LETTERS.index(one) for one in group)
    return _check(carrying, place) == check


def _with_check(part: int, place: int) -> Iterator[int]:
    carrying = [part >> shift & 31 for shift in (15, 10, 5, 0)]
    yield from (*carrying, _check(carrying, place))


def _check(carrying: Sequence[int], place: int) -> int:
    """Return the sum of each character times 2, 4, 8, 16 and of 2 to the power of the place, in the field of 32 elements."""
    total = _power(place)
    for at, one in enumerate(carrying):
        total ^= _times(one, _power(at + 1))
    return total


def _power(exponent: int) -> int:
    found = 1
    for _ in range(exponent):
        found = _times(found, 2)
    return found


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= _FIELD
        other >>= 1
    return product
