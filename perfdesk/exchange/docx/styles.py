"""Styles of the Word file: names of the office's fonts, sizes, line heights. It writes no text.

A report after GB/T 9704-2012: title 小标宋 2号, headings 黑体, 楷体 and 仿宋 3号, text 仿宋 3号, 28 pt from line to line, the first
line two characters in. 28 characters of 16 pt are wider than 156 mm; they are set 0.25 pt closer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from perfdesk.exchange.docx.texts import Xml, element
from perfdesk.layout import STYLES
from perfdesk.sheet import Role

if TYPE_CHECKING:
    from docx.document import Document

LATIN = "Times New Roman"
SONG, FANGSONG, HEI, KAI, XIAOBIAOSONG = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
_CLOSER = -5  # twentieths of a point between the characters of 3号
_INDENT = 200  # hundredths of a character
_BLACK = RGBColor(0, 0, 0)


class _Look(NamedTuple):
    """One paragraph style: its name in Word, Chinese font, size and line height in pt, and how it is set."""

    name: str
    font: str
    size: float
    leading: float
    bold: bool = False
    indented: bool = False
    centered: bool = False
    keeps_next: bool = False
    above: float = 0.0
    closer: bool = False


def _of_form(role: Role, name: str, *, centered: bool) -> _Look:
    style = STYLES[role]
    return _Look(name, SONG, style.size, style.leading, bold=style.face.bold, centered=centered, keeps_next=centered)


def _of_text(name: str, font: str, *, heading: bool, bold: bool = False) -> _Look:
    return _Look(name, font, 16, 28, bold=bold, indented=True, keeps_next=heading, closer=True)


#: The style of each role. Word shows 「Heading 1」 as 标题 1 and lists it in the navigation pane.
LOOKS = {
    Role.COVER: _Look("封面", FANGSONG, 16, 28, closer=True),
    Role.COVER_TITLE: _Look("Title", XIAOBIAOSONG, 22, 38, centered=True, above=STYLES[Role.COVER_TITLE].above),
    Role.HEADING1: _of_text("Heading 1", HEI, heading=True),
    Role.HEADING2: _of_text("Heading 2", KAI, heading=True),
    Role.HEADING3: _of_text("Heading 3", FANGSONG, heading=True, bold=True),
    Role.BODY: _of_text("Body Text", FANGSONG, heading=False),
    Role.TITLE: _of_form(Role.TITLE, "表题", centered=True),
    Role.SUBTITLE: _of_form(Role.SUBTITLE, "表年度", centered=True),
    Role.NOTE: _of_form(Role.NOTE, "表注", centered=False),
    Role.LABEL: _of_form(Role.LABEL, "表格文字", centered=False),
}
NUMBER = _Look("页码", SONG, 14, 18)
SEPARATOR = _Look("分节", SONG, 1, 1)
STAMP = _Look("校验码", SONG, 8, 12)


def style_id(look: _Look) -> str:
    """The id by which a paragraph names its style: those that Word knows are in Latin letters, ours in Chinese."""
    return look.name.replace(" ", "")


def set_styles(document: Document) -> None:
    """Make or mend every style of the file."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        _name_fonts(fonts, SONG)
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = document.styles["Normal"]
    normal.font.name = LATIN
    _name_fonts(normal.element.get_or_add_rPr().get_or_add_rFonts(), FANGSONG)
    for look in (*LOOKS.values(), NUMBER, SEPARATOR, STAMP):
        _set(document, look)


def _set(document: Document, look: _Look) -> None:
    known = {style.name for style in document.styles}
    if look.name not in known:
        document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH).element.set(qn("w:styleId"), style_id(look))
    style = document.styles[look.name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{look.name} is no paragraph style")
    if look.name in {"Title", "Heading 1", "Heading 2", "Heading 3", "Body Text"}:
        _strip(style)
    _set_font(style, look)
    _set_paragraph(style, look)


def _strip(style: ParagraphStyle) -> None:
    """Take the colours, lines and spacing of the library's own template off a style; its place in the outline stays."""
    for properties in (style.element.find(qn("w:rPr")), style.element.find(qn("w:pPr"))):
        for child in list(properties) if properties is not None else ():
            if child.tag != qn("w:outlineLvl"):
                properties.remove(child)


def _set_font(style: ParagraphStyle, look: _Look) -> None:
    style.font.name = LATIN
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.color.rgb = _BLACK
    properties = style.element.get_or_add_rPr()
    _name_fonts(properties.get_or_add_rFonts(), look.font)
    if look.closer:
        spacing = element(f'<w:spacing w:val="{_CLOSER}"/>')
        properties.find(qn("w:color")).addnext(spacing)


def _set_paragraph(style: ParagraphStyle, look: _Look) -> None:
    layout = style.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(look.leading)
    layout.space_before, layout.space_after = Pt(look.above), Pt(0)
    layout.keep_with_next = look.keeps_next
    layout.widow_control = True
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centered else None
    if look.indented:
        layout.first_line_indent = Pt(2 * look.size)
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), str(_INDENT))


def _name_fonts(fonts: Xml, chinese: str) -> None:
    """Name the Chinese and the Latin font; a theme's font would win over both."""
    for key in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[key]
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{script}"), name)
