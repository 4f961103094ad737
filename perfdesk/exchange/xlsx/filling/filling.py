"""The verb: a workbook with a plan becomes the same workbook with values in its cells, and a report line for each of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from perfdesk.exchange.guard import Archive, parse
from perfdesk.exchange.guard.archive import damaged
from perfdesk.exchange.guard.markup import Element, local
from perfdesk.exchange.squares import area
from perfdesk.exchange.xlsx.filling.rules import Rule, read_rules
from perfdesk.exchange.xlsx.filling.sheet import Sheet
from perfdesk.exchange.xlsx.filling.styles import Styles, decimals_of, shows_percent
from perfdesk.exchange.xlsx.reading import read
from perfdesk.exchange.xlsx.reading.book import WORKBOOK, Entry, read_book
from perfdesk.exchange.xlsx.values import MOST_CHARACTERS, cut, number, writable
from perfdesk.filling import Entry as Wanted
from perfdesk.filling import Outcome, Plan, Result
from perfdesk.source import SourceFile, SourceTable

_FORMULA_SIGNS: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Blank:
    """A workbook to be filled: its bytes and name, what it shows, and by part the squares it draws without a value."""

    data: bytes
    name: str
    source: SourceFile
    blanks: Mapping[int, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Filling:
    """A filled workbook: its bytes, a line for every text in the order of the form, sentences about the whole."""

    data: bytes
    results: tuple[Result, ...]
    notes: tuple[str, ...]


def open_blank(data: bytes, name: str) -> Blank:
    """Read a workbook that is to be filled. Raises :class:`UserError` as reading one does."""
    source = read(data, name)
    archive = Archive(data, name)
    entries = _by_part(source, read_book(archive, name).entries)
    blanks = {part: Sheet(parse(archive.read(one.path), name)).drawn() for part, one in entries.items()}
    return Blank(data, name, source, blanks)


def fill(blank: Blank, plan: Plan, *, overwrite: bool = False) -> Filling:
    """Write what a plan wants into a workbook; what stands there already is kept unless ``overwrite``.

    A plain number becomes a number in a column of figures, 98.46% becomes 0.9846 where the cell shows per cent; in cells of the
    format text, and everywhere else, texts stay texts. Formulas are never written over, and a value that the cell's validation
    refuses is not written. Members that are not written into are copied as they are; when a sheet has formulas, the workbook asks
    to be computed when it is opened.
    """
    filler = _Filler(blank, overwrite=overwrite)
    in_file_order = sorted(range(len(plan.entries)), key=lambda at: plan.entries[at].slot)
    written = {at: filler.put(plan.entries[at]) for at in in_file_order}
    results = (*(written[at] for at in range(len(plan.entries))), *plan.homeless)
    return Filling(filler.packed(), results, (*plan.notes, *filler.notes()))


def _by_part(source: SourceFile, entries: Iterable[Entry]) -> dict[int, Entry]:
    """Return the sheet of each part of the source; text boxes, which follow their sheet, are parts of their own."""
    tables = [number for number, part in enumerate(source.parts) if isinstance(part, SourceTable)]
    return dict(zip(tables, (one for one in entries if one.kind == "worksheet"), strict=False))


class _Filler:
    """Lives while one workbook is filled."""

    def __init__(self, blank: Blank, *, overwrite: bool) -> None:
        self._blank, self._overwrite = blank, overwrite
        self._archive = Archive(blank.data, blank.name)
        self._book = read_book(self._archive, blank.name)
        self._entries = _by_part(blank.source, self._book.entries)
        self._sheets: dict[int, Sheet] = {}
        self._rules: dict[int, tuple[Rule, ...]] = {}
        self._texts: dict[tuple[int, int, int], str] = {}
        self._written: set[int] = set()
        styles = self._book.styles
        self._styles = Styles(parse(self._archive.read(styles), blank.name) if styles else None)
        self._rounded: list[str] = []

    # ------------------------------------------------------------- one text
    def put(self, one: Wanted) -> Result:
        """Write one text, or say why not."""
        place = one.slot.place
        sheet = self._sheet(place.part)
        row, column = place.row, place.column
        said = _Saying(one)
        if sheet.is_formula(row, column):
            return said.result(Outcome.FORMULA)
        if one.held and _same(one.held, one.text):
            return said.result(Outcome.SAME)
        if one.held and not self._overwrite:
            return said.result(Outcome.KEPT, f"原有“{one.held}”")
        why = next(
            (
                refusal
                for rule in self._rules[place.part]
                if rule.holds_at(row, column) and (refusal := rule.refusal(one.text, self._look(place.part)))
            ),
            "",
        )
        if why:
            return said.result(Outcome.REFUSED, why)
        self._write(sheet, one)
        self._written.add(place.part)
        return said.result(Outcome.FILLED, f"原有“{one.held}”已换掉" if one.held else "")

    def _write(self, sheet: Sheet, one: Wanted) -> None:
        place = one.slot.place
        style = sheet.style(place.row, place.column)
        code = self._styles.code(style)
        whole = self._whole(one)
        value = _number_in(whole, code) if one.figures else None
        if value is not None:
            sheet.put_number(place.row, place.column, value)
            self._notice(place.address, whole, code)
            return
        text = cut(writable(whole)[0], MOST_CHARACTERS)
        quoted = self._styles.quoted(style) if text.startswith(_FORMULA_SIGNS) else style
        sheet.put_text(place.row, place.column, text, quoted)

    def _whole(self, one: Wanted) -> str:
        """Return all that the cell is to hold: what stands around a text in one cell (「填表人：」) stays."""
        place, start, end = one.slot.place, one.slot.start, one.slot.end
        key = (place.part, place.row, place.column)
        if not end and not start:
            shown = self._shown(key)
            return shown.replace(one.held, one.text, 1) if one.held in shown.strip() != one.held else one.text
        before = self._texts.get(key, self._shown(key))
        tail = self._shown(key)[end:]
        head = before[: len(before) - len(tail)].rstrip(" 　_＿") if tail else before.rstrip(" 　_＿")
        gap = "" if head.endswith((":", "：")) else "　"
        whole = f"{head}{gap}{one.text}{'　　' if tail else ''}{tail}"
        self._texts[key] = whole
        return whole

    def _shown(self, key: tuple[int, int, int]) -> str:
        table = self._blank.source.parts[key[0]]
        cells = table.cells if isinstance(table, SourceTable) else ()
        return next((one.text for one in cells if (one.row, one.column) == key[1:]), "")

    def _notice(self, address: str, text: str, code: str) -> None:
        """Take note of figures that the cell's own format shows rounded."""
        shown = decimals_of(code)
        digits = len(text.rstrip("%").partition(".")[2].rstrip("0"))
        if shown is not None and digits > shown:
            self._rounded.append(address)

    def _sheet(self, part: int) -> Sheet:
        if part not in self._sheets:
            root = parse(self._archive.read(self._entries[part].path), self._blank.name)
            self._sheets[part] = Sheet(root)
            self._rules[part] = read_rules(root)
        return self._sheets[part]

    def _look(self, part: int) -> _Look:
        return _Look(self._blank.source, part)

    # ------------------------------------------------------------- the whole
    def notes(self) -> tuple[str, ...]:
        """Return sentences about the whole file."""
        found = []
        if self._rounded:
            found.append(f"{'、'.join(self._rounded)} 按这一格的格式显示得短一些，存的是全部位数。")
        if self._computes():
            found.append("表里有公式，用 WPS 或 Excel 打开时会按新填的数重新计算；交出去以前请打开看一遍、保存一次。")
        return tuple(found)

    def _computes(self) -> bool:
        return any(self._sheets[part].has_formulas for part in self._written)

    def packed(self) -> bytes:
        """Return the bytes of the workbook: changed members anew, all others as they are."""
        changed = {self._entries[part].path.lower(): self._sheets[part].data() for part in self._written}
        if self._styles.changed:
            changed[self._book.styles.lower()] = self._styles.data()
        if self._computes():
            changed[WORKBOOK] = _to_be_computed(parse(self._archive.read(WORKBOOK), self._blank.name))
        return _repacked(self._blank, changed) if changed else self._blank.data


