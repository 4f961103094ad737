"""整张表的步骤 (deeds): what was done to whole forms - deleting some, replacing in many - as steps of 撤销 and 重做.

A deed is done before it is pushed. It says itself what came of taking it back; one that can no longer be taken back goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

if TYPE_CHECKING:
    from collections.abc import Callable


class Deed(QUndoCommand):
    """One step. ``back`` and ``again`` take it back and do it again; they return False where that was not possible."""

    def __init__(self, words: str, *, back: Callable[[], bool], again: Callable[[], bool]) -> None:
        super().__init__(words)
        self._back, self._again = back, again
        self._done = False

    def redo(self) -> None:
        """Do it again; the first time it is done already."""
        if self._done and not self._again():
            self.setObsolete(True)
        self._done = True

    def undo(self) -> None:
        """Take it back."""
        if not self._back():
            self.setObsolete(True)


class Deeds(QUndoStack):
    """The deeds of one window, the last one on top."""

    def take_back(self, deed: Deed) -> None:
        """撤销 beside the sentence that told of a deed: only while it is still the last one."""
        if self.canUndo() and self.command(self.index() - 1) is deed:
            self.undo()
