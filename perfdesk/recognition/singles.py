"""单个的格 (single fields): beside their label, below it, or in one cell with it; and notes that belong to nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from perfdesk.labels import MAX_LABEL
from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Key, Line, Square
from perfdesk.recognition.finding import find
from perfdesk.recognition.inline import Pieces, pieces_of
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.types import Certainty
from perfdesk.recognition.words import boxes, choice, figure, is_blank, is_figure, is_note
from perfdesk.template import FieldKind

_LIKE_LABEL: Final = re.compile(
    r".{0,10}(?:名称|单位|部门|负责人|电话|日期|类别|类型|属性|代码|编码|联系人|填表人|时间|期限|级次|性质|金额|情况|目标)$"
)
_HEAD: Final = 2  # labels side by side over their texts
_SCORES: Final = frozenset({"自评得分", "总得分", "自评总分", "总分", "综合得分", "最终得分", "自评总得分"})
_MONTH: Final = re.compile(r"\d+\s*[-—–－~～至]+\s*(\d{1,2})\s*月")


class _Label(NamedTuple):
    """A label cell of a line: its place in the line, its field, whether the template prints it so."""

    at: int
    square: Square
    binding: Binding
    exact: bool


def read_singles(intake: Intake, lines: Sequence[Line]) -> None:
    """Read the single fields of these lines: first by the template's own words, then by words that mean the same."""
    sides = _repeated(lines)
    for exact in (True, False):
        for index, line in enumerate(lines):
            _read_inline(intake, line, exact=exact)
            _read_beside(intake, line, lines[index + 1 :], sides, exact=exact)


def _repeated(lines: Sequence[Line]) -> frozenset[Key]:
    """Return the cells that say the same as the one above or below them: side labels that others merge."""
    found: set[Key] = set()
    for above, line in pairwise(lines):
        for one in line.own:
            over = above.at(one.left)
            if over is not None and over.text == one.text and over.cell.row == above.row:
                found |= {one.key, over.key}
    return frozenset(found)


def read_month(intake: Intake, lines: Sequence[Line]) -> None:
    """Read the month out of the headings of a monitoring form: 「1—6月执行数」."""
    if intake.plan.template.field("month") is None or intake.has("month"):
        return
    for line in lines:
        for square in line.own:
            found = _MONTH.search(unicodedata.normalize("NFKC", square.text)) if len(square.text) <= MAX_LABEL else None
            if found:
                intake.take(Binding(Block.VALUES, "month"), found.group(1))
                return


def read_total_beside(intake: Intake, lines: Sequence[Line]) -> None:
    """Read 「自评得分 | 95」 where it stands outside the table of the indicators."""
    binding = intake.plan.totals.get("score")
    if binding is None or binding in intake.readings:
        return
    for line in lines:
        for label, value in pairwise(line.own):
            bare = value.text.removesuffix("分").strip()
            if _SCORES & set(label.forms) and is_figure(bare) and intake.is_free(value):
                why = f"“{label.text}”旁边的数"
                intake.take(binding, figure(bare), [value], label=label, certainty=Certainty.INFERRED, why=why)
                return


def _read_inline(intake: Intake, line: Line, *, exact: bool) -> None:
    for square in line.own:
        if not intake.is_free(square):
            continue
        found = pieces_of(intake.plan, square.text)
        if found.pieces and any(one.exact for one in found.pieces) is exact:
            _take_pieces(intake, line, square, found)


def _take_pieces(intake: Intake, line: Line, square: Square, found: Pieces) -> None:
    """Take the fields of one cell; the last one may have its text in the next cell."""
    taken = True
    for number, piece in enumerate(found.pieces):
        text = piece.text
        squares: tuple[Square, ...] = (square,)
        if is_blank(text) and number == len(found.pieces) - 1 and not line.is_text:
            near = _next(intake, line, square)
            if near is not None:
                text, squares = near.text, (near,)
        certainty = Certainty.SURE if piece.exact else Certainty.INFERRED
        taken = intake.take(piece.binding, _read(intake, piece.binding, text), squares, certainty=certainty) and taken
    if is_blank(found.before) and taken:
        intake.use([square])
    else:
        intake.used.discard(square.key)


def _next(intake: Intake, line: Line, square: Square) -> Square | None:
    """Return the free cell right of a label that ends with its colon, unless it is a label itself."""
    after = next((one for one in line.own if one.left >= square.right), None)
    if after is None or not intake.is_free(after) or pieces_of(intake.plan, after.text).pieces:
        return None
    return None if _is_label(intake, after) else after


def _is_label(intake: Intake, square: Square) -> bool:
    plan = intake.plan
    return find(square.forms, plan.singles) is not None or any(one in plan.words for one in square.forms)


def _read_beside(intake: Intake, line: Line, below: Sequence[Line], sides: frozenset[Key], *, exact: bool) -> None:
    """Read the labels of a line with the cells right of them, or below where the form has them there."""
    squares = [one for one in line.texts if one.cell.row == line.row or _is_label(intake, one)]
    labels = list(_labels(intake, squares))
    for number, label in enumerate(labels):
        if label.exact is not exact or label.square.cell.row != line.row or line.is_text:
            continue
        if not exact and label.square.key in sides:
            intake.use([label.square])
            continue
        end = labels[number + 1].at if number + 1 < len(labels) else len(squares)
        values = [one for one in squares[label.at + 1 : end] if intake.is_free(one)]
        stop = next((index for index, one in enumerate(values) if _is_label(intake, one)), len(values))
        values = values[:stop]
        if _stands_over(intake, label, below) and not (values and not _LIKE_LABEL.match(values[0].text)):
            _take_below(intake, label, line, below)
        elif values:
            _take_beside(intake, label, values)
        elif intake.plan.below & set(label.square.forms) or not exact or _is_head(intake, line, below):
            _take_below(intake, label, line, below)
        elif intake.is_free(label.square):
            intake.use([label.square])