class _Look:
    """Reads the texts of an area, for validations that take their words from cells."""

    def __init__(self, source: SourceFile, part: int) -> None:
        self._source, self._part = source, part

    def __call__(self, sheet: str, reference: str) -> tuple[str, ...]:
        """Return the texts of an area of a sheet, of the own one where it has no name."""
        own = self._source.parts[self._part]
        named = next((one for one in self._source.tables if one.name == sheet), None) if sheet else own
        found = area(reference)
        if not isinstance(named, SourceTable) or found is None:
            return ()
        top, left, bottom, right = found
        return tuple(one.text for one in named.cells if top <= one.row <= bottom and left <= one.column <= right)


class _Saying:
    """Makes the report line of a text."""

    def __init__(self, one: Wanted) -> None:
        self._one = one

    def result(self, outcome: Outcome, why: str = "") -> Result:
        """Return the line."""
        return Result(self._one.name, self._one.slot.place.address, self._one.text, outcome, why)


def _number_in(text: str, code: str) -> str | None:
    """Return the number that a cell of a format is to hold for a text, ``None`` where it stays a text.

    98.46% is 0.9846 in a cell that shows per cent and a text in any other; 98.46 is 0.9846 there too, as Excel would take it.
    """
    if code == "@":
        return None
    found = number(text)
    if found is None:
        return None
    value, shown = found
    if shown.endswith("%"):
        return value if shows_percent(code) else None
    return str((Decimal(value) / 100).normalize().__format__("f")) if shows_percent(code) else value


