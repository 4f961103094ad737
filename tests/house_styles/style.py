"""The house styles: how bureaus differ in what they make of the same form. Data only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from tests.house_styles.words import broken, narrowed, numbered, other_word, spaced, stood_up, widened, with_formula

DOCX, XLSX, XLS = "docx", "xlsx", "xls"
ALL: Final = (DOCX, XLSX, XLS)

GUIDE: Final = (
    "填报说明",
    "一、本表由项目实施单位填报，主管科室汇总后报送。",
    "二、年中调整预算的，按调整批复文件填写。",
)
HIDDEN: Final = "去年留下的核对行，上报以前收起"
BEFORE: Final = "说明：本表于次年二月底以前报送，一式两份。"
DOCUMENT: Final = "某财绩〔2021〕3号"
EXTENDED: Final = (
    ("项目负责人", "业务科科长"),
    ("项目起止时间", "年初至年末，跨年度实施"),
    ("立项依据", "上级业务部门下达的任务书"),
)
REVIEWED: Final = ("财政复核得分", "7.77")
ADDED: Final = ("追加（减）数", "0.37")
AFTER: Final = "注：得分一栏保留两位小数，佐证材料另附。"


@dataclass(frozen=True, slots=True)
class Style:
    """房屋样式 (house style): one bureau's habits. ``is_listed``: a variation that was asked for by name."""

    name: str
    words: str
    kinds: tuple[str, ...] = ALL
    is_listed: bool = True
    label: Callable[[str], str] = str
    side: Callable[[str], str] = str
    title: Literal["plain", "office above", "office before", "torn"] = "plain"
    year: Literal["line", "title", "cell", "torn", "spelt"] = "line"
    annex: str = ""  # printed in place of the form's own number
    levels: Literal["merged", "blank", "repeat"] = "merged"
    merge_wide: bool = True
    numbers: bool = False  # numbers with formats in a workbook
    thousands: bool = False
    points: str = ""  # behind 分值 and 得分
    dash: str = "—"  # in the blank 分值 and 得分 of 其中 rows
    weight_first: bool = False
    extra_column: tuple[str, str] = ("", "")
    index: bool = False
    drop_blank_rows: bool = False
    hidden_row: bool = False
    guide: bool = False
    trailing_columns: int = 0
    notes: bool = False
    together: Literal["alone", "stacked", "sheets", "beside"] = "alone"
    header_every: int = 0
    funds: Literal["table", "turned", "lines"] = "table"
    inline: bool = False  # 「项目名称：X」 in one cell
    signs_inside: bool = False
    unit_line: bool = False  # 「单位：万元」 above the table instead of in a label
    goals: Literal["two", "rows"] = "two"
    pieces: bool = False  # a table of its own for each part of the form
    bands: bool = False  # 一级指标 as a row over those that belong to it
    gaps: bool = False  # blank rows between the parts, a blank column before 分值
    rated: bool = False  # 预算执行率 as the first row of the indicators, no points in the table of the money
    deep: bool = False  # 「绩效指标」 over the headings of the levels
    shuffled: bool = False  # the goals first, then the money, then the names
    extended: bool = False  # rows the county's form does not have
    reviewed: bool = False  # columns of the finance bureau beside ours: 财政复核得分, 追加（减）数
    split_target: bool = False  # sign, figure and unit of a 指标值 in columns of their own
    document: bool = False  # the number of the notice above the title
    inside: bool = False  # title and year are rows of the Word table
    offset: tuple[int, int] = (0, 0)  # blank rows and columns before the form
    merge_lines: bool = True  # lines of a sheet merged over its width
    padded: bool = False  # blanks around what was typed
    sign_cells: bool = False  # signatures in cells beside their labels, dates as such


