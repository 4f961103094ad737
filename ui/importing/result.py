"""识别结果 (result view): the recognised form on its paper, only to be read; doubtful cells are marked with a word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTableView

from perfdesk.model import Binding, Record
from perfdesk.recognition import Certainty, RecognisedForm
from perfdesk.template import Template
from ui import theme
from ui.document import Document
from ui.importing.source import faces, paint_doubt
from ui.locks import Lock
from ui.sheet.delegate import CellDelegate
from ui.sheet.model import FRAGMENT
from ui.sheet.view import SheetView
from ui.widgets.items import Index, cell_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from perfdesk.layout import Fragment
    from perfdesk.sheet import Cell
    from ui.sheet.paint import Look

_READING: Final = Lock("核对", "这里只核对，导入以后再改")
_FRAME_LEAST: Final = 0.6
WORDS: Final = {Certainty.INFERRED: "推定", Certainty.DOUBTFUL: "存疑"}
_WORD_PX: Final = 14


class ResultView(SheetView):
    """The form. ``marked`` are the words of the cells that are in doubt."""

    frame_least = _FRAME_LEAST

    def __init__(self, parent: QWidget) -> None:
        super().__init__(theme.tokens(parent.palette()), faces(), today=_no_day, parent=parent)
        self.setAccessibleName("识别结果")

    def _make_delegate(self) -> CellDelegate:
        return _DoubtDelegate(self._look(), self)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Nothing is filled in here: Tab goes on to the next part of the page."""
        return QTableView.focusNextPrevChild(self, next)

    def show_form(self, template: Template, record: Record, form: RecognisedForm | None = None) -> None:
        """Show a form from its top; the one before is forgotten. Of a recognised one each cell tells its place and its doubt."""
        before = self.document
        document = Document(template, record, save=_save_nothing, lock=_READING, parent=self)
        if form is not None:
            document.trace = partial(_told, form)
        if isinstance(self._delegate, _DoubtDelegate):
            self._delegate.doubts = _of_cells(document, doubts_of(form)) if form is not None else {}
        self.show_document(document)
        if before is not None:
            before.deleteLater()

    def doubt_of(self, cell: Cell) -> str:
        """Return the word that stands in a cell, ``""`` where it is sure."""
        found = self._delegate.doubts if isinstance(self._delegate, _DoubtDelegate) else {}
        return found.get(cell.binding, "") if cell.binding is not None else ""


def doubts_of(form: RecognisedForm) -> dict[Binding, str]:
    """Return the word for each field that was not read for sure."""
    return {one.binding: WORDS[one.certainty] for one in form.readings if one.certainty in WORDS}


def _told(form: RecognisedForm, binding: Binding) -> str:
    """Say of a cell where it was read and how surely: 「来自 第15行第1列，推定：这一行没有一级指标」."""
    found = [one for one in form.readings if binding.covers(one.binding)]
    places = dict.fromkeys(place.address for one in found for place in one.places)
    parts = [f"来自 {'、'.join(places)}"] if places else []
    doubts = dict.fromkeys(f"{WORDS[one.certainty]}：{one.why}" for one in found if one.certainty in WORDS and one.why)
    return "，".join((*parts, *doubts))


def _of_cells(document: Document, doubts: Mapping[Binding, str]) -> dict[Binding, str]:
    """Return the word of each cell: a group cell (一级指标) has that of any of its rows."""
    by_row: dict[tuple[str, int], list[Binding]] = {}
    for one in doubts:
        by_row.setdefault((one.block, one.row), []).append(one)
    found: dict[Binding, str] = {}
    for cell in document.derived.sheet.cells:
        at = cell.binding
        if at is None:
            continue
        near = (one for row in range(at.row, at.row + at.count) for one in by_row.get((at.block, row), ()))
        word = next((doubts[one] for one in near if at.covers(one)), "")
        if word:
            found[at] = word
    return found


def _no_day() -> date:
    """Which day it is does not matter: no date is put into a form that is only read."""
    return date.min


def _save_nothing(_record: Record) -> datetime:
    """Nothing is changed here, so nothing is saved."""
    raise RuntimeError("a form under review was changed")


class _DoubtDelegate(CellDelegate):
    """Paints cells as everywhere, those in doubt with ground, dashed frame and word."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(look, parent)
        self.shows_marks = False  # what 审核 will say is not what is asked here
        self.doubts: Mapping[Binding, str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the word stands in its lower edge."""
        fragment: Fragment | None = index.data(FRAGMENT)
        binding = fragment.cell.binding if fragment is not None else None
        word = self.doubts.get(binding, "") if binding is not None else ""
        if not word:
            super().paint(painter, option, index)
            return
        rect = QRect(cell_of(option).rect)
        paint_doubt(painter, rect)
        super().paint(painter, option, index)
        painter.save()
        font = cell_of(option).widget.font()
        font.setPixelSize(_WORD_PX)
        painter.setFont(font)
        painter.setPen(QColor(theme.LIGHT.warn))
        corner = Qt.AlignmentFlag.AlignHCenter if rect.height() > 3 * _WORD_PX else Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(4, 0, -5, -3), corner | Qt.AlignmentFlag.AlignBottom, word)
        painter.restore()
