"""字样 (looks): how the paragraphs of a report look at a zoom: faces, sizes, indents, line heights, and the room of the page.

One table from level to look, after GB/T 9704: 一级标题 黑体, 二级 楷体, 正文 宋体 in 3号, lines 28 pt apart, 28
characters in a line. Nothing here knows a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from perfdesk.outline import BODY, DEEPEST
from ui import theme
from ui.faces import Faces
from ui.theme import Paper

PX_PER_PT: Final = 96 / 72
PX_PER_MM: Final = 96 / 25.4
BODY_PT: Final = 16  # 3号
LEADING_PT: Final = 28
TITLE_PT, TITLE_LEADING_PT = 21.75, 38  # 2号
PER_LINE, PER_PAGE = 28, 22  # characters in a line, lines on a page
PAGE_MM: Final = (210, 297)
TOP_MM, LEFT_MM, BOTTOM_MM = 37, 28, 35
ITEM: Final = QTextFormat.ObjectTypes.UserObject.value + 1
KEY: Final = QTextFormat.Property.UserProperty.value + 1
TEXT: Final = QTextFormat.Property.UserProperty.value + 2
OBJECT: Final = "\ufffc"


@dataclass(frozen=True, slots=True)
class Looks:
    """The look of the page at a zoom (1.0 is 100 %)."""

    paper: Paper
    faces: Faces
    zoom: float

    @property
    def em(self) -> int:
        """Width of a character, px: whole, as Qt draws it."""
        return max(round(BODY_PT * PX_PER_PT * self.zoom), 6)

    @property
    def leading(self) -> float:
        """Height of a line, px."""
        return LEADING_PT * PX_PER_PT * self.zoom

    @property
    def text_width(self) -> int:
        """Width of the 版心, px: exactly as many characters as a line holds."""
        return PER_LINE * self.em + 2

    @property
    def page(self) -> tuple[int, int]:
        """Width and height of the paper, px."""
        width, height = (round(side * PX_PER_MM * self.zoom) for side in PAGE_MM)
        return width, height

    @property
    def left(self) -> int:
        """订口, px."""
        return round(LEFT_MM * PX_PER_MM * self.zoom)

    @property
    def top(self) -> int:
        """天头, px. Less than on paper: nobody types there."""
        return round(TOP_MM / 2 * PX_PER_MM * self.zoom)

    def font(self, level: int) -> QFont:
        """Return the face of a heading's level or of the text."""
        return _font(self.faces, level, self.em)

    def cover(self, *, is_title: bool) -> tuple[QFont, float]:
        """Return face and height of a line on the cover, px: 2号 for the title, 3号 for the rest."""
        if not is_title:
            return self.font(BODY), self.leading
        return _font(
            self.faces, DEEPEST, round(TITLE_PT * PX_PER_PT * self.zoom)
        ), TITLE_LEADING_PT * PX_PER_PT * self.zoom

    def characters(self, level: int) -> QTextCharFormat:
        """Return the format of plain characters."""
        made = QTextCharFormat()
        made.setFont(self.font(level))
        made.setForeground(theme.qcolor(self.paper.print))
        return made

    def paragraph(self, level: int) -> QTextBlockFormat:
        """Return the format of a paragraph; it also carries the level."""
        made = QTextBlockFormat()
        made.setHeadingLevel(level)
        made.setTextIndent(2 * self.em)
        made.setAlignment(Qt.AlignmentFlag.AlignJustify)
        made.setLineHeight(self.leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return made

    def item(self, level: int, key: str, text: str) -> QTextCharFormat:
        """Return the format of a data item."""
        made = self.characters(level)
        made.setObjectType(ITEM)
        made.setProperty(KEY, key)
        made.setProperty(TEXT, text)
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        return made


@lru_cache(maxsize=64)
def _font(faces: Faces, level: int, size: int) -> QFont:
    first = {1: faces.hei, 2: faces.kai}.get(level, faces.song)
    families = list(dict.fromkeys((first, *faces.paper_chain())))
    font = QFont(families)
    font.setPixelSize(size)
    font.setBold(level == DEEPEST)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
