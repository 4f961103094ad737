"""表样: every template loads, tiles and reads like the printed form; every mistake in a file is answered exactly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import FormKind
from perfdesk.policy import Policy, load_policies
from perfdesk.template import (
    FUND_KEYS,
    INDICATOR_KEYS,
    TERMS,
    Align,
    Block,
    BlockRole,
    FieldKind,
    Own,
    Slot,
    SlotKind,
    Stock,
    Template,
    load_templates,
    read_shelf,
    read_template,
    with_own,
)

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "templates"
NATIONAL, QIANNAN = "national-2020-project-self", "qiannan-2024-project-self"

# ------------------------------------------------------------------------------------------- the templates we ship


@pytest.fixture(scope="module")
def policies() -> Mapping[str, Policy]:
    return load_policies(ROOT / "resources" / "policies")


@pytest.fixture(params=sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def template(request: pytest.FixtureRequest, policies: Mapping[str, Policy]) -> Template:
    return read_template(request.param, policies)


def test_a_shipped_template_is_complete(template: Template) -> None:
    assert template.title
    assert template.source
    assert template.policy.id
    assert sum(template.columns_mm) <= template.page.width_mm - template.page.left_mm - template.page.right_mm
    assert min(template.page.top_mm, template.page.right_mm, template.page.bottom_mm, template.page.left_mm) >= 12


def test_its_cells_tile_every_block(template: Template) -> None:
    for block in template.blocks:
        stretched = {(block.row_count, c) for s in block.slots if s.stretches for c in _columns(s)}
        body = Counter((block.row_count, c) for s in block.body for c in _columns(s))
        drawn = Counter((r, c) for s in block.slots for r in range(s.row, s.row + s.row_span) for c in _columns(s))
        rows = block.row_count + bool(block.body)
        everywhere = Counter((r, c) for r in range(rows) for c in range(len(template.columns_mm)))
        assert drawn + body + Counter(stretched) == everywhere


def _columns(slot: Slot) -> range:
    return range(slot.column, slot.column + slot.column_span)


def test_every_field_has_a_cell_and_every_cell_a_field(template: Template) -> None:
    slots = [slot for block in template.blocks for slot in block.slots]
    shown = {key for slot in slots if not slot.fund for key in _keys(slot)}
    known = {field.key for field in template.fields if not field.raw}
    columns = {column.key for column in template.columns}
    computed = {"total_weight", "total_score", "grade", *(f"sum.{key}" for key in columns)}
    assert shown - {field.key for field in template.fields} <= {*computed, "year", "unit"}
    assert known <= shown, "a field nobody can fill in"
    assert columns <= {key for block in template.blocks for slot in block.body for key in _keys(slot)}
    assert {fund.key for fund in template.funds} == {slot.fund for slot in slots if slot.fund}


def _keys(slot: Slot) -> set[str]:
    return {key for key in (slot.key, *re.findall(r"\{(\w+)\}", slot.pattern)) if key}


def test_its_indicator_row_binds_indicator_fields_only(template: Template) -> None:
    for block in template.blocks:
        known = (
            {*INDICATOR_KEYS, "number"} if block.role is BlockRole.INDICATORS else {*_columns_of(template), "number"}
        )
        assert all(_keys(slot) <= known for slot in block.body)
    columns = set(template.indicator_columns)
    assert not columns or {"level1", "name"} <= columns
    assert "score" not in columns or {"target", "actual"} <= columns or template.kind is FormKind.DEPARTMENT_RATING


def _columns_of(template: Template) -> set[str]:
    return {column.key for column in template.columns}


def test_fund_rows_are_sums_of_rows_of_the_form(template: Template) -> None:
    for index, fund in enumerate(template.funds):
        assert template.fund_index(fund.key) == index
        assert all(template.fund_index(part) > index for part in fund.parts)
    with pytest.raises(ValueError, match="stranger"):
        template.fund_index("stranger")


def test_every_key_has_a_word() -> None:
    assert set(TERMS) >= {*FUND_KEYS, *INDICATOR_KEYS}


# --------------------------------------------------------------------------------- label for label (layouts.md)


def drawn(template: Template) -> list[list[str]]:
    """The form, row by row: a label's words, a field's pattern or key, ``@`` before a computed one; line breaks left out."""
    lines: list[list[str]] = []
    for block in template.blocks:
        for rows, count in ((block.slots, block.row_count), (block.body, 1 if block.body else 0)):
            lines += [[_show(s) for s in sorted(rows, key=lambda s: s.column) if s.row == row] for row in range(count)]
    return lines


def _show(slot: Slot) -> str:
    name = f"{slot.fund}.{slot.key}" if slot.fund else slot.key
    text = slot.pattern or (slot.text if slot.kind is SlotKind.LABEL else name)
    spans = f" →{slot.column_span}" if slot.column_span > 1 else ""
    down = " ↓" if slot.stretches else f" ↓{slot.row_span}" if slot.row_span > 1 else ""
    return ("@" if slot.kind is SlotKind.COMPUTED else "") + text.replace("\n", "") + spans + down


def test_the_national_form_of_2020_label_for_label(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]

    def fund(key: str, label: str) -> list[str]:
        money = [f"{key}.{one}" for one in ("initial_budget", "annual_budget", "executed", "weight")]
        sign = "@" if key == "total" else ""
        return [f"{label} →2", *money, f"{sign}{key}.execution_rate", f"{sign}{key}.score"]

    assert drawn(template) == [
        ["annex →10"],
        ["title →10"],
        ["（{year}年度） →10"],
        ["项目名称 →2", "project_name →8"],
        ["主管部门 →2", "department →3", "实施单位", "agency →4"],
        ["项目资金（{unit}） →2 ↓5", " →2", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        fund("total", "年度资金总额"),
        fund("fiscal", "其中：当年财政拨款"),
        fund("carried", "上年结转资金"),
        fund("other", "其他资金"),
        ["年度总体目标 →2 ↓2", "预期目标 →4", "实际完成情况 →4"],
        ["goal_expected →4", "goal_actual →4"],
        [
            "绩效指标 ↓",
            "一级指标",
            "二级指标",
            "三级指标 →2",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["level1", "level2", "name →2", "target", "actual", "weight", "@score", "reason"],
        ["总分 →7", "@total_weight", "@total_score", ""],
    ]
    assert (template.kind, template.unit, template.page.landscape) == (FormKind.PROJECT_SELF, MoneyUnit.WAN, False)
    assert [one.level2 for one in template.starter] == [
        *("数量指标", "质量指标", "时效指标", "成本指标"),
        *("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标"),
    ]
    assert [one.level1 for one in template.starter] == ["产出指标"] * 4 + ["效益指标"] * 4 + ["满意度指标"]
    assert template.funds[0].parts == ("fiscal", "carried", "other")


def test_the_hubei_form_of_2020_label_for_label(templates: Mapping[str, Template]) -> None:
    template = templates["hubei-2020-project-self"]

    def fund(key: str, label: str) -> list[str]:
        sign = "@" if key == "total" else ""
        figures = [f"{key}.annual_budget", f"{key}.executed", f"{sign}{key}.execution_rate", f"{sign}{key}.score"]
        return [f"{label} →2", *figures]

    assert drawn(template)[3:18] == [
        ["项目名称", "project_name →6"],
        ["主管部门", "department →3", "项目实施单位", "agency →2"],
        ["项目类别", "1、部门预算项目□　2、省直专项□　3、省对下转移支付项目□ →6"],
        ["项目属性", "1、持续性项目□　2、新增性项目□ →6"],
        ["项目类型", "1、常年性项目□　2、延续性项目□　3、一次性项目□ →6"],
        [
            *("预算执行情况（{unit}）（20分） ↓5", " →2", "预算数（A）", "执行数（B）"),
            *("执行率（B/A）", "得分（20分×执行率）"),
        ],
        fund("total", "年度财政资金总额"),
        fund("current", "其中：本年财政拨款"),
        fund("carried", "上年结转结余资金"),
        fund("transfer", "上级转移支付资金"),
        [
            *("年度绩效目标（80分）", "一级指标", "二级指标", "三级指标"),
            *("年初目标值（A）", "实际完成值（B）", "得分"),
        ],
        ["{goal}（{goal_weight}分）", "level1", "level2", "name", "target", "actual", "@score"],
        ["总分 →6", "@total_score"],
        ["偏差大或目标未完成原因分析", "deviation →6"],
        ["改进措施及结果应用方案", "improvement →6"],
    ]
    assert template.weight_by_goal
    assert {one.goal_weight for one in template.starter} == {"40"}


def test_the_qiannan_form_of_2024_label_for_label(templates: Mapping[str, Template]) -> None:
    template = templates[QIANNAN]

    def fund(key: str, label: str) -> list[str]:
        money = [f"{key}.{one}" for one in ("initial_budget", "annual_budget", "executed", "weight")]
        sign = "@" if key == "total" else ""
        return [f"{label} →2", *money, f"{sign}{key}.execution_rate", f"{sign}{key}.score →2"]

    assert drawn(template) == [
        ["title →11"],
        ["（{year}年度） →11"],
        ["单位(盖章)：{seal} →6", "填报日期：{report_date} →5"],
        ["项目名称 →2", "project_name →9"],
        ["主管部门及代码 →2", "[{department_code}]{department} →3", "实施单位", "agency →5"],
        [
            "项目资金（{unit}） →2 ↓6",
            "资金来源 →2",
            "年初预算数",
            "全年预算数(A)",
            "全年执行数(B)",
            "分值",
            "执行率",
            "得分 →2",
        ],
        fund("total", "年度资金总额:"),
        fund("fiscal", "财政拨款:"),
        fund("local", "本级安排:"),
        fund("upper", "其中:上级补助:"),
        fund("other", "其他:"),
        ["年度总体目标 →2 ↓2", "预期目标 →4", "实际完成情况 →5"],
        ["goal_expected →4", "goal_actual →5"],
        [
            "绩效指标 ↓",
            "一级指标",
            "二级指标",
            "三级指标 →2",
            "年度指标值(A)",
            "实际完成值(B)",
            "分值",
            "得分",
            "未完成原因分析",
            "备注",
        ],
        [
            "{level1}（{level1_weight}分）",
            "level2",
            "name →2",
            "target",
            "actual",
            "weight",
            "@score",
            "reason",
            "remark",
        ],
        ["总分 →7", "@total_weight", "@total_score", " →2"],
        ["自评结论 →2", "conclusion →9"],
        ["联系人：{contact} →11"],
    ]
    assert (template.kind, template.unit, template.page.landscape) == (FormKind.PROJECT_SELF, MoneyUnit.YUAN, True)
    assert not template.rate_sign
    assert (template.funds[0].parts, template.funds[1].parts) == (("fiscal", "other"), ("local", "upper"))
    placeholders = {slot.text for block in template.blocks for slot in block.slots if slot.fund not in {"", "total"}}
    assert placeholders == {"", "-"}
    assert template.indicator_columns[:2] == ("level1", "level1_weight")


# ------------------------------------------------------------------------------------------------ a file of one's own

GOOD = """
title = "某县自评表"
kind = "project_self_assessment"
source = "某县财政局"
unit = "万元"
policy = "national-2020"
columns_mm = [20, 30, 40]

