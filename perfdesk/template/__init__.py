"""表样 (template): one county's form as data, drawn in TOML, and the reader with its exact error messages.

A drawn row is a list of texts, one per grid column (``docs/template-format.md``):

    ``=文字``      a label; ``=<文字`` and ``=>文字`` align it left and right; ``=填表人：{preparer}`` holds one field
    ``key``        a cell to fill; ``fund.key`` one of a fund row; ``key|—`` prints the dash while nothing is typed
    ``[{code}]{name}``  a cell that shows several fields; a bracket whose fields are blank is left out
    ``{key}分``    a cell with printed words around its field; ``@{name}分`` likewise of a computed one
    ``@name``      a computed cell          ``<`` merged with the left          ``^`` merged with the cell above
    ``?key=词``    a square that bears √ when the field holds the word; ``?key`` all words with boxes

Nothing is evaluated. This module knows the drawing; how it becomes cells with texts is ``perfdesk.sheet``.
"""

from __future__ import annotations

from perfdesk.template.reading import load_templates, read_template
from perfdesk.template.shelf import Own, Shelf, ShelfReader, as_scored, read_shelf, with_own, with_policy
from perfdesk.template.squares import BOX, TICKED, boxes_follow, tick_boxes
from perfdesk.template.stock import Stock, read_stock
from perfdesk.template.types import (
    FUND_KEYS,
    GRADE_KEY,
    INDICATOR_KEYS,
    NUMBER_KEY,
    SUM_PREFIX,
    TERMS,
    Align,
    Block,
    BlockRole,
    Field,
    FieldKind,
    Filled,
    Fund,
    Heading,
    Page,
    Slot,
    SlotKind,
    Template,
)
from perfdesk.toml_file import Refused

__all__ = [
    "BOX",
    "FUND_KEYS",
    "GRADE_KEY",
    "INDICATOR_KEYS",
    "NUMBER_KEY",
    "SUM_PREFIX",
    "TERMS",
    "TICKED",
    "Align",
    "Block",
    "BlockRole",
    "Field",
    "FieldKind",
    "Filled",
    "Fund",
    "Heading",
    "Own",
    "Page",
    "Refused",
    "Shelf",
    "ShelfReader",
    "Slot",
    "SlotKind",
    "Stock",
    "Template",
    "as_scored",
    "boxes_follow",
    "load_templates",
    "read_shelf",
    "read_stock",
    "read_template",
    "tick_boxes",
    "with_own",
    "with_policy",
]
