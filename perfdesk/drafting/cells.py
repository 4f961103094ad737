"""The squares of a form that is drawn once: labels, labels with a field in them, fields, computed cells, blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from perfdesk.drafting.naming import Fields, label
from perfdesk.drafting.types import BLANK, LONG, DraftCell
from perfdesk.model import Block
from perfdesk.recognition.words import is_figure
from perfdesk.template import BOX, SUM_PREFIX
from perfdesk.template.squares import boxed_words

if TYPE_CHECKING:
    from perfdesk.drafting.grid import Grid, Square
    from perfdesk.drafting.meaning import Meaning
    from perfdesk.filling import Slot
    from perfdesk.filling.probing import Field
    from perfdesk.template import Template

_OF_TOTAL: Final = frozenset({"execution_rate", "score"})
_DEFAULTS: Final = frozenset({"weight", "execution_rate", "score"})
_COMPUTED: Final = frozenset({"total_weight", "total_score", "grade"})
_SIGN: Final = re.compile(r"[-—–/]{1,2}")
_LABELLED: Final = re.compile(r"(?:\s*[^\s：:{}]{2,14}[：:][\s_＿]*)+")
_LEAST_CHOICES: Final = 2
_TALL: Final = 3  # rows a long text has room for


class Drawer:
    """Draws squares. Lives while a draft is made; ``fields`` and ``funds`` fill up on the way."""

    def __init__(self, template: Template, meaning: Meaning, grid: Grid) -> None:
        self._template, self._meaning, self._grid = template, meaning, grid
        self.fields = Fields(template.fields)
        self.funds: set[int] = set()
        placed = [(field, slot.place) for field, slot in meaning.found.blanks.items()]
        placed += [(field, place) for field, (place, _) in meaning.found.texts.items()]
        self._fund_rows = {place.row: field[2] for field, place in placed if field[0] is Block.FUNDS}
        self._fund_columns = {place.column: field[1] for field, place in placed if field[0] is Block.FUNDS}

    def draw(self, squares: list[Square]) -> tuple[DraftCell, ...]:
        """Draw the squares of a block, given with rows from 0; blanks beside a field that nobody knows belong to it."""
        found: list[DraftCell] = []
        by_end: dict[tuple[int, int], int] = {}
        for one in sorted(squares):
            drawn = self._drawn(one, found, by_end)
            before = by_end.get((one.row, one.column))
            if drawn is None and before is not None:
                found[before] = found[before]._replace(column_span=found[before].column_span + one.column_span)
                by_end[one.row, one.column + one.column_span] = before
                continue
            found += self._cells(one, drawn or BLANK)
            by_end[one.row, one.column + one.column_span] = len(found) - 1
        return tuple(found)

    def _cells(self, one: Square, drawn: str) -> list[DraftCell]:
        """Return the cell of a square; a label with several fields becomes as many cells, each with its share of the columns."""
        pieces = drawn.split("\x00")
        share = one.column_span // len(pieces)
        if len(pieces) == 1 or not share:
            return [DraftCell(one.row, one.column, one.row_span, one.column_span, pieces[0], one.source)]
        widths = [share] * (len(pieces) - 1) + [one.column_span - share * (len(pieces) - 1)]
        return [
            DraftCell(one.row, one.column + sum(widths[:at]), one.row_span, widths[at], piece, one.source)
            for at, piece in enumerate(pieces)
        ]

    def _drawn(self, one: Square, found: list[DraftCell], by_end: dict[tuple[int, int], int]) -> str | None:
        """Return what is written in a square, ``None`` for a blank that goes with the field before it."""
        blanks = self._meaning.blanks.get(one.source, ()) if one.source is not None else ()
        typed = self._meaning.typed.get(one.source, ()) if one.source is not None else ()
        if one.text:
            return self._of_text(one, found, blanks, typed)
        for field, _slot in blanks:
            drawn = self.of_field(field)
            if drawn:
                return drawn
        before = by_end.get((one.row, one.column))
        left = found[before] if before is not None else None
        if left is None:
            return BLANK
        if self._is_label(left) and left.row_span <= one.row_span:
            return self.fields.own(left.drawn.lstrip("=<>").replace("{unit}", ""), long=self._is_long(one))
        alone = (one.row_span, one.column_span, left.row_span) == (1, 1, 1)
        return None if alone and left.drawn[:1] not in {"=", "@"} else BLANK

    @staticmethod
    def _is_label(left: DraftCell) -> bool:
        return left.drawn.startswith("=") and left.drawn != BLANK and not is_figure(left.drawn[1:])

    def _is_long(self, one: Square) -> bool:
        width = sum(self._grid.columns_mm[one.column : one.column + one.column_span])
        return width >= LONG and one.row_span >= _TALL

    def _of_text(
        self,
        one: Square,
        found: list[DraftCell],
        blanks: tuple[tuple[Field, Slot], ...],
        typed: tuple[tuple[Field, str], ...],
    ) -> str:
        special = self._boxes(one, found) or self._sign_in_funds(one) or self._paragraph(one)
        if special:
            return special
        pieces = [(slot.start, slot.end, key) for field, slot in blanks if (key := self.of_field(field, inline=True))]
        for field, text in typed:
            at = one.text.find(text)
            if one.text == text.strip() and field[0] is not Block.INDICATORS:
                drawn = self.of_field(field)
                return self._with_default(drawn, field, text) if drawn else label(one.text, one.align)
            if at > 0 and (key := self.of_field(field, inline=True)):
                pieces.append((at, at + len(text), key))
        if not pieces:
            return label(one.text, one.align)
        return "\x00".join(self._split(one, sorted(pieces)))

    def _boxes(self, one: Square, found: list[DraftCell]) -> str:
        """Return a list of words with boxes as a choice: 「□省级专项　□部门预算」; ``""`` for any other text."""
        words = boxed_words(one.text) if BOX in one.text and "{" not in one.text else ()
        if len(words) < _LEAST_CHOICES or len(words) != one.text.count(BOX) or any("、" in word for word in words):
            return ""
        left = next((cell for cell in reversed(found) if cell.row <= one.row and self._is_label(cell)), None)
        name = left.drawn.lstrip("=<>") if left is not None else "选项"
        key = self.fields.with_choices(words)
        key = self.fields.known(key) if key else self.fields.own(name, choices=words)
        return f"?{key}=<{one.text}"

    def _sign_in_funds(self, one: Square) -> str:
        """Return the cell of a fund row that the form fills with a sign for 「none」, or ``""``: 「—」 is ``fiscal.score|—``."""
        if one.source is None or not _SIGN.fullmatch(one.text.strip()):
            return ""
        key, row = self._fund_columns.get(one.source[2], ""), self._fund_rows.get(one.source[1], -1)
        if not key or row < 1:
            return ""
        return f"{self._template.funds[row].key}.{key}|{one.text.strip()}"

    def _paragraph(self, one: Square) -> str:
        """Return a line below or above a Word table with its fields: 「填表人：　　联系电话：」; ``""`` for running text."""
        if one.source is None or one.source[1] >= 0 or not _LABELLED.fullmatch(one.text):
            return ""
        names = [found.strip() for found in re.split(r"[：:]", one.text)[:-1]]
        return "\x00".join(f"=<{name}：{{{self.fields.labelled(name)}}}" for name in names)

    def _split(self, one: Square, pieces: list[tuple[int, int, str]]) -> list[str]:
        """Return a text in pieces with one field each."""
        texts: list[str] = []
        done = 0
        for at, (start, end, key) in enumerate(pieces):
            last = at == len(pieces) - 1
            tail = one.text[end:].strip() if last else ""
            words = label(one.text[done:start], one.align or "left")
            gap = "" if words.endswith((":", "：", "=", "　")) else "　"
            texts.append(f"{words}{gap}{{{key}}}{tail.translate(_NO_BRACES)}")
            done = end
        return texts

    def _with_default(self, drawn: str, field: Field, text: str) -> str:
        """Let the words that stand in a weight of a fund row be printed while nothing is typed: 「10」, 「—」."""
        if field[0] is Block.FUNDS and field[1] in _DEFAULTS and (is_figure(text) or _SIGN.fullmatch(text.strip())):
            return drawn if drawn.startswith("@") else f"{drawn}|{text.strip()}"
        return drawn

    def of_field(self, field: Field, *, inline: bool = False) -> str:
        """Name a field in a square, ``""`` where the grammar has none for it there."""
        block, key, row = field
        if block is Block.VALUES and self.fields.is_known(key) and not self.fields.has(key):
            return self.fields.known(key)
        if block is Block.FUNDS and 0 <= row < len(self._template.funds):
            self.funds.add(row)
            name = f"{self._template.funds[row].key}.{key}"
            return f"@{name}" if row == 0 and key in _OF_TOTAL and not inline else name
        if inline:
            return ""
        if block is Block.STATED and key in _COMPUTED:
            return f"@{key}"
        return f"@{key}" if key.startswith(SUM_PREFIX) and self._template.gathers else ""


_NO_BRACES: Final = str.maketrans({"{": "｛", "}": "｝"})
