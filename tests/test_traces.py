"""Where something went wrong is told, what somebody typed is not."""

from __future__ import annotations

import sqlite3

import pytest

from perfdesk import traces

TYPED = "张三的身份证号"


def told(error: BaseException) -> str:
    try:
        raise error
    except type(error) as caught:
        return traces.where(caught)


def test_kind_and_place_without_the_text() -> None:
    said = told(ValueError(f"could not read {TYPED}"))
    assert said.splitlines()[0] == "ValueError"
    assert "  test_traces.py:" in said
    assert said.endswith(" told")
    assert TYPED not in said


def test_names_of_the_program_and_numbers_are_told() -> None:
    assert told(AttributeError("'Record' object has no attribute 'x'")).startswith(
        "AttributeError: 'Record' object has"
    )
    assert told(OSError(28, "No space left", f"/home/{TYPED}")).splitlines()[0] == "OSError: 28"
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(":memory:").execute(TYPED)
    assert traces.where(caught.value).splitlines()[0] == "OperationalError: SQLITE_ERROR"


def test_what_led_to_it_is_told_in_turn() -> None:
    nothing: dict[str, str] = {}
    try:
        try:
            nothing[TYPED]
        except KeyError as error:
            raise ValueError(TYPED) from error
    except ValueError as error:
        said = traces.where(error)
    assert [one.strip() for one in said.splitlines() if not one.startswith("  ")] == ["ValueError", "after KeyError"]
    assert TYPED not in said


def test_a_cause_that_was_set_aside_is_left_out_and_a_circle_ends() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert traces.where(first) == "ValueError\nafter KeyError"
    third = LookupError("c")
    third.__context__, third.__suppress_context__ = first, True
    assert traces.where(third) == "LookupError"
    third.__suppress_context__ = False
    assert traces.where(third) == "LookupError\nafter ValueError\nafter KeyError"
