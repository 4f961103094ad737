"""字 (words): texts that stand in a dialog, wrapped, and the height they need; what stands in them is never read as markup.

They look as ``role``, ``ink`` and ``tone`` say, properties of ``ui.stylesheet``, and know nothing of what they say.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_words(parent: QWidget, text: str = "", *, role: str = "", ink: str = "", tone: str = "") -> QLabel:
    """Return a text that is only read; the mouse goes through to what it stands on."""
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    for name, value in (("role", role), ("ink", ink), ("tone", tone)):
        if value:
            label.setProperty(name, value)
    return label


def copyable_words(parent: QWidget, text: str = "", *, role: str = "", ink: str = "", tone: str = "") -> QLabel:
    """Return a text that can be marked with the mouse and copied: a path, a sentence to tell somebody."""
    label = plain_words(parent, text, role=role, ink=ink, tone=tone)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def say(label: QLabel, text: str) -> None:
    """Show a text, or nothing at all."""
    label.setText(text)
    label.setVisible(bool(text))


def fit_height(dialog: QWidget) -> None:
    """Let a dialog of a fixed width be as high as its words need; a layout alone leaves too much room for wrapped ones."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.setFixedHeight(layout.totalHeightForWidth(dialog.width()))
