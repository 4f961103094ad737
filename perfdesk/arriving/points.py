"""需要您看一眼 (points): everything about a recognised form that a person should look at, in one list.

What recognition asks comes first, then texts that belong to no field, then figures on paper that differ from the computed ones,
then what could not be read of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfdesk.arriving.types import Case, Gravity, Point, Say
from perfdesk.derive import derive
from perfdesk.errors import excerpt
from perfdesk.model import Binding
from perfdesk.recognition import Certainty, Leftover, Place, Query, Reading, RecognisedForm

_QUOTED: Final = 30  # characters of a foreign text
_NAMED: Final = 2  # differing figures that are named one by one
MOST_LEFTOVERS: Final = 40
"""So many texts that belong to nothing get a point of their own; the rest share one."""


def points_of(case: Case) -> tuple[Point, ...]:
    """Return the points of a form as it is understood now; a file of our own format says itself what it means."""
    if case.found.source is None:
        return ()
    form = case.form
    told = (*_queries(form), *_leftovers(form), *_strays(case), *_differences(form), *_unread(case))
    return tuple(dict.fromkeys(told))


def count_of(case: Case) -> int:
    """Return how many points ask for an answer; without what takes reckoning, for many forms at once."""
    asked = (*_queries(case.form), *_leftovers(case.form), *_strays(case))
    return sum(one.gravity is Gravity.ASKS for one in asked)


def _queries(form: RecognisedForm) -> Iterator[Point]:
    asked = {binding for one in form.queries for binding in one.bindings}
    yield from (_asked(one) for one in form.queries if one.bindings or not one.leftovers)
    for reading in form.readings:  # a doubt that recognition has no question about is still a doubt
        if reading.certainty is not Certainty.SURE and reading.why and reading.binding not in asked:
            yield _doubt(reading)


def _asked(query: Query) -> Point:
    """Make the point of a question about fields, or of something only to be known."""
    answers: tuple[Say, ...] = (Say.TAKE, Say.BLANK) if query.bindings else (Say.KNOWN,)
    gravity = Gravity.ASKS if query.bindings else Gravity.TELLS
    return Point(query.title, query.words, gravity, answers, query.places, query.bindings)


def _doubt(reading: Reading) -> Point:
    title = "推定的格" if reading.certainty is Certainty.INFERRED else "存疑的格"
    answers = (Say.TAKE, Say.BLANK)
    return Point(title, reading.why, Gravity.ASKS, answers, reading.places, (reading.binding,))


def _leftovers(form: RecognisedForm) -> Iterator[Point]:
    """Each text has an answer of its own, also those that recognition asks about together."""
    asked = (one for query in form.queries if not query.bindings for one in query.leftovers)
    yield from _of_nothing(tuple(dict.fromkeys((*form.leftovers, *asked))), "不属于表中任何一格")


def _strays(case: Case) -> Iterator[Point]:
    yield from _of_nothing(case.found.strays, "在表的外面")


def _of_nothing(leftovers: tuple[Leftover, ...], why: str) -> Iterator[Point]:
    title, answers = "没有看懂的文字", (Say.NOTE, Say.DROP)
    first, rest = leftovers[:MOST_LEFTOVERS], leftovers[MOST_LEFTOVERS:]
    for one in first:
        words = f"“{excerpt(one.text, _QUOTED)}”{one.why or why}"
        yield Point(title, words, Gravity.ASKS, answers, (one.place,), (), (one,))
    if rest:
        words = f"另有 {len(rest)} 处文字{why}，从“{excerpt(rest[0].text, _QUOTED)}”起"
        yield Point(title, words, Gravity.ASKS, answers, tuple(one.place for one in rest), (), rest)


def _differences(form: RecognisedForm) -> Iterator[Point]:
    """Figures that the paper states and the program computes otherwise: they are imported as stated, 审核 says it again."""
    sheet = derive(form.template, form.record).sheet
    cells = [one for one in sheet.cells if one.binding is not None and one.stated and one.computed]
    if not cells:
        return
    named = "；".join(f"{one.where}填 {one.text}，算得 {one.computed}" for one in cells[:_NAMED])
    more = f"等 {len(cells)} 处" if len(cells) > _NAMED else ""
    bindings = tuple(one.binding for one in cells if one.binding is not None)
    places = tuple(place for one in bindings for place in places_of(form, one))
    title = "表上填的数与算得的不同"
    yield Point(title, f"{named}{more}；按填的数导入，审核时提示", Gravity.TELLS, (Say.KNOWN,), places, bindings)


def _unread(case: Case) -> Iterator[Point]:
    for note in case.found.notes:
        yield Point("关于这个文件", note.removesuffix("。"), Gravity.TELLS, (Say.KNOWN,))


def places_of(form: RecognisedForm, binding: Binding) -> tuple[Place, ...]:
    """Return the cells of the file that a cell of the form was read from."""
    return tuple(place for one in form.readings if binding.covers(one.binding) for place in one.places)
