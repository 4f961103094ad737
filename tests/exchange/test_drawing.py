"""图: the same chart as SVG and on the page of a PDF: its words, its places, its faces; and the page behind a 汇总表."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from perfdesk.charts import Chart, Project, of_summary, year_charts
from perfdesk.derive import derive
from perfdesk.exchange import sealing
from perfdesk.exchange.drawing import PRINTED, Look, draw, height_of, svg
from perfdesk.exchange.pdf_printed import read_printed
from perfdesk.exchange.rendering import DOCX, PDF, XLSX, render
from perfdesk.fingerprint import Stamp, fingerprint
from perfdesk.model import FormKind, FundRow, ListRow
from perfdesk.template import Filled, Template
from tests.filled_forms import filled

LOOK = Look("#1B2126", "#46505A", "#F3F5F6", "#7F8A94", "#1D5B96", "#E09A1A", "#B3261E")
BUDGETS = {2018: Decimal(520000), 2019: Decimal(552000), 2020: Decimal(675000)}
SCORES = (("法律援助<一>&二", "110"), ("王䶮𬭎普法宣传和法治文化建设专项工作经费", "98.63"), ("安置帮教", "100"))
NAMESPACE = "{http://www.w3.org/2000/svg}"


def charts(count: int = 0) -> tuple[Chart, ...]:
    names = (*SCORES, *((f"第{at}个项目", "95") for at in range(count)))
    projects = (Project(name, Decimal(score), Decimal(score) - 15) for name, score in names)
    return year_charts(projects, BUDGETS, year=2020)


def shapes(chart: Chart, tag: str, *, width: int = 346, rows: int = 5) -> list[ET.Element]:
    text = svg(chart, width=width, rows=rows, size=14, look=LOOK)
    return list(ET.fromstring(text).iter(NAMESPACE + tag))  # noqa: S314 - our own drawing


def words(chart: Chart, **room: int) -> str:
    return "".join(one.text or "" for one in shapes(chart, "text", **room))


@pytest.mark.parametrize("at", range(3))
def test_title_names_and_figures_are_words_in_the_bundled_faces(at: int) -> None:
    chart = charts()[at]
    assert chart.title in words(chart)
    assert chart.head in words(chart)
    families = {re.findall(r"font-family: '([^']+)'", one.get("style", ""))[0] for one in shapes(chart, "text")}
    assert families <= {"PD Hei", "PD Song", "PD Rare"}
    assert all("Times" not in one.get("style", "") for one in shapes(chart, "text"))


def test_bars_are_as_long_as_their_values() -> None:
    boxes = [float(one.get("width", "0")) for one in shapes(charts()[0], "rect")]
    tracks, bars = boxes[::2], boxes[1::2]
    assert len(set(tracks)) == 1
    assert [round(one / tracks[0] * 110, 2) for one in bars] == [100.0, 98.63, 100.0]


def test_what_goes_beyond_is_hatched_and_nothing_else() -> None:
    def strokes(scores: tuple[str, ...]) -> int:
        found = year_charts((Project(str(at), Decimal(one), None) for at, one in enumerate(scores)), {}, year=2020)
        return len(shapes(found[0], "path"))

    assert strokes(("100", "100")) == strokes(("98", "98")) == 1, "the line alone"
    assert strokes(("100", "110")) > 4
    assert strokes(("100", "130")) > strokes(("100", "110")) * 0.9


def test_a_long_name_is_cut_and_a_short_one_is_not() -> None:
    assert "…" in words(charts()[0], width=300)
    assert "…" not in words(charts()[0], width=1200)
    assert "法律援助<一>&二" in words(charts()[0], width=1200)


@pytest.mark.parametrize("rows", [3, 5, 20])
def test_everything_is_inside(rows: int) -> None:
    for chart in charts():
        for one in shapes(chart, "rect", rows=rows):
            x, y, width, height = (float(one.get(key, "0")) for key in ("x", "y", "width", "height"))
            assert 0 <= x <= x + width <= 346.01
            assert 0 <= y <= y + height <= height_of(rows, 14)


def test_years_of_one_budget_lie_on_one_line() -> None:
    flat = year_charts((), {2019: Decimal(10000), 2020: Decimal(10000)}, year=2020)[0]
    assert len({one.get("y") for one in shapes(flat, "rect")}) == 1


def test_the_same_drawing_gives_the_same_bytes() -> None:
    first, second = (svg(charts()[0], width=346, rows=5, size=14, look=LOOK) for _ in range(2))
    assert first == second
    assert "clipPath" not in first, "Qt paints it black"
    drawn = draw(charts()[0], width=346, rows=5, size=14, look=PRINTED)
    assert (drawn.width, drawn.height) == (346, height_of(5, 14))


# ------------------------------------------------------------------------------------------------- the page in the PDF
@pytest.fixture
def summary(templates: Mapping[str, Template]) -> Filled:
    template = templates["summary-project-self"]
    names = ("法律援助工作经费", "普法宣传工作经费", "安置帮教经费")
    row = {"annual_budget": "15", "executed": "12", "score": "96.5"}
    rows = tuple(ListRow.of({"project_name": name, **row}) for name in names)
    return Filled(template, replace(filled(template), rows=rows))


def before(templates: Mapping[str, Template], form: Filled) -> Filled:
    template = next(one for one in templates.values() if one.kind is FormKind.PROJECT_SELF)
    funds = (FundRow("年度资金总额", annual_budget="10"),)
    return Filled(template, replace(filled(template), year=form.record.year - 1, funds=funds))


def printed(form: Filled, made: datetime, *others: Filled, kind: str = PDF, stamp: Stamp | None = None) -> bytes:
    derived = derive(form.template, form.record, others)
    found = of_summary(Filled(derived.template, derived.record), derived.gathered, others)
    return render((derived.layout,), kind, title="汇总表", made=made, stamp=stamp, charts=found).data


def test_behind_a_summary_stands_a_page_with_its_charts(
    summary: Filled, templates: Mapping[str, Template], made: datetime
) -> None:
    data = printed(summary, made, before(templates, summary))
    _, pages = read_printed(data)
    assert len(pages) == 2
    for word in ("附图", "总分", "满分 100", "执行率", "说明线 90%", "历年预算", "法律援助", "96.50", "80.00%"):
        assert word in pages[1], word
    assert data == printed(summary, made, before(templates, summary)), "the same form gives the same bytes"


def test_charts_name_no_face_that_is_not_in_the_file(summary: Filled, made: datetime) -> None:
    data = printed(summary, made)
    assert b"Helvetica" not in data
    assert b"Times" not in data


def test_many_projects_fit_on_the_page(summary: Filled, made: datetime, templates: Mapping[str, Template]) -> None:
    row = summary.record.rows[0]
    rows = tuple(row.with_texts({"project_name": f"第{at}个项目经费"}) for at in range(60))
    data = printed(Filled(summary.template, replace(summary.record, rows=rows)), made, before(templates, summary))
    with pypdfium2.PdfDocument(data) as document:
        page = document[len(document) - 1]
        boxes = [one.get_bounds() for one in page.get_objects()]
        width, height = page.get_size()
    assert all(left > 0 and right < width and low > 0 and high < height for left, low, right, high in boxes)
    text = read_printed(data)[1][-1]
    assert re.search(r"满分 100 · 60 个中的 \d\d 个", text)


def test_the_page_is_sealed_with_the_rest(summary: Filled, made: datetime) -> None:
    stamp = Stamp("上报版 2025-02-05", fingerprint(summary.record))
    data = printed(summary, made, stamp=stamp)
    shown = sealing.read_printed(data, name="汇总表.pdf")
    assert stamp.words in shown.texts[1]
    assert not shown.changed


@pytest.mark.parametrize("kind", [XLSX, DOCX])
def test_other_formats_leave_them_out(summary: Filled, made: datetime, kind: str) -> None:
    derived = derive(summary.template, summary.record)
    plain = render((derived.layout,), kind, title="汇总表", made=made)
    assert len(printed(summary, made, kind=kind)) == len(plain.data)
