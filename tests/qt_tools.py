"""Typed helpers of the UI tests: find a widget, click, press keys. They know nothing of the program."""

from __future__ import annotations

from typing import TypeVar, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

Kind = TypeVar("Kind", bound=QWidget)


def children(parent: QWidget, kind: type[Kind]) -> list[Kind]:
    """All widgets of a kind below ``parent``."""
    return cast(list[Kind], parent.findChildren(kind))


def child(parent: QWidget, kind: type[Kind]) -> Kind:
    """The first widget of a kind below ``parent``; there must be one."""
    found = children(parent, kind)
    assert found, f"no {kind.__name__}"
    return found[0]


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Press and release the left button, in the middle unless ``place`` says where."""
    point = widget.rect().center() if place is None else place
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press and release a key."""
    QTest.keyClick(widget, key)
