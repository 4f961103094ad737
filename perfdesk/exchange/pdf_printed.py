"""What a PDF shows, as texts, and what it keeps in its properties. It knows no forms."""

from __future__ import annotations


def read_printed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the keywords of a PDF and the text of each page. What is no PDF raises ``pypdfium2.PdfiumError``."""
    from pypdfium2 import PdfDocument  # a shared library of some MB: only when something is read

    with PdfDocument(data) as document:
        texts = tuple(page.get_textpage().get_text_bounded() for page in document)
        return document.get_metadata_value("Keywords"), texts
