"""The scenes of the pictures: every screen and dialog of the program, and how to come to it from the sample office.

A scene brings the real window into its state as a clerk does, with commands, words and clicks, and says what is to be seen: the
window, or the dialog over it. Read by ``screenshots.py`` alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from stage import PROJECT, WAITS, YEAR, Stage, settle

from perfdesk.errors import UserError
from perfdesk.model import FormKind, Severity
from ui.guide import Guide
from ui.samples import BUREAU

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

FOLDER = r"D:\绩效"  # not one of the machine that takes the picture


class Scene(NamedTuple):
    """One picture: its file name, what the manual says below it, how it comes about (what is to be seen), with or without forms."""

    name: str
    words: str
    act: Callable[[Stage], QWidget]
    empty: bool = False


# --------------------------------------------------------------------------------------------- start and home
def _first(page: int) -> Callable[[Stage], QWidget]:
    def act(stage: Stage) -> QWidget:
        from ui.dialogs import Dialogs
        from ui.tools import now
        from ui.welcome import Welcome

        window = stage.window
        Welcome(window, Dialogs(window), now=now, reopen=window.show, samples=lambda: window).begin()
        dialog = stage.dialog()
        stage.write(dialog, "单位全称", BUREAU)
        for _page in range(page):
            stage.press(dialog, "下一步")
        dialog.resize(window.size())
        settle()
        return dialog

    return act


def _start(stage: Stage) -> QWidget:
    return stage.window


def _home(stage: Stage) -> QWidget:
    stage.window.desk.home.show_year(YEAR)
    for _round in range(WAITS):
        settle()
        if all(one.state is not None for one in stage.window.forms.lines if one.year == YEAR):
            break
    settle()
    return stage.window


def _home_last(stage: Stage) -> QWidget:
    _home(stage)
    years = stage.window.desk.home.years
    years.list.setCurrentIndex(years.list.model().index(years.years().index(YEAR - 1), 0))
    stage.window.desk.home.show_year(YEAR - 1)
    settle()
    return stage.window


def _home_search(stage: Stage) -> QWidget:
    _home(stage)
    stage.window.desk.home.search.setText("flyz")
    settle()
    return stage.window


# ----------------------------------------------------------------------------------------------------- sheets
def _form(kind: FormKind, *, year: int = YEAR) -> Callable[[Stage], QWidget]:
    def act(stage: Stage) -> QWidget:
        stage.open(kind, year=year)
        return stage.window

    return act


def _self(stage: Stage) -> QWidget:
    stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    stage.go("实际完成值")
    return stage.window


def _last_year(stage: Stage) -> QWidget:
    _self(stage)
    stage.go("全年执行数")
    stage.window.desk.sheet.restate()
    settle()
    return stage.window


def _sum(stage: Stage) -> QWidget:
    _self(stage)
    stage.go("全年执行数")
    stage.type("30+1.5")
    settle()
    return stage.window


def _narrow_list(stage: Stage) -> QWidget:
    _self(stage)
    stage.do("list")
    return stage.window


def _blank(stage: Stage) -> QWidget:
    forms = stage.window.forms
    stage.window.session.open(forms.create("national-2020-project-self", year=YEAR, name="", bureau=BUREAU))
    settle()
    return stage.window


def _rating(stage: Stage) -> QWidget:
    stage.open(FormKind.DEPARTMENT_RATING, year=YEAR - 1)
    return stage.window


def _find(stage: Stage) -> QWidget:
    _self(stage)
    stage.do("find")
    stage.type("100")
    return stage.window


def _menu(number: int) -> Callable[[Stage], QWidget]:
    def act(stage: Stage) -> QWidget:
        _self(stage)
        action: QAction = stage.window.bar.actions()[number]
        menu = cast("QMenu", action.menu())
        menu.popup(stage.window.bar.mapToGlobal(stage.window.bar.actionGeometry(action).bottomLeft() + QPoint(0, 1)))
        settle()
        return menu

    return act


def _audit(stage: Stage) -> QWidget:
    _self(stage)
    stage.do("next_finding")
    panel = stage.window.panel
    buttons = cast("list[QPushButton]", panel.findChildren(QPushButton))
    for button in buttons:
        if button.isVisible() and button.text() == "为什么":
            button.click()
            break
    settle()
    return stage.window


def _toast(stage: Stage) -> QWidget:
    _self(stage)
    stage.do("trash")
    return stage.window


def _guide(stage: Stage) -> QWidget:
    _blank(stage)
    Guide(stage.window).begin()
    settle()
    return stage.window


def _report(stage: Stage) -> QWidget:
    stage.open(FormKind.REPORT)
    editor = stage.window.desk.report.editor
    editor.setFocus()
    bar = editor.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    settle()
    return stage.window


# ---------------------------------------------------------------------------------------------------- dialogs
def _of_project(command: str) -> Callable[[Stage], QWidget]:
    def act(stage: Stage) -> QWidget:
        _self(stage)
        return stage.asked(command)

    return act


def _reasons(stage: Stage) -> QWidget:
    _self(stage)
    stage.go("偏差原因")
    return stage.asked("reasons")


def _new(stage: Stage) -> QWidget:
    _self(stage)
    dialog = stage.asked("new")
    for _picture in range(WAITS // 4):  # the small pictures come one by one
        settle()
    return dialog


def _replace(stage: Stage) -> QWidget:
    _self(stage)
    dialog = stage.asked("replace")
    stage.write(dialog, "查找", "法律援助")
    stage.write(dialog, "换成", "公共法律服务")
    return dialog


def _roll(page: int) -> Callable[[Stage], QWidget]:
    def act(stage: Stage) -> QWidget:
        _home(stage)
        dialog = stage.asked("roll")
        for words in ("下一步", "下一步", "建立")[:page]:
            stage.press(dialog, words)
            settle()
        dialog.resize(stage.window.size())
        settle()
        return dialog

    return act


def _year(stage: Stage) -> QWidget:
    _home(stage)
    dialog = stage.asked("audit_year")
    dialog.resize(stage.window.size())
    settle()
    return dialog


def _bin(stage: Stage) -> QWidget:
    _self(stage)
    stage.do("trash")
    return stage.asked("bin")


def _submit(stage: Stage) -> QWidget:
    """A form of the year in work that has no 错误."""
    for line in [one for one in stage.window.forms.lines if one.year == YEAR and not one.submitted]:
        stage.window.session.open(line.id)
        if all(one.severity is not Severity.ERROR for one in stage.document.derived.findings):
            dialog = stage.asked("submit")
            stage.write(dialog, "存放", FOLDER)
            return dialog
    raise LookupError("every form of the year has errors")


def _export(command: str) -> Callable[[Stage], QWidget]:
    def act(stage: Stage) -> QWidget:
        _self(stage)
        dialog = stage.asked(command)
        stage.write(dialog, "存放", FOLDER)
        return dialog

    return act


def _about(stage: Stage) -> QWidget:
    dialog = stage.asked("about")
    for label in cast("list[QLabel]", dialog.findChildren(QLabel)):
        if label.text().startswith("数据在"):  # not where it lies on the machine that takes the picture
            label.setText(r"数据在：C:\Users\…\AppData\Local\perfdesk\perfdesk.db")
    settle()
    return dialog


def _page_setup(stage: Stage) -> QWidget:
    _self(stage)
    stage.press(stage.asked("preview"), "页面设置")
    return stage.dialog()


def _versions(stage: Stage) -> QWidget:
    """The form of the samples that has an earlier draft."""
    kept = stage.window.forms.store.versions
    drafted = next(one for one in stage.window.forms.lines if not one.submitted and kept.of(one.id))
    stage.window.session.open(drafted.id)
    settle()
    return stage.asked("versions")


def _send_back(stage: Stage) -> QWidget:
    stage.open(FormKind.PROJECT_GOAL)
    return stage.asked("send_back")


def _import(stage: Stage) -> QWidget:
    document = stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    from perfdesk.exchange import exchange

    good, bad = stage.folder / "法律援助.json", stage.folder / "旧表.json"
    record = replace(document.record, values={**document.record.values, "project_name": "人民监督员工作经费"})
    good.write_text(exchange.write_records((record,), stage.window.forms.templates), encoding="utf-8")
    bad.write_text("{", encoding="utf-8")
    stage.window.errands.intake.import_paths((good, bad))
    return stage.dialog()


def _sources(stage: Stage) -> QWidget:
    stage.open(FormKind.DEPARTMENT_RATING)
    stage.do("take_figures")
    stage.window.toast.press("看出处")
    return stage.dialog()


def _busy(stage: Stage) -> QWidget:
    _self(stage)
    trouble = "“法律援助工作经费.xlsx”正被 WPS 打开，写不进去。请关闭后重试，或另存为（2）。"
    stage.window.errands.tell(UserError(trouble))
    return stage.dialog()


def _manual(stage: Stage) -> QWidget:
    _self(stage)
    stage.do("help")
    manual = stage.window.errands.helping.manual
    if manual is None:
        raise LookupError("no handbook came")
    settle()
    return manual


SCENES = (
    Scene("first-1", "首次启动：单位", _first(0), empty=True),
    Scene("first-2", "首次启动：财政部门发的哪套表", _first(1), empty=True),
    Scene("first-3", "首次启动：年度和金额单位", _first(2), empty=True),
    Scene("start", "还没有表的窗口", _start, empty=True),
    Scene("home", "年度总览", _home),
    Scene("home-last", "年度总览：已上报的一年", _home_last),
    Scene("home-search", "年度总览：打首字母查找", _home_search),
    Scene("self", "项目支出绩效自评表", _self),
    Scene("blank", "新建的空表", _blank),
    Scene("last-year", "填一格时，上年的值在下面", _last_year),
    Scene("sum", "格里写算式", _sum),
    Scene("goal", "项目绩效目标表，已上报", _form(FormKind.PROJECT_GOAL)),
    Scene("department-goal", "单位整体绩效目标表", _form(FormKind.DEPARTMENT_GOAL)),
    Scene("monitoring", "项目支出绩效目标执行监控表", _form(FormKind.PROJECT_MONITORING)),
    Scene("department", "部门整体支出绩效自评表", _form(FormKind.DEPARTMENT_SELF)),
    Scene("rating", "评分表和评分数据", _rating),
    Scene("summary", "项目支出绩效自评情况汇总表", _form(FormKind.SUMMARY)),
    Scene("list", "公开网址统计表", _form(FormKind.PUBLICATION_LIST)),
    Scene("report", "写报告", _report),
    Scene("narrow-list", "列表盖在表上", _narrow_list),
    Scene("audit", "审核：当前一条，写着为什么", _audit),
    Scene("find", "查找", _find),
    Scene("toast", "删除以后可以撤销", _toast),
    Scene("guide", "带我填第一张表", _guide),
    Scene("menu-file", "文件菜单", _menu(0)),
    Scene("menu-edit", "编辑菜单", _menu(1)),
    Scene("menu-form", "表单菜单", _menu(2)),
    Scene("menu-view", "查看菜单", _menu(4)),
    Scene("menu-help", "帮助菜单", _menu(5)),
    Scene("new", "新建表", _new),
    Scene("import", "导入以后", _import),
    Scene("roll-1", "由上年建立：选择来源", _roll(0)),
    Scene("roll-2", "由上年建立：逐项处理", _roll(1)),
    Scene("roll-3", "由上年建立：确认", _roll(2)),
    Scene("roll-4", "由上年建立：建立完成", _roll(3)),
    Scene("sources", "数取自哪里", _sources),
    Scene("library", "从指标库插入", _of_project("library")),
    Scene("reasons", "插入常用说明", _reasons),
    Scene("replace", "替换", _replace),
    Scene("compare", "对比", _of_project("compare")),
    Scene("versions", "版本", _versions),
    Scene("keep-version", "留个版本", _of_project("keep_version")),
    Scene("year", "全年审核", _year),
    Scene("check-sheet", "审核单", _of_project("check_sheet")),
    Scene("policy", "计分办法", _of_project("policy")),
    Scene("preview", "打印预览", _of_project("preview")),
    Scene("page-setup", "页面设置", _page_setup),
    Scene("print-forms", "打印多张表", _of_project("print_forms")),
    Scene("test-page", "打印测试页", _of_project("test_page")),
    Scene("export", "导出", _export("export")),
    Scene("batch", "全年导出", _export("batch")),
    Scene("lists", "导出列表", _of_project("lists")),
    Scene("submit", "上报", _submit),
    Scene("send-back", "退回修改", _send_back),
    Scene("bin", "回收站", _bin),
    Scene("facts", "表的信息", _of_project("facts")),
    Scene("message", "文件正被别的程序打开", _busy),
    Scene("manual", "使用手册", _manual),
    Scene("keys", "键盘一览", _of_project("keys")),
    Scene("about", "关于", _about),
)
