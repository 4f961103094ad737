"""One worksheet: sizes and page set-up of the paper form, and its cells as XML."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from perfdesk.exchange.squares import PT_PER_CHARACTER
from perfdesk.exchange.xlsx.values import MOST_CHARACTERS, Value, content, cut, value_of, writable
from perfdesk.fingerprint import Stamp
from perfdesk.layout import STYLES, Layout, cell_lines
from perfdesk.sheet import Cell, Role, Sheet
from perfdesk.template import Align, Page

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT = "宋体"
MOST_HEIGHT = 409.0
_INCH = Decimal("25.4")
_PAPER = {Decimal(297): 9, Decimal(420): 8}  # long side in mm -> Excel's number of the paper: A4, A3


class _Sides(NamedTuple):
    """Styles of the four borders of one square."""

    left: str | None
    top: str | None
    right: str | None
    bottom: str | None


_LETTERS = tuple(get_column_letter(number) for number in range(1, 257))
_BARE = _Sides(None, None, None, None)
FOOT_SIZE = 8
_FOOT_HEIGHT = 14.0


class Styles:
    """The styles of one workbook, each made once and known by its number in the workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[Role, Align, _Sides, str, bool], int] = {}
        self._feet: dict[str, int] = {}

    def number(self, cell: Cell, sides: _Sides, value: Value) -> int:
        """Return the number of the style of one square."""
        key = (cell.role, cell.align, sides, value.format, value.quote)
        if key not in self._known:
            self._known[key] = self._make(*key)
        return self._known[key]

    def _make(self, role: Role, align: Align, sides: _Sides, shown: str, quote: bool) -> int:  # noqa: FBT001 - the key
        one = XlsxCell(self._book.worksheets[0], row=1, column=1)
        one.font = Font(name=FONT, size=STYLES[role].size, bold=STYLES[role].face.bold)
        one.alignment = Alignment(horizontal=align.value, vertical="center", wrap_text=True)
        one.border = Border(*(Side(style=side) for side in (sides.left, sides.right, sides.top, sides.bottom)))
        one.number_format = shown
        one.quotePrefix = quote
        return int(one.style_id)

    def foot(self, align: str) -> int:
        """Return the number of the style of the last row, whose texts run out of their narrow squares."""
        if align not in self._feet:
            one = XlsxCell(self._book.worksheets[0], row=1, column=1)
            one.font = Font(name=FONT, size=FOOT_SIZE)
            one.alignment = Alignment(horizontal=align, vertical="center")
            self._feet[align] = int(one.style_id)
        return self._feet[align]


