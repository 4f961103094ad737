"""What stands in the files of a hand-in package: forms, 目录, 审核单 and the print of all of it, as bytes.

Each form is derived anew where it is needed, so that not all of a year's pages are held at once. Nothing is written to a disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import __version__
from perfdesk.derive import derive
from perfdesk.exchange.rendering import PDF, Rendered, render
from perfdesk.handin import papers
from perfdesk.handin.contents import Head, Line, lay_out_contents
from perfdesk.handin.naming import KIND_WORDS, name_of

if TYPE_CHECKING:
    from perfdesk.charts import Chart
    from perfdesk.derive import Derived
    from perfdesk.fingerprint import Stamp
    from perfdesk.handin.types import Order
    from perfdesk.layout import Layout
    from perfdesk.template import Filled

_SHEETS = "审核单"


class Paper(NamedTuple):
    """A form as it goes out: itself and its annexes, what its foot says, and the charts behind it."""

    forms: tuple[Derived, ...]
    stamp: Stamp | None
    charts: tuple[Chart, ...]

    @property
    def derived(self) -> Derived:
        """The form itself."""
        return self.forms[0]


def paper_of(order: Order, form: Filled) -> Paper:
    """Derive a form among the others of its year."""
    derived = derive(form.template, form.record, order.around)
    others = tuple(one for one in order.around if one.record.id != form.record.id)
    stamp = papers.stamp_of(derived.record, order.stamps)
    return Paper(papers.with_annexes(derived, others), stamp, papers.charts(derived, others))


def source_of(order: Order, paper: Paper) -> str:
    """Return a digest of all that is printed of a form: equal digests make equal files."""
    setups = [order.setups.get(one.record.id) for one in paper.forms]
    dated = order.made.date() if any(one is not None and one.date for one in setups) else None
    return digest(([one.sheet for one in paper.forms], setups, dated, paper.stamp, paper.charts, _author(order, paper)))


def digest(what: object) -> str:
    """Return a digest of plain values as they are written out, with the version of the program."""
    return hashlib.sha256(f"{__version__} {what!r}".encode("utf-8", "surrogatepass")).hexdigest()


def render_form(order: Order, paper: Paper, *, title: str, kind: str) -> Rendered:
    """Return one file of a form. Raises :class:`UserError` for what the format cannot hold."""
    laid = papers.layouts(paper.forms, kind, setups=order.setups, made=order.made)
    about = {"title": title, "author": _author(order, paper)}
    return render(laid, kind, **about, made=order.made, stamp=paper.stamp, charts=paper.charts)


def pages_of(order: Order, paper: Paper) -> int:
    """Return how many pages a form has in print."""
    laid = papers.layouts(paper.forms, PDF, setups=order.setups, made=order.made)
    return sum(len(one.pages) for one in laid) + bool(paper.charts)


def _author(order: Order, paper: Paper) -> str:
    return paper.derived.record.bureau or order.office


def check_sheet_source(order: Order, paper: Paper) -> str:
    """Return a digest of the 审核单 of a form."""
    from perfdesk.checksheet import lay_out_check_sheet

    return digest(lay_out_check_sheet(paper.derived, made=order.made.date()).sheet)


def check_sheets(order: Order, still: Callable[[], None]) -> Iterator[Layout]:
    """Yield the 审核单 of every form, with its name as bookmark; ``still`` is asked before each and may raise."""
    from perfdesk.checksheet import lay_out_check_sheet

    for form in order.forms:
        still()
        derived = derive(form.template, form.record, order.around)
        sheet = lay_out_check_sheet(derived, made=order.made.date())
        yield sheet._replace(bookmark=f"{_SHEETS}：{title_of(form)}")


def render_check_sheets(order: Order, *, title: str, still: Callable[[], None]) -> Rendered:
    """Return the 审核单 of all forms as one PDF."""
    from perfdesk.exchange import pdf

    return Rendered(pdf.render(check_sheets(order, still), title=title, made=order.made, author=order.office))


def head_of(order: Order, *, code: str = "") -> Head:
    """Return who hands in what to whom."""
    wanted = order.wanted
    return Head(wanted.year, order.office, wanted.recipient.strip(), order.made.date(), code)


def render_contents(order: Order, lines: tuple[Line, ...], *, title: str, kind: str, code: str) -> Rendered:
    """Return the 目录 of a package."""
    laid = lay_out_contents(head_of(order, code=code), lines)
    return render((laid,), kind, title=title, made=order.made, author=order.office)


def render_merged(order: Order, *, title: str, still: Callable[[], None]) -> Rendered:
    """Return all forms of the package in one PDF with a bookmark for each, the 目录 in front and the 审核单 behind, to be printed.

    Each form is there once, the 附表 of a report where they stand themselves. Charts stay in the file of the 汇总表.
    """
    from perfdesk.exchange import pdf

    return Rendered(pdf.render(_merged(order, still), title=title, made=order.made, author=order.office))


def _merged(order: Order, still: Callable[[], None]) -> Iterator[Layout]:
    if order.wanted.contents:
        yield _contents_of_merged(order, still)
    for number, form in enumerate(order.forms, start=1):
        still()
        derived = derive(form.template, form.record, order.around)
        laid = papers.laid_out(derived, order.setups.get(form.record.id), made=order.made)
        stamp = papers.stamp_of(derived.record, order.stamps)
        yield papers.stamped(laid, stamp)._replace(bookmark=f"{number} {title_of(form)}")
    if order.wanted.check_sheets:
        yield from check_sheets(order, still)


def _contents_of_merged(order: Order, still: Callable[[], None]) -> Layout:
    """Return the 目录 with the pages as they are counted in the whole file, its own among them."""
    lengths: list[int] = []
    lines: list[Line] = []
    for form in order.forms:
        still()
        derived = derive(form.template, form.record, order.around)
        lengths.append(len(papers.laid_out(derived, order.setups.get(form.record.id), made=order.made).pages))
        lines.append(line_of(form, papers.stamp_of(derived.record, order.stamps), extent=""))
    own = len(lay_out_contents(head_of(order), tuple(lines)).pages)
    first, placed = own + 1, []
    for line, length in zip(lines, lengths, strict=True):
        last = first + length - 1
        placed.append(line._replace(extent=f"{first}" if length == 1 else f"{first}—{last}"))
        first = last + 1
    return lay_out_contents(head_of(order), tuple(placed))._replace(bookmark="目录")


def title_of(form: Filled) -> str:
    """Return what a form is called among others: 「法律援助工作经费-自评表」."""
    parts = (name_of(form.record, form.template), KIND_WORDS.get(form.template.kind))
    return "-".join(part for part in parts if part)


def line_of(form: Filled, stamp: Stamp | None, *, extent: str) -> Line:
    """Return the line of a form in the 目录; its 校验码 where it was handed in."""
    code = stamp.code if stamp is not None else ""
    return Line(name_of(form.record, form.template), form.template.kind.words, extent, code)
