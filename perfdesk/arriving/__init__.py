"""核对导入内容 (arriving): what a person is asked about a form from a foreign file, and what becomes of the answers.

Between recognition and the store: pure functions of what was recognised, what was said to it and what is there already. Nothing is
dropped without a word: a text that belongs to no field is kept beside the form unless somebody says no.
"""

from __future__ import annotations

from perfdesk.arriving.making import NOTES_KEY, Known, arrived, as_chosen, correct, notes_of, origin_of, retake
from perfdesk.arriving.points import count_of, points_of
from perfdesk.arriving.same import Same, same_of
from perfdesk.arriving.types import Case, Choice, Found, Gravity, Point, Say

__all__ = [
    "NOTES_KEY",
    "Case",
    "Choice",
    "Found",
    "Gravity",
    "Known",
    "Point",
    "Same",
    "Say",
    "arrived",
    "as_chosen",
    "correct",
    "count_of",
    "notes_of",
    "origin_of",
    "points_of",
    "retake",
    "same_of",
]
