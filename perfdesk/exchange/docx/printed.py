"""What a Word file shows, as texts, and what it keeps in its properties. It knows no forms."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from perfdesk.exchange.docx.texts import Xml


def read_printed(data: bytes) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the keywords of a Word file, the texts of its paragraphs and those of its feet.

    What is no Word file raises what python-docx raises.
    """
    document = Document(BytesIO(data))
    feet = (foot for one in document.sections for foot in (one.footer, one.even_page_footer))
    lines = tuple(text for foot in feet for text in _paragraphs(foot._element))  # noqa: SLF001 - no public way to it
    return document.core_properties.keywords, tuple(_paragraphs(document.element.body)), lines


def _paragraphs(parent: Xml) -> Iterator[str]:
    for one in parent.iter(qn("w:p")):
        yield "".join(text.text or "" for text in one.iter(qn("w:t")))
