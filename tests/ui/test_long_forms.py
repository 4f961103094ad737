"""Forms of many pages in the real window: the screen shows the lines of the paper, page for page, in the place of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from perfdesk.exchange.pdf import render
from tests.long_forms import long_form, projects
from tests.test_long_forms import TABLES, Long, letters
from ui.sheet.geometry import PX_PER_PT
from ui.sheet.model import FRAGMENT

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from perfdesk.layout import Fragment
    from tests.robot import Open, Robot
    from ui.sheet.model import SheetModel

every_table = pytest.mark.parametrize("form", TABLES, ids=lambda one: one.name)


def open_long(open_window: Open, form: Long) -> Robot:
    """Open a form of many rows, its year holding what it gathers."""
    robot = open_window(empty=True)
    forms = robot.window.forms
    template = forms.templates[form.name]
    for one in projects(forms.templates, form.rows) if template.gathers else ():
        forms.store.save(one.record)
    forms.store.save(long_form(template, form.rows))
    forms.relist()
    robot.window.session.open(template.id)
    robot.settle()
    return robot


def on_screen(robot: Robot) -> Iterator[tuple[int, Fragment, QRect]]:
    """Every cell the table shows: the page it lies on, what its index gives the painter, its rectangle from the page's corner."""
    sheet = robot.window.desk.sheet
    model: SheetModel | None = sheet.sheet_model
    assert model is not None
    boxes = model.grid.pages(sheet.zoom, sheet.viewport().width())
    for number, (first, page) in enumerate(zip(model.grid.first_rows, model.grid.layout.pages, strict=True)):
        for row in range(first, first + len(page.rows)):
            for column in range(1, model.grid.columns - 1):
                fragment = model.index(row, column).data(FRAGMENT)
                if fragment is not None:
                    rect = sheet.visualRect(model.index(row, column))
                    rect.translate(sheet.horizontalOffset() - boxes[number].x, sheet.verticalOffset() - boxes[number].y)
                    yield number, fragment, rect


@every_table
def test_the_screen_shows_the_lines_of_the_paper(open_window: Open, made: datetime, form: Long) -> None:
    robot = open_long(open_window, form)
    layout, scale = robot.document.derived.layout, PX_PER_PT * robot.window.desk.sheet.zoom
    shown = list(on_screen(robot))
    assert len(shown) == sum(len(page.fragments) for page in layout.pages)
    with pypdfium2.PdfDocument(render((layout,), title="长表", made=made)) as document:
        assert len(document) == len(layout.pages) == shown[-1][0] + 1
        papers = [page.get_textpage() for page in document]
        for number, one, rect in shown:
            left, top = (rect.left() + 1) / scale, rect.top() / scale  # a pixel for the rounding of the edges
            right, bottom = rect.right() / scale, (rect.bottom() + 1) / scale
            printed = papers[number].get_text_bounded(left, layout.height - bottom, right, layout.height - top)
            assert letters(printed) == letters("".join(line.text for line in one.lines))


@every_table
def test_the_head_and_the_marks_stand_on_every_page_of_the_screen(open_window: Open, form: Long) -> None:
    robot = open_long(open_window, form)
    shown = list(on_screen(robot))
    layout = robot.document.derived.layout
    for number, page in enumerate(layout.pages):
        words = {letters("".join(line.text for line in one.lines)) for at, one, _ in shown if at == number}
        again = [row for row in page.rows if row.repeated]
        heads = [cell for cell in layout.sheet.cells if cell.row in {row.sheet_row for row in again} and cell.text]
        assert not [cell.text for cell in heads if letters(cell.text) not in words and cell.row_span <= len(again)]
        continued = [one for at, one, _ in shown if at == number and one.continued and one.cell.row_span > 1]
        marked = ["".join(line.text for line in one.lines) for one in continued if one.cell.text]
        assert not [text for text in marked if not letters(text).endswith("(续)")]
    assert any(page.rows[0].repeated for page in layout.pages)
