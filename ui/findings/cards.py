"""The findings as a list model. It keeps the rows in step with the newest findings and moves as few of them as it can.

Rows are matched by what a finding is about (code and place), so that a card whose arithmetic changed stays the same card.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from PySide6.QtCore import QAbstractListModel, Qt

from perfdesk.model import Binding, Finding
from ui.findings.wording import closed, spoken
from ui.widgets.items import NO_PARENT, Index

FINDING_ROLE: Final = Qt.ItemDataRole.UserRole

Key = tuple[str, Binding | None, str]


def key_of(finding: Finding) -> Key:
    """Return what makes a finding the same one after a keystroke: rule and place."""
    return finding.code, finding.binding, "" if finding.binding is not None else finding.where


class CardModel(QAbstractListModel):
    """One row for each card; consequences have no rows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Finding, ...] = ()

    def rows(self) -> tuple[Finding, ...]:
        """Return the findings in the order of the list."""
        return self._rows

    def set_rows(self, rows: tuple[Finding, ...]) -> None:
        """Show other findings; equal ones change nothing, changed ones keep their row."""
        if rows == self._rows:
            return
        old, new = [key_of(one) for one in self._rows], [key_of(one) for one in rows]
        if old == new:
            self._renew({row: rows[row] for row in range(len(rows))})
            return
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        stayed = [step for step in steps if step[0] == "equal"]
        self._renew({first + k: rows[start + k] for _, first, last, start, _ in stayed for k in range(last - first)})
        for step, first, last, start, end in reversed(steps):
            if step != "equal":
                self._replace(first, last, rows[start:end])

    def rows_of(self, key: Key) -> tuple[int, ...]:
        """Return the rows of a rule and place: several where a rule has more than one thing to say of a place."""
        return tuple(row for row, one in enumerate(self._rows) if key_of(one) == key)

    def row_of(self, key: Key | None) -> int:
        """Return the first row of a rule and place, -1 when it is not in the list."""
        return next((row for row, one in enumerate(self._rows) if key_of(one) == key), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the sentence, the whole text for tool tips and readers, or the finding itself."""
        if not index.isValid():
            return None
        finding = self._rows[index.row()]
        if role == FINDING_ROLE:
            return finding
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.title
        if role == Qt.ItemDataRole.ToolTipRole:
            parts = [
                finding.title,
                finding.message,
                *(f"连带：{one.title}。{one.message}" for one in finding.consequences),
            ]
            return "\n".join(closed(part) for part in parts if part)
        return spoken(finding) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _replace(self, first: int, last: int, rows: tuple[Finding, ...]) -> None:
        """Put ``rows`` in the place of the rows ``first`` … ``last`` - 1."""
        if last > first:
            self.beginRemoveRows(NO_PARENT, first, last - 1)
            self._rows = self._rows[:first] + self._rows[last:]
            self.endRemoveRows()
        if rows:
            self.beginInsertRows(NO_PARENT, first, first + len(rows) - 1)
            self._rows = self._rows[:first] + rows + self._rows[first:]
            self.endInsertRows()

    def _renew(self, values: dict[int, Finding]) -> None:
        """Take the new values of rows that stay; equal ones keep their object, so that layouts can be kept by identity."""
        changed = [row for row, finding in values.items() if self._rows[row] != finding]
        self._rows = tuple(values[row] if row in changed else one for row, one in enumerate(self._rows))
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))
