"""The desk without a form: 年度总览, or the start page while there are no forms at all. It passes on and decides nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui.home.start import StartPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from perfdesk.cycle import Cycle
    from ui.home.page import HomePage
    from ui.lines import Line


class IdlePages(QStackedWidget):
    """Both pages. ``home_made`` carries 年度总览, once there is one: with it comes the core, and the window stands before that.

    ``failed`` carries a :class:`UserError`: the dates of the office cannot be read, so those of the program stand.
    """

    home_made = Signal(object)
    failed = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._narrow = False
        self._home: HomePage | None = None
        self.start = StartPage(self)
        self.addWidget(self.start)
        # while a form is shown, the pages that are not must not claim the width of 审核
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def home(self) -> HomePage:
        """年度总览, made when there are forms to show."""
        if self._home is None:
            from ui.home.page import HomePage

            self._home = HomePage(self._today, self._cycle(), self)
            self._home.set_narrow(narrow=self._narrow)
            self.addWidget(self._home)
            self.home_made.emit(self._home)
        return self._home

    @property
    def shows_home(self) -> bool:
        """Whether 年度总览 is shown, not the start page."""
        return self._home is not None and self.currentWidget() is self._home

    def show_lines(self, lines: tuple[Line, ...], *, last: Line | None, trashed: int, read_only: bool) -> None:
        """Show the forms there are; ``last`` is the one to go on with."""
        self.setCurrentWidget(self.home if lines else self.start)
        if lines:
            self.home.show_lines(lines, last=last, trashed=trashed, read_only=read_only)

    def show_line(self, line: Line) -> None:
        """Show one form anew."""
        if self._home is not None:
            self._home.show_line(line)

    def prefer_year(self, year: int) -> None:
        """Show this year when the forms are shown next."""
        if self._home is not None:
            self._home.prefer_year(year)

    def take_focus(self) -> None:
        """Give the keyboard to what is shown."""
        if self.shows_home:
            self.home.take_focus()
        else:
            self.start.take_focus()

    def set_narrow(self, *, narrow: bool) -> None:
        """Fit to the width of the window."""
        self._narrow = narrow
        if self._home is not None:
            self._home.set_narrow(narrow=narrow)

    def _cycle(self) -> Cycle:
        """Read the dates of the year: the office's, or the program's where those have a mistake."""
        from perfdesk.cycle import office_cycle

        cycle, error = office_cycle()
        if error is not None:
            self.failed.emit(error)
        return cycle

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        if self._home is not None:
            self._home.set_icons()
