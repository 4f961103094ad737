"""What stands on a form, in its own words and in reading order, without any drawing: taken from a template and a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from perfdesk.model import FormKind, FundRow, Indicator, ListRow
from perfdesk.template import FUND_KEYS, TERMS, Block, BlockRole, Field, Filled, Slot, SlotKind, Template

_NAMED: Final = re.compile(r"\{(\w+)\}")
_RIDING: Final = {"level1_weight": "level1", "level2_weight": "level2", "goal_weight": "goal"}
_CODED: Final = ("department_code", "department")
_SYSTEM: Final = frozenset({"year", "unit", "annex", "title"})
_GOALS: Final = ("goal_expected", "goal_actual")


class Pair(NamedTuple):
    """A label with what was filled in beside it, and the field's key."""

    label: str
    text: str
    key: str
    choices: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column: key and printed label."""

    key: str
    label: str


class Total(NamedTuple):
    """The row of the total; ``weight`` is ``None`` where the form prints none."""

    label: str
    weight: str | None
    score: str


@dataclass(frozen=True, slots=True)
class Content:
    """A form's words. ``tops`` stand above the table and ``signs`` below it, ``heads`` and ``tails`` are rows of it."""

    template: Template
    title: str
    annex: str
    year: int
    unit: str
    bureau: str
    tops: tuple[Pair, ...]
    heads: tuple[Pair, ...]
    fund_columns: tuple[Column, ...]
    funds: tuple[FundRow, ...]
    breakdown: tuple[tuple[str, tuple[Pair, ...]], ...]
    goals: tuple[Pair, ...]
    columns: tuple[Column, ...]
    indicators: tuple[Indicator, ...]
    total: Total | None
    grade: tuple[str, str] | None  # the printed bands with their boxes, the ticked grade
    tails: tuple[Pair, ...]
    signs: tuple[Pair, ...]
    rows: tuple[ListRow, ...]
    sections: tuple[tuple[int, str, tuple[str, ...]], ...]
    cover: tuple[Pair, ...]

    @property
    def kind(self) -> FormKind:
        """What kind of form it is."""
        return self.template.kind


def content(form: Filled) -> Content:
    """Take a filled form apart."""
    template, record = form
    parts = _Parts(form)
    grade = next((slot for slot in _slots(template) if slot.key == "grade" and slot.kind is SlotKind.BOXES), None)
    return Content(
        template=template,
        title=record.value("title"),
        annex=record.value("annex"),
        year=record.year,
        unit=record.unit.value,
        bureau=record.bureau,
        tops=parts.pairs(BlockRole.NOTE, before=True) + parts.pairs(BlockRole.SUBTITLE, before=True),
        heads=tuple(one for one in parts.pairs(BlockRole.GRID, before=True) if one.key not in _GOALS),
        fund_columns=_fund_columns(template, record.value("month")),
        funds=record.funds,
        breakdown=_breakdown(form),
        goals=tuple(one for one in parts.pairs(BlockRole.GRID, before=True) if one.key in _GOALS),
        columns=_columns(template, record.value("month")),
        indicators=record.indicators,
        total=_total(form),
        grade=None if grade is None else (grade.pattern, record.stated.get("grade", "")),
        tails=parts.pairs(BlockRole.GRID, before=False),
        signs=parts.pairs(BlockRole.NOTE, before=False),
        rows=record.rows,
        sections=tuple((one.level, one.heading, one.paragraphs) for one in record.sections),
        cover=parts.pairs(BlockRole.COVER, before=True),
    )


