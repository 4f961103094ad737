"""CSV: a list as UTF-8 text with commas, for programs of analysis; Excel and WPS open it by a double click.

It begins with a byte order mark (without one Excel takes Chinese for the system's old encoding) and its lines end in CRLF. What
looks like a formula gets a ``'`` before it: a spreadsheet would otherwise run ``=1+1`` or ``@SUM(A1)`` (also behind white space,
and with the full-width signs that Chinese versions accept). A number in a column of figures stays one, negative ones too. Control
characters and halves of characters are left out.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from perfdesk.listing import Listing

_MARK: Final = "\ufeff"
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER: Final = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?%?", re.ASCII)
_LIKE_A_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write_csv(lists: tuple[Listing, ...]) -> bytes:
    """Return a list as CSV: its heads, its rows, and its last row of sums where it has one. The same list gives the same bytes.

    Of several each stands below its name, with an empty line between.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for at, listing in enumerate(lists):
        if len(lists) > 1:
            writer.writerows([*([[]] if at else []), [_safe(listing.name)]])
        writer.writerow(_safe(head.words) for head in listing.heads)
        for row in (*listing.rows, *([listing.total] if listing.total else [])):
            pairs = zip(listing.heads, row, strict=True)
            writer.writerow(_safe(text, is_figure=head.figures) for head, text in pairs)
    return (_MARK + out.getvalue()).encode()


def _safe(text: str, *, is_figure: bool = False) -> str:
    """Return a text that no spreadsheet takes for a formula: ``=100%`` becomes ``'=100%``, the figure ``-3.5`` stays."""
    shown = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if is_figure and _NUMBER.fullmatch(shown):
        return shown
    return f"'{shown}" if _LIKE_A_FORMULA.match(shown) else shown
