"""The squares and descriptions of the forms beyond a project's self-assessment: ticks, boxes, lists, reports, choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import FormKind, Indicator
from perfdesk.policy import load_policies
from perfdesk.template import Align, BlockRole, Field, FieldKind, Heading, Slot, SlotKind, Template, read_template
from perfdesk.template.squares import boxed_words, boxes_follow, tick_boxes

ROOT = Path(__file__).parents[1]
PLACE = "my-form.toml："
HEAD = """
title = "某县表"
kind = "project_monitoring"
source = "某县财政局"
unit = "万元"
policy = "national-2020"
rate_of = ["interim_executed", "annual_budget"]
keep_level2 = true
weight_by_goal = true
columns_mm = [20, 30, 40]

[page]
orientation = "portrait"
margins_mm = [13, 13, 13, 13]
row_mm = 7

[fields]
month = { label = "月份", kind = "number" }
category = { label = "项目类别", choices = ["省级专项", "部门预算"], many = true }
basic = { label = "基本支出", group = "按支出性质分" }
chief = { label = "单位负责人", signature = true }
staff = { label = "在职人数", raw = true, unit = "人", kind = "number" }

[columns]
causes = { label = "偏差原因", choices = ["经费保障", "其他"], many = true }

[[funds]]
key = "total"
label = "总额"
"""
FORM = (
    HEAD
    + """
[[blocks]]
rows = [
  ["=1—{month}月执行数", "=<年度资金总额：{total.initial_budget}", "{total.weight}分|10分"],
  ["@{total.score}分", "@{total_weight}分", "month"],
  ["?category", "?category=省级专项", "?category=<□部门预算　□省级专项"],
  ["@grade", "@grade=□优 90分以上　□良", "basic"],
  ["chief", "<", "<"],
]

[[blocks]]
role = "indicators"
header = [["=序号", "=经费保障", "=得分"]]
row = ["@number", "?causes=经费保障", "@{score}分"]

[[starter]]
level1 = "产出指标"
level2 = "数量指标"
"""
)
LIST = (
    HEAD.replace("keep_level2 = true", 'gathers = "project_self_assessment"').replace(
        "causes = {",
        "project_name = { label = '项目名称' }\nexecuted = { label = '执行数', kind = 'number' }\npart = {",
    )
    + """
[[blocks]]
role = "list"
header = [["=序号", "=项目名称", "=执行数"]]
row = ["@number", "@project_name", "executed"]
merge = ["project_name"]

[[blocks]]
rows = [["=合计", "<", "@sum.executed"]]
"""
)
REPORT = (
    HEAD.replace("[20, 30, 40]", "[156]")
    + """
[[outline]]
level = 1
text = "一、基本情况"

[[outline]]
level = 2
text = "（一）单位基本情况"
hint = "机构、编制、在职人数"

[[blocks]]
role = "cover"
rows = [["=报告"]]