class _Parts:
    """The single fields of a form by where they stand: before or behind what repeats."""

    def __init__(self, form: Filled) -> None:
        self._form = form
        blocks = form.template.blocks
        at = next(
            (index for index, one in enumerate(blocks) if one.body or one.role is BlockRole.SECTIONS), len(blocks)
        )
        self._before, self._behind = blocks[:at], blocks[at + 1 :]

    def pairs(self, role: BlockRole, *, before: bool) -> tuple[Pair, ...]:
        """Return the fields of the blocks of a role with their texts; code and department stand in one cell."""
        blocks = self._before if before else self._behind
        slots = [slot for block in blocks if block.role is role for slot in block.slots]
        keys = dict.fromkeys(key for slot in slots if not slot.fund and not slot.computes for key in _keys(slot))
        return self._coded([one for key in keys if (one := self._form.template.field(key)) is not None])

    def _coded(self, fields: list[Field]) -> tuple[Pair, ...]:
        record = self._form.record
        found = [
            Pair(one.label, record.value(one.key), one.key, one.choices)
            for one in fields
            if not one.group and one.key not in _SYSTEM and one.key != "month"
        ]
        if _CODED[0] not in {one.key for one in found}:
            return tuple(found)
        code = record.value(_CODED[0])
        named = Pair("主管部门及代码", (f"[{code}]" if code else "") + record.value(_CODED[1]), _CODED[1])
        return tuple(named if one.key == _CODED[1] else one for one in found if one.key != _CODED[0])


def _slots(template: Template) -> list[Slot]:
    return [slot for block in template.blocks for slot in block.slots]


def _keys(slot: Slot) -> tuple[str, ...]:
    if slot.kind is SlotKind.COMPUTED:
        return ()
    return tuple(key for key in (*_NAMED.findall(slot.pattern), slot.key) if key)


def _with_month(label: str, month: str) -> str:
    return label.replace("{month}", month).replace("1—N月", f"1—{month}月").replace("\n", "")


def _fund_columns(template: Template, month: str) -> tuple[Column, ...]:
    """Return the printed money columns in the order of the form."""
    printed = {slot.key: slot.column for slot in _slots(template) if slot.fund}
    found = [key for key in sorted(printed, key=lambda key: printed[key]) if key in FUND_KEYS]
    labels = {
        "weight": "分值",
        "score": "得分",
        "execution_rate": f"1—{month}月执行率" if template.kind is FormKind.PROJECT_MONITORING else "执行率",
        **{key: label for key in found if (label := _above(template, key, month))},
    }
    return tuple(Column(key, labels.get(key, _with_month(TERMS.get(key, key), month))) for key in found)


def _above(template: Template, key: str, month: str) -> str:
    """Return the printed label of a money column: the label cell straight above its first cell."""
    for block in template.blocks:
        first = next((slot for slot in block.slots if slot.fund and slot.key == key), None)
        if first is None:
            continue
        over = [one for one in block.slots if one.column == first.column and one.row < first.row]
        near = max(over, key=lambda one: one.row, default=None)
        return _with_month(near.pattern or near.text, month) if near is not None else ""
    return ""


def _breakdown(form: Filled) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
    groups: dict[str, list[Pair]] = {}
    for one in form.template.fields:
        if one.group:
            groups.setdefault(one.group, []).append(Pair(one.label, form.record.value(one.key), one.key))
    return tuple((name, tuple(pairs)) for name, pairs in groups.items())


def _columns(template: Template, month: str) -> tuple[Column, ...]:
    """Return the columns of what repeats: those of the indicators (weights ride with their level) or of the list."""
    block = template.repeated
    if block is None:
        return ()
    keys = [slot.key for slot in sorted(block.body, key=lambda slot: slot.column) if slot.key]
    riding = {*_RIDING, *({"weight"} if template.kind is FormKind.DEPARTMENT_RATING else ())}
    return tuple(Column(key, _header(template, block, key, month)) for key in dict.fromkeys(keys) if key not in riding)


def _header(template: Template, block: Block, key: str, month: str) -> str:
    own = template.column(key)
    if own is not None:
        return own.label
    slot = next(one for one in block.body if one.key == key)
    over = [one for one in block.slots if one.column <= slot.column < one.column + one.column_span]
    label = max(over, key=lambda one: one.row, default=None)
    words = "" if label is None else label.pattern or label.text
    return _with_month(words, month) or TERMS.get(key, key)


def _total(form: Filled) -> Total | None:
    """Return the row of the total with its label."""
    for block in form.template.blocks:
        score = next((slot for slot in block.slots if slot.key == "total_score"), None)
        if score is None or block.body:
            continue
        label = next(one.text for one in block.slots if one.row == score.row)
        has_weight = any(slot.key == "total_weight" for slot in block.slots)
        stated = form.record.stated
        return Total(label, stated.get("total_weight", "") if has_weight else None, stated.get("total_score", ""))
    return None
