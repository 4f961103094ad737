"""What only some forms have, into rows and back: further texts of rows, list rows, answers to findings, sections of a report."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final, NamedTuple

from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section
from perfdesk.store import schema
from perfdesk.store.tables import Key, Parts, Stored, get, put

_FUNDS, _INDICATORS, _ROWS, _ANSWERS = "funds", "indicators", "rows", "answers"
_ANSWER: Final = tuple(one.name for one in fields(Answer))
_BLANK_ANSWER: Final = dict.fromkeys(_ANSWER, "")
"""What stands for fields that a damaged file has lost."""
_PRESENT: Final = ""
"""Key of the row that says no more than that a list row is there; a text never has it, for blank texts are not kept."""


class _Further(NamedTuple):
    """The fields of a kind of row that have no column of their own, and a getter for all of them."""

    block: str
    names: tuple[str, ...]
    texts: attrgetter[tuple[str, ...]]


def _further(block: str, kind: type[FundRow | Indicator], table: Any) -> _Further:  # noqa: ANN401 - SQLAlchemy's Table
    names = tuple(one.name for one in fields(kind) if one.name not in table.c)
    return _Further(block, names, attrgetter(*names))


_FURTHER: Final = (_further(_FUNDS, FundRow, schema.fund), _further(_INDICATORS, Indicator, schema.indicator))

Texts = Mapping[int, Mapping[str, str]]
"""Texts of the rows of one block: position -> field or column -> text."""


def of_record(record: Record) -> Parts:
    """Return the rows of the table ``detail``: (block, position, key) -> (text,)."""
    found: dict[Key, tuple[Stored | int, ...]] = {}
    for (block, names, texts), parts in zip(_FURTHER, (record.funds, record.indicators), strict=True):
        for position, part in enumerate(parts):
            row = texts(part)
            if any(row):
                found |= {(block, position, name): (put(one),) for name, one in zip(names, row, strict=True) if one}
    for position, line in enumerate(record.rows):
        found[_ROWS, position, _PRESENT] = ("",)
        found |= {(_ROWS, position, put(key)): (put(text),) for key, text in line.cells}
    for position, answer in enumerate(record.answers):
        found |= {(_ANSWERS, position, name): (put(getattr(answer, name)),) for name in _ANSWER}
    return found


class Details(NamedTuple):
    """The rows of ``detail`` of one form, by block."""

    funds: Texts
    indicators: Texts
    rows: tuple[ListRow, ...]
    answers: tuple[Answer, ...]


NONE: Final = Details({}, {}, (), ())


def read(stored: Iterable[tuple[str, int, Stored, Stored]]) -> Details:
    """Sort the rows (block, position, key, text) of one form into their blocks."""
    blocks: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for block, position, key, text in stored:
        blocks[block][position][get(key)] = get(text)
    lines, answers = blocks[_ROWS], blocks[_ANSWERS]
    return Details(
        funds=blocks[_FUNDS],
        indicators=blocks[_INDICATORS],
        rows=tuple(ListRow.of(lines[one]) for one in sorted(lines)),
        answers=tuple(Answer(**{**_BLANK_ANSWER, **answers[one]}) for one in sorted(answers)),
    )


def of_sections(sections: Sequence[Section]) -> Parts:
    """Return the rows of the table ``section``: (position,) -> level, heading, paragraphs.

    JSON without escapes: two halves of a character that were typed apart would be read back as one.
    """
    return {
        (position,): (one.level, put(one.heading), put(json.dumps(one.paragraphs, ensure_ascii=False)))
        for position, one in enumerate(sections)
    }


def read_sections(stored: Iterable[tuple[int, int, Stored, Stored]]) -> tuple[Section, ...]:
    """Return the sections of the rows (position, level, heading, paragraphs) of one form."""
    return tuple(
        Section(level, get(heading), tuple(json.loads(get(paragraphs)))) for _, level, heading, paragraphs in stored
    )
