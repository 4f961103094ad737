"""引导 (guide): leads through the steps, goes on by itself when one is done, and follows the window. It changes no form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.guide.card import GuideCard, Ring
from ui.guide.steps import OPEN, STEPS

if TYPE_CHECKING:
    from perfdesk.model import Record
    from ui.guide.steps import Step
    from ui.main_window import MainWindow


class Guide(QObject):
    """The guide of one window; it is there once it was asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.card, self.ring = GuideCard(window), Ring(window)
        self._number, self._before, self._is_on = 0, _record(window), False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._follow)
        self.card.next_asked.connect(self.go_on)
        self.card.back_asked.connect(self.go_back)
        self.card.leave_asked.connect(self.leave)
        session, desk = window.session, window.desk
        for happened in (session.opened, session.closed, session.settled, desk.cell_changed, desk.zoom_changed):
            happened.connect(self._later.start)
        window.installEventFilter(self)

    @property
    def step(self) -> Step | None:
        """The step that is shown, ``None`` when the guide was left."""
        return STEPS[self._number] if self._is_on else None

    def begin(self) -> None:
        """Start with the first step that is not done yet."""
        self._is_on = True
        self._turn_to(OPEN if self._window.session.writable else 0)

    def go_on(self) -> None:
        """下一步; behind the last one the guide is over."""
        if self._number + 1 < len(STEPS):
            self._turn_to(self._number + 1)
        else:
            self.leave()

    def go_back(self) -> None:
        """上一步."""
        self._turn_to(max(self._number - 1, 0))

    def leave(self) -> None:
        """不看了: the keyboard goes back to the form."""
        self._is_on = False
        self.card.hide()
        self.ring.hide()
        self._window.desk.focus_sheet()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size: the place has moved."""
        if event.type() is QEvent.Type.Resize and self._is_on:
            self._later.start()
        return super().eventFilter(watched, event)

    def _turn_to(self, number: int) -> None:
        self._number, self._before = number, _record(self._window)
        step = STEPS[number]
        if step.enter is not None:
            step.enter(self._window)
        self._before = _record(self._window)  # what was being typed has been taken over
        words = step.in_report if self._window.desk.shows_report and step.in_report else step.words
        self.card.say(step.title, words, number=number + 1, count=len(STEPS))
        self._place()

    def _follow(self) -> None:
        """Something happened in the window: go on where that was what the step asked for, else stay beside the place."""
        step = self.step
        if step is None:
            return
        if step.done is not None and step.done(self._window, self._before):
            self.go_on()
        elif self._window.session.document is None and 0 < self._number < len(STEPS) - 1:
            self._turn_to(0)
        else:
            self._place()

    def _place(self) -> None:
        spot = STEPS[self._number].where(self._window)
        room = self._window.rect()
        self.ring.surround(spot, room)
        self.card.stand_by(spot, room)


def _record(window: MainWindow) -> Record | None:
    return window.session.document.record if window.session.document is not None else None
