"""数据包 (parcels): forms of chosen years out of a data file into a package, and a package into a data file.

The bytes are ``perfdesk.exchange.package``, the comparison is ``perfdesk.merging``, the data file is ``perfdesk.store``; this room
puts them together, for the window and the command line alike.
"""

from perfdesk.parcels.packing import file_name, pack
from perfdesk.parcels.receiving import Choice, Look, Received, derived, look, receive, take_back

__all__ = ["Choice", "Look", "Received", "derived", "file_name", "look", "pack", "receive", "take_back"]
