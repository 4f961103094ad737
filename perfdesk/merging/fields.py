"""Two copies of a form field by field: who changed what since the state both come from, and one form made of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.comparing import Line, compare
from perfdesk.editing import get_text
from perfdesk.model import Answer, Binding, Block, Record
from perfdesk.taking import take

if TYPE_CHECKING:
    from perfdesk.derive import Derived


class Side(Enum):
    """Who changed a field since the common state: here, in the package, both, or nobody knows (no common state)."""

    HERE = "本机改的"
    PACKAGE = "数据包改的"
    BOTH = "两边都改了"
    UNKNOWN = "不同"


class Difference(NamedTuple):
    """One field that is not the same: ``line.was`` is what the package has, ``line.now`` what is here."""

    line: Line
    side: Side

    @property
    def is_asked(self) -> bool:
        """Whether a person has to choose."""
        return self.side in {Side.BOTH, Side.UNKNOWN}


def differences(incoming: Derived, here: Derived, base: Derived | None) -> tuple[Difference, ...]:
    """Return what differs between a form of a package and the one here, and who changed it since ``base``."""
    lines = tuple(one for one in compare(incoming, here).differing if _is_typed(one, incoming.record, here.record))
    if base is None:
        return tuple(Difference(one, Side.UNKNOWN) for one in lines)
    mine, theirs = _Changes.since(base, here), _Changes.since(base, incoming)
    return tuple(Difference(one, _side(one, mine, theirs)) for one in lines)


class _Changes(NamedTuple):
    """What one of the two has changed since the common state: its fields by their place in it, its rows by their place before.

    ``before`` says of each of its rows which one it was; ``gone`` are rows that it has no more.
    """

    fields: frozenset[tuple[object, ...]]
    before: Mapping[tuple[Block, int], int]
    gone: frozenset[tuple[Block, int]]

    @classmethod
    def since(cls, base: Derived, form: Derived) -> _Changes:
        """Compare a form with the common state."""
        found = compare(base, form)
        differing = [one for one in found.differing if _is_typed(one, base.record, form.record)]
        both = [(one.old, one.new) for one in found.lines if one.old is not None and one.new is not None]
        gone = (one.old for one in differing if one.new is None and one.old is not None and _moves_rows(one))
        return cls(
            frozenset(_place(one, one.new) for one in differing if not _moves_rows(one)),
            {(new.block, new.row): old.row for old, new in both},
            frozenset((old.block, old.row) for old in gone),
        )

    def touched(self, place: Binding) -> bool:
        """Tell whether a field of a row has changed."""
        return any(one[:1] == (place.block,) and one[2:] == (place.row,) for one in self.fields)


def _side(line: Line, mine: _Changes, theirs: _Changes) -> Side:
    if _moves_rows(line):
        if line.new is not None:
            return _side_of_row(line.new, mine, theirs, own=Side.HERE, other=Side.PACKAGE)
        if line.old is not None:
            return _side_of_row(line.old, theirs, mine, own=Side.PACKAGE, other=Side.HERE)
    here, there = _place(line, line.new) in mine.fields, _place(line, line.old) in theirs.fields
    if here and there:
        return Side.BOTH
    if here or there:
        return Side.HERE if here else Side.PACKAGE
    return Side.UNKNOWN


def _side_of_row(place: Binding, has: _Changes, lacks: _Changes, *, own: Side, other: Side) -> Side:
    """Say who is behind a row that only one form has: it put the row in, or the other took it out, or both did something to it."""
    row = has.before.get((place.block, place.row))
    if row is None:
        return own
    if (place.block, row) not in lacks.gone:
        return Side.UNKNOWN
    return Side.BOTH if has.touched(place) else other


def _is_typed(line: Line, incoming: Record, here: Record) -> bool:
    """Tell whether a field differs in what was typed; a computed figure follows from the others."""
    if line.old is None or line.new is None or line.new.block is Block.SECTIONS:
        return True
    return get_text(incoming, line.old) != get_text(here, line.new)


def _place(line: Line, binding: Binding | None) -> tuple[object, ...]:
    """Return what a field is known by in one of the forms; the money unit has no place but its name."""
    if binding is None:
        return line.group, line.name
    return binding.block, _key(line, binding), binding.row


def _key(line: Line, binding: Binding) -> str:
    """Return the key of a field; the heading of a section has that of its text, and is told by its group."""
    return line.group if binding.block is Block.SECTIONS else binding.key


def merged(incoming: Derived, here: Derived, base: Record | None, taken: Iterable[Line]) -> Record:
    """Return the form here with the fields of ``taken`` as the package has them.

    Fields first, then rows out (the last first), then rows in, so that no place moves before it is used; a section, which has two
    lines, once. What no cell shows comes along: 说明, and values that only the package has or only it has changed.
    """
    lines = tuple(taken)
    theirs, made = incoming.record, here.record
    for line in (one for one in lines if not _moves_rows(one)):
        made = take(line, theirs, made)
    out = {(one.new.block, one.new.row): one for one in lines if _moves_rows(one) and one.new is not None}
    back = {(one.old.block, one.old.row): one for one in lines if _moves_rows(one) and one.new is None and one.old}
    for row in sorted(out, reverse=True):
        made = take(out[row], theirs, made)
    for row in sorted(back):
        made = take(back[row], theirs, made)
    seen = frozenset(one.key for one in here.template.fields)
    return _with_unseen(theirs, made, base, seen)


def _moves_rows(line: Line) -> bool:
    """Tell whether taking a line puts a row in or takes one out."""
    place = line.new or line.old
    if place is None:
        return False
    return line.whole_row or (place.block is Block.SECTIONS and (line.old is None or line.new is None))


def _with_unseen(incoming: Record, made: Record, base: Record | None, seen: frozenset[str]) -> Record:
    extra = made.extra or incoming.extra
    values = dict(made.values)
    for key, text in incoming.values.items():
        mine = values.get(key, "")
        if key not in seen and mine == (base.value(key) if base is not None else ""):
            values[key] = text
    answers = {_about(one): one for one in made.answers}
    before = {_about(one): one for one in base.answers} if base is not None else {}
    for answer in incoming.answers:
        about = _about(answer)
        if about not in answers or answers[about] == before.get(about):
            answers[about] = answer
    return replace(made, values=values, answers=tuple(answers.values()), extra=extra)


def _about(answer: Answer) -> tuple[str, str, str]:
    return answer.code, answer.where, answer.cell
