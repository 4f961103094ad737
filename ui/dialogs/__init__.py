"""Questions to the clerk, one file per dialog; a dialog asks and hands back the answer, it changes no record."""

from ui.dialogs.message import CANCEL, Choice, MessageDialog
from ui.dialogs.service import Dialogs, put_up, split_sentence

__all__ = ["CANCEL", "Choice", "Dialogs", "MessageDialog", "put_up", "split_sentence"]
