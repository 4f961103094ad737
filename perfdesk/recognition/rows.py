"""指标行、列表行 (rows): everything below the header of the repeated rows, up to the total or whatever else follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from perfdesk.editing.choices import JOINT
from perfdesk.labels import match_label
from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.budgetrow import BudgetRow, budget_row
from perfdesk.recognition.finding import find
from perfdesk.recognition.header import Header, Span, find_header, header_at
from perfdesk.recognition.inline import begins_with_label
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.levels import Levels
from perfdesk.recognition.parts import SIGN, UNIT, whole_target
from perfdesk.recognition.plan import Column
from perfdesk.recognition.types import Certainty
from perfdesk.recognition.words import choice, figure, fit, is_figure, is_note, is_placeholder, ticked, untorn

Ticks = dict[str, list[tuple[str, Square]]]

_TOTALS: Final = frozenset({"总分", "合计", "总计", "小计", "总得分", "自评总分"})
_SUBTOTALS: Final = frozenset({"小计"})
_ONE_TOTAL: Final = re.compile(r"([^\d:：]{2,6})[:：]?(\d{1,3}(?:\.\d+)?)分?")
_FOOT: Final = re.compile(
    r"[（(]?[^:：]{0,16}(?:负责人|人员|填表|填报|签字|签章|盖章|日期|电话|意见|审核|经办|制表|说明|注)[^:：]{0,6}[:：]"
)
_FIGURES: Final = frozenset({"weight", "score", "deduction", "level1_weight", "level2_weight", "goal_weight"})
_MONEY: Final = frozenset({"initial_budget", "annual_budget", "executed"})
_MERGED: Final = "与上面的行合并成一格"
_GUESSED: Final = "表头“{}”不是表样的写法，按意思推定"


class Read(NamedTuple):
    """The indexes of the lines that belong to the rows, and the rows among them that are the form's budget row."""

    lines: frozenset[int]
    budget: tuple[BudgetRow, ...] = ()


def read_rows(intake: Intake, lines: Sequence[Line]) -> Read:
    """Read the repeated rows of a form and its totals."""
    header = find_header(intake.plan, lines)
    if header is None or intake.plan.part is None:
        return Read(frozenset())
    reader = _Reader(intake, header)
    return Read(reader.read(lines), tuple(reader.budget))


