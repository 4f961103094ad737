"""What the side form shows of a rating, as data: its items in the form's order, their raw figures, and how each score comes about.

Nothing is computed here: points and arithmetic are those of the assessment.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.amounts import format_score
from perfdesk.model import Binding, Block, Fix
from perfdesk.rules import Raw, inputs_of

if TYPE_CHECKING:
    from perfdesk.derive import Derived


class Item(NamedTuple):
    """评分项 (item): one row of a rating that a rule scores. ``group`` is 「投入 › 目标设定」, ``weight`` the printed points."""

    row: int
    group: str
    name: str
    weight: str
    raws: tuple[Raw, ...]


class Standing(NamedTuple):
    """How an item stands: the arithmetic in one line, the computed points, and the typed ones with how to give them up."""

    why: str
    computed: Decimal | None
    stated: str
    differs: bool

    @property
    def result(self) -> str:
        """The points that count: 「2.40 分」, 「—」 while figures are missing."""
        if self.stated:
            return f"{self.stated.strip().removesuffix('分')} 分"
        return "—" if self.computed is None else f"{format_score(self.computed)} 分"


def items_of(derived: Derived) -> tuple[Item, ...]:
    """Return the items of a form that are scored from raw figures."""
    found = []
    for row, indicator in enumerate(derived.record.indicators):
        raws = inputs_of(derived.template.rules.get((indicator.level2, indicator.name), ()))
        if raws:
            group = " › ".join(part for part in (indicator.level1, indicator.level2) if part)
            found.append(Item(row, group, indicator.name, indicator.weight, raws))
    return tuple(found)


def standing_of(derived: Derived, row: int) -> Standing:
    """Return how the item of that indicator row stands."""
    score = derived.assessment.scores[row]
    differs = bool(score.stated) and score.computed is not None and score.stated_value != score.computed
    return Standing(score.explanation, score.computed, score.stated, differs)


def take_computed(row: int) -> Fix:
    """采用: give up the typed score of an item; the computed one counts again."""
    return Fix("采用算得的分", ((Binding(Block.INDICATORS, "score", row=row), ""),))


def used_by(items: tuple[Item, ...]) -> dict[str, tuple[str, ...]]:
    """Return for each raw figure the names of the items that use it."""
    found: dict[str, tuple[str, ...]] = {}
    for item in items:
        for raw in item.raws:
            found[raw.key] = (*found.get(raw.key, ()), item.name)
    return found
