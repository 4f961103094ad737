"""What lists, tables and trees of Qt share in their signatures, and the fields of a style option that its type stubs leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFont, QPalette
    from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
"""The parent of the rows of a flat list."""


class Cell(Protocol):
    """Where and how an item is painted; the stubs of PySide6 6.8 know none of these fields."""

    rect: QRect
    state: QStyle.StateFlag
    palette: QPalette
    font: QFont
    widget: QWidget


def cell_of(option: QStyleOptionViewItem) -> Cell:
    """Return the same option with its fields."""
    return cast(Cell, option)
