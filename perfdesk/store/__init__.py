"""The store: every form of an office in one SQLite file, saved and loaded exactly as typed.

The only room with SQL. It takes and returns the types of ``perfdesk.model``, knows no scoring and no screen, and turns every
fault of disk and file into one Chinese sentence (``UserError``). Nothing is written anywhere but in and beside the data file.
"""

from perfdesk.store.arrivals import Arrival, Way
from perfdesk.store.backup import copy_to
from perfdesk.store.backups import Backup, Reason
from perfdesk.store.faults import StoreDamaged, StoreOlder, StoreReadOnly
from perfdesk.store.lock import Holder, StoreBusy
from perfdesk.store.records import Entry
from perfdesk.store.session import Recovered
from perfdesk.store.store import Store
from perfdesk.store.trash import Cleared, days_left
from perfdesk.store.versions import Versions

__all__ = [
    "Arrival",
    "Backup",
    "Cleared",
    "Entry",
    "Holder",
    "Reason",
    "Recovered",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreOlder",
    "StoreReadOnly",
    "Versions",
    "Way",
    "copy_to",
    "days_left",
]
