"""The generator itself: every word of a form stands in its drawing, squares fill the grid, and each format can be opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from perfdesk.template import Filled, Template
from tests.house_styles.content import content
from tests.house_styles.corpus import corpus
from tests.house_styles.equality import expected, flat
from tests.house_styles.files import WRITERS, tasks
from tests.house_styles.pages import Drawn, Grid, Line
from tests.house_styles.style import LISTED, STYLES, UNLISTED, Style

_INVISIBLE = ("template", "unit")
_TICKED = (".causes", ".likelihood", ".level")


def _plain(text: str) -> str:
    return "".join(text.replace(",", "").split())


def _words(drawn: Drawn) -> str:
    texts = []
    for page in drawn.pages:
        for part in page.parts:
            texts += [part.text] if isinstance(part, Line) else [one.shown.text for one in part.squares]
    return "\n".join(map(_plain, texts))


def test_there_are_six_styles_of_the_variations_asked_for_and_more_of_others() -> None:
    assert len(LISTED) >= 6
    assert len(UNLISTED) >= 4
    assert len({one.name for one in STYLES}) == len(STYLES)


@pytest.mark.parametrize("style", STYLES, ids=lambda one: one.name)
def test_every_word_of_a_form_stands_in_its_drawing(style: Style, templates: Mapping[str, Template]) -> None:
    lost = []
    for task in tasks(corpus(templates), style, style.kinds[-1]):
        words = _words(task.drawn)
        for form in task.forms:
            record = expected(form, style)
            shown = content(Filled(form.template, record))
            for place, text in flat(shown, record).items():
                if place in _INVISIBLE or place.endswith(_TICKED) or (place == "year" and style.year == "spelt"):
                    continue
                lost += [
                    (task.name, place, text)
                    for line in text.splitlines()
                    if _plain(line) not in words.replace("\n", "")
                ]
    assert lost == []


@pytest.mark.parametrize("style", STYLES, ids=lambda one: one.name)
def test_the_squares_of_a_grid_fill_it_exactly(style: Style, templates: Mapping[str, Template]) -> None:
    for task in tasks(corpus(templates), style, style.kinds[0]):
        for page in task.drawn.pages:
            for grid in (one for one in page.parts if isinstance(one, Grid)):
                covered = [
                    (one.row + down, one.column + across)
                    for one in grid.squares
                    for down in range(one.rows)
                    for across in range(one.columns)
                ]
                assert len(covered) == len(set(covered))
                assert style.together == "beside" or any(style.offset) or len(covered) == grid.row_count * grid.columns


def test_a_workbook_shows_what_was_typed_although_it_holds_numbers(
    tmp_path: Path, templates: Mapping[str, Template]
) -> None:
    style = next(one for one in STYLES if one.numbers and one.guide)
    task = next(one for one in tasks(corpus(templates), style, "xlsx") if one.forms[0].record.indicators)
    book = load_workbook(WRITERS["xlsx"](task.drawn, tmp_path))
    sheet = book.worksheets[0]
    formats = {cell.number_format for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)}
    assert "0%" in formats or "0.00%" in formats
    assert [one for one in sheet.row_dimensions.values() if one.hidden]
    assert book.sheetnames[-1] == "填报说明"


def test_a_word_file_opens_with_its_tables(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    task = next(iter(tasks(corpus(templates), STYLES[0], "docx")))
    document = docx.Document(str(WRITERS["docx"](task.drawn, tmp_path)))
    assert task.forms[0].record.value("title") in "\n".join(one.text for one in document.paragraphs)
    assert len(document.tables) == 1
