"""版面: the cells tile the grid, carry the right texts, names and bindings, and say what is stated and what computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.editing import get_text, set_text
from perfdesk.model import Binding, Block, FundRow, Indicator, Record
from perfdesk.policy import load_policies
from perfdesk.scoring import assess
from perfdesk.sheet import Cell, Repeat, Role, Sheet, build, editable_cells
from perfdesk.template import Align, Template, load_templates

ROOT = Path(__file__).parents[1]
NATIONAL, QIANNAN = "national-2020-project-self", "qiannan-2024-project-self"
PLAIN = (NATIONAL, QIANNAN)  # print their figures without words around them


def make(template: Template, *rows: Indicator, **values: str) -> Record:
    funds = tuple(FundRow(fund.label) for fund in template.funds)
    return Record("r", template.id, 2024, template.unit, values=values, funds=funds, indicators=rows)


def sheet_of(template: Template, record: Record) -> Sheet:
    return build(template, record, assess(template, record))


def row(name: str = "", level1: str = "产出指标", level2: str = "数量指标", **texts: str) -> Indicator:
    return Indicator(level1=level1, level2=level2, name=name, **texts)


def at(sheet: Sheet, block: Block, key: str, index: int = -1) -> Cell:
    return next(cell for cell in sheet.cells if cell.binding and cell.binding.covers(Binding(block, key, row=index)))


def squares(sheet: Sheet) -> Counter[tuple[int, int]]:
    return Counter(
        (r, c)
        for cell in sheet.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    )


# -------------------------------------------------------------------------------------------------------- the grid

some_text = st.text(max_size=8)
indicators = st.builds(
    Indicator,
    level1=st.sampled_from(["", "产出指标", "效益指标"]),
    level1_weight=st.sampled_from(["", "50"]),
    level2=st.sampled_from(["", "数量指标", "质量指标"]),
    **dict.fromkeys(("name", "target", "actual", "weight", "score", "reason", "remark"), some_text),
)
records = st.builds(
    Record,
    id=st.just("r"),
    template_id=st.just("t"),
    year=st.integers(1900, 2100),
    unit=st.sampled_from(MoneyUnit),
    values=st.dictionaries(st.sampled_from(["title", "project_name", "department", "goal_expected", "x"]), some_text),
    funds=st.lists(st.builds(FundRow, **dict.fromkeys(FundRow.__slots__, some_text)), max_size=7).map(tuple),
    indicators=st.lists(indicators, max_size=15).map(tuple),
    stated=st.dictionaries(st.sampled_from(["total_weight", "total_score", "x"]), some_text),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(record=records)
@example(record=Record("r", "t", 2024))
@example(record=Record("r", "t", 2024, indicators=(Indicator(),) * 3))
def test_every_square_belongs_to_exactly_one_cell(templates: Mapping[str, Template], record: Record) -> None:
    for template in templates.values():
        sheet = sheet_of(template, record)
        columns = range(len(sheet.column_widths))
        assert squares(sheet) == Counter((r, c) for r in range(sheet.row_count) for c in columns)
        assert sheet == sheet_of(template, record)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(record=records)
def test_every_cell_shows_what_its_binding_holds(templates: Mapping[str, Template], record: Record) -> None:
    for template in templates.values():
        sheet = sheet_of(template, record)
        bindings = [
            cell.binding for cell in sheet.cells if cell.binding and not cell.tick and cell.binding.key != "month"
        ]
        assert len(set(bindings)) == len(bindings)
        for cell in sheet.cells:
            typed = get_text(record, cell.binding) if cell.binding else ""
            assert not typed or typed in cell.text or cell.tick or cell.boxed
            assert (cell.binding is None) == (cell.role is Role.LABEL or (not cell.role.framed and not cell.label))
            if cell.role is Role.COMPUTED:
                assert cell.stated == bool(typed)
                assert cell.stated or not cell.computed


def test_columns_are_the_millimetres_of_the_template(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    widths = sheet_of(template, make(template)).column_widths
    assert sum(widths) == pytest.approx(float(sum(template.columns_mm)) * 72 / 25.4)


# ------------------------------------------------------------------------------------------------------------ merges


def merges(template: Template, rows: list[Indicator], key: str) -> list[tuple[str, int]]:
    sheet = sheet_of(template, make(template, *rows))
    return [(cell.text, cell.row_span) for cell in sheet.cells if cell.binding and cell.binding.key == key]


def test_equal_neighbours_are_merged_downwards(templates: Mapping[str, Template]) -> None:
    rows = [row("一"), row("二"), row("三", level2="质量指标"), row("四", "效益指标"), row("五"), row("六")]
    for template in (templates[name] for name in PLAIN):
        assert merges(template, rows, "level1") == [("产出指标", 3), ("效益指标", 1), ("产出指标", 2)]
        assert merges(template, rows, "level2") == [("数量指标", 2), ("质量指标", 1), ("数量指标", 1), ("数量指标", 2)]
        assert merges(template, rows, "name") == [(one.name, 1) for one in rows]


def test_a_second_level_never_reaches_over_two_first_levels(templates: Mapping[str, Template]) -> None:
    rows = [row("一", "产出指标", "满意度"), row("二", "满意度指标", "满意度")]
    assert merges(templates[NATIONAL], rows, "level2") == [("满意度", 1), ("满意度", 1)]


def test_blank_groups_are_cells_of_their_own(templates: Mapping[str, Template]) -> None:
    rows = [row("一"), row("二", "", ""), row("三", "", ""), row("四")]
    assert merges(templates[NATIONAL], rows, "level1") == [("产出指标", 1), ("", 2), ("产出指标", 1)]
    assert merges(templates[NATIONAL], rows, "level2") == [("数量指标", 1), ("", 2), ("数量指标", 1)]


def test_a_group_cell_is_bound_to_all_its_rows_and_typing_into_it_changes_them_all(
    templates: Mapping[str, Template],
) -> None:
    template = templates[QIANNAN]
    record = make(template, row("一", level1_weight="50"), row("二"), row("三", "效益指标"))
    cell = at(sheet_of(template, record), Block.INDICATORS, "level1", 1)
    assert cell.binding == Binding(Block.INDICATORS, "level1", row=0, count=2, pattern="{level1}（{level1_weight}分）")
    assert (cell.text, cell.keep) == ("产出指标（50分）", ("满意度", "指标"))
    changed = set_text(record, cell.binding, "产出（60分）")
    assert merges(template, list(changed.indicators), "level1") == [("产出（60分）", 2), ("效益指标", 1)]


def test_the_side_label_runs_down_beside_all_indicators(templates: Mapping[str, Template]) -> None:
    for template in (templates[name] for name in PLAIN):
        for count in (0, 1, 5):
            sheet = sheet_of(template, make(template, *[row(str(i)) for i in range(count)]))
            side = next(cell for cell in sheet.cells if cell.text.replace("\n", "") == "绩效指标")
            assert side.row_span == count + 1
            assert sheet.repeat == Repeat(first=side.row, count=1, last=side.row + count)


# ------------------------------------------------------------------------------------------------- texts and bindings


def test_what_the_form_prints_by_itself(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    sheet = sheet_of(template, replace(make(template), unit=MoneyUnit.YUAN, year=2020))
    words = {cell.text for cell in sheet.cells if cell.binding is None}
    assert {"（2020年度）", "项目资金\n（元）", "其中：当年财政拨款", "总分"} <= words
    assert at(sheet, Block.VALUES, "title").text == ""
    assert sheet.title == "项目支出绩效自评表"
    assert sheet_of(template, make(template, title="昌吉州司法局")).title == "昌吉州司法局"


def test_a_field_in_a_label(templates: Mapping[str, Template]) -> None:
    template = templates[QIANNAN]
    sheet = sheet_of(template, make(template, seal="县司法局", department_code="144", department="州司法局"))
    seal = at(sheet, Block.VALUES, "seal")
    assert seal.text.endswith("：县司法局")
    assert (seal.role, seal.align, seal.binding) == (Role.NOTE, Align.LEFT, Binding(Block.VALUES, "seal"))
    date = at(sheet, Block.VALUES, "report_date")
    assert (date.text, date.align) == ("填报日期：", Align.RIGHT)
    department = at(sheet, Block.VALUES, "department_code")
    assert department.text == "[144]州司法局"
    assert department.binding == Binding(Block.VALUES, "department", pattern="[{department_code}]{department}")
    assert department.label == "主管部门"


def test_what_is_printed_while_nothing_is_typed(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    record = make(template)
    sheet = sheet_of(template, record)
    weight, dash = at(sheet, Block.FUNDS, "weight", 0), at(sheet, Block.FUNDS, "score", 1)
    assert (weight.text, weight.default, dash.text, dash.default) == ("10", True, "—", True)
    typed = at(
        sheet_of(template, set_text(record, Binding(Block.FUNDS, "weight", row=0), "20")), Block.FUNDS, "weight", 0
    )
    assert (typed.text, typed.default) == ("20", False)


@pytest.mark.parametrize(
    ("block", "key", "index", "label", "place"),
    [
        (Block.VALUES, "project_name", -1, "项目名称", ""),
        (Block.FUNDS, "annual_budget", 0, "全年预算数", "年度资金总额"),
        (Block.FUNDS, "execution_rate", 0, "执行率", "年度资金总额"),
        (Block.FUNDS, "executed", 4, "全年执行数", "其他"),
        (Block.STATED, "total_weight", -1, "分值", "总分"),
        (Block.STATED, "total_score", -1, "得分", "总分"),
        (Block.INDICATORS, "level1", 0, "一级指标", "年内完成200件"),
        (Block.INDICATORS, "target", 0, "年度指标值(A)", "年内完成200件"),
        (Block.INDICATORS, "actual", 1, "实际完成值(B)", "质量指标"),
        (Block.INDICATORS, "reason", 2, "未完成原因分析", "效益指标"),
        (Block.INDICATORS, "score", 3, "得分", ""),
    ],
)
def test_a_cell_names_itself_for_people(
    templates: Mapping[str, Template], block: Block, key: str, index: int, label: str, place: str
) -> None:
    template = templates[QIANNAN]
    rows = (row("年内完成200件"), row("", level2="质量指标"), row("", "效益指标", ""), row("", "", ""))
    cell = at(sheet_of(template, make(template, *rows)), block, key, index)
    assert (cell.label, cell.place) == (label, place)


def test_required_cells(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    sheet = sheet_of(template, make(template, row("一"), row("二")))
    required = Counter(
        (cell.binding.block.value, cell.binding.key, cell.binding.row)
        for cell in sheet.cells
        if cell.required and cell.binding
    )
    values = ("title", "project_name", "department", "agency", "goal_expected", "goal_actual")
    assert required == Counter(
        [
            *(("values", key, -1) for key in values),
            *(("funds", key, 0) for key in ("initial_budget", "annual_budget", "executed")),
            *(("indicators", key, i) for i in range(2) for key in ("name", "target", "actual", "weight")),
        ]
    )


def test_alignment(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    sheet = sheet_of(template, make(template, row("一")))
    left = {cell.binding.key for cell in sheet.cells if cell.binding and cell.align is Align.LEFT}
    assert left == {"annex", "goal_expected", "goal_actual", "name", "reason"}


def test_cells_to_fill_in_reading_order(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    sheet = sheet_of(template, make(template, row("一"), row("二", level2="质量指标")))
    keys = [(cell.binding.key, cell.binding.row) for cell in editable_cells(sheet) if cell.binding]
    assert keys[:8] == [
        *((key, -1) for key in ("annex", "title", "project_name", "department", "agency")),
        *((key, 0) for key in ("initial_budget", "annual_budget", "executed")),
    ]
    inner = [("level2", 0), ("name", 0), ("target", 0), ("actual", 0), ("weight", 0), ("reason", 0), ("level2", 1)]
    assert keys[keys.index(("level1", 0)) + 1 :][:7] == inner
    assert not {"execution_rate", "score", "total_score"} & {key for key, index in keys if index in {-1, 0}}


# ------------------------------------------------------------------------------------------------- stated and computed

SCORED = row("一", target="≥70件", actual="35件", weight="10")


@pytest.mark.parametrize(
    ("stated", "text", "differing"),
    [
        ("", "5.00", ""),
        ("5", "5", ""),
        ("5.00", "5.00", ""),
        ("５", "５", ""),
        ("5.01", "5.01", ""),
        ("9", "9", "5.00"),
        ("5.5", "5.5", "5.00"),
        ("满分", "满分", "5.00"),
        ("—", "—", "5.00"),
    ],
)
def test_a_stated_score_stands_and_says_where_it_differs(
    templates: Mapping[str, Template], stated: str, text: str, differing: str
) -> None:
    for template in (templates[name] for name in PLAIN):
        cell = at(sheet_of(template, make(template, replace(SCORED, score=stated))), Block.INDICATORS, "score", 0)
        assert (cell.role, cell.text, cell.stated, cell.computed) == (Role.COMPUTED, text, bool(stated), differing)


def test_what_cannot_be_computed_shows_what_was_typed(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    sheet = sheet_of(template, make(template, row("一", weight="5"), row("二", weight="5", score="4")))
    blank, typed = at(sheet, Block.INDICATORS, "score", 0), at(sheet, Block.INDICATORS, "score", 1)
    assert (blank.text, blank.stated, blank.computed) == ("", False, "")
    assert (typed.text, typed.stated, typed.computed) == ("4", True, "")


@pytest.mark.parametrize(
    ("name", "stated", "text", "differing"),
    [
        (NATIONAL, "", "98.46%", ""),
        (QIANNAN, "", "98.46", ""),
        (NATIONAL, "98.46%", "98.46%", ""),
        (NATIONAL, "98.5%", "98.5%", ""),  # a rate may be printed rounded
        (NATIONAL, "98", "98", ""),
        (NATIONAL, "100%", "100%", "98.46%"),
        (QIANNAN, "100.00", "100.00", "98.46"),
    ],
)
def test_the_execution_rate(
    templates: Mapping[str, Template], name: str, stated: str, text: str, differing: str
) -> None:
    template = templates[name]
    total = FundRow("总额", annual_budget="30000", executed="29539", execution_rate=stated)
    cell = at(sheet_of(template, replace(make(template), funds=(total,))), Block.FUNDS, "execution_rate", 0)
    assert (cell.text, cell.stated, cell.computed) == (text, bool(stated), differing)
    score = at(sheet_of(template, replace(make(template), funds=(total,))), Block.FUNDS, "score", 0)
    assert (score.role, score.text) == (Role.COMPUTED, "9.85")


def test_the_totals(templates: Mapping[str, Template]) -> None:
    for template in (templates[name] for name in PLAIN):
        record = make(template, SCORED)
        sheet = sheet_of(template, record)
        assert at(sheet, Block.STATED, "total_weight").text == "20"
        assert at(sheet, Block.STATED, "total_score").text == "5.00"
        stated = sheet_of(template, replace(record, stated={"total_weight": "100", "total_score": "5"}))
        weight, score = at(stated, Block.STATED, "total_weight"), at(stated, Block.STATED, "total_score")
        assert (weight.text, weight.stated, weight.computed) == ("100", True, "20")
        assert (score.text, score.stated, score.computed) == ("5", True, "")


def test_a_computed_cell_shows_the_assessment_it_is_given(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    record = make(template, SCORED)
    other = replace(assess(template, record), total=Decimal("98.465"), weight_total=Decimal("100.0"))
    sheet = build(template, record, other)
    assert at(sheet, Block.STATED, "total_score").text == "98.47"
    assert at(sheet, Block.STATED, "total_weight").text == "100"


# ------------------------------------------------------------------------------------------------- a form of one's own

OWN = """
title = "某县表"
kind = "project_self_assessment"
source = "某县"
unit = "元"
policy = "national-2020"
columns_mm = [30, 30, 30, 30]
[page]
orientation = "portrait"
margins_mm = [13, 13, 13, 13]
row_mm = 7
[fields]
amount = { label = "金额", align = "right" }
[[blocks]]
rows = [["=金额", "amount", "<", "<"]]
[[blocks]]
role = "indicators"
header = [["=指标", "=分值", "<", "=年"]]
row = ["name", "={weight}分", "=/", "=>{year}年"]
"""


def test_labels_and_fields_in_an_indicator_row(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    template = load_templates((tmp_path,), load_policies(ROOT / "resources" / "policies"))["own"]
    sheet = sheet_of(template, make(template, row("一", weight="10"), row("二"), amount="5"))
    body = [cell for cell in sheet.cells if cell.row == 2]
    assert [(cell.text, cell.role, cell.align) for cell in body] == [
        ("一", Role.INPUT, Align.LEFT),
        ("10分", Role.INPUT, Align.CENTER),
        ("/", Role.LABEL, Align.CENTER),
        ("2024年", Role.LABEL, Align.RIGHT),
    ]
    assert body[1].binding == Binding(Block.INDICATORS, "weight", row=0)
    assert at(sheet, Block.VALUES, "amount").align is Align.RIGHT
    assert at(sheet, Block.INDICATORS, "weight", 1).text == "分"


def test_a_cell_is_called_in_one_line_whatever_was_typed_as_its_name() -> None:
    cell = Cell(0, 0, 1, 1, "98%", Role.INPUT, Align.LEFT, label="实际完成值", place="法律\n援助\x01" + "案" * 60)
    assert cell.where == "法律 援助" + "案" * 35 + "…，实际完成值"  # 40 letters of the name
    assert Cell(0, 0, 1, 1, "年度\n绩效目标完成情况及说明", Role.LABEL, Align.LEFT).where == "年度 绩效目标完成情况及"
