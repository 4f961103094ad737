"""使用手册 (manual): the shipped handbook, page by page; which of its places explains which part of the window."""

from ui.manual.places import place_of
from ui.manual.window import ManualWindow

__all__ = ["ManualWindow", "place_of"]