def _same(held: str, text: str) -> bool:
    """Tell whether a cell holds a text already: the same letters, however they are broken into lines, or the same figure."""
    if "".join(held.split()) == "".join(text.split()):
        return True
    one, two = number(held.strip()), number(text.strip())
    return one is not None and two is not None and Decimal(one[0]) == Decimal(two[0])


def _to_be_computed(book: Element) -> bytes:
    """Ask the program that opens the workbook to compute its formulas."""
    settings = next((one for one in book if local(one.tag) == "calcPr"), None)
    if settings is None:
        space = etree.QName(book).namespace or ""
        settings = etree.Element(f"{{{space}}}calcPr")
        behind = {"definedNames", "externalReferences", "functionGroups", "sheets"}
        last = max((at for at, one in enumerate(book) if local(one.tag) in behind), default=len(book) - 1)
        book.insert(last + 1, settings)
    settings.set("fullCalcOnLoad", "1")
    return bytes(etree.tostring(book, xml_declaration=True, encoding="UTF-8", standalone=True))


def _repacked(blank: Blank, changed: Mapping[str, bytes]) -> bytes:
    """Copy a package member by member, with other bytes for those that were changed; order, dates and names stay."""
    target, archive = BytesIO(), Archive(blank.data, blank.name)
    try:
        with ZipFile(BytesIO(blank.data)) as old, ZipFile(target, "w") as new:
            for one in old.infolist():
                path = one.filename.replace("\\", "/")
                info = ZipInfo(one.filename, one.date_time)
                info.compress_type, info.external_attr, info.comment = one.compress_type, one.external_attr, one.comment
                new.writestr(info, changed[path.lower()] if path.lower() in changed else archive.read(path))
    except (BadZipFile, zlib.error, OSError, NotImplementedError, ValueError, struct.error) as error:
        raise damaged(blank.name) from error
    return target.getvalue()
