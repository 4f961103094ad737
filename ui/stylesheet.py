"""样式表 (style sheet): what Qt's own controls look like, in one string. Colours come as ``$token``, never as figures.

Sizes are written in px at 100 %; those above 3 px (text, heights, paddings) grow with 大字, lines do not. Dynamic properties
that may be set on a widget: ``primary``, ``fit`` (card, foot) and ``link`` on QPushButton; ``fit`` (menu) on QLineEdit;
``primary``, ``flat`` (icon, segment) on QToolButton; ``ink`` (2, 3), ``tone`` (err, warn, hint, ok) and ``role`` (title, page,
verdict, figure, strong, key) on QLabel; ``verdict`` (blocked, explain, ready, filling) and ``box`` (card, float, empty) on
QFrame; ``bar`` (chrome, foot, location, rail, panel, desk, line) on any QWidget (a plain QWidget also needs WA_StyledBackground).
"""

from __future__ import annotations

import re
from dataclasses import fields
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ui.theme import Tokens

_BODY: Final = 14  # px: the text size the sheet is written for
_FIXED_UP_TO: Final = 3  # px: lines, frames and the radius of pills keep their size
_PX: Final = re.compile(r"\b(\d+)px")

_SHEET: Final = Template("""
QMainWindow, QDialog { background: $panel; }
QWidget[bar="chrome"], QWidget[bar="foot"] { background: $chrome; }
QWidget[bar="foot"] { border-top: 1px solid $line; }
QWidget[bar="location"] { background: $raised; border-bottom: 1px solid $line; }
QWidget[bar="rail"] { background: $rail; }
QWidget[bar="panel"] { background: $panel; }
QWidget[bar="desk"] { background: $desk; }
QWidget[bar="line"] { background: $line; }

QMenuBar, QMenu, QHeaderView, QToolTip { font-family: "$face"; font-size: 14px; }
QMenuBar { background: $chrome; border-bottom: 1px solid $line; padding: 0 8px; }
QMenuBar::item { background: transparent; padding: 4px 9px; margin: 0; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $raised; border: 1px solid $line2; padding: 4px 0; }
QMenu::item { padding: 5px 28px 5px 10px; min-height: 20px; border: 1px solid transparent; }
QMenu::item:selected { background: $sel; color: $ink; }
QMenu::item:disabled { color: $ink3; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }

QToolBar { background: $chrome; border: 0; border-bottom: 1px solid $line; padding: 6px; spacing: 2px; }
QToolBar[banner="true"] { background: $hint_weak; padding: 4px 10px; }
QToolBar::separator { background: $line; width: 1px; margin: 5px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0 8px;
  min-height: 30px; max-height: 30px; color: $ink; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $sel; }
QToolButton:disabled { color: $line2; background: transparent; }
QToolButton[flat="row"] { padding: 0; min-width: 20px; min-height: 22px; max-height: 22px; border: 1px solid $line;
  background: $chrome; border-radius: 3px; }
QToolButton[flat="icon"] { padding: 0; min-width: 26px; min-height: 26px; max-height: 26px; }
QToolButton[flat="segment"] { background: $raised; border: 1px solid $line2; border-radius: 0; margin-left: -1px; padding: 0 10px;
  min-height: 28px; max-height: 28px; }
QToolButton[flat="segment"]:hover { background: $hover; }
QToolButton[flat="segment"]:checked { background: $sel; color: $ink; font-weight: 700; }
QToolButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 700;
  padding: 0 11px; min-height: 28px; max-height: 28px; }
QToolButton[primary="true"]:hover { background: $accent_hover; }
QToolButton[primary="true"]:disabled { background: $chrome; border-color: $line; color: $ink3; }
QToolButton::menu-indicator { image: none; width: 0; }

QPushButton { background: $raised; border: 1px solid $line2; border-radius: 4px; padding: 0 12px; min-height: 28px;
  color: $ink; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $sel; }
QPushButton:checked { background: $sel; border-color: $accent; font-weight: 700; }
QPushButton:disabled { background: $chrome; color: $ink3; border-color: $line; }
QPushButton[fit="card"] { min-height: 26px; padding: 0 10px; }
QPushButton[fit="foot"] { min-height: 34px; padding: 0 18px; }
QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 700; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed { background: $accent_hover; }
QPushButton[primary="true"]:disabled { background: $chrome; color: $ink3; border-color: $line; }
QPushButton[link="true"] { background: transparent; border: 0; border-radius: 0; padding: 0 2px; min-height: 28px;
  color: $accent; text-decoration: underline; }
QPushButton[link="true"]:hover { color: $accent_hover; }

QLineEdit, QComboBox { background: $raised; border: 1px solid $line2; border-radius: 4px; padding: 0 8px; min-height: 30px;
  color: $ink; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: 0 7px; min-height: 28px; }
QLineEdit:disabled, QComboBox:disabled { background: $chrome; color: $ink3; border-color: $line; }
QLineEdit[tone="err"] { border: 2px solid $err; padding: 0 7px; min-height: 28px; }
QLineEdit[fit="menu"] { min-height: 24px; }
QLineEdit[fit="menu"]:focus { min-height: 22px; }
QPlainTextEdit, QTextEdit { background: $raised; border: 1px solid $line2; border-radius: 4px; color: $ink;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; }
QTextEdit[page="report"], QTextEdit[page="report"]:focus { border: 0; border-radius: 0; background: $desk; }
QTextEdit[page="cover"], QTextEdit[page="cover"]:focus { border: 0; border-radius: 0; background: transparent; }
QTextEdit[cell="true"] { border: 0; border-radius: 0; padding: 0; background: $paper; color: $typed; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line2; selection-background-color: $sel;
  selection-color: $ink; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; border: 0; border-bottom: 2px solid transparent; padding: 7px 9px 6px 9px;
  margin: 0 1px; color: $ink2; }
QTabBar::tab:selected { color: $ink; font-weight: 700; border-bottom-color: $accent; }
QTabBar::tab:hover:!selected { background: $hover; }
QTabBar::tab:selected:focus { border: 2px solid $accent; padding: 5px 7px 6px 7px; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line2; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $ink3; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QToolTip { background: $raised; color: $ink; border: 1px solid $line2; padding: 4px 6px; }
QStatusBar { background: $chrome; border-top: 1px solid $line; color: $ink; min-height: 33px; }
QStatusBar::item { border: 0; }
QHeaderView { background: $chrome; border: 0; }
QHeaderView[fit="source"]::section { min-height: 24px; padding: 0; font-weight: 400; color: $ink3; border: 0;
  border-right: 1px solid $line; border-bottom: 1px solid $line; }
QHeaderView::section { background: $chrome; color: $ink2; font-weight: 700; border: 0; border-bottom: 1px solid $line2;
  padding: 0 10px; min-height: 33px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $chrome; }
QCalendarWidget QToolButton { background: transparent; color: $ink; font-weight: 700; border: 0; }
QTreeView, QListView, QTableView { border: 0; color: $ink; }
QListWidget, QTreeWidget, QTableWidget { selection-background-color: $sel; selection-color: $ink; }
QTreeWidget[rows="table"] { outline: 0; border: 2px solid transparent; }
QTreeWidget[rows="table"]:focus { border-color: $accent; }
QTreeWidget[rows="table"]::item { border: 0; padding: 0 7px; }
QTreeWidget[rows="table"]::item:selected { background: $sel; color: $ink; }
QTreeView[bar="rail"] { background: $rail; }
QTableView[bar="desk"] { background: $desk; }
QListView[bar="panel"] { background: $panel; }
QListView[box="float"], QTreeView[box="float"] { border: 1px solid $line2; selection-background-color: $sel;
  selection-color: $ink; }
QDockWidget { border: 0; }
QSplitter::handle, QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QProgressBar { background: $line; border: 0; border-radius: 0; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 3px; background: $line2; border-radius: 1px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; background: $accent; }
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:disabled { background: $line2; }

QLabel { background: transparent; }
QLabel[ink="2"] { color: $ink2; }
QLabel[ink="3"] { color: $ink3; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="figure"] { font-weight: 700; font-size: 15px; }
QLabel[role="title"] { font-weight: 700; font-size: 16px; }
QLabel[role="verdict"] { font-weight: 700; font-size: 20px; }
QLabel[role="page"] { font-weight: 700; font-size: 22px; }
QLabel[role="key"] { background: $chrome; border: 1px solid $line; border-radius: 3px; padding: 0 5px; color: $ink2; }
QLabel[tone="err"], QToolButton[tone="err"] { color: $err; }
QLabel[tone="warn"], QToolButton[tone="warn"] { color: $warn; }
QLabel[tone="hint"] { color: $hint; }
QLabel[tone="ok"] { color: $ok; }

QFrame[verdict] { border: 0; border-bottom: 1px solid $line; }
QFrame[verdict="blocked"] { background: $err_weak; }
QFrame[verdict="explain"] { background: $warn_weak; }
QFrame[verdict="ready"] { background: $ok_weak; }
QFrame[verdict="filling"] { background: $chrome; }
QFrame[step="done"] { background: $accent; }
QFrame[step="open"] { background: $line; }
QFrame[box="card"] { background: $raised; border: 1px solid $line; border-radius: 4px; }
QFrame[box="float"] { background: $raised; border: 1px solid $line2; border-radius: 4px; }
QFrame[box="item"] { border: 0; border-bottom: 1px solid $line; border-left: 3px solid transparent; }
QFrame[box="item"][current="true"] { background: $raised; border-left-color: $accent; }
QFrame[box="point"] { border: 0; border-bottom: 1px solid $line; background: $raised; }
QFrame[box="point"][current="true"] { background: $sel; }
QLabel[bar="group"] { background: $chrome; color: $ink2; font-weight: 700; border-bottom: 1px solid $line; padding: 5px 14px; }
QFrame[box="empty"] { background: transparent; border: 1px dashed $line2; border-radius: 4px; }
""")


