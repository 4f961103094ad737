"""Two copies of a form field by field: who changed what since the state both come from, and one form made of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.comparing import Line, compare
from perfdesk.editing import get_text
from perfdesk.model import Answer, Binding, Block, Record
from perfdesk.taking import take

if TYPE_CHECKING:
    from perfdesk.derive import Derived


_NOWHERE: Final[tuple[object, ...]] = ()


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
    mine = {_place(one, one.new) for one in compare(base, here).differing} - {_NOWHERE}
    theirs = {_place(one, one.new) for one in compare(base, incoming).differing} - {_NOWHERE}
    gone_here = {one.name for one in compare(base, here).differing if one.whole_row and one.new is None}
    gone_there = {one.name for one in compare(base, incoming).differing if one.whole_row and one.new is None}
    return tuple(
        Difference(
            one,
            _side(
                here=_place(one, one.new) in mine or (one.new is None and one.name in gone_here),
                there=_place(one, one.old) in theirs or (one.old is None and one.name in gone_there),
            ),
        )
        for one in lines
    )


def _is_typed(line: Line, incoming: Record, here: Record) -> bool:
    """Tell whether a field differs in what was typed; a computed figure follows from the others."""
    if line.old is None or line.new is None or line.new.block is Block.SECTIONS:
        return True
    return get_text(incoming, line.old) != get_text(here, line.new)


def _place(line: Line, binding: Binding | None) -> tuple[object, ...]:
    """Return what a field is known by in one of the forms; the money unit has no place but its name."""
    if binding is None:
        return (line.group, line.name) if line.old is None and line.new is None else _NOWHERE
    return binding.block, binding.key, binding.row, line.whole_row


def _side(*, here: bool, there: bool) -> Side:
    if here and there:
        return Side.BOTH
    if here or there:
        return Side.HERE if here else Side.PACKAGE
    return Side.UNKNOWN


def merged(incoming: Derived, here: Derived, base: Record | None, taken: Iterable[Line]) -> Record:
    """Return the form here with the fields of ``taken`` as the package has them.

    Fields first, then rows out (the last first), then rows in, so that no place moves before it is used. What no cell shows comes
    along: 说明, and values that only the package has or only it has changed.
    """
    lines = tuple(taken)
    theirs, made = incoming.record, here.record
    for line in (one for one in lines if not _moves_rows(one)):
        made = take(line, theirs, made)
    moving = [one for one in lines if _moves_rows(one)]
    for line in sorted((one for one in moving if one.new is not None), key=lambda one: -_row(one.new)):
        made = take(line, theirs, made)
    for line in sorted((one for one in moving if one.new is None), key=lambda one: _row(one.old)):
        made = take(line, theirs, made)
    seen = frozenset(one.key for one in here.template.fields)
    return _with_unseen(theirs, made, base, seen)


def _moves_rows(line: Line) -> bool:
    """Tell whether taking a line puts a row in or takes one out."""
    place = line.new or line.old
    if place is None:
        return False
    return line.whole_row or (place.block is Block.SECTIONS and (line.old is None or line.new is None))


def _row(place: Binding | None) -> int:
    return place.row if place is not None else -1


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
