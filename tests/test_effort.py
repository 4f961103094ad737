"""What counts the effort of the others: a square is told from a line."""

from __future__ import annotations

import pytest

from tests.effort import assert_grows_evenly, calls


def along(size: int) -> None:
    for number in range(size):
        abs(number)


def across(size: int) -> None:
    for number in range(size):
        along(number)


def test_calls_are_counted_by_name() -> None:
    counted = calls(lambda: [abs(-1), abs(-2)])
    assert counted["<built-in method builtins.abs>"] == 2
    assert calls(lambda: along(5)).total() == calls(lambda: along(3)).total() + 2


def test_a_square_is_no_line() -> None:
    assert_grows_evenly(along, 100)
    with pytest.raises(AssertionError, match=r"calls at 100.*at twice that.*along"):
        assert_grows_evenly(across, 100)
