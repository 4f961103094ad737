"""分值一览 (list of weights): what the weight meter stands for, as figures: 执行率, the first-level groups, the sum.

A small window over the meter, to look at only; Esc or a click elsewhere closes it. It quotes an ``Assessment`` and adds nothing up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from perfdesk.amounts import plain
from ui import theme
from ui.widgets.meter import figures_of

if TYPE_CHECKING:
    from decimal import Decimal

    from perfdesk.model import Assessment

NOTHING: Final = "—"
HEAD: Final = ("一级指标", "各行之和", "表上印的")
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WeightList(QFrame):
    """The list of one moment; it goes when it is closed."""

    def __init__(self, assessment: Assessment, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("box", "float")
        self.setAccessibleName("各组分值")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 10, 14, 10)))
        self._grid.setHorizontalSpacing(theme.px(self.font(), 20))
        self._grid.setVerticalSpacing(theme.px(self.font(), 6))
        self._add(HEAD, ink="3")
        for words, sums, printed in rows_of(assessment):
            self._add((words, plain(sums), NOTHING if printed is None else plain(printed)), differs=printed != sums)
        figures = figures_of(assessment.weight_total)
        self._add(("合计", figures.sum, figures.rest), tone=figures.token, role="strong")

    def texts(self) -> tuple[str, ...]:
        """Return what is shown, row by row."""
        return tuple(label.text() for label in cast(list[QLabel], self.findChildren(QLabel)))

    def show_over(self, anchor: QWidget) -> None:
        """Open above ``anchor``, left edges together."""
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, 0)) - QPoint(0, self.height() + theme.px(self.font(), 6)))
        self.show()
        self.setFocus()

    def _add(
        self, texts: tuple[str, str, str], *, ink: str = "", tone: str = "", role: str = "", differs: bool = False
    ) -> None:
        """Add a row; a printed weight that differs from the sum of its rows is written as an error."""
        row = self._grid.rowCount()
        for column, text in enumerate(texts):
            label = QLabel(text, self)
            label.setProperty("ink", ink)
            label.setProperty("role", role)
            label.setProperty("tone", "err" if differs and column == 2 and text != NOTHING else tone if column else "")
            self._grid.addWidget(label, row, column, _RIGHT if column else Qt.AlignmentFlag.AlignLeft)


def rows_of(assessment: Assessment) -> tuple[tuple[str, Decimal, Decimal | None], ...]:
    """Return name, sum of the weights (points) and printed weight of 执行率 and of every first-level group, in paper order."""
    groups = tuple((one.label or "（没有写一级指标）", one.weight, one.printed_weight) for one in assessment.groups)
    budget = assessment.budget.weight if assessment.budget else None
    return groups if budget is None else (("预算执行率", budget, None), *groups)
