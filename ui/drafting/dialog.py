"""起草表样 (draft dialog): left the file, right the form as the program would draw it; below, what the current cell is for.

It holds the draft that is being checked and asks for the file to be written. Every change is read as a template at once;
one that does not read is said and not taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from perfdesk.drafting import Spot, Use, named, spot_of_source, spot_on_sheet
from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.recognition import Place
from ui import theme
from ui.dialogs.frame import Foot, foot_button, named_line
from ui.drafting.panel import CellPanel, Change
from ui.importing.grid import SourceGrid
from ui.importing.panes import Pane
from ui.importing.result import ResultView
from ui.importing.source import SourceView
from ui.regions import largest_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfdesk.drafting import Draft
    from perfdesk.exchange.drafting import Drafted
    from perfdesk.model import Record
    from perfdesk.sheet import Cell
    from perfdesk.template import Template
    from ui.importing.grid import GridCell

_HEAD: Final = 52
_HINT: Final = "点左边的一格，看它在右边成了什么；不对的在下面改"


class DraftDialog(QDialog):
    """The page. ``confirmed`` carries the draft to be saved. ``read`` reads a draft as a template and raises :class:`UserError`."""

    confirmed = Signal(object)

    def __init__(self, drafted: Drafted, *, year: int, read: Callable[[Draft], Template], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("起草表样")
        self.setModal(True)
        self._nearest, self._year, self._read = drafted.form.template, year, read
        self._source_grid = SourceGrid(drafted.source, drafted.form)
        self.draft = drafted.draft
        self._template: Template | None = None
        self._record: Record | None = None
        self._moving = False
        self.title = named_line("表样的名称", drafted.draft.title, self)
        self.source, self.drawn, self.panel = SourceView(self), ResultView(self), CellPanel(self)
        self._save = foot_button("存为表样", primary=True)
        self._build(drafted)
        self.source.show_grid(self._source_grid)
        self._take(drafted.draft)
        self.source.cell_chosen.connect(self._from_source)
        self.drawn.cell_changed.connect(self._from_drawn)
        self.panel.change_asked.connect(self.change)
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))
        self.panel.show_spot(self.draft, None, self._nearest, "")

    # ------------------------------------------------------------ building
    def _build(self, drafted: Drafted) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        self._left = Pane("原文件", self.source, None, self)
        self._right = Pane("画成的表样", self.drawn, None, self)
        for pane in (self._left, self._right):
            halves.addWidget(pane)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._save))
        self._foot.show_hint("　".join((*drafted.draft.notes, _HINT)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(drafted))
        column.addWidget(halves, 1)
        column.addWidget(self.panel)
        column.addWidget(self._foot)

    def _build_head(self, drafted: Drafted) -> QWidget:
        head, words = QWidget(self), QLabel(f"照“{drafted.source.name}”起草", self)
        head.setProperty("bar", "location")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(self.font(), _HEAD))
        words.setProperty("role", "title")
        words.setTextFormat(Qt.TextFormat.PlainText)
        about = QLabel(f"{drafted.draft.kind.words}，计分和审核按“{self._nearest.title}”", self)
        about.setProperty("ink", "2")
        row = QHBoxLayout(head)
        side = theme.px(self.font(), theme.SPACING[6])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[5]))
        for part, stretch in ((words, 0), (QLabel("名称", self), 0), (self.title, 1), (about, 0)):
            row.addWidget(part, stretch)
        return head

    # ------------------------------------------------------------- showing
    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def _take(self, draft: Draft) -> bool:
        """Show a draft; one that is no template is said and the one before stays."""
        try:
            template = self._read(draft)
        except UserError as error:
            self._foot.show_hint(f"没有改：{error}")
            return False
        self.draft, self._template = draft, template
        self._record = new_record(template, record_id="draft", year=self._year)
        self._moving = True
        self.drawn.show_form(template, self._record)
        self._moving = False
        own = sum(one.known is None for one in draft.fields)
        self._right.say(f"要填 {len(draft.fields)} 项" + (f"，新起名的 {own} 项" if own else ""))
        return True

    def change(self, change: Change) -> None:
        """Change the draft as the panel wants it."""
        if self._take(change(self.draft)):
            self._foot.show_hint("已改。对着原文件再看一遍")
            current = self.source.current_cell()
            if current is not None:
                self._from_source(current)

    def _from_source(self, cell: GridCell) -> None:
        """The cursor moved in the file: show what the cell became."""
        if self._moving:
            return
        self._left.say(f"光标：{cell.address}")
        spot = spot_of_source(self.draft, cell.square)
        self.panel.show_spot(self.draft, spot, self._nearest, cell.address)
        if spot is not None:
            self._go(spot)

    def _go(self, spot: Spot) -> None:
        """Make the cell of the drawn form current that a spot is drawn in, where it can be."""
        document = self.drawn.document
        if document is None or spot.cell.use not in {Use.INPUT, Use.COMPUTED}:
            return
        for one in document.derived.sheet.cells:
            found = (
                spot_on_sheet(self.draft, one.row, one.column, self._repeated()) if one.binding is not None else None
            )
            if found == spot and one.binding is not None:
                self._moving = True
                self.drawn.go_to(one.binding)
                self._moving = False
                return

    def _from_drawn(self, cell: Cell | None) -> None:
        """The cursor moved in the drawn form: show where the cell comes from."""
        if self._moving or cell is None:
            return
        spot = spot_on_sheet(self.draft, cell.row, cell.column, self._repeated())
        place = Place(*spot.cell.source, "") if spot is not None and spot.cell.source is not None else None
        self.source.show_places((place,) if place is not None else ())
        current = self.source.current_cell() if place is not None else None
        address = current.address if current is not None else ""
        self._left.say(f"光标：{address}" if address else "文件里没有单独的这一格")
        self.panel.show_spot(self.draft, spot, self._nearest, address)

    def _repeated(self) -> int:
        record = self._record
        return 0 if record is None else max(len(record.indicators), len(record.rows))

    # -------------------------------------------------------------- asking
    def accept(self) -> None:
        """Ask for the draft to be saved under the name that stands in the head; the dialog stays until it is."""
        self.confirmed.emit(named(self.draft, self.title.text()))