[page]
orientation = "portrait"
margins_mm = [13, 13, 13, 13]
row_mm = 7

[fields]
budget_final = { label = "决算数", align = "right" }
preparer = { label = "填表人", required = true }
day = { label = "日期", kind = "date" }

[[funds]]
key = "total"
label = "总额"
sum_of = ["other"]

[[funds]]
key = "other"
label = "其他"

[[blocks]]
rows = [
  ["=项目", "<", "=>右"],
  ["^", "<", "budget_final"],
  ["=填表人：{preparer}", "[{day}]{budget_final}", "budget_final|—"],
  ["total.executed", "@total.execution_rate", "@total_score"],
]

[[blocks]]
role = "indicators"
header = [
  ["=绩效", "=三级", "=<值（{unit}）"],
]
row = ["^", "name", "weight"]
merge = ["level1"]
"""


@pytest.fixture
def load(tmp_path: Path, policies: Mapping[str, Policy]) -> Callable[[str], Template]:
    def make(text: str) -> Template:
        path = tmp_path / "my-form.toml"
        path.write_text(text, encoding="utf-8")
        return read_template(path, policies)

    return make


def test_every_kind_of_square(load: Callable[[str], Template]) -> None:
    template = load(GOOD)
    grid, indicators = template.blocks
    assert grid.slots == (
        Slot(SlotKind.LABEL, 0, 0, 2, 2, text="项目"),
        Slot(SlotKind.LABEL, 0, 2, text="右", align=Align.RIGHT),
        Slot(SlotKind.INPUT, 1, 2, key="budget_final"),
        Slot(SlotKind.FIELD, 2, 0, key="preparer", pattern="填表人：{preparer}"),
        Slot(SlotKind.INPUT, 2, 1, key="budget_final", pattern="[{day}]{budget_final}"),
        Slot(SlotKind.INPUT, 2, 2, key="budget_final", text="—"),
        Slot(SlotKind.INPUT, 3, 0, key="executed", fund="total"),
        Slot(SlotKind.COMPUTED, 3, 1, key="execution_rate", fund="total"),
        Slot(SlotKind.COMPUTED, 3, 2, key="total_score"),
    )
    assert indicators.slots == (
        Slot(SlotKind.LABEL, 0, 0, text="绩效", stretches=True),
        Slot(SlotKind.LABEL, 0, 1, text="三级"),
        Slot(SlotKind.LABEL, 0, 2, text="值（{unit}）", pattern="值（{unit}）", align=Align.LEFT),
    )
    assert indicators.body == (
        Slot(SlotKind.INPUT, 0, 1, key="name"),
        Slot(SlotKind.INPUT, 0, 2, key="weight"),
    )
    assert template.id == "my-form"
    assert template.indicator_columns == ("name", "weight")
    assert template.rate_sign
    assert template.columns_mm == (Decimal(20), Decimal(30), Decimal(40))


def test_fields_as_written(load: Callable[[str], Template]) -> None:
    template = load(GOOD)
    budget, preparer, day = template.fields
    assert (budget.label, budget.kind, budget.required, budget.align) == ("决算数", FieldKind.TEXT, False, Align.RIGHT)
    assert (preparer.required, preparer.align) == (True, None)
    assert template.field("day") is day
    assert day.kind is FieldKind.DATE
    assert template.field("stranger") is None


def test_a_form_without_indicators_and_funds(load: Callable[[str], Template]) -> None:
    text = GOOD.split("[[blocks]]\nrole", maxsplit=1)[0].replace(
        '"total.executed", "@total.execution_rate", ', '"=", "=", '
    )
    head, rest = text.split("[[funds]]", 1)
    template = load(head + "[[blocks]]" + rest.split("[[blocks]]", 1)[1])
    assert template.funds == ()
    assert template.indicator_columns == ()


def test_a_header_of_two_rows_stretches_only_what_runs_on(load: Callable[[str], Template]) -> None:
    template = load(
        GOOD.replace(
            'header = [\n  ["=绩效", "=三级", "=<值（{unit}）"],\n]',
            'header = [\n  ["=绩效", "=指标", "<"],\n  ["^", "=三级", "=值"],\n]',
        )
    )
    side, over, name, value = template.blocks[1].slots
    assert (side.row, side.row_span, side.stretches) == (0, 2, True)
    assert (over.row_span, over.column_span, over.stretches) == (1, 2, False)
    assert [(one.row, one.stretches) for one in (name, value)] == [(1, False), (1, False)]
    assert [one.row for one in template.blocks[1].body] == [0, 0]


PLACE = "my-form.toml："


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        # the drawing
        (
            '"^", "<", "budget_final"]',
            '"^", "<", "budget_fianl"]',
            'blocks[0].rows[1]：未知字段 "budget_fianl"，是否为 "budget_final"？',
        ),
        (
            '"total.executed"',
            '"total.excuted"',
            'blocks[0].rows[3]：未知字段 "total.excuted"，是否为 "total.executed"？',
        ),
        ('"total.executed"', '"executed"', 'blocks[0].rows[3]：未知字段 "executed"，是否为 "total.executed"？'),
        ('"total.executed"', '""', 'blocks[0].rows[3]："" 不是字段；印好的字前面写等号："="。'),
        ('"total.executed"', '"执行数"', 'blocks[0].rows[3]："执行数" 不是字段；印好的字前面写等号："=执行数"。'),
        ('"@total_score"', '"@total_scroe"', 'blocks[0].rows[3]：未知字段 "total_scroe"，是否为 "total_score"？'),
        ('"@total_score"', '"@other.score"', 'blocks[0].rows[3]：未知字段 "other.score"，是否为 "total.score"？'),
        ("{preparer}", "{preperar}", 'blocks[0].rows[2]：未知字段 "preperar"，是否为 "preparer"？'),
        ("[{day}]", "[{dya}]", 'blocks[0].rows[2]：未知字段 "dya"，是否为 "day"？'),
        ("{preparer}", "{preparer}{day}", "blocks[0].rows[2]：一个标签格里只能有一个要填的字段，请分成几格。"),
        (
            "{preparer}",
            "{ preparer }",
            'blocks[0].rows[2]："填表人：{ preparer }" 的花括号里应是一个字段的名字，如 {preparer}。',
        ),
        (
            "[{day}]",
            "[{total.executed}]",
            "blocks[0].rows[2]：一格里的字段应属于同一资金行，请分成几格。",
        ),
        ('"^", "<", "budget_final"]', '"^", "<"]', "blocks[0].rows[1]：这一行有 2 格，应与 columns_mm 一样是 3 格。"),
        (
            '"^", "<", "budget_final"]',
            '"^", "budget_final", "<"]',
            'blocks[0].rows[0]：合并的格不是长方形，请检查 "<" 和 "^"。',
        ),
        ('["=项目", "<", "=>右"]', '["<", "=项目", "=>右"]', 'blocks[0].rows[0]："<" 的左边没有格可以合并。'),
        ('["=项目", "<", "=>右"]', '["=项目", "^", "=>右"]', 'blocks[0].rows[0]："^" 的上边没有格可以合并。'),
        (
            'row = ["^", "name", "weight"]',
            'row = ["^", "nmae", "weight"]',
            'blocks[1].row：未知字段 "nmae"，是否为 "name"？',
        ),
        (
            'row = ["^", "name", "weight"]',
            'row = ["^", "budget_final", "weight"]',
            'blocks[1].row：未知字段 "budget_final"。',
        ),
        (
            'row = ["^", "name", "weight"]',
            'row = ["^", "total.executed", "weight"]',
            'blocks[1].row：未知字段 "total.executed"。',
        ),
        (
            'row = ["^", "name", "weight"]',
            'row = ["^", "name", "@total_score"]',
            'blocks[1].row：未知字段 "total_score"，是否为 "score"？',
        ),
        (
            'row = ["^", "name", "weight"]',
            'row = ["^", "name"]',
            "blocks[1].row：这一行有 2 格，应与 columns_mm 一样是 3 格。",
        ),
        ('row = ["^", "name", "weight"]', 'row = ["<", "name", "weight"]', 'blocks[1].row："<" 的左边没有格可以合并。'),
        (
            'row = ["^", "name", "weight"]',
            'row = ["^", "<", "weight"]',
            'blocks[1].header[0]：合并的格不是长方形，请检查 "<" 和 "^"。',
        ),
        ('row = ["^", "name", "weight"]\n', "", 'blocks[1]：缺少 "row"，请补上。'),
        ('["=绩效", "=三级", "=<值（{unit}）"]', '["=绩效", "name", "=值"]', 'blocks[1].header[0]：未知字段 "name"。'),
        ('merge = ["level1"]', 'merge = ["levle1"]', 'blocks[1].merge：未知字段 "levle1"，是否为 "level1"？'),
        ('merge = ["level1"]', 'megre = ["level1"]', 'blocks[1]：未知的项 "megre"，是否为 "merge"？'),
        (
            'role = "indicators"',
            'role = "indicator"',
            (
                'blocks[1].role："indicator" 应为 title、subtitle、note、grid、indicators、list、sections、cover 之一'
                '，是否为 "indicators"？'
            ),
        ),
        # fields and funds
        ('kind = "date"', 'kind = "dat"', 'fields.day.kind："dat" 应为 text、long、date、number 之一，是否为 "date"？'),
        (
            'align = "right"',
            'align = "rigth"',
            'fields.budget_final.align："rigth" 应为 left、center、right 之一，是否为 "right"？',
        ),
        ("required = true", 'required = "ja"', 'fields.preparer.required："ja" 应为 true 或 false。'),
        ("required = true", "requierd = true", 'fields.preparer：未知的项 "requierd"，是否为 "required"？'),
        ('day = { label = "日期", kind = "date" }', 'day = { kind = "date" }', 'fields.day：缺少 "label"，请补上。'),
        ('day = { label = "日期", kind = "date" }', 'day = "日期"', 'fields.day："日期" 应为一个表 [day]。'),
        ('sum_of = ["other"]', 'sum_of = ["othre"]', 'funds[0].sum_of：未知字段 "othre"，是否为 "other"？'),
        ('sum_of = ["other"]', 'sumof = ["other"]', 'funds[0]：未知的项 "sumof"，是否为 "sum_of"？'),
        ('key = "other"', 'key = "total"', 'funds[0].key：资金行 "total" 写了两次，请换个名字。'),
        # the page
        (
            'orientation = "portrait"',
            'orientation = "quer"',
            'page.orientation："quer" 应为 portrait（纵向）或 landscape（横向）。',
        ),
        ('orientation = "portrait"', 'orientation = "portrait"\nsize = "A5"', 'page.size："A5" 应为 A4、A3 之一。'),
        ("[13, 13, 13, 13]", "[13, 13, 13]", "page.margins_mm：应为上、右、下、左四个毫米数，上下之间要留出版心。"),
        ("[13, 13, 13, 13]", "[13, -1, 13, 13]", "page.margins_mm：应为上、右、下、左四个毫米数，上下之间要留出版心。"),
        (
            "[13, 13, 13, 13]",
            "[150, 13, 147, 13]",
            "page.margins_mm：应为上、右、下、左四个毫米数，上下之间要留出版心。",
        ),
        ("row_mm = 7", "row_mm = 0", 'page.row_mm："0" 应为最小行高的毫米数，大于 0 并且小于版心的高。'),
        ("row_mm = 7", "row_mm = 300", 'page.row_mm："300" 应为最小行高的毫米数，大于 0 并且小于版心的高。'),
        ("row_mm = 7", "row_mm = nan", 'page.row_mm："NaN" 应为数字。'),
        ("row_mm = 7", "row_mm = 7\nheight = 5", 'page：未知的项 "height"。'),
        ("[20, 30, 40]", "[100, 50, 35]", "columns_mm：各列共 185 毫米，宽过版心 184 毫米。"),
        ("[20, 30, 40]", "[20, 0, 40]", "columns_mm：应为每列的毫米数，都大于 0。"),
        ("[20, 30, 40]", "[]", "columns_mm：应为每列的毫米数，都大于 0。"),
        # the rest of the head
        (
            'policy = "national-2020"',
            'policy = "national-20201"',
            'policy：没有计分办法 "national-20201"，是否为 "national-2021"？',
        ),
        ('title = "某县自评表"', 'titel = "某县自评表"', '缺少 "title"，请补上。'),
        (
            'title = "某县自评表"',
            'title = "某县自评表"\nrate_sgin = true',
            '未知的项 "rate_sgin"，是否为 "rate_sign"？',
        ),
        ('unit = "万元"', 'unit = "万"', 'unit："万" 应为 元、万元 之一，是否为 "万元"？'),
        ('kind = "project_self_assessment"', 'kind = "project_self"', 'kind："project_self" 应为 '),
        (
            'role = "indicators"',
            'role = "indicators"\nheader = [["=","=","="]]\nrow = ["=","=","="]\n[[blocks]]\nrole = "indicators"',
            "blocks：一张表样只能有一组绩效指标（role = indicators）或一个列表（role = list）。",
        ),
        ("[[blocks]]", "[[starter]]\nlevle1 = '产出'\n[[blocks]]", 'starter[0]：未知的项 "levle1"，是否为 "level1"？'),
    ],
)
def test_a_mistake_is_answered_with_place_word_and_remedy(
    load: Callable[[str], Template], right: str, wrong: str, message: str
) -> None:
    assert right in GOOD
    with pytest.raises(UserError) as caught:
        load(GOOD.replace(right, wrong, 1))
    assert str(caught.value).startswith(PLACE + message)
    if not message.endswith("应为 "):
        assert str(caught.value) == PLACE + message


def test_a_file_that_cannot_be_read(tmp_path: Path, policies: Mapping[str, Policy]) -> None:
    path = tmp_path / "my-form.toml"
    with pytest.raises(UserError, match=r"^my-form.toml：打不开（"):
        read_template(path, policies)
    path.write_bytes(GOOD.encode("gbk"))
    with pytest.raises(UserError, match=r"^my-form.toml：不是 UTF-8 编码，请另存为 UTF-8 后再用。$"):
        read_template(path, policies)
    path.write_text("title = 某县", encoding="utf-8")
    with pytest.raises(UserError, match=r"^my-form.toml：第 1 行第 9 个字符处不是完整的 TOML，"):
        read_template(path, policies)


def test_templates_of_several_folders(tmp_path: Path, policies: Mapping[str, Policy]) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, name in ((ours, "b"), (ours, "a"), (theirs, "c")):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.toml").write_text(GOOD, encoding="utf-8")
    (ours / "notes.txt").write_text("不是表样", encoding="utf-8")
    assert list(load_templates((ours, theirs, tmp_path / "none"), policies)) == ["a", "b", "c"]
    (theirs / "a.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_templates((ours, theirs), policies)
    assert str(caught.value) == f'表样 "a" 有两份，请给 {theirs / "a.toml"} 换个文件名。'


def test_only_the_template_that_is_asked_for_is_read(tmp_path: Path, policies: Mapping[str, Policy]) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(GOOD.replace("title", "tilte", 1), encoding="utf-8")
    found = load_templates((tmp_path,), policies)
    assert (list(found), len(found)) == (["bad", "good"], 2)
    assert ("bad" in found, "none" in found) == (True, False)
    assert found["good"] is found["good"]
    assert found.get("none") is None
    with pytest.raises(UserError, match=r"^bad\.toml："):
        found["bad"]


def test_a_template_of_the_office_with_a_mistake_keeps_no_other_out(
    tmp_path: Path, policies: Mapping[str, Policy]
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, name, text in (
        (ours, "a", GOOD),
        (theirs, "a", GOOD),
        (theirs, "b", GOOD.replace("title", "tilte", 1)),
        (theirs, "c", GOOD),
    ):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    stock = Stock(load_templates((ours,), policies), policies)
    shelf = read_shelf(stock, Own(theirs, tmp_path / "none", tmp_path / "none.toml"))
    assert (list(shelf.templates), len(shelf.templates)) == (["a", "c"], 2)
    assert [shelf.templates[name].id for name in ("a", "c")] == ["a", "c"]
    assert ("a" in shelf.templates, "c" in shelf.templates, "b" in shelf.templates) == (True, True, False)
    assert shelf.own == {"c"}
    assert [one.path.name for one in shelf.refused] == ["a.toml", "b.toml"]
    assert shelf.refused[0].why == f"表样“a”有两份，请给“{theirs / 'a.toml'}”换个文件名。"
    assert shelf.refused[1].why.startswith("b.toml：")
    assert read_shelf(stock, Own(tmp_path / "none", tmp_path / "none", tmp_path / "none.toml")).refused == ()


def test_a_template_of_the_office_may_be_scored_by_a_policy_of_the_office(
    tmp_path: Path, policies: Mapping[str, Policy]
) -> None:
    county = (
        'title = "某县（2024）"\nsource = "某县财政局通知"\nextends = "national-2020"\n'
        '[weights]\nbudget = { value = 20, source = "某县财政局通知第二条", date = "2024-03" }\n'
    )
    own = Own(tmp_path / "templates", tmp_path / "policies", tmp_path / "choices.toml")
    for path, text in (
        (own.templates / "a.toml", GOOD.replace('policy = "national-2020"', 'policy = "某县-2024"')),
        (own.templates / "b.toml", GOOD.replace('policy = "national-2020"', 'policy = "某县-2025"')),
        (own.policies / "某县-2024.toml", county),
        (own.policies / "某县-2025.toml", county.replace("value = 20", 'value = "十"')),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shelf = with_own({}, own, policies)
    assert list(shelf.templates) == ["a"]
    assert shelf.templates["a"].policy.budget_weight == 20
    wrong, lost = shelf.refused
    assert wrong.why == '某县-2025.toml：weights.budget："十" 应为数字。'
    assert lost.why.startswith('b.toml：policy：没有计分办法 "某县-2025"')


def test_templates_and_blocks_are_cached_by_identity(load: Callable[[str], Template]) -> None:
    first, second = load(GOOD), load(GOOD)
    assert first != second
    assert len({first, second, first.blocks[0], Block(BlockRole.GRID, 0, ())}) == 4


def test_a_template_shows_its_id_only(templates: Mapping[str, Template]) -> None:
    assert repr(templates["national-2020-project-self"]) == "Template('national-2020-project-self')"


def test_the_rules_of_an_item_are_written_once(tmp_path: Path) -> None:
    text = (FOLDER / "chenxi-2021-department-rating.toml").read_text(encoding="utf-8")
    first = text[text.index("[[starter]]") : text.index("[[starter]]", text.index("[[starter]]") + 1)]
    path = tmp_path / "twice.toml"
    path.write_text(f"{text}\n{first}", encoding="utf-8")
    with pytest.raises(UserError, match=r'starter\[33\].rules：二级指标 "目标设定" 下的 "职责明确" 写了两次评分规则。'):
        read_template(path, load_policies(ROOT / "resources" / "policies"))
