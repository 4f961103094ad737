"""收进数据包 (receiving): what a package offers form by form, ticked to be taken in, and below it the current form field by field.

It compares and writes nothing itself. ``confirmed`` says that the answer, :meth:`ReceiveDialog.choices` and
:meth:`ReceiveDialog.taken`, is to be carried out.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.merging.fields import Side
from perfdesk.merging.types import Standing
from perfdesk.parcels import Choice
from ui import theme
from ui.dialogs.frame import Foot, foot_button, head_bar
from ui.parcels.fields import FieldList
from ui.regions import largest_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from perfdesk.comparing import Line
    from perfdesk.merging.fields import Difference
    from perfdesk.merging.types import Offer
    from perfdesk.parcels import Look

_HEADS: Final = ("收进", "年度", "单位", "情形", "说明")
_NAME, _STANDING = 0, 3
_ORDER: Final = (Standing.BOTH, Standing.NEWER, Standing.NEW, Standing.OLDER, Standing.SAME)
"""What asks for a look stands first."""
_BLIND: Final = "表样不在本机，不能逐格比；收进来就整张换成数据包里的。"
_ABOUT: Final = {
    Standing.NEW: "本机没有这张表。",
    Standing.NEWER: "本机没有再改过，收进来就和数据包里一样；本机现在的样子留成版本。",
    Standing.BOTH: "逐格选：勾上的取数据包的，没勾的留本机的。两边的样子都留成版本。",
    Standing.SAME: "和本机一样，不用收。",
    Standing.OLDER: "本机在它以后改过，不用收。",
}


class ReceiveDialog(QDialog):
    """The window. ``name_of`` names a form of the package, ``fields_of`` compares one with the one here (``None``: it cannot)."""

    confirmed = Signal()

    def __init__(
        self,
        look: Look,
        *,
        name_of: Callable[[Offer], str],
        fields_of: Callable[[Offer], tuple[Difference, ...] | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("收进数据包")
        self.setModal(True)
        self._look, self._fields_of = look, fields_of
        self._offers = sorted(look.offers, key=lambda one: _ORDER.index(one.standing))
        self._found: dict[int, tuple[Difference, ...] | None] = {}
        self._taken: dict[int, tuple[Line, ...]] = {}
        self.forms, self.fields, self._about = QTreeWidget(self), FieldList(self), QLabel(self)
        self._take = foot_button("收进", primary=True)
        self._build(name_of)
        self.forms.currentItemChanged.connect(self._show_current)
        self.forms.itemChanged.connect(self._tell)
        self.fields.changed.connect(self._remember)
        self.forms.setCurrentItem(self.forms.topLevelItem(0))
        self._show_current()
        self._tell()
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))
        self.forms.setFocus()

    # ------------------------------------------------------------- answer
    def choices(self) -> Mapping[str, Choice]:
        """Return what is to become of each form, by its id."""
        found = {}
        for row, offer in enumerate(self._offers):
            if self.forms.topLevelItem(row).checkState(_NAME) is Qt.CheckState.Checked:
                merges = offer.standing is Standing.BOTH and self._differences(row) is not None
                found[offer.parcel.record.id] = Choice.MERGE if merges else Choice.TAKE
        return found

    def taken(self) -> Mapping[str, tuple[Line, ...]]:
        """Return the fields of forms to merge that the package's side is taken of."""
        rows = (row for row, one in enumerate(self._offers) if one.standing is Standing.BOTH)
        return {self._offers[row].parcel.record.id: self._lines(row) for row in rows}

    def tick(self, row: int, *, on: bool) -> None:
        """Take a form in, or not."""
        self.forms.topLevelItem(row).setCheckState(_NAME, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every form."""
        rows = (self.forms.topLevelItem(row) for row in range(self.forms.topLevelItemCount()))
        return tuple(tuple(one.text(column) for column in range(len(_HEADS))) for one in rows)

    def button_text(self) -> str:
        """Return what the button says it does."""
        return self._take.text()

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def set_busy(self, *, on: bool) -> None:
        """While it is taken in nobody can answer anything else."""
        self.setEnabled(not on)
        if on:
            self._foot.show_hint("正在收进，收以前先备份……")
        else:
            self._tell()

    def accept(self) -> None:
        """Have the answer carried out; the window goes when that is done."""
        if self._take.isEnabled():
            self.confirmed.emit()

    # ------------------------------------------------------------ building
    def _build(self, name_of: Callable[[Offer], str]) -> None:
        package = self._look.package
        title = f"收进数据包：{package.office or '没有写单位'}"
        advice = f"{package.made:%Y-%m-%d %H:%M} 写出，{len(self._offers)} 张表。勾上的收进来，收以前先备份。"
        none = QPushButton("全不勾", self)
        none.clicked.connect(self._take_none)
        self._fill(name_of)
        body = QSplitter(Qt.Orientation.Vertical, self)
        body.addWidget(self.forms)
        body.addWidget(self._build_fields())
        body.setStretchFactor(0, 3)
        body.setStretchFactor(1, 2)
        body.setChildrenCollapsible(False)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._take.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._take))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head_bar(self, title, advice, none))
        column.addWidget(body, 1)
        column.addWidget(self._foot)

    def _build_fields(self) -> QWidget:
        room = QWidget(self)
        bar = QHBoxLayout()
        self._about.setProperty("ink", "2")
        self._about.setWordWrap(True)
        bar.addWidget(self._about, 1)
        self._all = [QPushButton(words, room) for words in ("全取数据包的", "全留本机的")]
        for button, on in zip(self._all, (True, False), strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._take_all, on=on))
            bar.addWidget(button)
        column = QVBoxLayout(room)
        side = theme.px(self.font(), theme.SPACING[6])
        column.setContentsMargins(side, theme.px(self.font(), 8), side, 0)
        column.addLayout(bar)
        column.addWidget(self.fields, 1)
        return room

    def _fill(self, name_of: Callable[[Offer], str]) -> None:
        self.forms.setProperty("rows", "table")
        self.forms.setAccessibleName("数据包里的表")
        self.forms.setHeaderLabels(_HEADS)
        self.forms.setRootIsDecorated(False)
        self.forms.setUniformRowHeights(True)
        header = self.forms.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(len(_HEADS) - 1, QHeaderView.ResizeMode.Stretch)
        for offer in self._offers:
            record = offer.parcel.record
            why = offer.refuses or offer.about
            item = QTreeWidgetItem(
                self.forms, [name_of(offer), str(record.year), record.bureau, offer.standing.words, why]
            )
            if offer.takes:
                on = offer.standing is not Standing.BOTH
                item.setCheckState(_NAME, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            face = item.font(_STANDING)
            face.setBold(offer.standing is Standing.BOTH)
            item.setFont(_STANDING, face)

    # ----------------------------------------------------------- following
    def _row(self) -> int:
        return self.forms.indexOfTopLevelItem(self.forms.currentItem())

    def _differences(self, row: int) -> tuple[Difference, ...] | None:
        """Return what differs in a form, compared when it is first asked for."""
        if row not in self._found:
            self._found[row] = self._fields_of(self._offers[row])
        return self._found[row]

    def _lines(self, row: int) -> tuple[Line, ...]:
        """Return the fields of a form that the package's side is taken of; at first those that only the package has changed."""
        if row not in self._taken:
            found = self._differences(row) or ()
            self._taken[row] = tuple(one.line for one in found if one.side is Side.PACKAGE)
        return self._taken[row]

    def _show_current(self, *_items: object) -> None:
        row = self._row()
        if row < 0:
            return
        offer = self._offers[row]
        choosing = offer.standing is Standing.BOTH and offer.takes
        compared = self._differences(row) if offer.here is not None else ()
        found = compared or ()
        self._about.setText(_ABOUT[offer.standing] if compared is not None else _BLIND)
        self.fields.show_fields(found, self._lines(row) if choosing else (), choosing=choosing)
        for button in self._all:
            button.setVisible(choosing and bool(found))

    def _remember(self) -> None:
        self._taken[self._row()] = self.fields.taken()
        self._tell()

    def _take_none(self) -> None:
        for row, offer in enumerate(self._offers):
            if offer.takes:
                self.tick(row, on=False)

    def _take_all(self, *_clicked: object, on: bool) -> None:
        self.fields.take_all(on=on)

    def _tell(self, *_changed: object) -> None:
        """The button counts the forms; the foot says what is left and what asks for a look."""
        count = len(self.choices())
        self._take.setEnabled(bool(count))
        self._take.setText(f"收进 {count} 张表" if count else "收进")
        both = sum(one.standing is Standing.BOTH and one.takes for one in self._offers)
        kinds = Counter(one.standing for one in self._offers)
        parts = [f"{both} 张两边都改过，看过再勾" if both else "", *self._look.notes]
        parts += [
            f"{kinds[one]} 张{words}"
            for one, words in ((Standing.SAME, "一样"), (Standing.OLDER, "本机较新"))
            if kinds[one]
        ]
        self._foot.show_hint("；".join(filter(None, parts)))
