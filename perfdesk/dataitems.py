"""数据项 (data items) in a text: the one place that reads and writes ``{{key|text}}``.

A paragraph of a report holds a figure of the year's forms by its key, with the text it had when it was last seen. The text stands
where the figure cannot be found, so that nothing printed ever depends on a form that is gone. Nothing is looked up or computed
here; figures are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.model import Figure, Gathered, Record, Section

_SIGNS: Final = str.maketrans({"{": "｛", "}": "｝", "|": "｜", "\n": " "})
_ITEM: Final = re.compile(r"\{\{([^{}|\n]+)\|([^{}|\n]*)\}\}")


class Item(NamedTuple):
    """数据项 (data item): the key of a figure and the text it shows."""

    key: str
    text: str


class Figures(Mapping[str, Figure]):
    """The figures of a year by the key under which items name them; read-only.

    Made once per change of the year's forms and compared by identity, so that what follows from a text and the figures can be
    kept from one keystroke to the next.
    """

    __slots__ = ("_by_key",)

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._by_key = {item_for(one).key: one for one in figures}

    def __getitem__(self, key: str) -> Figure:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


@lru_cache(maxsize=4096)  # at every keystroke, all paragraphs of a report but one are the same as before
def split(text: str) -> tuple[str | Item, ...]:
    """Cut a paragraph into plain texts and data items, in order; neighbours are never two plain texts.

    「支出{{自评表·执行数|32.8}}万元」 gives ``("支出", Item("自评表·执行数", "32.8"), "万元")``. What only looks like an item
    (no key, no closing braces) is plain text.
    """
    cut = _ITEM.split(text)
    runs: list[str | Item] = []
    for at in range(0, len(cut), 3):
        if cut[at]:
            runs.append(cut[at])
        if at + 2 < len(cut):
            runs.append(Item(cut[at + 1], cut[at + 2]))
    return tuple(runs)


def write(runs: Iterable[str | Item]) -> str:
    """Write plain texts and data items as a paragraph: the opposite of :func:`split`."""
    return "".join(f"{{{{{run.key}|{run.text}}}}}" if isinstance(run, Item) else run for run in runs)


@lru_cache(maxsize=4096)
def item_for(figure: Figure) -> Item:
    """Return the data item that shows a figure; signs that an item cannot hold are written full-width."""
    return Item(figure.key.translate(_SIGNS), figure.text.translate(_SIGNS))


@lru_cache(maxsize=16)
def figures_of(gathered: Gathered) -> Figures:
    """Return the figures that were gathered, by key; kept, because every keystroke asks for them."""
    return Figures(gathered.figures)


@lru_cache(maxsize=4096)
def resolve(text: str, figures: Figures) -> str:
    """Return the paragraph as it is printed: each item as its figure's present text, else as its last one."""
    return plain(renewed(text, figures))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the paragraph with the last texts of its items."""
    return "".join(run.text if isinstance(run, Item) else run for run in split(text))


def renewed(text: str, figures: Figures) -> str:
    """Return the paragraph with every item's last text brought up to date; the text itself when they are."""
    if _are_present(_items(text), figures):
        return text
    return write(_present(run, figures) if isinstance(run, Item) else run for run in split(text))


def refresh(record: Record, figures: Figures) -> Record:
    """Return the record with all its data items up to date; the record itself when they are."""
    if not figures:
        return record
    sections = tuple(_refreshed(section, figures) for section in record.sections)
    is_same = all(new is old for new, old in zip(sections, record.sections, strict=True))
    return record if is_same else replace(record, sections=sections)


def items_of(record: Record) -> tuple[Item, ...]:
    """Return the data items of a report in the order of the text."""
    return tuple(item for section in record.sections for item in _items_in(section))


def count_stale(record: Record, figures: Figures) -> int:
    """Return how many data items of a report remember another figure than there is now."""
    return sum(_count_stale(section, figures) for section in record.sections)


@lru_cache(maxsize=512)
def _count_stale(section: Section, figures: Figures) -> int:
    return sum(_present(one, figures) != one for one in _items_in(section))


@lru_cache(maxsize=512)
def _items_in(section: Section) -> tuple[Item, ...]:
    return tuple(item for text in section.paragraphs for item in _items(text))


@lru_cache(maxsize=4096)
def _items(text: str) -> tuple[Item, ...]:
    return tuple(run for run in split(text) if isinstance(run, Item))


@lru_cache(maxsize=512)
def _refreshed(section: Section, figures: Figures) -> Section:
    if _are_present(_items_in(section), figures):
        return section
    return replace(section, paragraphs=tuple(renewed(text, figures) for text in section.paragraphs))


def _are_present(items: tuple[Item, ...], figures: Figures) -> bool:
    return all(_present(item, figures) == item for item in items)


def _present(item: Item, figures: Figures) -> Item:
    figure = figures.get(item.key)
    return item if figure is None else item_for(figure)
