"""引导的各步 (steps): what each of them says, where it points, and when it is done. They point at the window and change no form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from perfdesk.model import Block

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfdesk.model import Record
    from ui.main_window import MainWindow


class Step(NamedTuple):
    """One step. ``words`` on a sheet, ``in_report`` on a report where that is another matter.

    ``where`` gives what to point at, in the coordinates of the window; ``enter`` turns to it. ``done`` tells from the record the
    step began with whether the clerk has done what it asks; without it only 下一步 goes on.
    """

    title: str
    words: str
    where: Callable[[MainWindow], QRect]
    in_report: str = ""
    enter: Callable[[MainWindow], object] | None = None
    done: Callable[[MainWindow, Record | None], bool] | None = None


def _area(window: MainWindow, part: QWidget, rect: QRect | None = None) -> QRect:
    """Return a part of the window in its coordinates; nothing where the part is not seen."""
    if not part.isVisible():
        return QRect()
    inside = part.rect() if rect is None else rect & part.rect()
    return QRect(part.mapTo(window, inside.topLeft()), inside.size())


# ---------------------------------------------------------------------------------------------------- where
def _new_button(window: MainWindow) -> QRect:
    words = window.commands["new"].text().partition("\t")[0]
    buttons: list[QPushButton] = window.desk.idle.findChildren(QPushButton)  # type: ignore[assignment]  # QObject in the stubs
    seen = (one for one in buttons if one.isVisible() and one.text() == words)
    return next((_area(window, one) for one in seen), QRect())


def _cell(window: MainWindow) -> QRect:
    if window.desk.shows_report:
        return QRect()
    sheet = window.desk.sheet
    return _area(window, sheet.viewport(), sheet.visualRect(sheet.currentIndex()))


def _explanation(window: MainWindow) -> QRect:
    return _area(window, window.desk.report.figures if window.desk.shows_report else window.desk.location)


def _audit(window: MainWindow) -> QRect:
    return _area(window, window.dock)


def _saved(window: MainWindow) -> QRect:
    labels: list[QLabel] = window.status.findChildren(QLabel)  # type: ignore[assignment]  # QObject in the stubs
    words = window.status.saved_text()
    return next((_area(window, one) for one in labels if one.isVisible() and words and one.text() == words), QRect())


def _printing(window: MainWindow) -> QRect:
    spots = QRect()
    for name in ("preview", "export", "submit"):
        spots |= _area(window, window.tools.widgetForAction(window.commands[name]))
    return spots


def _help_menu(window: MainWindow) -> QRect:
    last = window.bar.actions()[-1]
    return QRect(
        window.bar.mapTo(window, QPoint()) + window.bar.actionGeometry(last).topLeft(),
        window.bar.actionGeometry(last).size(),
    )


# ---------------------------------------------------------------------------------------------------- doing
def _to_blank(window: MainWindow) -> None:
    document, cell = window.session.document, window.desk.current_cell()
    if document is not None and (cell is None or not (cell.required and cell.blank)):
        window.desk.go_to_blank(document.derived, 1)
    window.desk.focus_sheet()


def _to_score(window: MainWindow) -> None:
    document = window.session.document
    if document is None or window.desk.shows_report:
        return
    scores = (
        one.binding
        for one in document.derived.sheet.cells
        if one.binding is not None and one.binding.block is Block.INDICATORS and one.binding.key == "score"
    )
    score = next(scores, None)
    if score is not None:
        window.desk.go_to(score)


def _is_open(window: MainWindow, _before: Record | None) -> bool:
    return window.session.writable


def _has_typed(window: MainWindow, before: Record | None) -> bool:
    document = window.session.document
    return document is not None and before is not None and document.record != before


STEPS: Final = (
    Step(
        "新建一张表",
        "按“新建表…”（Ctrl+N）：左边选表样，再写年度和项目名称。已经有的表，双击就打开。",
        _new_button,
        done=_is_open,
    ),
    Step(
        "在格里打字",
        "这一格还没有填，里面有条短虚线。直接打字，Enter 就填好了；Tab 到下一个要填的格，Ctrl+Z 退回一步。",
        _cell,
        in_report="在正文里直接打字。左边的提纲里，虚线圈是还没有写的一节，点它就到那里。",
        enter=_to_blank,
        done=_has_typed,
    ),
    Step(
        "灰底的程序算",
        "灰底黑字是算得的，不用填。选中一格，这一行写着它怎么来的；与财政认定的不同时，按 F2 改填。",
        _explanation,
        in_report="要写数的地方，在这里找到那个数，双击就写进正文。以后表里改了，报告里跟着改。",
        enter=_to_score,
    ),
    Step(
        "看审核",
        "边填边查。最上面一句是结论；下面一条一处，点一条就到那一格，F8 到下一处。改好的自己消失。",
        _audit,
    ),
    Step("不用按保存", "停下来就存好了，这里写着存到什么时候。断电、死机最多丢最后一秒。", _saved),
    Step(
        "打印、导出、上报",
        "打印预览就是要打印的样子；导出 PDF 盖章、Excel 上报；都改好了按“上报”定稿，印上校验码。",
        _printing,
    ),
    Step(
        "哪里不明白，按 F1",
        "F1 打开手册里讲当前地方的一页。这几步以后还在“帮助 › 带我填第一张表”里。",
        _help_menu,
    ),
)
OPEN: Final = 1
"""The first step that needs an open form."""
