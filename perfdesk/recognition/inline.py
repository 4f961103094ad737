"""Labels in one cell with what was typed: 「项目名称：普法经费」, 「填表人：张三　联系电话：…」, 「其中：财政拨款　8」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.labels import MAX_LABEL, label_forms, match_label
from perfdesk.model import Binding, Block
from perfdesk.recognition.finding import find
from perfdesk.recognition.plan import Plan
from perfdesk.recognition.words import is_blank, is_figure

_COLON: Final = re.compile(r"[:：]")
_TOKEN: Final = re.compile(r"\S+")
_MOST: Final = 300  # a longer text is what somebody wrote: only its beginning can be a label
_UNIT: Final = re.compile(
    r"[\s(（]*(?:金额|货币|计量)?单\s*位\s*[:：]\s*(?:人民币)?(?:万元|元)[)）]?\s*$"
)  # no part of a text
_MOST_TOKENS: Final = 4  # pieces that a label in front of its text is torn into
_LEAST_LABEL: Final = 3


class Piece(NamedTuple):
    """A label within a cell and the text behind it; ``binding`` is its field, ``exact`` as in :class:`Found`."""

    binding: Binding
    text: str
    exact: bool


class Pieces(NamedTuple):
    """What a cell says: its fields in order, and what stands before the first label."""

    before: str
    pieces: tuple[Piece, ...]


class _Label(NamedTuple):
    start: int
    end: int
    binding: Binding
    exact: bool


_NONE: Final = Pieces("", ())


def pieces_of(plan: Plan, text: str) -> Pieces:
    """Take a cell apart at the labels it holds; no pieces when it holds none."""
    text = _UNIT.sub("", text)
    labels = tuple(_labels(plan, text))
    if not labels:
        return _spaced(plan, text)
    ends = (*(one.start for one in labels[1:]), len(text))
    found = tuple(
        Piece(one.binding, text[one.end : end].strip(), one.exact) for one, end in zip(labels, ends, strict=True)
    )
    return Pieces(text[: labels[0].start].strip(), found)


def begins_with_label(plan: Plan, text: str) -> bool:
    """Tell whether a text begins with a label of the form and a colon."""
    found = pieces_of(plan, text) if _COLON.search(text) else _NONE
    return bool(found.pieces) and is_blank(found.before) and found.pieces[0].exact


def _labels(plan: Plan, text: str) -> Iterator[_Label]:
    """Yield the known labels before the colons of a text."""
    start = 0
    for number, colon in enumerate(_COLON.finditer(text)):
        if number and len(text) > _MOST:
            return
        low = max(start, colon.start() - 2 * MAX_LABEL)
        found = _label_in(plan, text, low, colon.start())
        if found is not None:
            yield found._replace(end=colon.end())
            start = colon.end()


def _label_in(plan: Plan, text: str, low: int, high: int) -> _Label | None:
    """Return the known label that a stretch of text ends with; the longest that its white space allows."""
    tokens = [one.start() + low for one in _TOKEN.finditer(text[low:high])]
    for reduce in (lambda word: (match_label(word),), label_forms):  # 「***　联系电话」 is no label with a star
        for at in tokens:
            found = find(reduce(text[at:high]), plan.singles)
            if found is not None:
                return _Label(at, high, found.thing, found.exact)
    tail = text[low:high]
    ends = [one for one in _known(plan) if tail.endswith(one)]
    if not ends:
        return None
    label = max(ends, key=len)
    return _Label(high - len(label), high, plan.singles[label], exact=True)


@lru_cache(maxsize=256)
def _known_labels(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in labels if len(one) >= _LEAST_LABEL)


def _known(plan: Plan) -> tuple[str, ...]:
    return _known_labels(tuple(plan.singles))


def _spaced(plan: Plan, text: str) -> Pieces:
    r"""Take 「其中：财政拨款　8」 or 「项目名称\n法律援助经费」 apart: a label, white space and a text."""
    whole = label_forms(text)
    if len(text) > 4 * MAX_LABEL or find(whole, plan.singles) or any(one in plan.words for one in whole):
        return _NONE  # a label that is torn over two lines has no text
    tokens = tuple(_TOKEN.finditer(text))
    for one in tokens[1 : _MOST_TOKENS + 1]:
        label = match_label(text[: one.start()])
        known = plan.singles.get(label) if len(label) >= _LEAST_LABEL else None
        if known is not None and known.block is Block.VALUES:
            return Pieces("", (Piece(known, text[one.start() :].strip(), exact=True),))
    if not plan.inline or len(text) > 2 * MAX_LABEL:
        return _NONE
    if len(tokens) > 1 and is_figure(tokens[-1].group()):
        cut = tokens[-1].start()
        found = find(label_forms(text[:cut]), plan.singles)
        if found is not None:
            return Pieces("", (Piece(found.thing, text[cut:].strip(), found.exact),))
    return _NONE
