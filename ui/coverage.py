"""规定的年度 (coverage): the strip over a year that templates and policies of this machine were not put together for.

It says so and leads to 安装更新…; nothing is held back: forms of such a year are filled in by the rules there are. 「照现在的填」
puts the strip away for that year for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.widgets.marks import Mark, MarkLabel
from ui.widgets.words import plain_words

if TYPE_CHECKING:
    from ui.document import Document
    from ui.home.page import HomePage
    from ui.main_window import MainWindow

_SETTLED: Final = "years_by_older_rules"


class YearBanner(QFrame):
    """The strip. ``update_asked``: an update is to be installed; ``settled``: this year is filled in by the rules there are."""

    update_asked = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("verdict", "explain")
        self._words = plain_words(self)
        self._update, self._settle = QPushButton("安装更新…", self), QPushButton("照现在的填", self)
        self._update.clicked.connect(self.update_asked)
        self._settle.clicked.connect(self.settled)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 5, 14, 5)))
        row.setSpacing(theme.px(self.font(), theme.SPACING[4]))
        row.addWidget(MarkLabel(Mark.WARNING, parent=self))
        row.addWidget(self._words, 1)
        for button in (self._update, self._settle):
            button.setAutoDefault(True)
            row.addWidget(button)
        self.hide()

    def say(self, words: str) -> None:
        """Say something; ``""`` puts the strip away."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def said(self) -> str:
        """Return what it says."""
        return self._words.text()


class Coverage(QObject):
    """Keeps the strip of one window to the year that is on the screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._year = window, 0
        self.banner = YearBanner()
        window.desk.lay_above(self.banner)
        self.banner.update_asked.connect(window.errands.update_asked)
        self.banner.settled.connect(self._settle)
        window.session.opened.connect(self._turn_to_form)
        window.session.closed.connect(self._turn_home)
        window.errands.freezing.changed.connect(self.look)
        window.desk.idle.home_made.connect(self._follow)

    def _follow(self, home: HomePage) -> None:
        home.year_shown.connect(self._turn_home)

    def _turn_to_form(self, document: Document) -> None:
        self._turn(document.record.year)

    def _turn_home(self, _year: int = 0) -> None:
        """年度总览 is shown, or another year of it; before there are forms no year is on the screen."""
        if self._window.session.document is None:
            self._turn(self._window.desk.home.year if self._window.desk.shows_home else 0)

    def _turn(self, year: int) -> None:
        self._year = year
        self.look()

    def look(self) -> None:
        """Say what there is to say of the year on the screen."""
        self.banner.say(self._words() if self._year else "")

    def _words(self) -> str:
        from perfdesk.parameters import in_force

        forms, year, through = self._window.forms, self._year, in_force().pack.through
        if year <= through or forms.read_only or forms.is_frozen(year) or str(year) in self._settled():
            return ""
        return (
            f"{year} 年的规定还没有收进来：这里的表样和计分办法整理到 {through} 年。"
            "当地有新规定的，先安装参数包再填；没有的，照现在的填就行。"
        )

    def _settled(self) -> list[str]:
        return self._window.settings.word(_SETTLED).split()

    def _settle(self) -> None:
        """照现在的填: said once for a year."""
        self._window.settings.set_word(_SETTLED, " ".join((*self._settled(), str(self._year))))
        self.look()
        self._window.desk.focus_sheet()
