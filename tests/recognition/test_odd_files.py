"""Whatever a file holds, recognition gives an answer: no form, no text lost, no exception, and no time that grows out of hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.recognition import again, recognise, spot_of
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText
from perfdesk.template import Template
from tests.recognition.sheets import address, cell, drawn, source_of
from tests.recognition.test_foreign_layouts import FUNDS, GOALS, ROWS, TOP

Templates = Mapping[str, Template]
LABELS = (
    *("没有人认识的字", "没有人看见的话", "没有人用的标签"),
    *(
        "项目名称",
        "主管部门：",
        "实施单位",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "分值",
        "得分",
        "总分",
        "其中：",
        "合计",
    ),
    *(
        "年初预算数",
        "全年预算数",
        "执行率",
        "年度资金总额",
        "预期目标",
        "实际完成情况",
        "项目支出绩效自评表",
        "（2024年度）",
        "10分",
    ),
    *(
        "填表人：王某　联系电话：1",
        "产出指标（50分）",
        "数量指标",
        "√",
        "☑优秀",
        "：",
        "（",
        "附件1",
        "99.32%",
        "1,234.50",
        "……",
    ),
)
TEXT = st.one_of(
    st.sampled_from(LABELS), st.text(max_size=12), st.text("（）：□☑ 年度分0123456789.%\n一二、指标", max_size=30)
)
CELL = st.builds(
    lambda row, column, rows, columns, text, hidden: SourceCell(
        row, column, rows, columns, text, address(row, column), hidden
    ),
    *(st.integers(0, 12), st.integers(0, 9), st.integers(0, 4), st.integers(0, 4), TEXT, st.booleans()),
)
TABLE = st.lists(CELL, max_size=60).map(lambda cells: SourceTable("表", 13, 10, tuple(cells)))
PARAGRAPH = st.builds(SourceText, TEXT, st.just("第 1 段"), st.integers(0, 4))
FILE = st.builds(
    lambda parts, kind: SourceFile("x", kind, "", tuple(parts)),
    st.lists(st.one_of(TABLE, PARAGRAPH), max_size=4),
    st.sampled_from([SourceKind.DOCX, SourceKind.XLSX]),
)


@settings(max_examples=150, deadline=None)
@given(source=FILE)
def test_any_file_gives_forms_and_leftovers(source: SourceFile, templates: Templates) -> None:
    found = recognise(source, templates)
    for form in found.forms:
        for leftover in form.leftovers[:3]:
            spot_of(source, form, leftover.place)
        assert again(source, form, form.template, {}).template is form.template
        assert 1949 <= form.record.year <= 2999


@settings(max_examples=100, deadline=None)
@given(source=FILE)
def test_no_text_is_lost(source: SourceFile, templates: Templates) -> None:
    """Each text that is no label of a form is read, or left over by name."""
    found = recognise(source, templates)
    known = {place[:3] for form in found.forms for one in form.readings for place in one.places}
    known |= {one.place[:3] for one in found.leftovers}
    known |= {one.place[:3] for form in found.forms for one in form.leftovers}
    strange = [(part, one.row, one.column) for part, one in source.cells() if one.text.startswith("没有人")]
    assert set(strange) <= known


STRANGE = st.lists(
    st.tuples(st.integers(0, 11), st.booleans(), st.integers(0, 7), st.integers(1, 8)), min_size=1, max_size=4
)


@settings(max_examples=150, deadline=None)
@given(strange=STRANGE)
def test_what_somebody_wrote_into_a_form_is_never_lost(
    strange: list[tuple[int, bool, int, int]], templates: Templates
) -> None:
    """Remarks in rows of their own, between the cells and in blank ones: read into a field, or left over by name."""
    rows = [list(row) for row in (*TOP, *FUNDS, *GOALS, *ROWS)]
    written = []
    for number, (at, is_row, column, wide) in enumerate(strange):
        text = f"科室另写的第{number}句话"
        if is_row and rows[at + 1][0] != "^":
            rows.insert(
                at + 1, [*[""] * column, text, *["<"] * min(wide - 1, 7 - column), *[""] * max(8 - column - wide, 0)]
            )
        elif rows[at][column] == "":
            rows[at][column] = text
        else:
            continue
        written.append(text)
    found = recognise(source_of(drawn(rows)), templates)
    texts = [one.text for form in found.forms for one in form.readings]
    texts += [one.text for form in found.forms for one in form.leftovers] + [one.text for one in found.leftovers]
    assert [one for one in written if not any(one in text for text in texts)] == []


def test_nothing_is_no_form(templates: Templates) -> None:
    assert recognise(source_of(), templates).forms == ()
    assert recognise(source_of(drawn(())), templates).leftovers == ()


@pytest.mark.parametrize(
    "text", ["填表人：" * 20_000, "（" * 50_000, " " * 50_000 + "x", "1" * 50_000, "附" + " " * 50_000, "一、" * 30_000]
)
def test_a_cell_of_endless_text_is_one_leftover(text: str, templates: Templates) -> None:
    found = recognise(source_of(drawn([["项目支出绩效自评表"], [text]])), templates)
    assert len(found.leftovers) + sum(len(one.leftovers) + len(one.readings) for one in found.forms) >= 1


def test_cells_that_claim_the_whole_sheet_cost_no_more_than_their_number(templates: Templates) -> None:
    cells = tuple(cell(row, row % 50, f"文字{row}", rows=1_000_000, columns=16_000) for row in range(2_000))
    found = recognise(source_of(SourceTable("表", 1_048_576, 16_384, cells)), templates)
    assert len(found.leftovers) == 2_000
