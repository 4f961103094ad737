"""报告的门面 (reporting): what stands round the page of a report: panels at the right edge, 本节审核, 字数, the way to a source.

It brings the report's panels into the window when a report is opened and takes them out again. It changes no record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.model import FormKind, without_fixes
from ui import theme
from ui.findings.view import CardsView
from ui.widgets.tabs import Page

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.model import Binding
    from ui.actions import Actions
    from ui.audit import AuditDock
    from ui.desk import Desk
    from ui.document import Document
    from ui.forms import Forms
    from ui.report.reading import Words
    from ui.report.view import ReportView
    from ui.session import Session
    from ui.statusbar import StatusBar

FIGURES: Final = "figures"
ANNEXES: Final = "annexes"
_NO_CARDS: Final = "本节没有要改的地方"


class Reporting(QObject):
    """The window's part in a report. ``place_changed`` carries the binding of the paragraph with the caret."""

    place_changed = Signal(object)

    def __init__(
        self, session: Session, desk: Desk, forms: Forms, commands: Actions, *, dock: AuditDock, status: StatusBar
    ) -> None:
        super().__init__(desk)
        self._session, self._desk, self._forms = session, desk, forms
        self._commands, self._dock, self._status = commands, dock, status
        self._section = -1
        self._annexes: tuple[str, ...] = ()
        desk.report_made.connect(self._adopt)
        session.opened.connect(self._open)
        session.closed.connect(self._close)
        session.settled.connect(self._follow)

    def _adopt(self, view: ReportView) -> None:
        """The first report: its view has been made."""
        view.words_changed.connect(self._show_words)
        view.place_changed.connect(self._show_place)
        view.source_asked.connect(self.open_source)
        view.figures_asked.connect(self._show_figures)
        view.annexes_asked.connect(self._show_annexes)
        self._cards, self._count = CardsView(view.figures), QLabel(view.figures)
        self._cards.place_chosen.connect(self._desk.go_to)
        self._cards.fix_chosen.connect(self._session.apply_fix)
        self._cards.answer_typed.connect(self._session.write_answer)
        self._cards.answer_left.connect(self._session.end_answer)
        view.figures.put_below(self._build_cards(view.figures))

    def _build_cards(self, parent: QWidget) -> QWidget:
        """本节审核: a head with the count, and the cards of the section."""
        box, head = QWidget(parent), QWidget(parent)
        head.setProperty("bar", "chrome")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(parent.font(), theme.ROW_HEAD))
        title = QLabel("本节审核", head)
        title.setProperty("role", "strong")
        for label in (title, self._count):
            label.setProperty("ink", "2")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(parent.font(), 14), 0, theme.px(parent.font(), 14), 0)
        row.addWidget(title, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._cards, 1)
        return box

    # ---------------------------------------------------------------------------------------------------------- forms
    def _open(self, document: Document) -> None:
        """Bring the panels in for a report, take them out for any other form."""
        report = document.template.kind is FormKind.REPORT
        self._status.show_kind(report=report)
        if not report:
            self._close()
            return
        view = self._desk.report
        self._dock.show_pages(
            before=(Page(FIGURES, "插入数据", view.figures, view.figures.take_focus),),
            after=(Page(ANNEXES, "附表", view.annexes, view.annexes.take_focus),),
        )
        self._show_annex_list(document)
        self._section = -1
        self._show_place(view.place)
        view.tell_words()

    def _close(self) -> None:
        if self._session.document is None:
            self._status.show_kind(report=False)
        if FIGURES in self._dock.tabs.keys():  # noqa: SIM118 - the tabs are no mapping
            self._dock.show_pages()

    def _follow(self, derived: Derived) -> None:
        if not self._desk.shows_report:
            return
        self._show_cards(derived)
        document = self._session.document
        if document is None or _annexes_of(document) == self._annexes:
            return
        self._annexes = _annexes_of(document)
        if set(self._desk.report.annexes.chosen()) != set(self._annexes):  # undone
            self._show_annex_list(document)

    # ---------------------------------------------------------------------------------------------------------- place
    def _show_words(self, words: Words) -> None:
        self._status.show_words(words.whole, words.section)

    def _show_place(self, place: Binding) -> None:
        document = self._session.document
        if document is None or not self._desk.shows_report:
            return
        rows = self._desk.report.rows
        why_not = rows.why_not() if self._session.writable else self._session.why_locked
        self._commands.show_rows(rows.word(), on_row=rows.current() is not None, why_not=why_not)
        if place.row != self._section:
            self._section = place.row
            self._show_cards(document.derived)
        self.place_changed.emit(place)

    def _show_cards(self, derived: Derived) -> None:
        """What 审核 says of the section with the caret."""
        from ui.report.reading import findings_at

        cards = findings_at(derived.findings, self._desk.report.place)
        if not self._session.writable:
            cards = without_fixes(cards)
        self._cards.show_cards(cards, empty_text=_NO_CARDS)
        self._count.setText(f"{len(cards)} 处" if cards else "")

    # --------------------------------------------------------------------------------------------------------- panels
    def _show_figures(self) -> None:
        self._bring(FIGURES)
        self._desk.report.figures.take_focus()

    def _show_annexes(self) -> None:
        self._bring(ANNEXES)
        self._desk.report.annexes.take_focus()

    def _bring(self, key: str) -> None:
        self._dock.set_open(open_it=True)
        self._dock.tabs.choose(key)

    def _show_annex_list(self, document: Document) -> None:
        """Offer the other forms of the year and office as annexes."""
        from perfdesk import gathering
        from ui.forms import name_of
        from ui.report.annexes import Annex

        own = document.record
        there = [
            Annex(
                gathering.annex_key(one),
                "　".join(dict.fromkeys((one.template.kind.words, name_of(one.record, one.template)))),
            )
            for one in document.others
            if one.record.year == own.year
            and gathering.same_office(gathering.offices_of(one.record), gathering.offices_of(own))
        ]
        self._annexes = _annexes_of(document)
        self._desk.report.annexes.show_annexes(there, self._annexes, writable=not document.read_only)

    def open_source(self, key: str) -> None:
        """数据来源: open the form a data item comes from, the one whose name the key holds before others of its kind."""
        document = self._session.document
        if document is None:
            return
        words = key.split("·")
        lines = [
            one
            for one in self._forms.lines
            if one.year == document.record.year and one.kind and one.kind.words == words[0]
        ]
        named = [one for one in lines if one.name in words]
        if not lines:
            self._desk.refused.emit(f"“{key}”不是取自哪一张表，没有可以打开的。")
            return
        self._session.open((named or lines)[0].id)


def _annexes_of(document: Document) -> tuple[str, ...]:
    """Return the names of the forms that go behind a report, as its record keeps them."""
    from perfdesk.gathering import ANNEXES as KEY

    return tuple(document.record.value(KEY).splitlines())