class _Reader:
    """Lives while the rows of one form are read; ``header`` is the one last seen."""

    def __init__(self, intake: Intake, header: Header) -> None:
        self.intake = intake
        self.plan = intake.plan
        self.part = intake.plan.part or Block.INDICATORS
        self.header = header
        self.levels = Levels(intake)
        self.budget: list[BudgetRow] = []

    def read(self, lines: Sequence[Line]) -> frozenset[int]:
        index = self._enter(lines, self.header)
        found = set(range(self.header.first, index))
        while index < len(lines) and not self._ends(lines[index]):
            again = header_at(self.plan, lines, index)
            stop = self._enter(lines, again) if again else index + 1
            found.update(range(index, stop))
            if again is None and self._total(lines[index]):
                if not self._goes_on(lines, index):
                    break
            elif again is None and not self._band(lines[index]):
                self._row(lines[index])
            index = stop
        return frozenset(found)

    def _enter(self, lines: Sequence[Line], header: Header) -> int:
        """Take note of a header, the first or one printed again; return the index of the line below it."""
        self.header = header
        stop = header.first + header.height
        headings = [one.heading for one in header.spans if one.column or one.is_number]
        known = {one.key for one in headings} | {(one.left, one.text) for one in headings}  # as others merge them
        for line in lines[header.first : stop]:
            here = (one for one in line.own if {one.key, (one.left, one.text)} & known)
            self.intake.use((*here, *filter(self._is_own, line.own)))
        return stop

    def _is_own(self, square: Square) -> bool:
        return any(form in self.plan.words for form in square.forms)

    def _ends(self, line: Line) -> bool:
        """Tell whether a line is no row of the block: a paragraph, a field, a note."""
        first = next(iter(line.own), None)
        if line.is_text:
            return True
        if first is None:
            return False
        if line.alone is not None and (is_note(first.text) or not self.header.span_of(first)):
            return True
        if begins_with_label(self.plan, first.text):
            return True
        found = find(first.forms, self.plan.singles)
        span = self.header.span_of(first)
        return found is not None and found.exact and not (span and span.column and self.part is Block.ROWS)

    def _goes_on(self, lines: Sequence[Line], index: int) -> bool:
        """Tell whether rows follow a subtotal: the next line is one, or another total."""
        after = lines[index + 1] if index + 1 < len(lines) else None
        if after is None or self._ends(after):
            return False
        return bool(_word(lines[index]) & _SUBTOTALS) and not self.plan.total_words & _SUBTOTALS

    def _total(self, line: Line) -> bool:
        """Read a total, if the line is one: its figures stand in the columns of what they are the total of."""
        words = _word(line)
        if self._total_in_one(line):
            return True
        if not words & (self.plan.total_words or _TOTALS) and not words & _TOTALS:
            return False
        if words & _SUBTOTALS and not self.plan.total_words & _SUBTOTALS:
            return True
        figures = line.own[1:]
        self.intake.use(line.own[:1])
        homeless = [one for one in figures if not self._total_of(one)]
        left = [one for one in self.plan.totals.values() if one not in self.intake.readings]
        for binding, square in zip(dict.fromkeys(left), homeless, strict=False):
            if is_figure(square.text.rstrip("分")) or binding.block is not Block.STATED:
                self.intake.take(binding, _figure(square), [square], certainty=Certainty.INFERRED)
        return True

    def _total_in_one(self, line: Line) -> bool:
        """Read 「总分：97.7分」 in one cell."""
        first = next(iter(line.own), None)
        found = _ONE_TOTAL.fullmatch("".join(first.text.split())) if first is not None else None
        binding = self.plan.totals.get("score")
        if first is None or found is None or binding is None or not _TOTALS & {found.group(1)}:
            return False
        return self.intake.take(binding, figure(found.group(2)), [first])

    def _total_of(self, square: Square) -> bool:
        span = self.header.span_of(square)
        binding = self.plan.totals.get(span.column.key) if span and span.column else None
        if binding is None or (span and span.column and square.right - square.left > 2 * (span.right - span.left) + 1):
            return False
        return self.intake.take(binding, _figure(square), [square])

    def _band(self, line: Line) -> bool:
        """Take a row that holds nothing but a 一级指标, wide or without a column for it; False when it is none."""
        if self.part is not Block.INDICATORS or len(line.own) != 1:
            return False
        square, spans = line.own[0], self.header.spans
        wide = 2 * (square.right - square.left) > spans[-1].right - spans[0].left
        homeless = not any(one.column and one.column.key == "level1" for one in spans)
        is_one = (wide or homeless) and self.levels.is_level1(square.text)
        if is_one:
            self.levels.begin(square)
        return is_one

    def _row(self, line: Line) -> None:
        """Read one row, if anything of it belongs to a column of the form."""
        if _is_foot(line):
            return
        budget = budget_row(self.intake, line, self.header) if self.part is Block.INDICATORS else None
        if budget is not None:
            self.budget.append(budget)
            return
        placed: dict[int, list[Square]] = {}
        spans: dict[int, Span] = {}
        for square in line.texts:
            span = self.header.span_of(square)
            if span is not None:
                placed.setdefault(span.left, []).append(square)
                spans[span.left] = span
        numbers = [one for left, held in placed.items() if spans[left].is_number for one in held]
        self.intake.use(one for one in numbers if is_figure(one.text))
        cells = {left: held for left, held in placed.items() if spans[left].column}
        row = self.intake.row_count
        begun = {one.key for held in cells.values() for one in held if one.cell.row == line.row}
        filled = [left for left in cells if not self.levels.is_level(spans[left])]
        own = [left for left in filled if not self._is_points_of_group(spans[left])]
        content = any(not is_placeholder(one.text) for left in own for one in cells[left] if one.key in begun)
        if self.part is Block.INDICATORS and not self.levels.place(line, self.header, row, has_content=content):
            self.intake.use(one for left in filled for one in cells[left] if is_placeholder(one.text))
            return
        if self.part is Block.ROWS and not content:
            return
        self.intake.row_of[line.part, line.row] = row
        self.intake.row_count += 1
        ticks: Ticks = {}
        for left in filled:
            self._cell(spans[left], cells[left], line, ticks)
        parts = {one.part: cells[left] for left in filled if (one := spans[left].column) and one.part}
        if parts:
            self._put_together(row, parts)
        for key, marked in ticks.items():
            self._ticks(key, marked, row)

    def _is_points_of_group(self, span: Span) -> bool:
        return span.column is not None and span.column.key in {"level1_weight", "level2_weight"}

    def _cell(self, span: Span, squares: list[Square], line: Line, ticks: Ticks) -> None:
        column = span.column
        if column is None or column.part:
            return
        if column.word:
            ticks.setdefault(column.key, []).extend((column.word, one) for one in squares if ticked(one.text))
            return
        if len(squares) > 1 and is_figure(squares[0].text) and column.key == "name":
            self.intake.use(squares[:1])  # a running number in front of the name
            squares = squares[1:]
        binding = Binding(self.part, column.key, row=self.intake.row_of[line.part, line.row], pattern=column.pattern)
        if all(is_placeholder(one.text) for one in squares):
            self.intake.use(squares)
            return
        from_above = all(one.cell.row != line.row for one in squares)
        if from_above and column.key in _FIGURES:
            return  # points merged over several rows count once
        known = self.plan.template.column(column.key)
        text = choice(self._text(column, squares), known.choices if known else ())
        why = _GUESSED.format(span.heading.text) if span.guessed else _MERGED if from_above else ""
        certainty = Certainty.INFERRED if why else Certainty.SURE
        self.intake.take(binding, text, squares, certainty=certainty, why=why)

    def _put_together(self, row: int, parts: Mapping[str, list[Square]]) -> None:
        """Put the sign and the unit of a 指标值 to its figure."""
        held = Binding(Block.INDICATORS, "target", row=row)
        texts = {part: "".join(one.text for one in squares) for part, squares in parts.items()}
        if held in self.intake.readings:
            value = self.intake.readings[held].text
            text = whole_target(texts.get(SIGN, ""), value, texts.get(UNIT, ""))
            self.intake.amend(held, text, [one for squares in parts.values() for one in squares])

    def _text(self, column: Column, squares: list[Square]) -> str:
        key = column.key
        if key in _FIGURES and len(squares) == 1:
            return _figure(squares[0])
        if self.part is Block.ROWS and key in _MONEY and len(squares) == 1:
            return figure(squares[0].text, squares[0].cell.raw)
        text = "".join(one.text for one in squares)
        short = untorn(text)
        bare = fit(column.pattern, short, main=key)[key] if column.pattern else short
        return short if match_label(bare) in self.plan.weights else text

    def _ticks(self, key: str, marked: list[tuple[str, Square]], row: int) -> None:
        known = self.plan.template.column(key)
        words = [word for word, _ in marked]
        order = known.choices if known else tuple(words)
        text = JOINT.join(sorted(dict.fromkeys(words), key=order.index))
        self.intake.take(Binding(self.part, key, row=row), text, [square for _, square in marked])


def _figure(square: Square) -> str:
    """Return a printed figure; the 分 behind it goes: where the form prints it, it prints it itself."""
    text = square.text
    bare = text[:-1].strip() if text.endswith("分") else text
    return figure(bare, square.cell.raw) if is_figure(bare) else text


def _is_foot(line: Line) -> bool:
    """Tell whether a line says who signed or what is to be noted: no row, though it stands among them."""
    first = next(iter(line.own), None)
    return first is not None and _FOOT.match("".join(first.text.split())) is not None


def _word(line: Line) -> frozenset[str]:
    """Return the first text of a line, reduced, in all its forms."""
    first = next(iter(line.own), None)
    return frozenset((*first.forms, match_label(first.text))) if first else frozenset()
