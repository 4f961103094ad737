"""组字 (composition): an input method's letters under way while the sheet still has the focus and its editor only shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QWidget


def end_composition() -> None:
    """Put what is under way where it was typed, before the current cell becomes another one.

    Both are asked: the plugin of ibus hands it over when it is told to commit, that of fcitx when it is told to start anew.
    """
    method = QGuiApplication.inputMethod()
    method.commit()
    method.reset()


def answer(view: QAbstractItemView, editor: QWidget | None, query: Qt.InputMethodQuery) -> object:
    """Answer an input method that asks the sheet: in its own coordinates, and for its editor where one is open.

    The words to choose from stand where the caret is; Qt gives the caret of an editor without the way from it to the view.
    """
    if editor is None:
        return view.visualRect(view.currentIndex()).translated(view.viewport().pos())
    found = editor.inputMethodQuery(query)
    if not isinstance(found, QRect | QRectF):
        return found
    whole = found.toRect() if isinstance(found, QRectF) else found
    return whole.translated(editor.mapTo(view, whole.topLeft()) - whole.topLeft())
