"""动作 (actions): everything a clerk can do, with its words, keys and icon, and where it stands in menus and tool bar.

One table for menus, tool bar and the list of keys in the help. What an action does is connected by the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from ui import icons, theme
from ui.widgets.keys import menu_text, shown_keys


@dataclass(frozen=True, slots=True)
class Command:
    """One action: ``words`` on the button, ``keys`` as Qt writes them, ``tip`` where the words need more."""

    name: str
    words: str
    keys: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False


COMMANDS: Final = (
    Command("new", "新建表…", "Ctrl+N", "plus"),
    Command("roll", "由上年建立…", "", "calendar-plus", "用上年的表建立新年度，内容逐项选择"),
    Command("import", "导入…", "Ctrl+O", "file-input"),
    Command("package", "数据包…", "", "usb", "几年的表装进一个文件，带到别的电脑，或收进别人的"),
    Command("draft", "照空表起草表样…", "", "", "照财政局的空白 Word 或 Excel 表画出自己的表样"),
    Command("preview", "打印预览…", "Ctrl+P", "printer"),
    Command("print_forms", "打印多张表…", "", "printer", "挑一年里的几张表，按次序一次打印"),
    Command("export", "导出…", "Ctrl+E", "file-down", "导出 PDF、Excel、Word 或数据文件"),
    Command("batch", "全年导出…", "", "", "一年的全部表一次写成文件；附目录、审核单、校验清单，就是报送包"),
    Command("fill", "填入财政局的表…", "", "", "把本表填进财政局发的空表（Excel），格式和校验不动"),
    Command("lists", "导出列表…", "", "", "年度总览、全部指标、审核提示等，写成 Excel 或 CSV"),
    Command("test_page", "打印测试页…", "", "", "量一量打印机有没有把表缩小、裁边"),
    Command("audit_year", "全年审核…", "", "list-checks", "本年所有表的结论和要改的地方"),
    Command("check_sheet", "审核单…", "", "file-text", "预览、打印或导出审核单"),
    Command("keep", "保存", "Ctrl+S", "check", "填的内容随时自动保存"),
    Command("backup", "备份…", "", "shield-check", "上次备份在什么时候、放在哪里；立即备份，设第二个位置"),
    Command("restore", "恢复…", "", "history", "各个时候的备份和版本：看差别，恢复一张表或全部"),
    Command("password", "数据密码…", "", "", "设、改、去掉打开数据文件的密码，打印恢复密钥"),
    Command("quit", "退出", "Ctrl+Q"),
    Command("undo", "撤销", "Ctrl+Z", "undo-2"),
    Command("redo", "重做", "Ctrl+Y", "redo-2"),
    Command("insert_row", "插入指标", "Ctrl+Shift++", "list-plus", "在下面插入指标"),
    Command("delete_row", "删除行", "Ctrl+-", "trash-2", "删除当前指标行"),
    Command("duplicate_row", "复制行", "Ctrl+Shift+D", "copy"),
    Command("move_up", "上移", "Alt+Shift+Up", "arrow-up"),
    Command("move_down", "下移", "Alt+Shift+Down", "arrow-down"),
    Command("library", "从指标库插入…", "Ctrl+L", "book-marked", "用过的和常用的指标，勾选插入"),
    Command("reasons", "插入常用说明…", "Ctrl+Shift+L", "", "偏差原因的常用写法，插入后照实情改"),
    Command("take_last_year", "取上年值", "", "clipboard-paste", "当前格取上年同一项的值（Alt+↓）"),
    Command("find", "查找", "Ctrl+F", "search"),
    Command("replace", "替换…", "Ctrl+H", "", "在本表查找并替换，先看后换"),
    Command("home", "年度总览", "Alt+Home", "layout-dashboard", "本年所有的表：进度、得分、还缺什么"),
    Command("go_to_form", "转到表…", "Ctrl+K"),
    Command("previous_form", "上一张表", "Ctrl+PgUp"),
    Command("next_form", "下一张表", "Ctrl+PgDown"),
    Command("take_goals", "取目标表…", "", "", "用年初目标表填空格和没动过的行"),
    Command("take_figures", "取本年各表的数", "", "", "用本年其他表里现成的数填空格"),
    Command("compare", "对比…", "", "git-compare", "与其他年度的同一张表逐格对比"),
    Command("facts", "表的信息…", "", "", "表样、年度；单位写错了在这里改"),
    Command("freeze", "整年只供查看", tip="这一年的表只看不改；再点一次解除", checkable=True),
    Command("versions", "版本…", "", "history", "留下的各个版本：对照、恢复"),
    Command("keep_version", "留个版本…", "Ctrl+Shift+S", "", "给现在的内容起个名字留下来"),
    Command("submit", "上报…", "", "stamp", "定稿、锁定，印上校验码"),
    Command("send_back", "退回修改…", "", "rotate-ccw", "已上报的表重新打开来改，会留记录"),
    Command("trash", "删除本表", "", "trash-2", "放进回收站，可以找回"),
    Command("bin", "回收站…", "", "rotate-ccw"),
    Command("next_finding", "下一处", "F8", "arrow-down", "下一处审核提示或没填的格"),
    Command("previous_finding", "上一处", "Shift+F8", "arrow-up"),
    Command("policy", "计分办法…", "", "", "看评分和审核用的数，改成本地的规定"),
    Command("fix", "改正当前一处", "Ctrl+."),
    Command("list", "列表", "Ctrl+1", "panel-left", checkable=True),
    Command("audit", "审核", "Ctrl+2", "panel-right", checkable=True),
    Command("zoom_in", "放大", "", tip="Ctrl+滚轮"),
    Command("zoom_out", "缩小", "", tip="Ctrl+滚轮"),
    Command("fit", "适合宽度", "Ctrl+0"),
    Command("light", "浅色", checkable=True),
    Command("dark", "深色", checkable=True),
    Command("high", "高对比", checkable=True),
    Command("size_0", "标准字", checkable=True),
    Command("size_1", "大字", checkable=True),
    Command("size_2", "特大字", checkable=True),
    Command("next_region", "下一区", "F6", tip="列表、表、审核、工具栏之间转移"),
    Command("previous_region", "上一区", "Shift+F6"),
    Command("guide", "带我填第一张表", "", "", "一步一步指着真的地方做，随时可以不看"),
    Command("samples", "看示例", "", "eye", "填好的样表，与自己的数据分开存放"),
    Command("manual", "使用手册…", "", "book-marked"),
    Command("help", "这里的帮助", "F1", "circle-help", "打开手册里讲这个地方的一页"),
    Command("keys", "键盘一览…"),
    Command("update", "安装更新…", "", "", "程序或参数包的更新文件，从 U 盘安装；也可以回到上一版"),
    Command("folder", "打开数据文件夹", "", "folder-open"),
    Command("diagnose", "复制诊断信息", "", "copy"),
    Command("about", "关于…"),
)
SHEET_KEYS: Final = (
    ("Tab / Shift+Tab", "下一个、上一个要填的格"),
    ("Enter / Shift+Enter", "同一列的下一格、上一格"),
    ("方向键 Home End", "在表上移动；Ctrl+Home、Ctrl+End 到头、到尾"),
    ("直接打字", "重新填这一格（中文输入法从第一个键起都有效）"),
    ("F2", "改这一格；在算得的格上是改填"),
    ("Backspace / Del", "清空再填 / 清空"),
    ("Esc", "放弃这一格的修改"),
    ("Alt+Enter", "格内换行"),
    ("Ctrl+;", "填今天的日期"),
    ("Alt+↓", "取上年同一格的值；有可选的词、日历时打开它们"),
    ("Ctrl+D", "向下填充"),
    ("Ctrl+C X V", "复制、剪切、粘贴（可与 Excel、WPS 互贴）"),
    ("Ctrl+Shift+V", "只贴文字"),
    ("Ctrl+滚轮", "缩放"),
    ("Shift+F10", "这一格的菜单"),
)
"""The keys of the sheet, which are no commands of the window."""
_SAME_KEY: Final = {"Ctrl+Shift++": "Ctrl+Shift+="}
"""The plus of the main keyboard is the shifted equals sign; with Ctrl, X11 and Windows report it as the key it is printed on."""
MODES: Final = ("light", "dark", "high")
SIZES: Final = ("size_0", "size_1", "size_2")
LINE: Final = ""
MENUS: Final = (
    (
        "文件(&F)",
        (
            "new",
            "roll",
            "import",
            "package",
            "draft",
            LINE,
            "preview",
            "print_forms",
            "export",
            "batch",
            "fill",
            "lists",
            "test_page",
            LINE,
            "keep",
            "backup",
            "restore",
            "password",
            LINE,
            "quit",
        ),
    ),
    (
        "编辑(&E)",
        (
            "undo",
            "redo",
            LINE,
            "insert_row",
            "delete_row",
            "duplicate_row",
            "move_up",
            "move_down",
            LINE,
            "library",
            "reasons",
            "take_last_year",
            LINE,
            "find",
            "replace",
        ),
    ),
    (
        "表单(&T)",
        (
            *("home", "go_to_form", "previous_form", "next_form", LINE),
            *("take_goals", "take_figures", "compare", LINE),
            *("versions", "keep_version", "submit", "send_back", LINE, "facts", "freeze", "trash", "bin"),
        ),
    ),
    ("审核(&A)", ("next_finding", "previous_finding", LINE, "fix", LINE, "check_sheet", "audit_year", LINE, "policy")),
    (
        "查看(&V)",
        (
            "list",
            "audit",
            LINE,
            "zoom_in",
            "zoom_out",
            "fit",
            LINE,
            *MODES,
            LINE,
            *SIZES,
            LINE,
            "next_region",
            "previous_region",
        ),
    ),
    (
        "帮助(&H)",
        ("help", "manual", "keys", LINE, "guide", "samples", LINE, "update", LINE, "folder", "diagnose", LINE, "about"),
    ),
)
TOOLS_LEFT: Final = ("home", LINE, "undo", "redo", LINE, "insert_row", "delete_row", "take_last_year")
TOOLS_RIGHT: Final = ("versions", "preview", "export", "submit")
PRIMARY: Final = "submit"
SHORT: Final = ("undo", "redo")  # lose their words in narrow windows
NEED_FORMS: Final = ("audit_year", "batch", "lists", "print_forms")
NEED_FORM: Final = (
    *(
        "preview",
        "export",
        "fill",
        "check_sheet",
        "find",
        "next_finding",
        "previous_finding",
        "facts",
        "compare",
        "versions",
    ),
    *("zoom_in", "zoom_out", "fit", "audit", "home"),
)
ON_ROW: Final = ("delete_row", "duplicate_row", "move_up", "move_down")
NEED_WRITING: Final = (
    *("insert_row", *ON_ROW, "keep", "trash", "fix", "take_figures", "library", "reasons", "replace", "submit"),
)

NEED_KEEPING: Final = ("keep_version",)
NEED_RETURN: Final = ("send_back",)
NEED_GOALS: Final = ("take_goals",)
NEED_PAST: Final = ("take_last_year",)
NEED_STORE_FORM: Final = ("freeze",)
NEED_YEAR: Final = ("roll",)
NEED_STORE: Final = ("import", "draft", "package", "new", "bin", "policy")


class Actions:
    """The actions of one window by name."""

    def __init__(self, window: QWidget) -> None:
        self._actions = {command.name: _make(command, window) for command in COMMANDS}
        self._buttons: dict[str, QToolButton] = {}
        self._rows_said = ("", "")
        for names in (MODES, SIZES):
            group = QActionGroup(window)
            for name in names:
                group.addAction(self[name])
        window.addActions(list(self._actions.values()))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def show_rows(self, word: str, *, on_row: bool, why_not: str) -> None:
        """Offer the row functions of the open form.

        ``word`` is what a row is called; ``why_not`` says why rows neither come nor go, ``""`` where they do.
        """
        insert = self["insert_row"]
        if self._rows_said != (word, why_not):
            self._rows_said = word, why_not
            whole = "行" if word == "指标" else word
            _name(insert, f"插入{word}", "Ctrl+Shift++", tip=f"在下面插入{word}")
            _name(self["delete_row"], f"删除{whole}", "Ctrl+-", tip=f"删除当前{whole}")
            _name(self["duplicate_row"], f"复制{whole}", "Ctrl+Shift+D", tip=f"在下面复制当前{whole}")
            for name in ("insert_row", *ON_ROW) if why_not else ():
                self[name].setToolTip(why_not)
        insert.setEnabled(not why_not)
        self.enable(ON_ROW, on=on_row and not why_not)

    def fill_menus(self, bar: QMenuBar) -> None:
        """Put every action into its menu."""
        for title, names in MENUS:
            menu = QMenu(title, bar)
            for name in names:
                if name == LINE:
                    menu.addSeparator()
                else:
                    menu.addAction(self[name])
            bar.addMenu(menu)

    def fill_tools(self, bar: QToolBar) -> None:
        """Put the frequent ones into the tool bar: what acts on the form left, what leaves the house right."""
        bar.setIconSize(QSize(icons.TOOL_SIZE, icons.TOOL_SIZE))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in TOOLS_LEFT:
            self._add_tool(bar, name)
        spacer = QWidget(bar)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        for name in TOOLS_RIGHT:
            self._add_tool(bar, name)

    def set_narrow(self, *, narrow: bool) -> None:
        """撤销 and 重做 lose their words in narrow windows."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for name in SHORT:
            self._buttons[name].setToolButtonStyle(style)

    def set_icons(self, widget: QWidget) -> None:
        """Draw the icons in the theme of ``widget``."""
        table, dpr = theme.tokens(widget.palette()), widget.devicePixelRatioF()
        size = theme.px(widget.font(), icons.TOOL_SIZE)
        for command in COMMANDS:
            if command.icon:
                self[command.name].setIcon(icons.icon(command.icon, table, dpr=dpr, size=size))
        self[PRIMARY].setIcon(icons.icon("stamp", table, dpr=dpr, ink="on_accent", size=size))
        for button in self._buttons.values():
            button.setIconSize(QSize(size, size))

    def connect(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Connect every action to what it does; all of them must be named, and no other."""
        if set(slots) != set(self._actions):
            raise ValueError(f"actions without a slot or slots without an action: {set(slots) ^ set(self._actions)}")
        for name, slot in slots.items():
            self[name].triggered.connect(_Trigger(slot))

    def enable(self, names: tuple[str, ...], *, on: bool) -> None:
        """Switch several on or off."""
        for name in names:
            self[name].setEnabled(on)

    def enable_steps(self, *, undo: bool, redo: bool) -> None:
        """Switch 撤销 and 重做 on or off."""
        self["undo"].setEnabled(undo)
        self["redo"].setEnabled(redo)

    def _add_tool(self, bar: QToolBar, name: str) -> None:
        if name == LINE:
            bar.addSeparator()
            return
        bar.addAction(self[name])
        button = bar.widgetForAction(self[name])
        if isinstance(button, QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("primary", "true" if name == PRIMARY else None)
            self._buttons[name] = button


class _Trigger:
    """Calls a slot without Qt's ``checked``."""

    def __init__(self, slot: Callable[[], object]) -> None:
        self._slot = slot

    def __call__(self, *_checked: bool) -> None:
        self._slot()


def _make(command: Command, parent: QObject) -> QAction:
    """Make one action; its tool tip says words and keys."""
    action = QAction(command.words, parent)
    if command.keys:
        both = (command.keys, _SAME_KEY.get(command.keys, ""))
        action.setShortcuts([QKeySequence(keys) for keys in both if keys])
    action.setCheckable(command.checkable)
    action.setIconVisibleInMenu(not command.checkable)  # the icon would take the place of the tick
    _name(action, command.words, command.keys, tip=command.tip)
    return action


def _name(action: QAction, words: str, keys: str, *, tip: str) -> None:
    """Name an action: in the menu, on its button, and in the tool tip with its keys."""
    short = words.removesuffix("…")
    action.setText(menu_text(words, keys) if keys else words)
    action.setIconText(f" {short}")  # the style leaves 4 px between icon and words, 6 are wanted
    action.setToolTip(f"{tip or short}（{shown_keys(keys)}）" if keys else tip or short)


def key_list() -> Iterator[tuple[str, str]]:
    """Yield keys and words for the help: those of the sheet, then every action that has keys."""
    yield from SHEET_KEYS
    for command in COMMANDS:
        if command.keys:
            yield shown_keys(command.keys), command.tip or command.words.removesuffix("…")
