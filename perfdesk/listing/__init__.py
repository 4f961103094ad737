"""列表 (lists): what a list of the program says, as texts in rows and columns, for a spreadsheet or for analysis.

Pure functions of what is derived, compared or kept in the library; nothing is computed that is not shown elsewhere. The bytes of
a file are made by ``perfdesk.exchange``.
"""

from perfdesk.listing.comparison import list_comparison
from perfdesk.listing.findings import list_findings
from perfdesk.listing.indicators import list_indicators
from perfdesk.listing.library import list_library
from perfdesk.listing.overview import list_forms, row_of
from perfdesk.listing.rows import list_rows
from perfdesk.listing.types import Head, Listing

__all__ = [
    "Head",
    "Listing",
    "list_comparison",
    "list_findings",
    "list_forms",
    "list_indicators",
    "list_library",
    "list_rows",
    "row_of",
]
