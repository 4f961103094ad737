"""版本与上报 (versions): keeps the open form under a name, hands it in, opens it again. Asks with a dialog; the store keeps.

What locks a form is decided by the store's versions; this only tells the open document.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from perfdesk.model import Severity, VersionKind, open_findings
from ui.comparing import same_forms
from ui.dialogs import CANCEL, Choice, put_up
from ui.forms import name_of
from ui.handing import HandingIn, as_printed
from ui.locks import LOOKING, SUBMITTED
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from perfdesk.comparing import Line
    from perfdesk.derive import Derived
    from perfdesk.model import Record, Version
    from ui.dialogs.submit import SubmitChoice
    from ui.document import Document
    from ui.history import HistoryDialog
    from ui.output import Output
    from ui.tools import Tools

_KEPT: Final = "留下的版本以后可以看、可以恢复。不影响现在的填写。"
_RETURNED: Final = "本表重新可以改。上报的那一版留着，校验码不变；改完再上报，会有新的校验码。"


class Versions(QObject):
    """The errands behind 版本, 留个版本, 上报 and 退回修改.

    ``lock_changed``: the open form was locked or opened. ``place_asked`` carries the place of the first 错误.
    """

    lock_changed = Signal()
    place_asked = Signal(object)

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms = tools.window, tools.forms
        self._dialogs, self._toast, self._output = tools.dialogs, tools.toast, output
        self._handing = HandingIn(tools.window, output=output, dialogs=tools.dialogs, toast=tools.toast)
        self._handing.confirmed.connect(self._submit)
        self._handing.place_asked.connect(self.place_asked)

    def may_keep(self, document: Document | None) -> bool:
        """Tell whether a version of the open form may be kept here."""
        return document is not None and document.lock is not LOOKING

    def may_send_back(self, document: Document | None) -> bool:
        """Tell whether the open form is 已上报 and may be opened again here."""
        return document is not None and document.lock is SUBMITTED

    def keep(self, document: Document) -> None:
        """留个版本: ask for a name, and keep the form as it stands."""
        self._ask("留个版本", _KEPT, "留下", VersionKind.KEPT, document)

    def show(self, document: Document) -> None:
        """版本…: the versions of the form, each beside what stands there now."""
        from ui.history import HistoryDialog

        own, last_year = self._forms.store.versions.of(document.record.id), self._of_last_year(document)
        versions = (*own, *last_year)
        if not versions:
            self._toast.say("本表还没有版本。可以先留一个", links=(Link("留个版本…", partial(self.keep, document)),))
            return
        name = f"{name_of(document.record, document.template)}（{document.record.year}）"
        locked, foreign = document.why_locked, len(last_year)
        dialog = HistoryDialog(name, versions, foreign=foreign, locked=locked, parent=self._window)
        dialog.chosen.connect(partial(self._compare, dialog, document, versions))
        dialog.restore_asked.connect(partial(self._restore, document, versions))
        dialog.keep_asked.connect(partial(self._keep_instead, dialog, document))
        dialog.take_asked.connect(partial(self._take, dialog, document, versions))
        put_up(dialog)
        dialog.begin()

    def _compare(
        self, dialog: HistoryDialog, document: Document, versions: tuple[Version, ...], first: int, second: int
    ) -> None:
        """Compare a version with another one, or with the present content (-1)."""
        from perfdesk.comparing import compare

        now = document.derived if second < 0 else self._as_it_was(document, versions[second])
        dialog.show_comparison(compare(self._as_it_was(document, versions[first]), now))

    def _as_it_was(self, document: Document, version: Version) -> Derived:
        from perfdesk.derive import derive

        record = self._forms.store.versions.record_of(version.id)
        if version.record_id != document.record.id:  # that of the year before stands among the forms of its own years
            return derive(self._forms.template_of(record), record, self._forms.around(record.id, record.year))
        return derive(document.template, record, document.others)

    def _of_last_year(self, document: Document) -> tuple[Version, ...]:
        """Return the 上报版 of the form of the same project in the year before, the latest one, under a name that says so."""
        before = document.record.year - 1
        for line in same_forms(self._forms, document):
            if line.year == before:
                versions = self._forms.store.versions.of(line.id)
                found = next((one for one in versions if one.kind is VersionKind.SUBMITTED), None)
                if found is not None:
                    return (replace(found, name=f"{before} 年上报版"),)
        return ()

    def _take(
        self, dialog: HistoryDialog, document: Document, versions: tuple[Version, ...], chosen: int, line: Line
    ) -> None:
        """取左边: what the version has in one field, as one step of 撤销; the comparison is made anew."""
        from perfdesk.taking import take

        before = document.record
        document.end_edit()
        document.change(take(line, self._forms.store.versions.record_of(versions[chosen].id), before), text="取左边")
        if document.record == before:
            dialog.say("这一格是算得的，随别的格变，不能单独取")
            return
        self._compare(dialog, document, versions, chosen, -1)
        dialog.say(f"“{line.name}”已取左边，可以撤销")

    def _restore(self, document: Document, versions: tuple[Version, ...], chosen: int) -> None:
        """恢复: keep what stands there now, then put the version in its place."""
        version = versions[chosen]
        self.put_back(document, self._forms.store.versions.record_of(version.id), version.name)

    def put_back(self, document: Document, record: Record, name: str) -> bool:
        """Keep what stands in a form now, then put an earlier content in its place as one undoable step.

        ``name`` says which. False where it was not done, which is then said.
        """
        document.end_edit()
        if document.read_only:
            self._toast.say(document.why_locked, mark=Mark.HINT)
            return False
        if self._keep(document, VersionKind.REPLACED, "", f"恢复“{name}”以前的内容") is None:
            return False
        document.restore(replace(record, id=document.record.id), text=f"恢复“{name}”")
        self._toast.say(f"已恢复“{name}”", links=(Link("撤销", partial(self._take_back, document)),))
        return True

    def _take_back(self, document: Document) -> None:
        """撤销 beside the sentence: only while the restoring is still the last step."""
        if document.undo_stack.undoText().startswith("恢复“") and not document.read_only:
            document.undo_stack.undo()

    def _keep_instead(self, dialog: HistoryDialog, document: Document) -> None:
        dialog.reject()
        self.keep(document)

    def send_back(self, document: Document) -> None:
        """退回修改: ask for the reason, and open the form again."""
        self._ask("退回修改", _RETURNED, "退回修改", VersionKind.RETURNED, document)

    def submit(self, document: Document) -> None:
        """上报: with 错误 open it is not possible; else show what is checked, and lock the form once that is confirmed."""
        errors = [one for one in open_findings(document.derived.findings) if one.severity is Severity.ERROR]
        if errors:
            self._refuse(document, errors[0].binding, len(errors))
            return
        self._handing.begin(document)

    def _refuse(self, document: Document, place: object, count: int) -> None:
        choices = (
            Choice(CANCEL, "取消"),
            Choice("draft", "打印草稿"),
            Choice("first", "看第一处", primary=True),
        )
        fact, advice = f"还有 {count} 处错误，不能上报", "改正以后再上报。可以先打印草稿。"
        answer = self._dialogs.ask(fact, advice, choices, mark=Mark.ERROR)
        if answer == "draft":
            self._output.preview(document)
        elif answer == "first" and place is not None:
            self.place_asked.emit(place)

    def _submit(self, document: Document, choice: SubmitChoice) -> None:
        """Lock the form, then have its files made."""
        document.end_edit()
        document.change(as_printed(document), text="更新数据")
        version = self._keep(document, VersionKind.SUBMITTED, choice.name, choice.note)
        if version is not None:
            self._handing.write(document, choice, version)

    def _ask(self, title: str, advice: str, button: str, kind: VersionKind, document: Document) -> None:
        from ui.dialogs.version import VersionDialog

        about = f"{name_of(document.record, document.template)}（{document.record.year}）"
        dialog = VersionDialog(title, about, advice=advice, button=button, name=kind.words, parent=self._window)
        dialog.confirmed.connect(partial(self._keep_and_say, document, kind))
        put_up(dialog)

    def _keep_and_say(self, document: Document, kind: VersionKind, name: str, note: str) -> None:
        version = self._keep(document, kind, name, note)
        if version is not None:
            words = "本表可以改了" if kind is VersionKind.RETURNED else f"已留下版本“{version.name}”"
            self._toast.say(words, mark=Mark.OK)

    def _keep(self, document: Document, kind: VersionKind, name: str, note: str) -> Version | None:
        """Keep a version of the form, and have the document follow; a trouble is told."""
        try:
            version = self._forms.store.versions.keep(document.record, kind, name=name, note=note)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return None
        self._forms.relist()
        locked = SUBMITTED if self._forms.submission(document.record.id) is not None else None
        if document.lock is not locked:
            document.set_lock(locked)
            self.lock_changed.emit()
        document.flush()
        return version
