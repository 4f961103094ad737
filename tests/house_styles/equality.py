"""What equal means: every text that was drawn comes back to its field, stated figures among them.

Allowed to differ: separators and full width in figures, an office or a year before the title, an empty 一级 or 二级 that was
inferred. Nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from perfdesk.model import FundRow, Indicator, Record
from perfdesk.template import BlockRole, Filled
from tests.house_styles.content import Content, content
from tests.house_styles.style import Style

_FIGURES: Final = re.compile(
    r"funds|stated|weight|score|rate|budget|executed|values\.(\w+_)?(fund|income|tax|budget|expenditure)"
)
_RIDING: Final = frozenset({"level1_weight", "level2_weight", "goal_weight", "weight"})
_LEVELS: Final = re.compile(r"indicators\[\d+\]\.(level1|level2)$")


class Difference(NamedTuple):
    """A field that did not come back: its place, what was drawn, what was read."""

    place: str
    drawn: str
    read: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one form came back: the fields that hold something, those that were read right, and all differences."""

    fields: int
    differences: tuple[Difference, ...]

    @property
    def wrong(self) -> int:
        """Fields with another text than was drawn."""
        return sum(bool(one.drawn and one.read) for one in self.differences)

    @property
    def missing(self) -> int:
        """Fields that came back empty."""
        return sum(not one.read for one in self.differences)

    @property
    def invented(self) -> int:
        """Fields that were filled although nothing was drawn there."""
        return sum(not one.drawn for one in self.differences)


def expected(form: Filled, style: Style) -> Record:
    """Return the record that the drawn file holds: with the annex number of the style, without rows it leaves out."""
    record = form.record
    if style.annex and form.template.field("annex") is not None and record.sections == ():
        record = replace(record, values={**record.values, "annex": style.annex})
    if style.drop_blank_rows:
        record = replace(record, indicators=tuple(one for one in record.indicators if not is_blank(one)))
    return record


def is_blank(row: Indicator) -> bool:
    """Tell whether a row holds its levels and nothing else."""
    levels = {key: getattr(row, key) for key in ("level1", "level1_weight", "level2", "level2_weight")}
    return row == Indicator(**levels)


def outcome(form: Filled, style: Style, read: Record) -> Outcome:
    """Compare what was read with what was drawn."""
    wanted_record = expected(form, style)
    if style.drop_blank_rows:
        read = replace(read, indicators=tuple(one for one in read.indicators if not is_blank(one)))
    return compare(Filled(form.template, wanted_record), read, typed=not formats_headings(style))


def compare(form: Filled, read: Record, *, typed: bool = False) -> Outcome:
    """Compare two records field by field, as far as the form shows them.

    Where headings are only ``typed`` nobody can tell 「1、…」 in a text from a heading: the lines of a report and its main headings
    are compared then.
    """
    shown = content(form)
    wanted, got = (_as_lines(flat(shown, one), one) if typed else flat(shown, one) for one in (form.record, read))
    places = sorted({*wanted, *got})
    differences = tuple(
        Difference(place, drawn, came)
        for place in places
        if not _alike(place, drawn := wanted.get(place, ""), came := got.get(place, ""))
    )
    return Outcome(sum(bool(text) for text in wanted.values()), differences)


def formats_headings(style: Style) -> bool:
    """Tell whether a bureau of this style formats the headings of a report as such."""
    return style.title in {"office before", "office above"}


def _as_lines(texts: dict[str, str], record: Record) -> dict[str, str]:
    kept = {place: text for place, text in texts.items() if not place.startswith("sections")}
    lines = (line for one in record.sections for line in (one.heading, *one.paragraphs))
    main = (one.heading for one in record.sections if one.level == 1)
    return {**kept, "sections.lines": "\n".join(lines), "sections.main": "\n".join(main)}


def flat(form: Content, record: Record) -> dict[str, str]:
    """Return every field the form shows, by its place."""
    found = {"template": record.template_id, "year": str(record.year)}
    found |= {f"values.{key}": record.value(key) for key in _single(form)}
    found |= {f"stated.{key}": record.stated.get(key, "") for key in ("total_weight", "total_score", "grade")}
    if form.funds:
        found["unit"] = record.unit.value
    for row, fund in enumerate(record.funds):
        found |= _fund(form, row, fund)
    for row, one in enumerate(record.indicators):
        keys = (*(column.key for column in form.columns), *(_RIDING & {*form.template.indicator_columns}))
        found |= {f"indicators[{row}].{key}": getattr(one, key, "") for key in keys}
    for row, texts in enumerate(record.rows):
        found |= {
            f"rows[{row}].{column.key}": texts.text(column.key) for column in form.columns if column.key != "number"
        }
    for row, section in enumerate(record.sections):
        found[f"sections[{row}].level"] = str(section.level)
        found[f"sections[{row}].heading"] = section.heading
        found[f"sections[{row}].text"] = "\n".join(section.paragraphs)
    return found


def _fund(form: Content, row: int, fund: FundRow) -> dict[str, str]:
    return {f"funds[{row}].{column.key}": getattr(fund, column.key) for column in form.fund_columns}


def _single(form: Content) -> set[str]:
    """Return the keys of the single fields that were drawn."""
    template = form.template
    drawn = [*form.tops, *form.heads, *form.goals, *form.tails, *form.signs, *form.cover]
    keys = {one.key for one in drawn} | {one.key for _, pairs in form.breakdown for one in pairs} | {"title"}
    keys |= {key for key in ("annex", "department_code", "month") if template.field(key) is not None}
    if any(block.role is BlockRole.LIST for block in template.blocks) and not form.annex:
        keys.discard("annex")
    return keys


def _alike(place: str, drawn: str, read: str) -> bool:
    if drawn == read:
        return True
    if _LEVELS.search(place) and not drawn:
        return True
    if place == "values.title":
        return bool(read) and _joined(read).endswith(_joined(drawn))
    if _FIGURES.search(place):
        return _figure(drawn) == _figure(read)
    return _tidy(drawn) == _tidy(read)


def _joined(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _figure(text: str) -> str:
    return _joined(text).replace(",", "")


def _tidy(text: str) -> str:
    """Blanks at the ends of lines are nobody's text."""
    return "\n".join(line.strip() for line in text.strip().splitlines())
