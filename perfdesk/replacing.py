"""替换 (replacing): what finding and replacing would change in a form, cell by cell in paper order, before anything is changed.

Only typed texts are looked at: printed words, computed figures and the data items of a report stay. It changes nothing unless
:func:`replace_all` is asked to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from perfdesk.amounts import narrow
from perfdesk.dataitems import Item, split, write
from perfdesk.editing import get_text, set_text
from perfdesk.model import Binding, Block, Record
from perfdesk.sheet import Cell, Role, Sheet
from perfdesk.template.types import FIELD


class Rule(NamedTuple):
    """What is looked for and what is to stand in its place; ``exact``: only in the same width and case of letters."""

    wanted: str
    by: str
    exact: bool = False


class Piece(NamedTuple):
    """A stretch of a text: kept as it is, or one that was found and what would stand in its place."""

    text: str
    new: str | None = None


class Change(NamedTuple):
    """A cell that replacing would change: its name, its old text in pieces, and what would be written where."""

    where: str
    pieces: tuple[Piece, ...]
    edits: tuple[tuple[Binding, str], ...]

    @property
    def hits(self) -> int:
        """How often the wanted text stands in the cell."""
        return sum(piece.new is not None for piece in self.pieces)


class FormChanges(NamedTuple):
    """What replacing would change in one form of several; ``why_left`` says why it stays as it is, ``""`` if it may change."""

    record_id: str
    name: str
    why_left: str
    changes: tuple[Change, ...]

    @property
    def hits(self) -> int:
        """How often the wanted text stands in the form."""
        return sum(change.hits for change in self.changes)


def find_changes(sheet: Sheet, record: Record, rule: Rule) -> tuple[Change, ...]:
    """Return what replacing would change, in paper order; nothing where nothing is looked for.

    Unless the rule is ``exact``, letters are found in any width and case: 「200」 also finds 「２００」. A cell whose text would
    stay the same is no change.
    """
    seen: set[Binding] = set()
    found = []
    for cell in sorted(sheet.cells, key=lambda one: (one.row, one.column)):
        for place in _fields(cell):
            if place not in seen:
                seen.add(place)
                found.append(_change(cell.where, place, record, rule))
    return tuple(one for one in found if one is not None)


def replace_all(record: Record, changes: tuple[Change, ...]) -> Record:
    """Return the record with the changes made."""
    for change in changes:
        for place, text in change.edits:
            record = set_text(record, place, text)
    return record


def _fields(cell: Cell) -> Iterator[Binding]:
    """Yield the fields a cell holds: those of a pattern one by one, for its printed words are not the clerk's."""
    binding = cell.binding
    if binding is None or cell.role is Role.COMPUTED or cell.tick or cell.boxed:
        return
    for key in FIELD.findall(binding.pattern) or (binding.key,):
        yield replace(binding, key=key, pattern="")


def _change(where: str, place: Binding, record: Record, rule: Rule) -> Change | None:
    """Return what would change at a place; of a merged cell every row by itself, shown by its first one."""
    pieces: tuple[Piece, ...] = ()
    edits = []
    for row in range(place.row, place.row + place.count):
        one = replace(place, row=row, count=1)
        text = get_text(record, one)
        cut = _pieces(text, one.block, rule)
        new = "".join(piece.text if piece.new is None else piece.new for piece in cut)
        if new != text:
            edits.append((one, new))
            pieces = pieces or cut
    return Change(where, pieces, tuple(edits)) if edits else None


def _pieces(text: str, block: Block, rule: Rule) -> tuple[Piece, ...]:
    """Cut a text into what stays and what is found; the data items of a report stay."""
    if block is not Block.SECTIONS:
        return tuple(_cut(text, rule))
    parts = ([Piece(write([run]))] if isinstance(run, Item) else _cut(run, rule) for run in split(text))
    return tuple(piece for part in parts for piece in part)


def _cut(text: str, rule: Rule) -> Iterator[Piece]:
    at = 0
    for start, end in _hits(text, rule):
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], rule.by)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _hits(text: str, rule: Rule) -> Iterator[tuple[int, int]]:
    """Yield from where to where the wanted text stands in a text, from left to right, never over each other."""
    folded, places = _letters(text, exact=rule.exact)
    sought = rule.wanted if rule.exact else _folded(rule.wanted)
    at = folded.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        yield places[at], places[end - 1] + 1
        at = folded.find(sought, end)


@lru_cache(maxsize=20_000)
def _letters(text: str, *, exact: bool) -> tuple[str, Sequence[int]]:
    """Return a text as it is searched, and of each letter its place in the text; kept, for a whole year is searched at each key."""
    if exact:
        return text, range(len(text))
    letters = [(place, letter) for place, char in enumerate(text) for letter in _folded(char)]
    return "".join(letter for _, letter in letters), tuple(place for place, _ in letters)


def _folded(text: str) -> str:
    """Return a text as it is compared where width and case do not count."""
    return narrow(text).lower()
