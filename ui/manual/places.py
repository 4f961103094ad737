"""地方 (places): which heading of the handbook explains a part of the window or a dialog.

Parts are known by the names of their classes, so that the handbook needs none of them to be loaded. A part without an entry is
explained by what it stands in. A test holds every dialog of the program to an entry, and every entry to a heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.model import FormKind
from ui.manual.pages import ALL_KEYS, FILLING
from ui.sheet.sums import is_figure

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from perfdesk.sheet import Cell

FIRST: Final = "绩效填报台使用手册"
SCORES: Final = "四、得分怎么来的"
REPORT: Final = "五、写报告"
AUDIT: Final = "六、审核"
MAKING: Final = "新建表和导入"
FOREIGN: Final = "从 Word 和 Excel 导入"
PARTS: Final = {
    "MainWindow": FIRST,
    "HomePage": "年度总览",
    "StartPage": "第一次打开",
    "Rail": "表和它的两边",
    "LocationBar": SCORES,
    "StatusBar": SCORES,
    "FindingsPanel": AUDIT,
    "RatingPanel": "评分表",
    "ReportView": REPORT,
    "Outline": REPORT,
    "FiguresPanel": REPORT,
    "AnnexPanel": REPORT,
    "Finder": "查找和替换",
    "YearBanner": "安装更新",
    "GuideCard": "带我填第一张表",
}
DIALOGS: Final = {
    "FirstStartDialog": "第一次打开",
    "NewFormDialog": MAKING,
    "ImportReport": MAKING,
    "ImportDialog": FOREIGN,
    "FieldDialog": FOREIGN,
    "RollingDialog": "新的一年",
    "CompareDialog": "上年的值",
    "LibraryDialog": "指标库和常用说明",
    "ReasonsDialog": "指标库和常用说明",
    "SourcesDialog": "三、从目标表到自评表",
    "YearDialog": "全年审核",
    "ReplaceDialog": "查找和替换",
    "PreviewDialog": "打印",
    "PageSetupDialog": "打印",
    "PrintFormsDialog": "打印",
    "ExportDialog": "导出",
    "BatchDialog": "全年导出",
    "PackDialog": "数据包",
    "ReceiveDialog": "数据包",
    "ListsDialog": "导出列表",
    "DraftDialog": "照空表起草表样",
    "FillingDialog": "填入财政局的表",
    "SubmitDialog": "上报",
    "HistoryDialog": "版本",
    "TimelineDialog": "恢复",
    "UpdateDialog": "安装更新",
    "SalvageDialog": "损坏和没有存上",
    "VersionDialog": "版本",
    "FormFactsDialog": "表的信息和回收站",
    "BinDialog": "表的信息和回收站",
    "BackupDialog": "备份和换电脑",
    "DataPasswordDialog": "数据密码",
    "NewPasswordDialog": "数据密码",
    "RecoveryKeyDialog": "数据密码",
    "UnlockDialog": "数据密码",
    "PolicyDialog": "计分办法",
    "MessageDialog": FIRST,
    "KeysDialog": ALL_KEYS,
    "ManualWindow": ALL_KEYS,
    "AboutDialog": "八、数据在哪里",
}
_OF_FORM: Final = {FormKind.DEPARTMENT_RATING: "评分表", FormKind.SUMMARY: "汇总表"}
_SHEET: Final = "SheetView"


def place_of(part: QObject | None, *, cell: Cell | None = None, kind: FormKind | None = None) -> str:
    """Return the heading for the part that has the keyboard. ``cell`` and ``kind`` say where in which form a sheet stands."""
    while part is not None:
        name = type(part).__name__
        if name == _SHEET:
            return _of_cell(cell, kind)
        found = PARTS.get(name) or DIALOGS.get(name)
        if found:
            return found
        part = part.parent()
    return FIRST


def _of_cell(cell: Cell | None, kind: FormKind | None) -> str:
    """What a cell asks for: a computed one how it is reckoned, a list of words how one is chosen, figures how they are written."""
    if kind in _OF_FORM:
        return _OF_FORM[kind]
    if cell is None:
        return FILLING
    if cell.role == "computed":
        return SCORES
    if cell.choices or cell.tick or cell.boxed:
        return "词、日期、打勾"
    return "数和算式" if is_figure(cell) else FILLING
