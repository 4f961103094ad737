"""一级、二级指标 (levels) of a row: merged, written once and left blank below, or written in every row.

What is blank is what stands above, unless the template says that the 二级指标 belongs elsewhere: then it is reasoned out.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from perfdesk.labels import match_label
from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.header import Header, Span
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.types import Certainty
from perfdesk.recognition.words import fit, is_placeholder, untorn

_LEVELS: Final = ("goal", "level1", "level2")
_NUMBER: Final = re.compile(
    r"^(?:\d{1,2}[.、．]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、|[①-⑳])\s*"
)

_LEVEL1: Final = re.compile(r"(?:成本|产出|效益|效果|满意度|投入|过程|决策|管理)指标")


class _Level(NamedTuple):
    """What stands in one level of a row: its text, the squares it comes from, how sure, and whether it begins here."""

    text: str = ""
    squares: tuple[Square, ...] = ()
    certainty: Certainty = Certainty.SURE
    why: str = ""
    begins: bool = False


_NOTHING: Final = _Level()


class Levels:
    """Lives while the rows of one form are read: what the rows above had, and which groups have rows."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.above: dict[str, _Level] = {}
        self.groups: set[tuple[str, ...]] = set()
        self.band = _NOTHING

    def is_level(self, span: Span) -> bool:
        """Tell whether a column is one of the levels."""
        return span.column is not None and span.column.key in _LEVELS

    def begin(self, square: Square) -> None:
        """Take note of a 一级指标 that stands in a row of its own over those that belong to it."""
        self.band = _Level(self._word(square.text), (square,))
        self.above = {"level1": self.band}
        self.intake.use([square])

    def is_level1(self, text: str) -> bool:
        """Tell whether a text is a 一级指标, of the form or of another one: 「一、产出指标（50分）」."""
        bare = self._bare(self._word(text))
        return bare in self.intake.plan.level1 or _LEVEL1.fullmatch(bare) is not None

    def place(self, line: Line, header: Header, row: int, *, has_content: bool) -> bool:
        """Give row ``row`` its levels; False when the line is no row: nothing in it, and its group has rows already."""
        spans = {one.column.key: one for one in header.spans if one.column and one.column.key in _LEVELS}
        found = self._found(line, header, spans)
        if self.band.text and "level1" not in spans:
            found["level1"] = self.band
        if not any(one.begins for one in found.values()) and not has_content:
            return False
        group = tuple(match_label(found[key].text) for key in _LEVELS if key in found)
        if not has_content and (group in self.groups or not group or not group[-1]):
            if group in self.groups or self.is_level1(found.get("level1", _NOTHING).text):
                self.intake.use(square for one in found.values() for square in one.squares)
                self.above |= found
            return False  # any other text stays over: a remark between the rows
        self.groups.add(group)
        self.above = dict(found)
        for key, level in found.items():
            binding = Binding(Block.INDICATORS, key, row=row, pattern=self._pattern(key))
            self.intake.take(binding, level.text, level.squares, certainty=level.certainty, why=level.why)
            if level.certainty is Certainty.DOUBTFUL:
                places = tuple(one.place for one in line.own[:1])
                self.intake.ask(f"{_NAMES[key]}空白", level.why, places, (binding,))
        return True

    def _found(self, line: Line, header: Header, spans: dict[str, Span]) -> dict[str, _Level]:
        """Return the levels of a line, blank ones filled from above or from the template."""
        own = {key: self._own(line, header, span) for key, span in spans.items()}
        found: dict[str, _Level] = {}
        new_group = False
        for key in (one for one in _LEVELS if one in spans):
            level = own[key]
            if level.text:
                before = self.above.get(key, _NOTHING).text
                new_group = new_group or match_label(before) != match_label(level.text)
                found[key] = level
                continue
            found[key] = self._blank(key, own, line, spans[key], new_group=new_group)
            new_group = new_group or found[key].certainty is Certainty.DOUBTFUL
        return found

    def _own(self, line: Line, header: Header, span: Span) -> _Level:
        squares = tuple(one for one in line.texts if header.span_of(one) == span)
        squares = tuple(one for one in squares if not is_placeholder(one.text))
        if not squares:
            return _NOTHING
        text = self._word("".join(one.text for one in squares))
        return _Level(text, squares, begins=any(one.cell.row == line.row for one in squares))

    def _word(self, text: str) -> str:
        """Return a level without the breaks and the number that the printing put into it."""
        short = untorn(text)
        bare = _NUMBER.sub("", short)
        known = self.intake.plan.weights
        if bare != short and any(one in known for one in (match_label(bare), match_label(bare.split("（")[0]))):
            return bare
        return short

    def _blank(self, key: str, own: dict[str, _Level], line: Line, span: Span, *, new_group: bool) -> _Level:
        above = self.above.get(key, _NOTHING)
        square = line.at(span.left)
        is_cell = square is not None and not square.text and square.cell.row_span > 1
        if key == "level1":
            name = own.get("level2", _NOTHING).text
            told = self._told(name, "" if is_cell else above.text)
            if told:
                why = f"“{name}”这一行没有一级指标，按表样推定为“{told}”。"
                return _Level(told, (), Certainty.DOUBTFUL, why)
        if new_group or is_cell or not above.text:
            return _NOTHING
        return _Level(above.text, above.squares, Certainty.INFERRED, "这一格空白，与上一行相同")

    def _told(self, level2: str, above: str) -> str:
        """Return the 一级指标 that the template gives a 二级指标, when it is only one and not the one above."""
        groups = self.intake.plan.groups.get(match_label(level2), frozenset()) if level2 else frozenset()
        mine = self._bare(above)
        if len(groups) != 1 or mine in {match_label(one) for one in groups}:
            return ""
        return next(iter(groups))

    def _pattern(self, key: str) -> str:
        return next((one.pattern for one in self.intake.plan.columns.values() if one.key == key), "")

    def _bare(self, text: str) -> str:
        pattern = self._pattern("level1")
        return match_label(fit(pattern, text, main="level1")["level1"] if pattern else text)


_NAMES: Final = {"goal": "年度绩效目标", "level1": "一级指标", "level2": "二级指标"}
