"""The actions of a monkey once more, by the core alone, with an undo that is two lists: what the window must have made of them.

No Qt here, and nothing of the window: a step names what was typed where, the core says what the record is then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from perfdesk import editing
from perfdesk.answers import write_answer
from perfdesk.derive import follow
from perfdesk.gathering import renew
from perfdesk.template import Filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfdesk.model import Binding, Block, Finding, ListRow, Record
    from perfdesk.template import Template

Change = tuple["Record", "Record"]


@dataclass
class Form:
    """One form: its record, what undo and redo would put in its place, its versions (the latest first)."""

    template: Template
    record: Record
    undo: list[Change] = field(default_factory=list)
    redo: list[Change] = field(default_factory=list)
    versions: list[Record] = field(default_factory=list)


class Typed(NamedTuple):
    """The texts that stood in an editor one after another, while it was open; ``given_up`` by Esc."""

    binding: Binding
    texts: tuple[str, ...]
    given_up: bool = False


class Written(NamedTuple):
    """Texts put into several cells at once."""

    edits: tuple[tuple[Binding, str], ...]


class Said(NamedTuple):
    """The texts that stood in the field of a 说明 one after another."""

    finding: Finding
    texts: tuple[str, ...]


class Row(NamedTuple):
    """插入行, 删除行, 复制行 at a row, or 移动行 from it to another one."""

    what: str
    block: Block
    at: int
    to: int = 0


class Undone(NamedTuple):
    """撤销."""


class Redone(NamedTuple):
    """重做."""


class Opened(NamedTuple):
    """Another form is open. Of a 汇总表 the rows are taken as they stand there then.

    They follow the other forms whenever the window looks around, and what a row is matched with depends on when that was.
    """

    form: str
    rows: tuple[ListRow, ...] = ()


class Kept(NamedTuple):
    """留个版本."""


class Restored(NamedTuple):
    """恢复: the version at that place of the list, the latest first."""

    at: int


class Reopened(NamedTuple):
    """The program was left and started again: undo begins anew."""


Step = Typed | Written | Said | Row | Undone | Redone | Opened | Kept | Restored | Reopened


class Replay:
    """The forms of an office as the steps leave them; ``current`` is the open one."""

    def __init__(self, forms: dict[str, Form], current: str) -> None:
        self.forms, self.current = forms, current
        self._makers: dict[type, Callable[[Step], None]] = {
            Typed: self._type,
            Written: self._write,
            Said: self._say,
            Row: self._row,
            Undone: self._undo,
            Redone: self._redo,
            Opened: self._open,
            Kept: self._keep,
            Restored: self._restore,
            Reopened: self._reopen,
        }

    @property
    def form(self) -> Form:
        """The open form."""
        return self.forms[self.current]

    def take(self, step: Step) -> None:
        """Do one step."""
        self._makers[type(step)](step)

    def _show(self, record: Record) -> None:
        others = tuple(Filled(one.template, one.record) for key, one in self.forms.items() if key != self.current)
        self.form.record = renew(self.form.template, record, others)

    def _push(self, start: Record, changed: Record) -> None:
        """One undo step, where anything changed."""
        form = self.form
        after = changed if changed == start else follow(form.template, start, changed)
        if after != form.record:
            form.undo.append((form.record, after))
            form.redo.clear()
            self._show(after)

    def _session(self, texts: tuple[str, ...], change: Callable[[str], Change]) -> bool:
        """Take up texts that become one undo step; tell whether there is one at the end. A change taken back leaves none."""
        form, begun = self.form, len(self.form.undo)
        for text in texts:
            self._push(*change(text))
            if len(form.undo) > begun:
                form.undo[begun:] = [(form.undo[begun][0], form.undo[-1][1])]
            if form.undo[begun:] and form.undo[begun][0] == form.undo[begun][1]:
                del form.undo[begun:]
        return len(form.undo) > begun

    def _type(self, step: Step) -> None:
        assert isinstance(step, Typed)
        start = self.form.record
        left = self._session(step.texts, lambda text: (start, editing.set_text(start, step.binding, text)))
        if left and step.given_up:
            before, _ = self.form.undo.pop()
            self._show(before)

    def _say(self, step: Step) -> None:
        assert isinstance(step, Said)
        finding, form = step.finding, self.form

        def change(text: str) -> Change:
            nonlocal finding
            changed = write_answer(form.record, finding, text)
            finding = replace(finding, answer=text)
            return form.record, changed

        self._session(step.texts, change)

    def _write(self, step: Step) -> None:
        assert isinstance(step, Written)
        record = self.form.record
        for binding, text in step.edits:
            record = editing.set_text(record, binding, text)
        self._push(self.form.record, record)

    def _row(self, step: Step) -> None:
        assert isinstance(step, Row)
        form, block = self.form, step.block
        changed = {
            "insert": lambda: editing.insert_row(form.record, block, step.at),
            "delete": lambda: editing.delete_rows(form.record, block, step.at, kept=form.template.kept_rows),
            "duplicate": lambda: editing.duplicate_row(form.record, block, step.at),
            "move": lambda: editing.move_row(form.record, block, step.at, step.to),
        }[step.what]()
        self._push(form.record, changed)

    def _undo(self, _step: Step) -> None:
        if self.form.undo:
            change = self.form.undo.pop()
            self.form.redo.append(change)
            self._show(change[0])

    def _redo(self, _step: Step) -> None:
        if self.form.redo:
            change = self.form.redo.pop()
            self.form.undo.append(change)
            self._show(change[1])

    def _open(self, step: Step) -> None:
        assert isinstance(step, Opened)
        self.current = step.form
        form = self.form
        if form.template.gathers is not None:
            form.record = replace(form.record, rows=step.rows)

    def _keep(self, _step: Step) -> None:
        self.form.versions.insert(0, self.form.record)

    def _restore(self, step: Step) -> None:
        """What stands there now is kept before, so the list is longer afterwards."""
        assert isinstance(step, Restored)
        form, wanted = self.form, self.form.versions[step.at]
        form.versions.insert(0, form.record)
        if wanted != form.record:
            form.undo.append((form.record, wanted))
            form.redo.clear()
            self._show(wanted)

    def _reopen(self, _step: Step) -> None:
        for form in self.forms.values():
            form.undo.clear()
            form.redo.clear()
