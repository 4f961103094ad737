"""全年审核的差事 (auditing): has a year judged off the UI thread, shows it, and has the 审核单 of all forms written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ui import tasks
from ui.exporting import Sheets

if TYPE_CHECKING:
    from ui.output import Output
    from ui.tasks import Task
    from ui.tools import Tools
    from ui.year import YearDialog
    from ui.year.judging import Judged

SHEET_FILES: Final = "PDF 文件 (*.pdf);;Excel 工作簿 (*.xlsx)"


class Auditing(QObject):
    """The dialog 全年审核 and its work. ``place_chosen`` carries the id of a form and a Binding (or ``None``).

    ``list_asked`` carries the findings as a list, to be written into a file.
    """

    place_chosen = Signal(str, object)
    list_asked = Signal(object)

    def __init__(self, tools: Tools, *, output: Output) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings = tools.window, tools.forms, tools.settings
        self._dialogs, self._output, self._now = tools.dialogs, output, tools.now
        self._dialog: YearDialog | None = None
        self._task: Task | None = None

    def show_year(self, year: int | None = None) -> None:
        """Judge a year and show it; without one the latest."""
        from ui.year import YearDialog

        years = sorted({line.year for line in self._forms.lines}, reverse=True)
        if not years:
            return
        dialog = YearDialog(years, years[0] if year is None else year, self._window)
        dialog.year_chosen.connect(self._judge)
        dialog.again_asked.connect(self._judge_again)
        dialog.stop_asked.connect(self._stop)
        dialog.sheets_asked.connect(self._write_sheets)
        dialog.list_asked.connect(self._write_list)
        dialog.place_chosen.connect(self._leave_for)
        dialog.finished.connect(self._put_away)
        self._dialog = dialog
        dialog.open()
        self._judge(dialog.year())

    def _judge(self, year: int) -> None:
        """Begin to judge a year; what is being judged still is given up."""
        from ui.year.judging import Judging

        if self._dialog is None:
            return
        self._stop()
        names = {line.id: line.name for line in self._forms.lines}
        forms = self._forms.others("", year)
        work = Judging(
            tuple((names.get(one.record.id, one.template.title), one) for one in forms),
            self._forms.others("", year - 1),
            frozenset(line.id for line in self._forms.lines if line.submitted),
        )
        self._dialog.begin(len(forms))
        task = self._task = tasks.run(self, work, lambda found: self._take(task, found))
        task.advanced.connect(self._dialog.card.advance)

    def _judge_again(self) -> None:
        if self._dialog is not None:
            self._judge(self._dialog.year())

    def _take(self, task: Task, found: tuple[Judged, ...]) -> None:
        """Show what was judged, unless the dialog has gone or another year was chosen meanwhile."""
        if self._dialog is not None and task is self._task:
            self._task = None
            self._dialog.finish(found)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _leave_for(self, record_id: str, place: object) -> None:
        """Close the dialog and go to a form."""
        if self._dialog is not None:
            self._dialog.accept()
        self.place_chosen.emit(record_id, place)

    def _put_away(self, _result: int) -> None:
        """The dialog is closed: nobody waits for the work any more."""
        self._stop()
        dialog, self._dialog, self._task = self._dialog, None, None
        if dialog is not None:
            dialog.deleteLater()

    def _write_sheets(self) -> None:
        """导出审核单: ask for one file and have it written."""
        if self._dialog is None:
            return
        forms = tuple(one.derived for one in self._dialog.forms())
        suggested = self._output.folder() / f"{self._dialog.year()}-全年审核单.pdf"
        target = self._dialogs.save_file("导出审核单", suggested, SHEET_FILES)
        if target is None:
            return
        if target.suffix.lower() not in {".pdf", ".xlsx"}:
            target = target.with_name(f"{target.name}.pdf")
        self._settings.set_word("folder", str(target.parent))
        self._say(f"正在导出“{target.name}”")
        done, failed = partial(self._say, f"已导出“{target.name}”，共 {len(forms)} 张表"), partial(self._say, "")
        self._output.write(Sheets(forms, (target,), self._now()), finished=lambda _paths: done(), failed=failed)

    def _write_list(self) -> None:
        """导出列表: every finding of the year in one file."""
        from perfdesk.listing import list_findings

        if self._dialog is not None:
            found = ((one.name, one.derived) for one in self._dialog.forms())
            self.list_asked.emit(list_findings(found, name=f"{self._dialog.year()} 年审核提示"))

    def _say(self, words: str) -> None:
        """Say something at the foot of the dialog, where it is still open."""
        if self._dialog is not None:
            self._dialog.say(words)
