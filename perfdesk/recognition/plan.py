"""找什么 (plan): what a template says is printed beside, above and in each of its cells; nothing of it is written a second time.

Labels are kept reduced (``perfdesk.labels``). A template is read once and its plan kept by its identity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, TypeVar

from perfdesk.labels import label_forms, match_label
from perfdesk.model import Binding
from perfdesk.model import Block as Part
from perfdesk.template import (
    NUMBER_KEY,
    TERMS,
    Block,
    BlockRole,
    Slot,
    SlotKind,
    Template,
)

_Value = TypeVar("_Value")
_FIELD = re.compile(r"\{\w+\}")
_REPEATED = frozenset({BlockRole.INDICATORS, BlockRole.LIST})
_HEADS = frozenset({BlockRole.TITLE, BlockRole.SUBTITLE})
_PLACED = frozenset({"title", "annex"})
_LEVELS = ("level1", "level2", "goal")


class Column(NamedTuple):
    """A column of the repeated rows: its key, the pattern around it, of a tick the word it stands for.

    ``part`` is what of the text stands there, where a source has it in several columns.
    """

    key: str
    pattern: str = ""
    word: str = ""
    part: str = ""


@dataclass(slots=True)
class Plan:
    """What to look for in a form of one template; filled while the template is read, then only read.

    ``singles``: label -> the cell it stands beside, above or in; ``below`` the labels that stand above theirs. ``inline``: labels
    printed in one cell with what is typed. ``fund_rows``/``fund_columns``: the two sides of the fund table. ``columns``: heading ->
    column of the indicators or the list (``part``). ``totals``: column key -> key of the total below it. ``defaults``: what a blank
    cell prints. ``boxes``: words with boxes of a binding. ``words``: everything the template prints itself. ``weights``: label ->
    how much it tells that a form is this one. ``patterns``: the fund cells (column, row) with words printed around the
    figure. ``level1``: the 一级指标 of the starter rows.
    """

    template: Template
    part: Part | None = None
    singles: dict[str, Binding] = field(default_factory=dict)
    below: set[str] = field(default_factory=set)
    inline: set[str] = field(default_factory=set)
    fund_rows: dict[str, int] = field(default_factory=dict)
    fund_columns: dict[str, Column] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    totals: dict[str, Binding] = field(default_factory=dict)
    total_words: set[str] = field(default_factory=set)
    defaults: dict[Binding, str] = field(default_factory=dict)
    boxes: dict[Binding, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    weights: dict[str, float] = field(default_factory=dict)
    patterns: set[tuple[str, int]] = field(default_factory=set)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    level1: frozenset[str] = frozenset()

    @property
    def below_bindings(self) -> frozenset[Binding]:
        """The fields that stand below their label."""
        return frozenset(self.singles[one] for one in self.below)

    @property
    def has_weighted_levels(self) -> bool:
        """Whether the first-level labels print their points: 产出指标（50分）."""
        return any("level1_weight" in one.pattern for one in self.columns.values())


@lru_cache(maxsize=128)
def plan_of(template: Template) -> Plan:
    """Return what to look for in a form of the template."""
    plan = Plan(template)
    repeated: Block | None = None
    for block in template.blocks:
        _read_words(plan, block)
        if block.role in _REPEATED:
            repeated = block
            _read_columns(plan, block)
            continue
        for slot in block.slots:
            if slot.kind is not SlotKind.LABEL:
                _read_slot(plan, block, slot, repeated)
    for one in template.fields:
        if not one.raw and one.key not in _PLACED:
            binding = next((b for b in plan.singles.values() if b.key == one.key), None)
            if binding is not None:
                _enter(plan.singles, one.label, binding)
    _read_levels(plan)
    for heading in template.outline:
        plan.weights.setdefault((label_forms(heading.text) or (match_label(heading.text),))[-1], 1.0)
    return plan


def _enter(known: dict[str, _Value], text: str, value: _Value) -> None:
    """Enter all forms of a label; a closer claim of another cell stays."""
    for one in label_forms(_blanked(text)):
        known.setdefault(one, value)


def _blanked(text: str) -> str:
    """Return a printed text with its fields as the sign for figures: 1—{month}月 is 1—_月."""
    return _FIELD.sub("_", text.replace("（{unit}）", "").replace("({unit})", ""))


def _read_words(plan: Plan, block: Block) -> None:
    """Take note of what the block prints itself."""
    slots = (*block.slots, *block.body)
    for slot in slots:
        if slot.kind in {SlotKind.LABEL, SlotKind.FIELD}:
            text = slot.pattern or slot.text
            plan.words.add(match_label(_FIELD.sub("", text)))
            before = label_forms(_blanked(_FIELD.split(text)[0]) if text.endswith("}") else _blanked(text))
            plan.words.update(before)
            if before and block.role not in _HEADS:
                plan.weights.setdefault(before[-1], 1.0)


def _read_slot(plan: Plan, block: Block, slot: Slot, repeated: Block | None) -> None:
    """Take note of one cell to fill or computed."""
    binding = binding_of(slot, plan.template)
    if slot.text and slot.kind is SlotKind.INPUT:
        plan.defaults[binding] = slot.text
    if slot.kind is SlotKind.BOXES:
        plan.boxes[binding] = slot.pattern
    if slot.key in _PLACED and not slot.fund:
        return
    if slot.kind is SlotKind.FIELD:
        _read_inline(plan, slot, binding)
        return
    left, over = beside(block, slot), above(block, slot)
    if slot.fund and over and left:
        _read_fund(plan, slot, left, over)
    elif binding.block is Part.STATED and repeated is not None and slot.kind is SlotKind.COMPUTED:
        _read_total(plan, slot, binding, left, repeated)
    elif over is not None and _stands_on(over, slot):
        _enter(plan.singles, over.text, binding)
        plan.below.update(label_forms(over.text))
    elif left is not None:
        _enter(plan.singles, left.text or left.pattern, binding)


def _stands_on(over: Slot, slot: Slot) -> bool:
    """Tell whether a label stands right above a slot and is as wide."""
    same = (over.column, over.column_span) == (slot.column, slot.column_span)
    return same and over.row + over.row_span == slot.row


def _read_inline(plan: Plan, slot: Slot, binding: Binding) -> None:
    """A label with its field in one cell: 填表人：{preparer}; a figure in a heading (1—{month}月) is read with the heading."""
    before = _FIELD.split(slot.pattern)[0]
    if slot.pattern.strip().endswith("}"):
        _enter(plan.singles, before, binding)
        plan.inline.update(label_forms(before))
    elif not slot.fund:
        _enter(plan.singles, slot.pattern, binding)


def _read_fund(plan: Plan, slot: Slot, left: Slot, over: Slot) -> None:
    row = plan.template.fund_index(slot.fund)
    label = plan.template.funds[row].label
    for text in (left.text, label):
        _enter(plan.fund_rows, text, row)
    if slot.pattern:
        plan.patterns.add((slot.key, row))
    column = Column(slot.key, slot.pattern)
    _enter(plan.fund_columns, over.pattern or over.text, column)
    _enter(plan.fund_columns, TERMS.get(slot.key, slot.key), column)


def _read_total(plan: Plan, slot: Slot, binding: Binding, left: Slot | None, repeated: Block) -> None:
    """Take note of a total: below which columns it stands, and the word in front of it."""
    end = slot.column + slot.column_span
    for one in repeated.body:
        if one.key and one.column < end and slot.column < one.column + one.column_span:
            plan.totals.setdefault(one.key, binding)
    if left is not None:
        plan.total_words.update(label_forms(left.text))


def _read_columns(plan: Plan, block: Block) -> None:
    """Take note of the headings over the repeated row; the lowest heading over a column names it."""
    plan.part = Part.ROWS if block.role is BlockRole.LIST else Part.INDICATORS
    upper: list[tuple[str, Column]] = []
    for slot in block.body:
        if slot.kind is SlotKind.LABEL or slot.key == NUMBER_KEY:
            continue
        column = Column(slot.key, slot.pattern, slot.text if slot.kind is SlotKind.TICK else "")
        over = [one for one in block.slots if one.column <= slot.column < one.column + one.column_span]
        over.sort(key=lambda one: -one.row)
        for place, one in enumerate(over):
            text = one.pattern or one.text
            if place == 0:
                _enter(plan.columns, text, column)
            elif one.column == slot.column and not column.word:
                upper.append((text, column))
        known = plan.template.column(slot.key)
        if column.word and known and not known.many:
            upper.append((known.label, Column(slot.key)))  # one column that says the word instead of a tick for each
        if not column.word:
            upper.append((known.label if known else TERMS.get(slot.key, slot.key), column))
    for text, column in upper:
        _enter(plan.columns, text, column)


def _read_levels(plan: Plan) -> None:
    """Take note of the words the starter rows print: they tell forms apart whose headings are the same."""
    groups: dict[str, set[str]] = {}
    for row in plan.template.starter:
        groups.setdefault(match_label(row.level2), set()).add(row.level1)
        for key in _LEVELS:
            if word := match_label(getattr(row, key)):
                plan.weights.setdefault(word, 0.4)
        if not row.target and row.name:
            plan.weights.setdefault(match_label(row.name), 0.1)
    plan.level1 = frozenset(match_label(row.level1) for row in plan.template.starter if row.level1)
    plan.groups = {word: frozenset(found) for word, found in groups.items()}


def binding_of(slot: Slot, template: Template) -> Binding:
    """Return where the text of a drawn slot lives."""
    pattern = "" if slot.kind in {SlotKind.FIELD, SlotKind.BOXES} else slot.pattern
    if slot.fund:
        return Binding(Part.FUNDS, slot.key, row=template.fund_index(slot.fund), pattern=pattern)
    computes = slot.computes or slot.kind is SlotKind.COMPUTED
    return Binding(Part.STATED if computes else Part.VALUES, slot.key, pattern=pattern)


def _labels(block: Block) -> Iterator[Slot]:
    return (one for one in block.slots if one.kind in {SlotKind.LABEL, SlotKind.FIELD} and (one.text or one.pattern))


def _nearest(found: Iterable[Slot], key: str) -> Slot | None:
    return max(found, key=lambda one: int(getattr(one, key)), default=None)


def beside(block: Block, slot: Slot) -> Slot | None:
    """Return the label nearest to the left of a slot."""
    row = slot.row
    return _nearest(
        (one for one in _labels(block) if one.row <= row < one.row + one.row_span and one.column < slot.column),
        "column",
    )


def above(block: Block, slot: Slot) -> Slot | None:
    """Return the label nearest above a slot, over its first column."""
    at = slot.column
    return _nearest(
        (one for one in _labels(block) if one.column <= at < one.column + one.column_span and one.row < slot.row), "row"
    )
