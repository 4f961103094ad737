"""记住的对应 (mappings): what a person said about the cells of a layout, so that next year's file of that office need not be told.

They stand in the table ``store``, whose shape never changes, one key for each layout, and so travel with the data file and its
backups: an older program that does not know them still reads the file. They hold labels, never what was filled in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from perfdesk.model import Binding, Block
from perfdesk.store import schema
from perfdesk.store.tables import get, put

if TYPE_CHECKING:
    from perfdesk.recognition import Corrections, Spot

Transaction = Callable[[], AbstractContextManager[Connection]]

_PREFIX: Final = "layout:"
_TEMPLATE: Final = "layout-template:"
_STORE: Final = schema.store.c
_ALL: Final = select(_STORE.key, _STORE.value).where(
    func.substr(_STORE.key, 1, func.length(bindparam("prefix"))) == bindparam("prefix")
)
_FORGET: Final = delete(schema.store).where(_STORE.key == bindparam("one"))


class Mappings:
    """The remembered mappings of a data file; it belongs to a :class:`Store`, which hands in its transactions."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def all(self) -> Mapping[str, Corrections]:
        """Return what was said about each layout."""
        return {layout: _read(text) for layout, text in self._of(_PREFIX).items()}

    def templates(self) -> Mapping[str, str]:
        """Return for each layout that was taken for another template the id of the one a person chose."""
        return self._of(_TEMPLATE)

    def _of(self, prefix: str) -> Mapping[str, str]:
        with self._reading() as connection:
            rows = connection.execute(_ALL, {"prefix": prefix})
            return {get(key)[len(prefix) :]: get(value) for key, value in rows}

    def remember(self, said: Mapping[str, Corrections], templates: Mapping[str, str] = MappingProxyType({})) -> None:
        """Keep what was said about layouts and the templates chosen for them, in the place of what was said before.

        Where nothing is said any more it is forgotten. Raises :class:`UserError` when it cannot be written.
        """
        fresh = {_PREFIX + layout: _write(corrections) if corrections else "" for layout, corrections in said.items()}
        fresh |= {_TEMPLATE + layout: chosen for layout, chosen in templates.items()}
        with self._writing() as connection:
            for key, text in fresh.items():
                connection.execute(_FORGET, {"one": put(key)})
                if text:
                    connection.execute(insert(schema.store), {"key": put(key), "value": put(text)})


def _write(corrections: Corrections) -> str:
    told = [(*spot, *_place(binding)) for spot, binding in corrections.items()]
    return json.dumps(told, ensure_ascii=False)


def _place(binding: Binding | None) -> tuple[object, ...]:
    return () if binding is None else (binding.block.value, binding.key, binding.row)


def _read(text: str) -> Corrections:
    from perfdesk.recognition import Spot  # with it come the templates, and a data file opens without them

    found: dict[Spot, Binding | None] = {}
    for row_label, column_label, number, *place in json.loads(text):
        binding = Binding(Block(place[0]), place[1], place[2]) if place else None
        found[Spot(row_label, column_label, number)] = binding
    return found
