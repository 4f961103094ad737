"""数据包 (parcels): the windows that ask what goes into a data package, and what of one is taken in. They write nothing."""

from ui.parcels.packing import PackDialog
from ui.parcels.receiving import ReceiveDialog

__all__ = ["PackDialog", "ReceiveDialog"]