_HIGH_CONTRAST: Final = Template("""
QProgressBar { background: $raised; border: 1px solid $line2; min-height: 6px; max-height: 6px; }
QPushButton:disabled, QToolButton[primary="true"]:disabled, QLineEdit:disabled, QComboBox:disabled {
  border: 1px dashed $line2; }
QToolButton:disabled { color: $ink3; }
""")


def style_sheet(table: Tokens, *, face: str, body: int = _BODY) -> str:
    """Return the style sheet of a table of tokens for a body text of ``body`` px (14; with 大字 16 or 18).

    ``face``: the family of the window. Windows has fonts of its own, smaller ones, for menus and heads of lists, and brings them
    back whenever a setting of the desktop changes; a style sheet alone stands over those.

    Example: at 16 px ``min-height: 28px`` becomes ``32px``, ``border: 1px`` stays.
    """
    colours = {field.name: getattr(table, field.name) for field in fields(table) if field.name not in {"mode", "paper"}}
    colours |= {"paper": table.paper.paper, "typed": table.paper.typed, "face": face}
    text = _SHEET.substitute(colours)
    if table.mode == "high":
        text += _HIGH_CONTRAST.substitute(colours)
    return text if body == _BODY else _PX.sub(lambda match: f"{_scaled(int(match[1]), body)}px", text)


def _scaled(size: int, body: int) -> int:
    """Return a size in px for another body text; rounded down, so that no radius outgrows its box."""
    return size if size <= _FIXED_UP_TO else size * body // _BODY
