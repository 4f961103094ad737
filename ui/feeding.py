"""取数 (feeding): what the open form takes from the other forms of its year: the goals of a goal table, figures for blank cells.

Each is one undoable step and says what it did; nothing that was typed is touched. What can be taken is decided in the core.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.dialogs import put_up
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.gathering.facts import Facts
    from perfdesk.gathering.offers import Offer
    from perfdesk.model import Record
    from ui.document import Document
    from ui.tools import Tools


class Feeding(QObject):
    """取目标表 and 取本年各表的数 of the open form."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._dialogs, self._toast = tools.window, tools.forms, tools.dialogs, tools.toast
        self._said = ""

    def serves(self, document: Document | None) -> bool:
        """Tell whether there is a form to take goals from, in the year of the open form or the one before."""
        return document is not None and not document.read_only and bool(self._sources(document))

    def take_goals(self, document: Document) -> None:
        """取目标表: from the one of this project; where that is not clear, the clerk chooses."""
        found = self._sources(document)
        if not found:
            self._say("本年和上年都没有可取的目标表")
            return
        own = document.record.value("project_name").strip()
        if len(found) == 1 and (not own or found[0].project in {own, ""}):
            self._take(document, found[0])
            return
        from ui.dialogs.sources import SourcesDialog

        dialog = SourcesDialog(tuple(f"{one.name} · {one.record.year}" for one in found), self._window)
        dialog.chosen.connect(partial(self._take_chosen, document, found))
        put_up(dialog)

    def _sources(self, document: Document) -> tuple[Facts, ...]:
        """Return the forms to take goals from: those of this year, else those of the year before."""
        from perfdesk.gathering.chain import sources
        from perfdesk.gathering.facts import year_of

        record = document.record
        found = sources(document.template, record, year_of(record, document.others))
        if found:
            return found
        before = self._forms.others(record.id, record.year - 1)
        return sources(document.template, record, year_of(replace(record, year=record.year - 1), before))

    def _take_chosen(self, document: Document, found: tuple[Facts, ...], row: int) -> None:
        if 0 <= row < len(found):
            self._take(document, found[row])

    def _take(self, document: Document, source: Facts) -> None:
        from perfdesk.gathering.chain import carry, taken

        before = document.record
        after = carry(source, document.template, before)
        count = taken(before, after)
        if not count:
            self._say(f"“{source.name}”里的内容本表都有了，没有改动")
        elif self._change(document, after, text="取目标表"):
            self._say(f"已从“{source.name}”取来 {count} 处，填过的没有动", Mark.OK, self._back(document))

    def take_figures(self, document: Document) -> None:
        """取本年各表的数: fill the blank cells that other forms have figures for."""
        from perfdesk.gathering.offers import fill, offers

        record = document.record
        found = offers(document.template, record, document.others)
        after, used = fill(record, found)
        if not used:
            self._say("没有空格可填：其他表里没有现成的数，或者都已填好")
        elif self._change(document, after, text="取各表的数"):
            sources = Link("看出处", partial(self._show_sources, used))
            self._say(f"已填 {len(used)} 格：{_words(used)}", Mark.OK, self._back(document), sources)

    def _show_sources(self, used: tuple[Offer, ...]) -> None:
        lines = "\n".join(f"{one.label}：{one.text}（{one.source}）" for one in used)
        self._dialogs.tell(f"填了 {len(used)} 格", lines, mark=Mark.HINT)

    def _change(self, document: Document, record: Record, *, text: str) -> bool:
        """Make the record the current one; False where the form can only be looked at."""
        before = document.undo_stack.index()
        document.end_edit()
        document.change(record, text=text)
        return document.undo_stack.index() != before

    def _back(self, document: Document) -> Link:
        return Link("撤销", partial(self._take_back, document, document.undo_stack.index()))

    def _take_back(self, document: Document, step: int) -> None:
        """Undo what was taken, while it is the last thing that was done."""
        if document.undo_stack.index() == step:
            document.undo_stack.undo()
        else:
            self._say("后面又改过别的，可以用“撤销”一步一步退回")

    def turn_to(self, document: Document) -> None:
        """Another form is shown: what was said of the one before goes, its 撤销 above all; goals are offered to untouched rows."""
        if self._said and self._toast.text() == self._said:
            self._toast.hide()
        untouched = document.record.indicators == document.template.starter
        if untouched and not self._toast.text() and self.serves(document):
            take = Link("取目标表", partial(self.take_goals, document))
            self._say("指标还没有填，可以从已填的目标表取来", Mark.HINT, take)

    def _say(self, words: str, mark: Mark = Mark.HINT, *links: Link) -> None:
        self._said = words
        self._toast.say(words, mark=mark, links=links)


def _words(used: tuple[Offer, ...]) -> str:
    """Name the first of the filled cells: 「项目支出 10.95、基本支出 89.05 等」."""
    shown = "、".join(f"{one.label} {' '.join(one.text.split())[:12]}" for one in used[:2])
    return f"{shown} 等" if len(used) > 2 else shown