LISTED: Final = (
    Style(
        "printed",
        "the form as the county prints it: office before the title, side labels downwards, merged both ways",
        title="office before",
        side=stood_up,
    ),
    Style(
        "torn",
        "labels with line breaks in odd places, the title in spaced words, annex number",
        title="torn",
        label=broken,
        side=stood_up,
        annex="附件3-1",
    ),
    Style(
        "spaced",
        "labels pulled apart, full width, nothing merged but blanks, thousands separators, 10分",
        label=lambda text: spaced(widened(text)),
        levels="blank",
        merge_wide=False,
        thousands=True,
        points="分",
        dash="",
    ),
    Style(
        "numbers",
        "a workbook with real numbers and formats, a hidden row, a sheet of instructions, trailing columns",
        kinds=(XLSX, XLS),
        numbers=True,
        hidden_row=True,
        guide=True,
        trailing_columns=6,
        label=narrowed,
    ),
    Style(
        "reordered",
        "分值 before 指标值, an extra column, 其中 rows left out where blank",
        weight_first=True,
        extra_column=("数据来源", "科室台账"),
        drop_blank_rows=True,
        dash="/",
    ),
    Style(
        "repeated",
        "values repeated where others merge, office in a line of its own, year in the title, money unit above",
        title="office above",
        year="title",
        levels="repeat",
        unit_line=True,
        goals="rows",
    ),
    Style(
        "stacked",
        "several forms below each other in one sheet, notes before and after, money with separators",
        together="stacked",
        notes=True,
        thousands=True,
        numbers=True,
        label=broken,
    ),
    Style(
        "sheets",
        "several forms, a sheet each; instructions on a hidden one",
        kinds=(XLSX, XLS),
        together="sheets",
        guide=True,
        title="office before",
        side=stood_up,
    ),
)
UNLISTED: Final = (
    Style(
        "bands", "一级指标 as a row of its own over its indicators", is_listed=False, bands=True, title="office before"
    ),
    Style("formulas", "how a figure comes about in the heading", is_listed=False, label=with_formula, numbers=True),
    Style("gaps", "blank rows between the parts, a blank column", is_listed=False, gaps=True, thousands=True),
    Style("rated", "预算执行率 as the first row of the indicators", is_listed=False, rated=True),
    Style("split", "指标性质, 指标值 and 度量单位 in columns of their own", is_listed=False, split_target=True),
    Style(
        "inside",
        "title and year inside the table, which does not begin in A1; lines not merged; year in Chinese",
        is_listed=False,
        inside=True,
        offset=(2, 1),
        merge_lines=False,
        year="spelt",
        side=stood_up,
    ),
    Style(
        "sloppy",
        "blanks around everything, number of the notice",
        is_listed=False,
        padded=True,
        year="torn",
        document=True,
    ),
    Style("shuffled", "goals before money before names, a header two deep", is_listed=False, shuffled=True, deep=True),
    Style("extended", "rows the county's form does not have", is_listed=False, extended=True, title="office before"),
    Style("reviewed", "columns of the finance bureau beside ours", is_listed=False, reviewed=True, numbers=True),
    Style("dates", "signatures in cells, dates as dates", is_listed=False, sign_cells=True, numbers=True, deep=True),
    Style("pieces", "one form in several tables of a Word file", kinds=(DOCX,), is_listed=False, pieces=True),
    Style("numbered", "circled numbers before the labels", is_listed=False, label=numbered, thousands=True),
    Style("synonyms", "other words for the same labels", is_listed=False, label=other_word, side=other_word),
    Style("beside", "two forms side by side", kinds=(XLSX,), is_listed=False, together="beside"),
    Style("pages", "an index column, header rows again at page tops", is_listed=False, index=True, header_every=4),
    Style("turned", "funds with their columns downwards", is_listed=False, funds="turned", year="cell"),
    Style(
        "inline",
        "「项目名称：X」 in one cell, signatures inside the table, funds as lines of text",
        is_listed=False,
        inline=True,
        signs_inside=True,
        funds="lines",
    ),
)
STYLES: Final = (*LISTED, *UNLISTED)
