"""The exchange format ``perfdesk-record/1`` (docs/exchange-format.md): records to JSON and back without losing a word.

Texts are taken as typed; a printed score, rate or total arrives as a stated value. What the form has no place for is kept in
``Record.extra`` and named in the notes. Nothing is half-read: a file is understood whole or refused in one sentence. Nothing is
computed here and no file is written.
"""

from __future__ import annotations

from perfdesk.exchange.exchange.keys import FORMAT, MAX_RECORDS, MAX_ROWS, MAX_TEXT
from perfdesk.exchange.exchange.reading import Import, read_records
from perfdesk.exchange.exchange.writing import write_records

__all__ = [
    "FORMAT",
    "MAX_RECORDS",
    "MAX_ROWS",
    "MAX_TEXT",
    "Import",
    "read_records",
    "write_records",
]
