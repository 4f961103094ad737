"""What is gathered while one form is read: texts by their fields with the cells they come from, what is used up, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from perfdesk.amounts import MoneyUnit
from perfdesk.editing import new_record
from perfdesk.model import Binding, Block, FundRow, Indicator, ListRow, Record, Section
from perfdesk.recognition.board import Key, Square
from perfdesk.recognition.plan import Plan
from perfdesk.recognition.types import Certainty, Place, Query, Reading
from perfdesk.recognition.words import fit

NO_YEAR: Final = 0
Fields = dict[tuple[Block, int], dict[str, str]]


class Intake:
    """Lives while one form is read; :meth:`record` gives what came of it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.used: set[Key] = set()
        self.readings: dict[Binding, Reading] = {}
        self.queries: list[Query] = []
        self.sections: list[Section] = []
        self.year = NO_YEAR
        self.unit: MoneyUnit | None = None
        self.bureau = ""
        self.row_count = 0
        self.row_of: dict[tuple[int, int], int] = {}  # part and row of a source line -> its row of the record

    def use(self, squares: Iterable[Square]) -> None:
        """Mark squares as understood: labels, headings, and what was taken."""
        self.used.update(one.key for one in squares)

    def is_free(self, square: Square) -> bool:
        """Tell whether nobody has understood a square yet."""
        return square.key not in self.used

    def take(
        self,
        binding: Binding,
        text: str,
        squares: Iterable[Square] = (),
        *,
        label: Square | None = None,
        certainty: Certainty = Certainty.SURE,
        why: str = "",
    ) -> bool:
        """Take a text into a field that is still free; False when the field holds another one.

        The squares it comes from are used up, and so is the label beside it.
        """
        squares = tuple(squares)
        held = self.readings.get(binding)
        if held is not None and held.text.strip() and held.text != text:
            return False
        self.use(squares if label is None else (label, *squares))
        if text.strip() and held is None:
            places = tuple(one.place for one in squares)
            self.readings[binding] = Reading(binding, text, places, certainty, why)
        return True

    def amend(self, binding: Binding, text: str, squares: Iterable[Square]) -> None:
        """Let a field that was read have more of its text from other squares."""
        squares = tuple(squares)
        held = self.readings[binding]
        self.use(squares)
        places = (*held.places, *(one.place for one in squares))
        self.readings[binding] = held._replace(text=text, places=places)

    def has(self, key: str, block: Block = Block.VALUES, row: int = -1) -> bool:
        """Tell whether a field was read."""
        return any((one.block, one.key, one.row) == (block, key, row) for one in self.readings)

    def ask(self, title: str, words: str, places: Iterable[Place] = (), bindings: Iterable[Binding] = ()) -> None:
        """Put a point on the list of what a person should look at."""
        self.queries.append(Query(title, words, tuple(places), tuple(bindings)))

    def fields(self) -> Fields:
        """Return every text by block, row and key, cells of several fields taken apart."""
        found: Fields = {}
        for binding, reading in self.readings.items():
            texts = found.setdefault((binding.block, binding.row), {})
            if not binding.pattern:
                texts[binding.key] = reading.text
                continue
            for key, text in fit(binding.pattern, reading.text, main=binding.key).items():
                if text or key not in texts:
                    texts[key] = text
        return found

    def record(self) -> Record:
        """Return the record as it was read; a field that was not read is blank."""
        template, fields = self.plan.template, self.fields()
        blank = new_record(template, record_id="", year=self.year)
        titled = {"title": template.title} if template.field("title") else {}
        return replace(
            blank,
            unit=self.unit or template.unit,
            bureau=self.bureau,
            values={**titled, **_held(fields.get((Block.VALUES, -1), {}))},
            stated=_held(fields.get((Block.STATED, -1), {})),
            funds=tuple(
                FundRow(label=one.label, **fields.get((Block.FUNDS, row), {})) for row, one in enumerate(template.funds)
            ),
            indicators=tuple(
                Indicator(**fields.get((Block.INDICATORS, row), {})) for row in self._rows(Block.INDICATORS)
            ),
            rows=tuple(ListRow.of(fields.get((Block.ROWS, row), {})) for row in self._rows(Block.ROWS)),
            sections=tuple(self.sections),
        )

    def _rows(self, block: Block) -> range:
        return range(self.row_count if self.plan.part is block else 0)


def _held(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}
