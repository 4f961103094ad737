"""The plan: every printed text of ours to its cell in the foreign form, and by name what finds none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.filling.marks import marks_of
from perfdesk.filling.matching import Matched, group_of, match_indicators, match_rows
from perfdesk.filling.probing import Field, Found, Square, probe
from perfdesk.filling.texts import Text, texts_of
from perfdesk.filling.types import NOT_TAKEN, Entry, Outcome, Plan, Result, Slot
from perfdesk.model import Block
from perfdesk.targets import QUALITATIVE, SIGNS, split_target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfdesk.derive import Derived
    from perfdesk.recognition import RecognisedForm
    from perfdesk.source import SourceFile

_PARTS: Final = ("indicator_type", "target_value", "measure_unit")
_SEVERAL: Final = "，；。、"
_LEVELS: Final = frozenset({"level1", "level2"})
_MATCHED: Final = _LEVELS | {"name", "goal"}
"""What rows are matched by stays as the form prints it."""
_UNSAID: Final = frozenset({"title", "year", "unit", "annex", "month"})
"""What the form prints itself: no place for it is no loss."""


def plan_filling(
    derived: Derived,
    source: SourceFile,
    form: RecognisedForm,
    *,
    blanks: Mapping[int, Iterable[Square]],
    system: bool = False,
) -> Plan:
    """Plan how a form goes into a recognised foreign form; ``blanks`` are squares by part that the file draws without a text.

    ``system``: the file is one that the finance system takes in; texts with :data:`NOT_TAKEN` signs in the rows of the indicators
    are then refused, with what to write instead left to the clerk.
    """
    found = probe(source, form, derived.template, blanks)
    theirs = found.form.record.unit
    texts = texts_of(derived, theirs)
    indicators = match_indicators(derived.record, found)
    rows = match_rows(texts, found)
    notes = [*indicators.notes, *(one.words for one in found.form.queries if one.title == "金额单位")]
    if theirs is not derived.record.unit:
        notes.append(f"本表金额单位是{derived.record.unit}，表里是{theirs}，已换算。")
    planner = _Planner(found, derived.record.year, {Block.INDICATORS: indicators, Block.ROWS: rows}, system=system)
    for field, text in texts.items():
        planner.put(field, text)
    planner.entries += marks_of(derived, source, found, indicators.rows)
    return Plan(tuple(planner.entries), tuple(planner.homeless), tuple(notes))


class _Planner:
    """Lives while one plan is made."""

    def __init__(self, found: Found, year: int, matched: Mapping[Block, Matched], *, system: bool) -> None:
        self._found, self._year, self._matched, self._system = found, year, matched, system
        self.entries: list[Entry] = []
        self.homeless: list[Result] = []

    def put(self, field: Field, text: Text) -> None:
        """Plan one text."""
        block, key, row = field
        matched = self._matched.get(block)
        if matched is not None:
            if row not in matched.rows:
                self._lose(text, matched.homeless.get(row, ""), is_row=key == "name" or block is Block.ROWS)
                return
            row = matched.rows[row]
        sign = next((one for one in NOT_TAKEN if one in text.text), "") if block is Block.INDICATORS else ""
        if self._system and sign and key not in {*_LEVELS, "name"}:
            self.homeless.append(
                Result(
                    text.name,
                    self._address((block, key, row)),
                    text.text,
                    Outcome.REFUSED,
                    f"系统不收“{sign}”，请换个写法",
                )
            )
            return
        self._place((block, key, row), text)

    def _place(self, field: Field, text: Text) -> None:
        slot, held = self._found.blanks.get(field), self._found.texts.get(field)
        if slot is not None and field[1] in _LEVELS and group_of(self._found, field[1], field[2]):
            return  # the name of the group stands above: its blank cells belong to it
        if slot is not None:
            self.entries.append(Entry(slot, text.text, text.name, figures=text.figures))
        elif held is not None:
            if field[1] not in _UNSAID | _MATCHED:
                place, there = held
                self.entries.append(Entry(Slot(place), text.text, text.name, there, text.figures))
        elif field[1] == "target" and (field[0], "target_value", field[2]) in self._found.blanks:
            self._split(field, text)
        elif not text.aside and field[1] not in _UNSAID | _LEVELS:
            self._lose(text, "表里没有这一格", is_row=True)

    def _split(self, field: Field, text: Text) -> None:
        """Put sign, figure and unit of a 指标值 into columns of their own; without one for the sign it stands before the figure."""
        whole = any(sign in text.text for sign in _SEVERAL)  # 60天内完成，经批准延长案件90天完成
        found = (QUALITATIVE, text.text, "") if whole else split_target(text.text, year=self._year)
        parts = dict(zip(_PARTS, found, strict=True))
        if (field[0], "indicator_type", field[2]) not in self._found.blanks and parts["indicator_type"] in SIGNS:
            parts["target_value"] = parts["indicator_type"] + parts["target_value"]
        for key, part in parts.items():
            slot = self._found.blanks.get((field[0], key, field[2]))
            if slot is not None and part:
                self.entries.append(Entry(slot, part, text.name, figures=key == "target_value"))

    def _lose(self, text: Text, why: str, *, is_row: bool) -> None:
        """Name a text without a place; of a row without one its name stands for all of it."""
        if is_row and why:
            self.homeless.append(Result(text.name, "", text.text, Outcome.NO_PLACE, why))

    def _address(self, field: Field) -> str:
        slot = self._found.blanks.get(field)
        return slot.place.address if slot is not None else ""
