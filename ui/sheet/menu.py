"""The menu of a cell (right click, Shift+F10, row handle): clipboard, rows, and 改填 on a computed cell, each by word and key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from perfdesk.errors import excerpt
from perfdesk.sheet import Role
from ui.widgets.keys import menu_text

if TYPE_CHECKING:
    from ui.sheet.rows import Rows
    from ui.sheet.view import SheetView

_LONGEST: Final = 46  # characters of where a cell came from; choosing it copies all of it
_Entry = tuple[str, str, Callable[[], None]]


def cell_menu(view: SheetView) -> QMenu:
    """Return the menu of the view's current cell; what does not apply to it is greyed."""
    menu, rows = QMenu(view), view.rows
    _add(menu, _clipboard(view))
    if view.spelt():
        _add(menu, (("复制大写金额", "", view.ranges.copy_spelt),))
    menu.addSeparator()
    why_not = rows.why_not()
    menu.setToolTipsVisible(bool(why_not))
    _add(menu, ((f"在下面插入{rows.word()}", "Ctrl+Shift++", rows.insert),), enabled=not why_not, tip=why_not)
    _add(menu, _rows(rows), enabled=rows.current() is not None and not why_not, tip=why_not)
    cell = view.current_cell()
    if cell is not None and cell.role is Role.COMPUTED:
        menu.addSeparator()
        _add(menu, (("改填", "F2", view.restate),))
        _add(menu, (("采用算得的数", "Del", view.ranges.clear),), enabled=cell.stated)
    came = view.came_from()
    if came:
        menu.addSeparator()
        _add(menu, ((excerpt(came, _LONGEST), "", partial(QGuiApplication.clipboard().setText, came)),), tip=came)
    return menu


def _clipboard(view: SheetView) -> tuple[_Entry, ...]:
    return (
        ("剪切", "Ctrl+X", view.ranges.cut),
        ("复制", "Ctrl+C", view.ranges.copy),
        ("粘贴", "Ctrl+V", view.ranges.paste),
        ("向下填充", "Ctrl+D", view.ranges.fill_down),
        ("清空", "Del", view.ranges.clear),
    )


def _rows(rows: Rows) -> tuple[_Entry, ...]:
    return (
        ("复制行", "Ctrl+Shift+D", rows.duplicate),
        ("上移", "Alt+Shift+Up", partial(rows.move, -1)),
        ("下移", "Alt+Shift+Down", partial(rows.move, 1)),
        ("删除行", "Ctrl+-", rows.delete),
    )


def _add(menu: QMenu, entries: tuple[_Entry, ...], *, enabled: bool = True, tip: str = "") -> None:
    for words, keys, slot in entries:
        action = menu.addAction(menu_text(words, keys), slot)
        action.setToolTip(tip or words)
        action.setShortcut(keys)
        action.setEnabled(enabled)