class SheetWriter:
    """Writes one worksheet. ``notes`` fill up on the way."""

    def __init__(self, target: Any, layout: Layout, styles: Styles, stamp: Stamp | None = None) -> None:  # noqa: ANN401 - openpyxl ships no types
        self.notes: list[str] = []
        self._target = target
        self._layout = layout
        self._styles = styles
        self._stamp = stamp

    def write(self) -> str:
        """Do sizes and print set-up, and return the rows and merges as XML."""
        sheet = self._layout.sheet
        self._size()
        self._set_up(sheet.page)
        owners = _owners(sheet)
        grid = [[""] * len(sheet.column_widths) for _ in range(sheet.row_count)]
        for index, cell in enumerate(sheet.cells):
            self._put(cell, index, owners, grid)
        rows = "".join(
            f'<row r="{number}" ht="{min(height, MOST_HEIGHT):.2f}" customHeight="1">{"".join(squares)}</row>'
            for number, (height, squares) in enumerate(zip(self._layout.row_heights, grid, strict=True), start=1)
        )
        merged = [_area(cell) for cell in sheet.cells if cell.row_span > 1 or cell.column_span > 1]
        merges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
        return f"<sheetData>{rows}{self._last_row()}</sheetData>" + (
            f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
        )

    def _last_row(self) -> str:
        """Write the version and the 校验码 under the form, where the screen shows them; print has them in the foot of the page."""
        if self._stamp is None:
            return ""
        sheet = self._layout.sheet
        row = sheet.row_count + 1
        parts = [(0, "left", self._stamp.label), (len(sheet.column_widths) - 1, "right", self._stamp.words)]
        squares = "".join(
            f'<c r="{_LETTERS[column]}{row}" s="{self._styles.foot(align)}"'
            + content(Value("s", text, "General", quote=False))
            for column, align, text in parts[0 if self._stamp.label else 1 :]
        )
        return f'<row r="{row}" ht="{_FOOT_HEIGHT}" customHeight="1">{squares}</row>'

    def _put(self, cell: Cell, index: int, owners: list[list[int]], grid: list[list[str]]) -> None:
        """Write a cell: its value into the first square, its borders round all of them."""
        value = value_of(cell, self._text(cell))
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                sides = _sides(owners, row, column, index) if cell.role.framed else _BARE
                style = self._styles.number(cell, sides, value)
                grid[row][column] = f'<c r="{_LETTERS[column]}{row + 1}" s="{style}"/>'
        if value.text is not None:
            first = grid[cell.row][cell.column].removesuffix("/>")
            grid[cell.row][cell.column] = first + content(value)

    def _text(self, cell: Cell) -> str:
        """Return the text of a cell as Excel can hold it; what had to go is noted."""
        text = cell.text
        if (
            cell.binding is not None and cell.binding.pattern
        ):  # 产出指标（50分） is put together here: it breaks as on paper
            text = "\n".join(cell_lines(self._layout.sheet, cell))
        text, removed = writable(text)
        if removed:
            self._note(cell, f"有 {removed} 个控制字符，Excel 存不下，已去掉")
        short = cut(text, MOST_CHARACTERS)
        if short != text:
            self._note(
                cell, f"有 {len(text)} 个字，Excel 一格最多 {MOST_CHARACTERS} 个，后面的没有写进去，全文以 PDF 为准"
            )
        return short

    def _note(self, cell: Cell, what: str) -> None:
        self.notes.append(f"“{self._layout.sheet.title}”的“{cell.where}”{what}。")

    def _size(self) -> None:
        for letter, width in zip(_LETTERS, self._layout.sheet.column_widths, strict=False):
            self._target.column_dimensions[letter].width = round(width / PT_PER_CHARACTER, 2)
        self.notes += (
            f"“{self._layout.sheet.title}”第 {index} 行高 {height:.0f} 磅，Excel 最高 {MOST_HEIGHT:.0f} 磅，"
            f"这一行在 Excel 里显示不全，打印以 PDF 为准。"
            for index, height in enumerate(self._layout.row_heights, start=1)
            if height > MOST_HEIGHT
        )

    def _set_up(self, page: Page) -> None:
        """Make the printed page the paper form: A4, as wide as the page at the most, the header rows on each page."""
        target, repeat = self._target, self._layout.sheet.repeat
        target.sheet_view.showGridLines = False
        target.page_setup.paperSize = _PAPER[max(page.width_mm, page.height_mm)]
        target.page_setup.orientation = "landscape" if page.landscape else "portrait"
        if self._layout.scale == 1:
            target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
            target.sheet_properties.pageSetUpPr.fitToPage = True
        else:  # as somebody chose it; Excel rounds widths of its own, so that a form as wide as the page needs a little less
            target.page_setup.scale = int(self._layout.scale * 100)
        target.print_options.horizontalCentered = True
        for side in ("top", "right", "bottom", "left"):
            setattr(target.page_margins, side, round(float(getattr(page, f"{side}_mm") / _INCH), 3))
        target.page_margins.header = target.page_margins.footer = 0.3
        target.print_area = (
            f"A1:{get_column_letter(len(self._layout.sheet.column_widths))}{self._layout.sheet.row_count}"
        )
        if repeat is not None:
            target.print_title_rows = f"{repeat.first + 1}:{repeat.first + repeat.count}"
        numbered = self._layout.foot.numbered
        if len(self._layout.pages) > 1 if numbered is None else numbered:
            target.oddFooter.center.text = "第 &P 页 共 &N 页"
            target.oddFooter.center.size = FOOT_SIZE
        foot = self._layout.foot
        left, right = (foot.left, foot.right) if self._stamp is None else (self._stamp.label, self._stamp.words)
        for part, text in ((target.oddFooter.left, left), (target.oddFooter.right, right)):
            if text:
                part.text, part.size = text.replace("&", "&&"), FOOT_SIZE


def _area(cell: Cell) -> str:
    """Name the squares of a cell: ``B3:D4``."""
    last = f"{_LETTERS[cell.column + cell.column_span - 1]}{cell.row + cell.row_span}"
    return f"{_LETTERS[cell.column]}{cell.row + 1}:{last}"


def whole(sheet: Sheet, stamp: Stamp | None = None) -> str:
    """Name the squares of the whole sheet: ``A1:H30``; a ``stamp`` takes one more row."""
    rows = sheet.row_count + (stamp is not None)
    return f"A1:{_LETTERS[len(sheet.column_widths) - 1]}{rows}"


def _owners(sheet: Sheet) -> list[list[int]]:
    """For each square, with a blank margin of one all round, the number of its framed cell; -1 where there is no frame."""
    owners = [[-1] * (len(sheet.column_widths) + 2) for _ in range(sheet.row_count + 2)]
    for index, cell in enumerate(sheet.cells):
        if cell.role.framed:
            for row in range(cell.row + 1, cell.row + cell.row_span + 1):
                for column in range(cell.column + 1, cell.column + cell.column_span + 1):
                    owners[row][column] = index
    return owners


def _sides(owners: list[list[int]], row: int, column: int, index: int) -> _Sides:
    """Borders of one square: none inside its own cell, thin towards another, medium along the frame."""
    near = (owners[row + 1][column], owners[row][column + 1], owners[row + 1][column + 2], owners[row + 2][column + 1])
    return _Sides(*(None if one == index else "medium" if one < 0 else "thin" for one in near))
