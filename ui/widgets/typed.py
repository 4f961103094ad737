"""填的文字 (typed text): what stands in a text widget, to the letter. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument


def typed_text(document: QTextDocument) -> str:
    """Return the text as it stands, breaks as new lines; ``toPlainText`` would not keep no-break spaces."""
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
