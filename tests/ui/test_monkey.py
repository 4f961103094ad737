"""A monkey at the real window: whatever it does, the forms are what the core makes of its actions, and nothing is raised.

``make monkey SEED=7 MOVES=10000`` is the long run of the same.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.monkey.moves import Move, drawn
from tests.monkey.runs import difference, run, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from perfdesk.model import Record

MOVES = 200


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_forms_are_what_the_core_makes_of_the_actions(qapp: QApplication, folder: Path, seed: int) -> None:
    moves = drawn(seed, MOVES)
    failure = run(qapp, folder, moves)
    assert failure is None, f"make monkey SEED={seed}: {failure.what} after {moves[: failure.at + 1][-5:]}"


def test_moves_of_a_seed_are_the_same_every_time() -> None:
    assert drawn(5, 300) == drawn(5, 300)
    assert drawn(5, 300) != drawn(6, 300)
    assert {one.kind for one in drawn(5, 3000)} >= {
        "type",
        "undo",
        "redo",
        "insert",
        "switch",
        "zoom",
        "reopen",
    }


def test_a_difference_names_the_smallest_part(sample: Record) -> None:
    other = replace(sample, values={**sample.values, "agency": "某县司法局"})
    assert difference(sample, sample, "now") == ""
    said = difference(sample, other, "now")
    assert said.startswith("now: ")
    assert "record.values['agency']" in said
    assert "'某县司法局'" in said
    shorter = replace(sample, indicators=sample.indicators[:-1])
    assert f"record.indicators\n    window {len(sample.indicators)}: " in difference(sample, shorter, "now")


def fails(moves: Sequence[Move]) -> bool:
    """Goes wrong where a row is deleted some time after one was moved."""
    kinds = [one.kind for one in moves]
    return "up" in kinds and "delete" in kinds[kinds.index("up") :]


def test_failing_moves_are_shortened_to_those_that_matter() -> None:
    moves = (*drawn(3, 120), Move("up"), *drawn(4, 9), Move("delete"))
    fewest = shortened(moves, fails, tries=200)
    assert [one.kind for one in fewest] == ["up", "delete"]


def test_shortening_ends_after_so_many_tries() -> None:
    asked: list[int] = []

    def count(moves: Sequence[Move]) -> bool:
        asked.append(len(moves))
        return fails(moves)

    moves = (Move("up"), *drawn(3, 120), Move("delete"))
    kept = shortened(moves, count, tries=7)
    assert len(asked) == 7
    assert fails(kept)
    assert all(one in moves for one in kept)
