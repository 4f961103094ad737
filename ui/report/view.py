"""报告 (report view): the page with its bar, kept in step with the record of a document; the outline and the panels beside it.

The record is the one source: what is typed becomes a change of the document, what the document shows is written to the page. It
opens no other form and saves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from perfdesk import outline
from perfdesk.dataitems import Figures, figures_of, refresh
from perfdesk.editing import get_text, set_text
from perfdesk.gathering import ANNEXES
from perfdesk.model import Binding, Block
from perfdesk.outline import BODY, Caret, Line
from ui.report import reading
from ui.report.annexes import AnnexPanel
from ui.report.editor import ReportEditor
from ui.report.figures import FiguresPanel
from ui.report.front import front_rows
from ui.report.outline import Outline, heads_of
from ui.report.paper import FIT_MOST
from ui.report.rows import SectionRows
from ui.report.tools import ReportTools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent

    from perfdesk.derive import Derived
    from perfdesk.model import Figure, Section
    from perfdesk.sheet import Cell
    from ui.document import Document
    from ui.faces import Faces
    from ui.theme import Tokens


class ReportView(QWidget):
    """The report on the desk. ``place_changed`` carries the binding of the caret's line, ``refused`` a sentence for people.

    ``words_changed`` carries 字数, ``source_asked`` the key of a data item; ``figures_asked`` and ``annexes_asked`` want their
    panels in front.
    """

    place_changed = Signal(object)
    zoom_changed = Signal(float)
    refused = Signal(str)
    words_changed = Signal(object)
    source_asked = Signal(str)
    figures_asked = Signal()
    annexes_asked = Signal()

    def __init__(self, tokens: Tokens, faces: Faces, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._figures = Figures()
        self._on_cover: Mapping[str, str] | None = None
        self._told: tuple[tuple[Line, ...], int, bool] | None = None
        self.editor = ReportEditor(tokens, faces, parent=self)
        self.tools, self.outline, self.rows = ReportTools(self), Outline(parent), SectionRows(self)
        self.figures, self.annexes = FiguresPanel(parent), AnnexPanel(parent)
        for part in (self.outline, self.figures, self.annexes):
            part.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.editor, 1)
        self._connect()

    def _connect(self) -> None:
        editor, tools, heads = self.editor, self.tools, self.outline
        editor.edited.connect(self._take)
        editor.refused.connect(self._refuse)
        editor.cursorPositionChanged.connect(self._follow_caret)
        editor.walked.connect(self.commit_editor)
        editor.zoom_changed.connect(self.zoom_changed)
        editor.entered.connect(self._leave_cover)
        cover = editor.cover
        cover.typed.connect(self._keep_field)
        cover.entered.connect(self._enter_field)
        cover.left.connect(self._go_into_text)
        cover.refused.connect(self._refuse)
        editor.source_of = self._source_of
        self.rows.said.connect(self.refused)
        tools.style_chosen.connect(self._restyle)
        tools.figures_asked.connect(self.figures_asked)
        tools.annexes_asked.connect(self.annexes_asked)
        tools.source_asked.connect(self._ask_source)
        tools.renew_asked.connect(self.renew_items)
        tools.outline_asked.connect(self._toggle_outline)
        heads.chosen.connect(self.go_to_section)
        heads.insert_asked.connect(self.rows.insert_after)
        heads.delete_asked.connect(self.rows.remove)
        heads.move_asked.connect(self.rows.shift)
        self.figures.chosen.connect(self.insert_item)
        self.annexes.ticked.connect(self._keep_annexes)

    # ------------------------------------------------------------------------------------------------------- document
    def show_document(self, document: Document | None) -> None:
        """Show a report from its top, or nothing."""
        if self._document is not None:
            self._document.derived_changed.disconnect(self._on_derived)
            self._document.settled.disconnect(self._on_settled)
            self._document.went_to.disconnect(self._go_back)
        self._document = document
        if document is None:
            self.editor.load(())
            return
        document.derived_changed.connect(self._on_derived)
        document.settled.connect(self._on_settled)
        document.went_to.connect(self._go_back)
        looking = document.read_only
        self.editor.set_looking(looking=looking)
        self.tools.show_lock(document.lock)
        self._figures = self.editor.items.figures = figures_of(document.derived.gathered)
        self.editor.cover.leave()
        self._on_cover = None
        self._show_cover(document.derived)
        self.editor.load(_lines(document.record.sections))
        self.editor.place_caret(Caret(0, 0))
        self.editor.verticalScrollBar().setValue(0)
        self._on_derived(document.derived)
        self._on_settled(document.derived)

    def _show_cover(self, derived: Derived) -> None:
        """Show the fields before the text as the record has them; a key in the text leaves them alone."""
        if derived.record.values is self._on_cover:
            return
        self._on_cover = derived.record.values
        text_of = partial(get_text, derived.record)
        self.editor.cover.show_rows(front_rows(derived), text_of=text_of, read_only=not self._writable)

    def _on_derived(self, derived: Derived) -> None:
        """Show what stands on the page; the text itself only where it is another one."""
        known = figures_of(derived.gathered)
        if known is not self._figures:
            self._figures = self.editor.items.figures = known
            self.editor.show_figures_again()
        self._show_cover(derived)
        if outline.sections_of(self.editor.lines) != derived.record.sections:
            self.editor.renew(_lines(derived.record.sections))
        self.editor.set_hints(reading.hints_of(derived.template, self.editor.lines))

    def _on_settled(self, derived: Derived) -> None:
        """Show what follows from the text: doubts under it, the outline and the figures beside it, where the caret stands."""
        writable = self._writable
        self.editor.set_doubts(reading.doubts_of(derived, self.editor.lines))
        self.outline.show_heads(heads_of(derived.record.sections, derived.findings), writable=writable)
        self.tools.show_state(*reading.items_state(derived.record, self._figures))
        self.figures.show_figures(derived.gathered.figures, writable=writable)
        self._show_place()

    def _take(self, line: int, typing: bool) -> None:
        """What was typed becomes the record; keystrokes in one paragraph join."""
        document = self._document
        if document is None:
            return
        if not typing:
            document.end_edit()
        sections = outline.sections_of(self.editor.lines)
        document.change(
            replace(document.record, sections=sections), text="填写", joins=("paragraph", line) if typing else None
        )

    def change(self, sections: tuple[Section, ...], text: str) -> bool:
        """Change the outline as one undo step. False where the report is only looked at."""
        document = self._document
        if document is None or document.read_only:
            self._refuse()
            return False
        document.end_edit()
        document.change(replace(document.record, sections=sections), text=text)
        return True

    @property
    def document(self) -> Document | None:
        """The open report."""
        return self._document

    @property
    def _writable(self) -> bool:
        return self._document is not None and not self._document.read_only

    def _refuse(self) -> None:
        if self._document is not None:
            self._document.editing_refused.emit(self._document.why_locked)

    def commit_editor(self) -> None:
        """The next letter begins a new undo step; what was typed is in the record already."""
        if self._document is not None:
            self._document.end_edit()

    # ---------------------------------------------------------------------------------------------------------- place
    @property
    def place(self) -> Binding:
        """Where the caret stands in the record: in a field of the cover, or in the text."""
        lines = self.editor.lines
        if self.editor.cover.place is not None:
            return self.editor.cover.place
        return outline.binding_of(lines, self.editor.caret().line) if lines else Binding(Block.SECTIONS, "0", 0)

    def cell_at(self, derived: Derived) -> Cell | None:
        """Return the cell of the sheet where the caret stands: a field of the cover, or the last one of a section."""
        return reading.cell_at(derived.sheet.cells, self.place)

    def go_to(self, binding: Binding) -> bool:
        """Put the caret at a place of the record. False for one that is not in the report."""
        if binding.block is Block.VALUES:
            return self._go_to_field(binding)
        at = outline.line_of(self.editor.lines, binding)
        self.commit_editor()
        if at >= 0:
            self._leave_cover()
            self.editor.place_caret(Caret(at, outline.shown_length(self.editor.lines[at].text)))
        return at >= 0

    def go_to_blank(self, binding: Binding) -> bool:
        """Go to a place to be filled: of a heading without text, the blank line below it."""
        found, at = self.go_to(binding), self.editor.caret().line
        if found and self.editor.cover.place is None and reading.is_to_be_written(self.editor.lines, at):
            self.editor.place_caret(Caret(at + 1, 0))
        return found

    def _go_back(self, binding: Binding | None) -> None:
        """Undo and redo show what they change on the cover; the text shows it by itself."""
        if binding is not None and binding.block is Block.VALUES:
            self._go_to_field(binding)

    def _toggle_outline(self) -> None:
        """提纲 in narrow windows: show or hide the outline beside the page."""
        self.outline.setVisible(self.outline.isHidden())
        if self.outline.isVisible():
            self.outline.list.setFocus()

    def go_to_section(self, section: int) -> None:
        """Put the caret at the beginning of a section's text and give the page the keyboard."""
        at = outline.line_of(self.editor.lines, Binding(Block.SECTIONS, outline.HEADING, section))
        if at < 0:
            return
        self.commit_editor()
        below = at + 1 < len(self.editor.lines) and self.editor.lines[at + 1].level == BODY
        self.editor.show_from(at)
        self.editor.place_caret(Caret(at + below, 0))
        self.editor.setFocus()

    def _follow_caret(self) -> None:
        """Say where the caret is, where that is news: after a letter it stands where the change of the text has put it."""
        if self._caret_place() != self._told:
            self._show_place()

    def _show_place(self) -> None:
        lines = self.editor.lines
        if not lines or self._document is None or self.editor.is_loading:
            return
        self._told = lines, at, on_item = self._caret_place()
        place = self.editor.cover.place or outline.binding_of(lines, at)
        self.outline.set_current(place.row)
        self.tools.show_place(lines[at].level, on_item=on_item)
        self.words_changed.emit(reading.words_of(lines, at, self._figures))
        self.place_changed.emit(place)

    def _caret_place(self) -> tuple[tuple[Line, ...], int, bool]:
        """Return the lines, the number of the caret's, and whether it stands at a data item."""
        is_on_item = self.editor.item_at(self.editor.textCursor()) is not None
        return self.editor.lines, self.editor.caret().line, is_on_item

    def tell_words(self) -> None:
        """Say 字数 once more: somebody has begun to listen."""
        self._show_place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the page: to the text, or to the field of the cover that is current."""
        super().focusInEvent(event)
        if not self.editor.cover.take_focus():
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------------------------------------------------- cover
    def _keep_field(self, binding: Binding, text: str) -> None:
        if self._document is not None:
            self._document.edit(binding, text)

    def _enter_field(self) -> None:
        """A field of the cover is current now: what is typed next is another step."""
        self.commit_editor()
        self.editor.show_cover_field()
        self._show_place()

    def _leave_cover(self) -> None:
        """The text is current; the keyboard follows if it was on the cover."""
        cover = self.editor.cover
        if cover.place is None:
            return
        cover.leave()
        if cover.isAncestorOf(QApplication.focusWidget() or self):
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit_editor()
        self._show_place()

    def _go_into_text(self) -> None:
        self._leave_cover()
        self.editor.place_caret(Caret(0, 0))

    def _go_to_field(self, binding: Binding) -> bool:
        """Make a field of the cover current; the keyboard follows if it was on the page."""
        return self.editor.cover.choose(binding, focus=self.isAncestorOf(QApplication.focusWidget() or self))

    # ---------------------------------------------------------------------------------------------------------- items
    def insert_item(self, figure: Figure) -> None:
        """插入数据 at the caret; the page takes the keyboard. A field of the cover takes the text alone."""
        if self.editor.cover.take_focus():
            self.editor.cover.put_in(figure.text)
            return
        self.editor.insert_item(figure)
        self.editor.setFocus()

    def renew_items(self) -> None:
        """全部更新: remember the figures as they are now."""
        document = self._document
        if document is not None:
            document.end_edit()
            document.change(refresh(document.record, self._figures), text="更新数据项")

    def _ask_source(self) -> None:
        item = self.editor.item_at(self.editor.textCursor())
        if item is not None:
            self.source_asked.emit(item.key)

    def _source_of(self, key: str) -> str:
        figure = self._figures.get(key)
        return f"取自 {figure.place}" if figure else f"本年的表里没有“{key}”，这里印的是上次的数"

    def _keep_annexes(self, chosen: tuple[str, ...]) -> None:
        document = self._document
        if document is not None:
            place = Binding(Block.VALUES, ANNEXES)
            document.change(set_text(document.record, place, "\n".join(chosen)), text="选附表")

    def _restyle(self, level: int) -> None:
        """Give the paragraph with the caret another style."""
        caret = self.editor.caret()
        lines = outline.restyle(self.editor.lines, caret.line, level)
        if lines != self.editor.lines and self.change(outline.sections_of(lines), "改字样"):
            self.editor.place_caret(caret)
        self._show_place()
        self.editor.setFocus()

    # ----------------------------------------------------------------------------------------------------------- look
    @property
    def zoom(self) -> float:
        """The zoom, 1.0 = 100 %."""
        return self.editor.zoom

    @property
    def is_fitting(self) -> bool:
        """Whether the zoom follows the width of the window."""
        return self.editor.is_fitting

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a fixed step."""
        self.editor.set_zoom(zoom)

    def fit_width(self, *, most: float = FIT_MOST) -> None:
        """适合宽度."""
        self.editor.fit_width(most=most)

    def set_tokens(self, tokens: Tokens) -> None:
        """Follow the theme."""
        self.editor.set_tokens(tokens)

    def mark_found(self, wanted: str) -> None:
        """Mark what is looked for (reduced by ``plain_text``); ``""`` takes the marks away."""
        self.editor.mark_stretches(reading.found_in(self.editor.lines, wanted))

    def flash(self, binding: Binding) -> None:
        """Go where a fix changed something."""
        self.go_to(binding)


def _lines(sections: tuple[Section, ...]) -> tuple[Line, ...]:
    """Return the lines of a report; one without sections begins with a heading to be written."""
    return outline.lines_of(sections) or (Line(1, ""),)
