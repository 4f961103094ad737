"""铅字、蓝墨: which letters of a cell are painted in which ink."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from perfdesk.derive import derive
from perfdesk.editing import new_record, set_text
from perfdesk.layout import Fragment
from perfdesk.model import Binding, Block
from perfdesk.template import Template
from ui import theme
from ui.sheet.geometry import PX_PER_PT
from ui.sheet.paint import Look, State, paint_cell
from ui.theme import Faces

DEPARTMENT = "lingling-2022-department-self"
LEVEL2, NAME = Binding(Block.INDICATORS, "level2", row=0), Binding(Block.INDICATORS, "name", row=0)


def fragment_of(template: Template, binding: Binding, text: str | None) -> Fragment:
    record = new_record(template, record_id="r", year=2024)
    layout = derive(template, record if text is None else set_text(record, binding, text)).layout
    found = (one for page in layout.pages for one in page.fragments)
    return next(one for one in found if one.cell.binding and one.cell.binding.covers(binding))


def blue_columns(fragment: Fragment, faces: Faces, *, locked: bool = False) -> list[int]:
    """Paint a cell large; return the columns of pixels that are rather blue than grey."""
    width, height = round(fragment.width * PX_PER_PT * 2), round(fragment.height * PX_PER_PT * 2)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    paint_cell(painter, QRect(0, 0, width, height), fragment, Look(theme.LIGHT.paper, faces, 2.0), State(locked=locked))
    painter.end()
    colours = {x: [picture.pixelColor(x, y) for y in range(3, height - 3)] for x in range(3, width - 3)}
    return [x for x, column in colours.items() if any(one.blue() - one.red() > 60 for one in column)]


@pytest.mark.parametrize(
    ("binding", "text", "is_blue"), [(LEVEL2, None, False), (LEVEL2, "人数", True), (NAME, "人数", True)]
)
def test_the_words_of_the_form_are_black_and_typed_ones_blue(
    templates: Mapping[str, Template], faces: Faces, binding: Binding, text: str | None, *, is_blue: bool
) -> None:
    fragment = fragment_of(templates[DEPARTMENT], binding, text)
    assert bool(blue_columns(fragment, faces)) is is_blue
    assert not blue_columns(fragment, faces, locked=True)


def test_in_a_label_only_what_was_typed_is_blue(templates: Mapping[str, Template], faces: Faces) -> None:
    template = templates[DEPARTMENT]
    key = next(one.key for one in template.fields if one.label == "基本支出")
    binding = Binding(Block.VALUES, key)
    assert not blue_columns(fragment_of(template, binding, None), faces)
    fragment = fragment_of(template, binding, "1247.62")
    columns, line = blue_columns(fragment, faces), fragment.lines[0]
    words = (line.x + 8 * 10.5) * PX_PER_PT * 2  # 「其中：基本支出：」 are eight letters of 10.5 pt
    assert columns
    assert columns[0] >= words - 2
    assert not blue_columns(fragment, faces, locked=True)