def _stands_over(intake: Intake, label: _Label, below: Sequence[Line]) -> bool:
    """Tell whether a label of a field that the form prints below its label has a text of the same width under it."""
    if label.binding not in intake.plan.below_bindings or not below or below[0].part != label.square.part:
        return False
    under = below[0].at(label.square.left)
    if (
        under is None
        or not intake.is_free(under)
        or (under.left, under.right) != (label.square.left, label.square.right)
    ):
        return False
    return bool(under.text) and under.cell.row == below[0].row and not _is_label(intake, under)


def _is_head(intake: Intake, line: Line, below: Sequence[Line]) -> bool:
    """Tell whether a line is all labels and the next one none: the texts stand below."""
    after = below[0] if below and below[0].part == line.part else None
    if after is None or len(line.own) < _HEAD or not all(_is_label(intake, one) for one in line.own):
        return False
    return bool(after.own) and not any(_is_label(intake, one) for one in after.texts)


def _labels(intake: Intake, squares: Sequence[Square]) -> Iterator[_Label]:
    for at, square in enumerate(squares):
        found = find(square.forms, intake.plan.singles)
        if found is not None and (found.exact or not _is_own_word(intake, square)):
            yield _Label(at, square, found.thing, found.exact)


def _is_own_word(intake: Intake, square: Square) -> bool:
    """Tell whether the form prints a label itself, beside other cells: 年度总体目标 is not 预期目标 where it prints both."""
    return any(one in intake.plan.words for one in square.forms)


def _take_beside(intake: Intake, label: _Label, values: Sequence[Square]) -> None:
    """Take the cells right of a label: the first is its text, the others too unless they are a strange label with its text."""
    first, *others = values
    certainty, why = (Certainty.SURE, "") if label.exact else (Certainty.INFERRED, "名称与表样不同，按意思推定")
    joined = [first]
    if others and all(one.text == first.text for one in others):
        intake.use(others)  # repeated where others merge
    elif others and is_figure(first.text):
        certainty, why = Certainty.DOUBTFUL, "这一行有几个数，取第一个，请核对"
        intake.ask(
            "有几个数", f"“{label.square.text}”后面有几个数，取第一个 {first.text}。", [first.place], [label.binding]
        )
    elif len(others) % 2 and not any(_LIKE_LABEL.match(one.text) for one in others):  # else strange labels with texts
        joined, certainty, why = [first, *others], Certainty.INFERRED, "文字分在几格里，已连成一格"
    text = "".join(one.text for one in joined)
    if len(joined) == 1 and _is_money(intake, label.binding):
        text = figure(first.text, first.cell.raw)
    text = _read(intake, label.binding, text)
    intake.take(label.binding, text, joined, label=label.square, certainty=certainty, why=why)


def _take_below(intake: Intake, label: _Label, head: Line, below: Sequence[Line]) -> None:
    """Take what stands right below a label, line by line, until another label, a note or a gap comes."""
    found: list[Square] = []
    end = label.square.bottom
    repeated = {(one.left, one.text) for one in head.texts}  # a side label that others merge
    for line in below:
        if line.is_text or line.part != label.square.part or line.row > end:
            break
        end = max(end, *(one.bottom for one in line.own)) if line.own else line.row + 1
        here = [one for one in line.own if label.square.left <= one.left < label.square.right]
        fresh = [one for one in line.own if (one.left, one.text) not in repeated]
        strange = any(_is_label(intake, one) or pieces_of(intake.plan, one.text).pieces for one in fresh)
        if strange or any(is_note(one.text) for one in here):
            break
        found += [one for one in here if intake.is_free(one)]
        if not here:
            break
    certainty = Certainty.SURE if label.exact else Certainty.INFERRED
    if found:
        text = "\n".join(one.text for one in found)
        intake.take(label.binding, text, found, label=label.square, certainty=certainty)
    elif label.exact:
        intake.use([label.square])


def _is_money(intake: Intake, binding: Binding) -> bool:
    field = intake.plan.template.field(binding.key) if binding.block is Block.VALUES else None
    return binding.block is Block.FUNDS or (field is not None and field.kind is FieldKind.NUMBER)


def _read(intake: Intake, binding: Binding, text: str) -> str:
    """Return a text as its field holds it: ticked boxes as their words, figures without separators."""
    template = intake.plan.template
    field = template.field(binding.key) if binding.block is Block.VALUES else None
    choices = template.policy.grade_names if binding.block is Block.STATED else field.choices if field else ()
    if binding in intake.plan.boxes and choices:
        ticked = boxes(text, choices)
        if ticked is not None:
            return "、".join(ticked)
    if text == intake.plan.defaults.get(binding):
        return ""
    if _is_money(intake, binding) and is_figure(text):
        return figure(text)
    if is_blank(text) and (_is_money(intake, binding) or field is None or field.kind is not FieldKind.LONG):
        return ""
    return choice(text, choices)
