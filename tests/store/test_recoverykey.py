"""The recovery key: printed in groups, typed back with what a tired hand does to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.store.recoverykey import GROUPS, SIZE, is_right, read, spell, typed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
data_keys = st.binary(min_size=SIZE, max_size=SIZE)


@given(data_keys)
def test_what_is_printed_reads_as_the_same_key(key: bytes) -> None:
    groups = spell(key)
    assert len(groups) == GROUPS
    assert all(len(one) == 5 and set(one) <= set(ALPHABET) for one in groups)
    assert read(" ".join(groups)) == key


@given(data_keys, st.integers(0, GROUPS * 5 - 1), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed_and_its_group_named(key: bytes, at: int, letter: str) -> None:
    whole = "".join(spell(key))
    other = whole[:at] + letter + whole[at + 1 :]
    if other == whole:
        assert read(other) == key
        return
    with pytest.raises(UserError, match=f"第 {at // 5 + 1} 组不对"):
        read(other)


@given(data_keys, st.integers(0, GROUPS * 5 - 2))
def test_two_neighbours_that_changed_places_are_noticed(key: bytes, at: int) -> None:
    whole = "".join(spell(key))
    other = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    if other != whole:
        with pytest.raises(UserError, match="组不对"):
            read(other)


@given(data_keys, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_two_groups_that_changed_places_are_noticed(key: bytes, one: int, other: int) -> None:
    groups = [*spell(key)]
    groups[one], groups[other] = groups[other], groups[one]
    if one != other:
        with pytest.raises(UserError, match="组不对"):
            read("".join(groups))


def test_the_worked_example() -> None:
    assert spell(bytes(SIZE))[:4] == ("00001", "00002", "00004", "00008")


@pytest.mark.parametrize("wording", ["{}", "  {}\n", "{} ——", "“{}”"])
@pytest.mark.parametrize("between", ["", "-", " － ", "\n", "　"])
def test_blanks_dashes_small_and_full_width_letters_do_not_matter(wording: str, between: str) -> None:
    key = bytes(range(SIZE))
    text = between.join(spell(key)).lower().translate({ord("0"): "０", ord("7"): "７", ord("k"): "ｋ"})
    assert read(wording.format(text)) == key


def test_letters_that_are_none_of_ours_are_read_as_what_they_look_like() -> None:
    key = bytes(SIZE)
    assert "0" in "".join(spell(key))
    assert read("".join(spell(key)).replace("0", "O").replace("1", "l")) == key
    assert typed("oO iI lL") == "001111"


@pytest.mark.parametrize(("text", "said"), [("", "现在有 0 个，少了 65 个"), ("0" * 70, "现在有 70 个，多了 5 个")])
def test_too_few_and_too_many_are_counted(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read(text)


@pytest.mark.parametrize("text", ["U" * 5, "绩效表格数", "0000"])
def test_a_group_of_other_letters_is_wrong(text: str) -> None:
    assert not is_right(text, 0)


def test_bits_beyond_the_key_are_refused() -> None:
    last = next(f"000{one}{check}" for one in "1" for check in ALPHABET if is_right(f"000{one}{check}", GROUPS - 1))
    with pytest.raises(UserError, match="第 13 组不对"):
        read("".join((*spell(bytes(SIZE))[:-1], last)))
