"""小节 (rows of a report): sections in, out, copied, up and down, from the caret, the outline and the menus alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk import outline
from perfdesk.model import Binding, Block

if TYPE_CHECKING:
    from perfdesk.model import Section
    from ui.report.view import ReportView


class SectionRows(QObject):
    """The section functions of one view. ``said`` carries a sentence for people."""

    said = Signal(str)

    def __init__(self, view: ReportView) -> None:
        super().__init__(view)
        self._view = view

    def word(self) -> str:
        """Return what is inserted."""
        return "小节"

    def why_not(self) -> str:
        """Return why sections neither come nor go, ``""`` where they do."""
        return ""

    def current(self) -> int | None:
        """Return the section with the caret, ``None`` where there is none."""
        row = self._view.place.row
        return row if 0 <= row < len(self._sections) else None

    def insert(self) -> None:
        """插入小节 after the one with the caret."""
        self.insert_after(max(self._view.place.row, 0))

    def delete(self) -> None:
        """删除小节: the one with the caret."""
        here = self.current()
        if here is not None:
            self.remove(here)

    def duplicate(self) -> None:
        """复制小节: the one with the caret."""
        here = self.current()
        if here is not None:
            self._take(*outline.duplicate_section(self._sections, here), text="复制小节")

    def move(self, delta: int) -> None:
        """Move the section with the caret up (-1) or down (+1) among its siblings."""
        here = self.current()
        if here is not None:
            self.shift(here, delta)

    def insert_after(self, row: int) -> None:
        """插入小节 after section ``row``; its heading is next."""
        if self._take(*outline.insert_section(self._sections, row), text="插入小节"):
            self._view.setFocus()

    def remove(self, row: int) -> None:
        """删除小节 ``row``, and say how to have it back."""
        gone = self._sections[row].heading
        left = outline.delete_section(self._sections, row)
        if self._take(left, min(row, len(left) - 1), text="删除小节"):
            self.said.emit(f"已删除“{gone}”。按 Ctrl+Z 可以撤销。")

    def shift(self, row: int, step: int) -> None:
        """Move section ``row`` among its siblings; at the ends nothing moves."""
        self._take(*outline.move_section(self._sections, row, step), text="移动小节")

    @property
    def _sections(self) -> tuple[Section, ...]:
        document = self._view.document
        return document.record.sections if document is not None else ()

    def _take(self, sections: tuple[Section, ...], row: int, *, text: str) -> bool:
        """Make these the sections as one undo step and go to a heading. False where nothing changed."""
        if sections == self._sections or not self._view.change(sections, text):
            return False
        self._view.go_to(Binding(Block.SECTIONS, outline.HEADING, max(row, 0)))
        return True
