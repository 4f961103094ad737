"""由上年建立 (rolling): the forms of a new year made from those of the last, with a treatment for every item: 保留, 清空 or 问我.

It takes records and gives records; it saves nothing, freezes nothing and knows no window.
"""

from __future__ import annotations

from perfdesk.rolling.items import items_of
from perfdesk.rolling.making import follows, questions, roll, roll_into
from perfdesk.rolling.plan import Asked, Plan, Source, begin
from perfdesk.rolling.types import Choices, Item, Question, Treatment
from perfdesk.rolling.years import move_year

__all__ = [
    "Asked",
    "Choices",
    "Item",
    "Plan",
    "Question",
    "Source",
    "Treatment",
    "begin",
    "follows",
    "items_of",
    "move_year",
    "questions",
    "roll",
    "roll_into",
]
