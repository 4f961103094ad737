"""Ticks, boxes, points with their word, list rows, gathered rows and sections as cells of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.editing import chosen, new_record, toggle
from perfdesk.model import Binding, Block, Figure, FundRow, Gathered, Indicator, ListRow, Record, Section
from perfdesk.policy import load_policies
from perfdesk.scoring import assess
from perfdesk.sheet import INDENT, Cell, Role, Sheet, build, editable_cells
from perfdesk.template import Align, Template, read_template
from tests.filled_forms import gathered

ROOT = Path(__file__).parents[1]
LINGLING, MONITORING = "lingling-2022-project-self", "national-2019-project-monitoring"
SUMMARY, LIST, REPORT = "summary-project-self", "lingling-2022-publication-list", "lingling-2022-report"
CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")


def sheet_of(template: Template, record: Record, found: Gathered | None = None) -> Sheet:
    return build(template, record, assess(template, record), found or Gathered())


def cells(sheet: Sheet, block: Block, key: str, row: int = -1) -> list[Cell]:
    return [one for one in sheet.cells if one.binding and one.binding.covers(Binding(block, key, row=row))]


def blank(template: Template) -> Record:
    return new_record(template, record_id="r", year=2024)


# ------------------------------------------------------------------------------------------------------ ticks and boxes


@pytest.mark.parametrize(
    ("text", "ticks"),
    [
        ("", "_____"),
        ("经费保障", "√____"),
        ("经费保障、其他", "√___√"),
        (" 其他 、人员保障", "__√_√"),
        ("天气", "_____"),
    ],
)
def test_a_square_bears_a_tick_when_the_field_holds_its_word(
    templates: Mapping[str, Template], text: str, ticks: str
) -> None:
    template = templates[MONITORING]
    record = replace(blank(template), indicators=(Indicator(name="案件数", causes=text),))
    found = cells(sheet_of(template, record), Block.INDICATORS, "causes", 0)
    assert "".join(one.text or "_" for one in found) == ticks
    assert tuple(one.tick for one in found) == CAUSES
    assert {(one.role, one.align, one.choices, one.many) for one in found} == {(Role.INPUT, Align.CENTER, CAUSES, True)}
    assert [one.label for one in found][:2] == ["经费保障", "制度保障"]
    assert not any(one.required for one in found)


@pytest.mark.parametrize(
    ("text", "word", "many", "after"),
    [
        ("", "人员保障", True, "人员保障"),
        ("人员保障", "经费保障", True, "经费保障、人员保障"),  # in the order of the choices
        ("经费保障、人员保障", "经费保障", True, "人员保障"),
        ("天气", "其他", True, "其他、天气"),  # a typed word stays
        ("经费保障", "其他", False, "其他"),
        ("其他", "其他", False, ""),
    ],
)
def test_a_word_is_chosen_and_left_out_again(text: str, word: str, many: bool, after: str) -> None:
    assert toggle(text, word, CAUSES, many=many) == after


def test_a_choice_that_holds_the_joint_itself_is_one_word() -> None:
    assert chosen("制度合法、完整", ("制度合法、完整", "无")) == ("制度合法、完整",)


BOXES = """
title = "某县表"
kind = "project_self_assessment"
source = "某县"
unit = "万元"
policy = "national-2020"
columns_mm = [60, 60]
[page]
orientation = "portrait"
margins_mm = [13, 13, 13, 13]
row_mm = 7
[fields]
category = { label = "项目类别", choices = ["省级专项", "部门预算"], many = true }
[[funds]]
key = "total"
label = "总额"
[[blocks]]
rows = [
  ["?category", "?category=□部门预算（□省级专项）"],
  ["@grade=□优　□良　□中　□差", "@grade"],
  ["{total.weight}分|20分", "@{total.score}分"],
]
[[blocks]]
role = "indicators"
header = [["=年度绩效目标", "=指标"]]
row = ["{goal}（{goal_weight}分）", "name"]
merge = ["goal"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Template:
    path = tmp_path / "own.toml"
    path.write_text(BOXES.replace("（□省级专项）", "　□省级专项"), encoding="utf-8")
    return read_template(path, load_policies(ROOT / "resources" / "policies"))


def test_words_with_boxes(own: Template) -> None:
    record = replace(blank(own), values={"category": "省级专项"})
    first, second = cells(sheet_of(own, record), Block.VALUES, "category")
    assert (first.text, second.text) == ("☑省级专项　□部门预算", "□部门预算　☑省级专项")
    assert (first.boxed, first.choices, first.many, first.label) == (True, ("省级专项", "部门预算"), True, "项目类别")
    both = replace(record, values={"category": "省级专项、部门预算"})
    assert cells(sheet_of(own, both), Block.VALUES, "category")[0].text == "☑省级专项　☑部门预算"


def test_the_grade_ticks_its_box_and_can_be_typed_over(own: Template) -> None:
    record = blank(own)
    graded = replace(assess(own, record), grade="良")
    boxes, word = cells(build(own, record, graded), Block.STATED, "grade")
    assert (boxes.text, word.text) == ("□优　☑良　□中　□差", "良")
    assert (boxes.role, boxes.boxed, boxes.choices, boxes.stated) == (
        Role.COMPUTED,
        True,
        ("优", "良", "中", "差"),
        False,
    )
    stated = replace(record, stated={"grade": "优"})
    boxes, word = cells(build(own, stated, graded), Block.STATED, "grade")
    assert (boxes.text, boxes.stated, boxes.computed) == ("☑优　□良　□中　□差", True, "良")
    assert (word.text, word.computed, word.label, word.place) == ("优", "良", "等级", "评价结果")


def test_a_fund_rows_points_print_their_word(own: Template) -> None:
    record = replace(blank(own), funds=(FundRow("总额", annual_budget="100", executed="90"),))
    sheet = sheet_of(own, record)
    (weight,), (score,) = cells(sheet, Block.FUNDS, "weight", 0), cells(sheet, Block.FUNDS, "score", 0)
    assert (weight.text, weight.default, score.text) == ("20分", True, "9.00分")
    typed = replace(record, funds=(replace(record.funds[0], weight="20", score="18"),))
    sheet = sheet_of(own, typed)
    (weight,), (score,) = cells(sheet, Block.FUNDS, "weight", 0), cells(sheet, Block.FUNDS, "score", 0)
    assert (weight.text, weight.default, score.text, score.stated) == ("20分", False, "18分", True)


def test_the_rows_of_a_yearly_goal_are_one_cell_with_its_points(own: Template) -> None:
    rows = tuple(Indicator(goal=goal, goal_weight="40", name=name) for goal, name in (("目标1", "甲"), ("目标1", "乙")))
    (goal,) = cells(sheet_of(own, replace(blank(own), indicators=rows)), Block.INDICATORS, "goal", 0)
    assert (goal.text, goal.row_span) == ("目标1（40分）", 2)


# ------------------------------------------------------------------------------------- rows that are printed but waiting


def test_points_of_lingling_print_their_word_and_a_group_without_a_row_asks_for_one(
    templates: Mapping[str, Template],
) -> None:
    template = templates[LINGLING]
    record = blank(template)
    rows = (replace(record.indicators[0], name="社区矫正管理人数", weight="10", score="9"), *record.indicators[1:])
    sheet = sheet_of(template, replace(record, indicators=rows))
    (weight,), (score,) = cells(sheet, Block.INDICATORS, "weight", 0), cells(sheet, Block.INDICATORS, "score", 0)
    assert (weight.text, score.text, score.binding) == (
        "10分",
        "9分",
        Binding(Block.INDICATORS, "score", row=0, pattern="{score}分"),
    )
    assert cells(sheet, Block.INDICATORS, "weight", 1)[0].text == ""
    required = {one.binding.row for one in sheet.cells if one.required and one.binding and one.binding.row >= 0}
    firsts = {0, 4, 8}  # the row that was filled, and the first of 效益指标 and 满意度指标, of which none is
    assert required == firsts
    assert cells(sheet, Block.STATED, "total_weight")[0].text == "20分"


# -------------------------------------------------------------------------------------------------------------- list rows


def test_an_empty_list_prints_one_row_to_type_in(templates: Mapping[str, Template]) -> None:
    template = templates[LIST]
    sheet = sheet_of(template, blank(template))
    (agency,) = cells(sheet, Block.ROWS, "agency", 0)
    assert (agency.text, agency.blank, agency.required, agency.label, agency.place) == (
        "",
        True,
        True,
        "单位名称",
        "第 1 行",
    )
    assert cells(sheet, Block.ROWS, "published", 0)[0].choices == ("是", "否")
    filled = replace(blank(template), rows=(ListRow.of({"agency": "司法局"}), ListRow.of({"agency": "公证处"})))
    sheet = sheet_of(template, filled)
    assert [one.text for row in range(2) for one in cells(sheet, Block.ROWS, "agency", row)] == ["司法局", "公证处"]
    assert cells(sheet, Block.ROWS, "phone", 1)[0].place == "公证处"
    assert sheet.repeat is not None
    assert (sheet.repeat.count, sheet.repeat.last) == (1, sheet.row_count - 1)


def test_a_summary_prints_what_was_gathered_and_marks_what_was_typed_over(templates: Mapping[str, Template]) -> None:
    template = templates[SUMMARY]
    rows = (ListRow.of({"executed": "14.770", "remark": "已公开"}), ListRow.of({"executed": "8"}), ListRow())
    record = replace(blank(template), rows=rows, stated={"sum.executed": "28"})
    sheet = sheet_of(template, record, gathered(template))
    executed = [cells(sheet, Block.ROWS, "executed", row)[0] for row in range(3)]
    assert [(one.text, one.stated, one.computed) for one in executed] == [
        ("14.770", True, ""),  # the same figure
        ("8", True, "7.2"),
        ("6", False, ""),
    ]
    assert executed[1].place == "人民调解以奖代补经费"
    numbers = [one.text for one in sheet.cells if one.column == 0 and one.binding is None and one.text.isdigit()]
    assert numbers == ["1", "2", "3"]
    (total,) = cells(sheet, Block.STATED, "sum.executed")
    assert (total.text, total.computed, total.label, total.place) == ("28", "27.97", "全年执行数", "合计")
    assert cells(sheet, Block.ROWS, "project_name", 0)[0].align is Align.LEFT
    words = [one.binding.key for one in editable_cells(sheet) if one.binding and one.binding.block is Block.ROWS]
    assert words == ["remark"] * 3


def test_a_summary_nobody_gathered_for_keeps_its_imported_texts(templates: Mapping[str, Template]) -> None:
    template = templates[SUMMARY]
    record = replace(blank(template), rows=(ListRow.of({"project_name": "法律援助", "grade": "优"}),))
    sheet = sheet_of(template, record)
    (name,) = cells(sheet, Block.ROWS, "project_name", 0)
    assert (name.text, name.stated, name.computed, name.place) == ("法律援助", True, "", "法律援助")


# ---------------------------------------------------------------------------------------------------------------- reports


def test_a_report_is_its_headings_and_paragraphs(templates: Mapping[str, Template]) -> None:
    template = templates[REPORT]
    sections = (
        Section(1, "一、基本情况"),
        Section(2, "（一）单位基本情况", ("支出 {{自评表·执行数|32.8}} 万元。", " ", "　　在职 38 人。")),
        Section(3, "1.职能", ()),
        Section(1, "", ("无标题的一段\n第二行",)),
    )
    figures = (Figure("自评表·执行数", "执行数", "自评表", "33.5"),)
    sheet = sheet_of(template, replace(blank(template), sections=sections), Gathered(figures))
    flowing = [one for one in sheet.cells if one.role.flowing]
    assert [(one.role, one.text.removeprefix(INDENT)) for one in flowing] == [
        (Role.HEADING1, "一、基本情况"),
        (Role.HEADING2, "（一）单位基本情况"),
        (Role.BODY, "支出 33.5 万元。"),
        (Role.BODY, "在职 38 人。"),
        (Role.HEADING3, "1.职能"),
        (Role.BODY, f"无标题的一段\n{INDENT}第二行"),
    ]
    assert all(one.text.startswith(INDENT) and one.align is Align.LEFT for one in flowing)
    assert [one.binding for one in flowing][3] == Binding(Block.SECTIONS, "2", row=1)
    assert [(one.required, one.blank) for one in flowing if one.label == "标题"] == [
        (False, False),  # sub-headings stand under it
        (False, False),
        (True, True),  # nothing stands under it yet
    ]
    assert sheet.breaks == (flowing[0].row,)
    assert "32.8" in sheet_of(template, replace(blank(template), sections=sections)).cells[flowing[2].row].text


def test_a_report_of_nothing_has_no_page_after_its_cover(templates: Mapping[str, Template]) -> None:
    template = templates[REPORT]
    sheet = sheet_of(template, replace(blank(template), sections=()))
    assert (sheet.breaks, any(one.role.flowing for one in sheet.cells)) == ((), False)
    (title,) = cells(sheet, Block.VALUES, "title")
    assert title.role is Role.COVER_TITLE


def test_the_same_month_stands_in_every_label_that_names_it(templates: Mapping[str, Template]) -> None:
    template = templates[MONITORING]
    sheet = sheet_of(template, replace(blank(template), values={"month": "7"}))
    texts = [one.text.replace("\n", "") for one in cells(sheet, Block.VALUES, "month")]
    assert texts == ["1—7月执行数", "1—7月执行率", "1—7月执行情况"]
