"""审核单: what an auditor signs — verdict, every finding with its arithmetic, and what the office says to it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from perfdesk.answers import write_answer
from perfdesk.checksheet import lay_out_check_sheet
from perfdesk.derive import Derived, derive
from perfdesk.editing import new_record
from perfdesk.exchange.rendering import PRINTED, render
from perfdesk.model import Finding, FundRow, Indicator, Record, Severity, flatten
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.filled_forms import filled
from tests.test_layout import check

MADE = date(2025, 2, 5)
NAMES = sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml"))


@pytest.fixture
def template(templates: Mapping[str, Template]) -> Template:
    return templates["national-2020-project-self"]


@pytest.fixture
def record(template: Template) -> Record:
    """139 % printed as 100 %, and 253 cases where 100 were planned."""
    blank = new_record(template, record_id="r", year=2024, bureau="某县司法局")
    total = FundRow(blank.funds[0].label, "318.4", "318.4", "442.92", execution_rate="100%")
    rows = (Indicator("产出指标", "", "数量指标", "", "援助案件数", "≥100件", "253件", "90"),)
    return replace(blank, values={"project_name": "法律援助经费"}, funds=(total, *blank.funds[1:]), indicators=rows)


def texts(derived: Derived) -> list[str]:
    return [cell.text for cell in lay_out_check_sheet(derived, made=MADE).sheet.cells]


def row_of(derived: Derived, words: str) -> list[str]:
    """The five cells of the row whose sentence begins with ``words``."""
    cells = lay_out_check_sheet(derived, made=MADE).sheet.cells
    row = next(cell.row for cell in cells if cell.text.startswith(words))
    return [cell.text for cell in sorted(cells) if cell.row == row]


def test_the_head_says_which_form_and_what_came_out(template: Template, record: Record) -> None:
    found = texts(derive(template, record))
    for text in ("绩效填报审核单", "（2024年度）", "填报单位：某县司法局", "审核日期：2025年2月5日", "法律援助经费"):
        assert text in found
    assert "执行率 139.11%" in next(one for one in found if one.startswith("总分"))
    assert any(one.startswith("不可上报：") for one in found)


def test_every_finding_stands_there_with_its_arithmetic(template: Template, record: Record) -> None:
    derived = derive(template, record)
    found = texts(derived)
    for one in flatten(derived.findings):
        assert f"{one.title}。{one.message}" in found
    assert any("442.92 ÷ 318.4 ＝ 139.11%" in one for one in found)


def test_the_answer_stands_beside_its_finding_and_says_when_it_is_stale(template: Template, record: Record) -> None:
    over = next(one for one in derive(template, record).findings if one.code == "over-achieved-unexplained")
    answered = write_answer(record, over, "年中新增两个援助站。")
    assert row_of(derive(template, answered), "超过年度指标值")[-1] == "年中新增两个援助站。"
    changed = replace(answered, indicators=(replace(answered.indicators[0], actual="260件"),))
    assert row_of(derive(template, changed), "超过年度指标值")[-1] == "（过时）年中新增两个援助站。"


def test_what_only_follows_is_numbered_under_its_cause(template: Template, record: Record) -> None:
    follow = Finding("score-sum", Severity.ERROR, "得分合计不对", "97 与 100。", "总分")
    cause = Finding("weight-sum", Severity.ERROR, "分值合计不对", "110 与 100。", "", consequences=(follow, follow))
    derived = judged(derive(template, record), cause)
    assert row_of(derived, "分值合计不对") == ["1", "错误", "整张表", "分值合计不对。110 与 100。", ""]
    assert row_of(derived, "得分合计不对") == ["1.1", "错误", "总分", "得分合计不对。97 与 100。", "由第 1 项引起"]


def test_a_form_without_findings_says_so(template: Template, record: Record) -> None:
    derived = judged(derive(template, record))
    assert "没有要改的地方。" in texts(derived)


def test_an_unscored_form_has_no_figures_to_show(templates: Mapping[str, Template]) -> None:
    template = templates["lingling-2022-publication-list"]
    blank = new_record(template, record_id="r", year=2022)
    assert texts(derive(template, blank)).count("—") == 2  # 项目名称, 评分结果


def test_a_long_sheet_goes_over_pages_with_its_header(template: Template, record: Record) -> None:
    finding = Finding("unit-mismatch", Severity.WARNING, "口径不一", "“20件”与“70余件次”。", "援助案件数")
    derived = judged(derive(template, record), *(replace(finding, answer="说明。" * 60),) * 40)
    layout = lay_out_check_sheet(derived, made=MADE)
    assert len(layout.pages) > 3
    for page in layout.pages[1:-1]:
        assert any(one.cell.text == "问题和算式" for one in page.fragments)


RARE = "䶮㛃𬭎𠮷"


def many(derived: Derived, count: int) -> Derived:
    """The form with ``count`` findings, every third one with an answer that is as long as its cell is high."""
    finding = derived.findings[0]
    made = (
        replace(
            finding,
            consequences=(),
            message=f"第{number}处：分值合计 {number}，应为 100。",
            answer=f"{RARE}第{number}处的说明。" * (1 if number % 3 else 30),
        )
        for number in range(count)
    )
    return judged(derived, *made)


def judged(derived: Derived, *findings: Finding) -> Derived:
    """Return the same form as if it had these findings."""
    other = copy(derived)
    vars(other)["findings"] = findings
    return other


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def words_of(data: bytes, kind: str) -> str:
    """All words of a file, page by page or cell by cell."""
    if kind == "pdf":
        with pypdfium2.PdfDocument(data) as document:
            return letters("".join(page.get_textpage().get_text_bounded() for page in document))
    if kind == "xlsx":
        cells = (cell for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row)
        return letters("".join(str(cell.value) for cell in cells if cell.value is not None))
    body = docx.Document(io.BytesIO(data)).element.body
    return letters("".join(node.text or "" for node in body.iter(qn("w:t"))))


def test_five_hundred_findings_are_all_printed_each_in_its_cell(
    template: Template, record: Record, made: datetime
) -> None:
    derived = many(derive(template, record), 500)
    layout = check(lay_out_check_sheet(derived, made=MADE))
    for page in layout.pages[1:-1]:
        assert any(one.cell.text == "问题和算式" for one in page.fragments)
    for kind in PRINTED:
        found = words_of(render((layout,), kind, title="审核单", made=made).data, kind)
        for number, one in enumerate(derived.findings):
            assert letters(one.message) in found, (kind, number)
            times = one.answer.count("说明")
            cut = kind == "pdf" and times > 1  # at most one of its sentences runs on overleaf
            assert times - cut <= found.count(letters(f"{RARE}第{number}处的说明。")) <= times, (kind, number)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_has_its_sheet_in_every_format(templates: Mapping[str, Template], name: str, made: datetime) -> None:
    template = templates[name]
    derived = derive(template, filled(template))
    layout = check(lay_out_check_sheet(derived, made=MADE))
    for kind in PRINTED:
        found = words_of(render((layout,), kind, title="审核单", made=made).data, kind)
        for cell in layout.sheet.cells:
            for line in cell.text.splitlines():
                assert letters(line) in found, (kind, line)