[[blocks]]
role = "sections"
"""
)


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Template]:
    def make(text: str) -> Template:
        path = tmp_path / "my-form.toml"
        path.write_text(text, encoding="utf-8")
        return read_template(path, load_policies(ROOT / "resources" / "policies"))

    return make


def test_every_kind_of_square(load: Callable[[str], Template]) -> None:
    grid, indicators = load(FORM).blocks
    assert grid.slots == (
        Slot(SlotKind.FIELD, 0, 0, key="month", pattern="1—{month}月执行数"),
        Slot(
            SlotKind.FIELD,
            0,
            1,
            key="initial_budget",
            fund="total",
            pattern="年度资金总额：{initial_budget}",
            align=Align.LEFT,
        ),
        Slot(SlotKind.INPUT, 0, 2, key="weight", fund="total", pattern="{weight}分", text="10分"),
        Slot(SlotKind.COMPUTED, 1, 0, key="score", fund="total", pattern="{score}分"),
        Slot(SlotKind.COMPUTED, 1, 1, key="total_weight", pattern="{total_weight}分"),
        Slot(SlotKind.INPUT, 1, 2, key="month"),
        Slot(SlotKind.BOXES, 2, 0, key="category", pattern="□省级专项　□部门预算"),
        Slot(SlotKind.TICK, 2, 1, key="category", text="省级专项"),
        Slot(SlotKind.BOXES, 2, 2, key="category", pattern="□部门预算　□省级专项", align=Align.LEFT),
        Slot(SlotKind.COMPUTED, 3, 0, key="grade"),
        Slot(SlotKind.BOXES, 3, 1, key="grade", pattern="□优 90分以上　□良", computes=True),
        Slot(SlotKind.INPUT, 3, 2, key="basic"),
        Slot(SlotKind.INPUT, 4, 0, column_span=3, key="chief"),
    )
    assert indicators.body == (
        Slot(SlotKind.COMPUTED, 0, 0, key="number"),
        Slot(SlotKind.TICK, 0, 1, key="causes", text="经费保障"),
        Slot(SlotKind.COMPUTED, 0, 2, key="score", pattern="{score}分"),
    )


def test_the_descriptions_as_written(load: Callable[[str], Template]) -> None:
    template = load(FORM)
    assert template.fields == (
        Field("month", "月份", FieldKind.NUMBER),
        Field("category", "项目类别", choices=("省级专项", "部门预算"), many=True),
        Field("basic", "基本支出", group="按支出性质分"),
        Field("chief", "单位负责人", signature=True),
        Field("staff", "在职人数", FieldKind.NUMBER, raw=True, unit="人"),
    )
    assert template.column("causes") == Field("causes", "偏差原因", choices=("经费保障", "其他"), many=True)
    assert template.column("likelihood") is None
    assert template.rate_of == ("interim_executed", "annual_budget")
    assert (template.keep_level2, template.weight_by_goal) == (True, True)
    assert template.kept_rows == template.starter == (Indicator(level1="产出指标", level2="数量指标"),)
    assert template.repeated is template.blocks[1]


def test_a_list_that_gathers_forms(load: Callable[[str], Template]) -> None:
    template = load(LIST)
    rows, total = template.blocks
    assert template.gathers is FormKind.PROJECT_SELF
    assert (rows.role, rows.merge, template.repeated) == (BlockRole.LIST, ("project_name",), rows)
    assert rows.body == (
        Slot(SlotKind.COMPUTED, 0, 0, key="number"),
        Slot(SlotKind.COMPUTED, 0, 1, key="project_name"),
        Slot(SlotKind.INPUT, 0, 2, key="executed"),
    )
    assert total.slots[-1] == Slot(SlotKind.COMPUTED, 0, 2, key="sum.executed")
    assert template.kept_rows == ()


def test_a_report_with_its_outline(load: Callable[[str], Template]) -> None:
    template = load(REPORT)
    assert [block.role for block in template.blocks] == [BlockRole.COVER, BlockRole.SECTIONS]
    assert template.outline == (
        Heading(1, "一、基本情况"),
        Heading(2, "（一）单位基本情况", "机构、编制、在职人数"),
    )
    assert (template.repeated, template.gathers) == (None, None)


@pytest.mark.parametrize(
    ("pattern", "words", "ticked"),
    [
        ("□部门预算　□省级专项", ("部门预算", "省级专项"), "□部门预算　☑省级专项"),
        ("1、部门预算□　2、省级专项□", ("部门预算", "省级专项"), "1、部门预算□　2、省级专项☑"),
        ("（1）部门预算 □ ②省级专项 □", ("部门预算", "省级专项"), "（1）部门预算 □ ②省级专项 ☑"),
        ("1、□部门预算 2、□省级专项", ("部门预算", "省级专项"), "1、□部门预算 2、☑省级专项"),
        ("省级专项", (), "省级专项"),
    ],
)
def test_boxes_stand_before_or_behind_their_words(pattern: str, words: tuple[str, ...], ticked: str) -> None:
    assert boxed_words(pattern) == words
    assert tick_boxes(pattern, ("省级专项",)) == ticked
    assert boxes_follow(ticked) == boxes_follow(pattern)


WRONG: Mapping[str, tuple[str, str, str, str]] = {
    "tick of a strange word": (
        FORM,
        "?category=省级专项",
        "?category=省级专向",
        'blocks[0].rows[2]："省级专向" 不在 "category" 可选的词里，是否为 "省级专项"？',
    ),
    "box of a strange word": (
        FORM,
        "□部门预算　□省",
        "□部门　□省",
        'blocks[0].rows[2]："部门" 不在 "category" 可选的词里，是否为 "部门预算"？',
    ),
    "a box without a word": (
        FORM,
        "□部门预算　□省级专项",
        "□部门预算　省级专项□",
        'blocks[0].rows[2]："□部门预算　省级专项□" 里的方框应各挨着一个词，都在词前或都在词后，词与词之间空一格。',
    ),
    "boxes that touch the next word": (
        FORM,
        "□部门预算　□省级专项",
        "部门预算□省级专项□",
        'blocks[0].rows[2]："部门预算□省级专项□" 里的方框应各挨着一个词，都在词前或都在词后，词与词之间空一格。',
    ),
    "boxes without choices": (
        FORM,
        '"?category"',
        '"?basic"',
        'blocks[0].rows[2]：字段 "basic" 没有可选的词，请给它写 choices。',
    ),
    "tick of a strange field": (
        FORM,
        "?causes=",
        "?cause=",
        'blocks[1].row：未知字段 "cause"，是否为 "causes"？',
    ),
    "a field among boxes": (
        FORM,
        "□部门预算　□",
        "□部门预算 {month} □",
        "blocks[0].rows[2]：打勾的格里不能再有字段，请分成几格。",
    ),
    "a computed list cell of a form that gathers none": (
        LIST,
        'gathers = "project_self_assessment"',
        "",
        'blocks[0].row：未知字段 "project_name"。',
    ),
    "a strange grade": (FORM, "□良", "□良好", 'blocks[0].rows[3]："良好" 不在 "grade" 可选的词里，是否为 "良"？'),
    "many without choices": (
        FORM,
        'label = "月份"',
        'label = "月份", many = true',
        "fields.month.many：可选多个词的字段须写 choices。",
    ),
    "a unit that is not printed": (
        FORM,
        'label = "月份"',
        'label = "月份", unit = "月"',
        "fields.month.unit：只有原始数（raw = true）才写单位；印在表上的单位请写在标签里。",
    ),
    "a joined choice": (
        FORM,
        '"部门预算"]',
        '"部门、预算"]',
        'fields.category.choices[1]："部门、预算" 应是一个词，不重复，里面没有“、”。',
    ),
    "the same choice twice": (
        FORM,
        '"部门预算"]',
        '"省级专项"]',
        'fields.category.choices[0]："省级专项" 应是一个词，不重复，里面没有“、”。',
    ),
    "a blank choice": (
        FORM,
        '"其他"]',
        '" "]',
        'columns.causes.choices[1]：" " 应是一个词，不重复，里面没有“、”。',
    ),
    "a strange kind that is gathered": (
        LIST,
        'gathers = "project_self_assessment"',
        'gathers = "project_self"',
        'gathers："project_self" 应为 ',
    ),
    "a rate of a strange column": (
        FORM,
        '["interim_executed"',
        '["interim_execute"',
        'rate_of：未知字段 "interim_execute"，是否为 "interim_executed"？',
    ),
    "a rate of one column": (
        FORM,
        '["interim_executed", "annual_budget"]',
        '["executed"]',
        "rate_of：应为两列：执行率 = 第一列 ÷ 第二列。",
    ),
    "a heading of level 4": (REPORT, "level = 2", "level = 4", 'outline[1].level："4" 应为 1、2 或 3。'),
    "a heading of level 1.5": (REPORT, "level = 2", "level = 1.5", 'outline[1].level："1.5" 应为 1、2 或 3。'),
    "a misspelt hint": (REPORT, "hint =", "hnt =", 'outline[1]：未知的项 "hnt"，是否为 "hint"？'),
    "a report of two columns": (
        REPORT.replace('["=报告"]', '["=报告", "="]'),
        "[156]",
        "[100, 56]",
        "columns_mm：报告（role = sections）只有一列，columns_mm 应只写一个数。",
    ),
    "two repeated blocks": (
        LIST,
        "[[blocks]]\nrows",
        '[[blocks]]\nrole = "indicators"\nheader = [["=", "=", "="]]\nrow = ["=", "=", "="]\n[[blocks]]\nrows',
        "blocks：一张表样只能有一组绩效指标（role = indicators）或一个列表（role = list）。",
    ),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_answered_with_place_word_and_remedy(load: Callable[[str], Template], mistake: str) -> None:
    text, right, wrong, message = WRONG[mistake]
    assert right in text
    with pytest.raises(UserError) as caught:
        load(text.replace(right, wrong, 1))
    assert str(caught.value).startswith(PLACE + message)


def test_a_description_of_a_column_no_indicator_has(load: Callable[[str], Template]) -> None:
    with pytest.raises(UserError) as caught:
        load(FORM.replace("[columns]", "[columns]\nremarks = { label = '备注' }"))
    assert str(caught.value) == PLACE + 'columns：未知字段 "remarks"，是否为 "remark"？'
