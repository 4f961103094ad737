"""列表: what goes out as rows and columns, in the words and figures of the forms it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from perfdesk.comparing import compare
from perfdesk.derive import Derived, derive
from perfdesk.editing import new_record
from perfdesk.library import own_entries, starter
from perfdesk.listing import (
    Listing,
    list_comparison,
    list_findings,
    list_forms,
    list_indicators,
    list_library,
    list_rows,
    row_of,
)
from perfdesk.model import Indicator, ListRow, Record
from perfdesk.overview import Row
from perfdesk.template import Filled, Template

SELF, GOALS, SUMMARY = "national-2020-project-self", "zhijiang-2024-project-goal", "summary-project-self"
PUBLIC = "lingling-2022-publication-list"
AID, LAW = "法律援助工作经费", "普法宣传工作经费"


def column(listing: Listing, words: str) -> tuple[str, ...]:
    """Return what stands under a head."""
    at = [one.words for one in listing.heads].index(words)
    return tuple(row[at] for row in listing.rows)


def form(templates: Mapping[str, Template], name: str, *rows: Indicator, year: int = 2024, **money: str) -> Record:
    template = templates[SELF]
    record = new_record(template, record_id=f"{name}{year}", year=year, bureau="青山县司法局")
    first, *others = record.funds
    return replace(
        record,
        values={**record.values, "project_name": name},
        funds=(replace(first, **money), *others),
        indicators=rows or record.indicators,
    )


@pytest.fixture
def aid(templates: Mapping[str, Template]) -> Derived:
    """A form with a row that earns all its points, one that was typed over, and one nobody has touched."""
    rows = (
        Indicator("产出指标", "", "数量指标", "", "办理法律援助案件", "≥70件", "85件", "20"),
        Indicator("产出指标", "", "数量指标", "", "培训人次", "200人次", "150人次", "10", score="9", reason="两期推迟"),
        Indicator("效益指标", "", "社会效益指标", "", ""),
    )
    record = form(templates, AID, *rows, initial_budget="10", annual_budget="10", executed="8.123456")
    return derive(templates[SELF], record)


def test_every_row_has_a_text_for_every_column(aid: Derived, templates: Mapping[str, Template]) -> None:
    lists = (
        list_forms([row_of(aid, name=AID)], name="2024 年各张表"),
        list_indicators([(AID, aid)], name="全部指标"),
        list_findings([(AID, aid)], name="审核提示"),
        list_library(starter().entries),
        list_comparison(compare(aid, aid).lines, ("2023 年", "2024 年"), name="对比"),
    )
    for one in lists:
        assert one.rows, one.name
        assert {len(row) for row in (*one.rows, one.total or one.rows[0])} == {len(one.heads)}, one.name
        assert all(head.words for head in one.heads)


def test_indicators_stand_with_their_form_and_their_score(aid: Derived) -> None:
    found = list_indicators([(AID, aid)], name="全部指标")
    assert column(found, "三级指标") == ("办理法律援助案件", "培训人次")  # the untouched row is left out
    assert column(found, "序号") == ("1", "2")
    assert column(found, "一级指标") == ("产出指标", "产出指标")
    assert column(found, "单位") == ("青山县司法局",) * 2
    assert column(found, "本表执行率") == ("81.23%",) * 2
    assert column(found, "分值") == ("20", "10")
    assert column(found, "得分") == ("20", "9")
    assert column(found, "得分率") == ("100.00%", "90.00%")
    assert column(found, "算得") == ("", "7.5")  # what the policy gives, where somebody typed another score
    assert column(found, "偏差原因") == ("", "两期推迟")


def test_a_target_is_split_for_reckoning(aid: Derived) -> None:
    found = list_indicators([(AID, aid)], name="全部指标")
    assert column(found, "年度指标值") == ("≥70件", "200人次")
    assert column(found, "指标类型") == ("≥", "")
    assert column(found, "指标值") == ("70", "200")
    assert column(found, "计量单位") == ("件", "人次")


def test_columns_that_no_form_fills_are_left_out(aid: Derived, templates: Mapping[str, Template]) -> None:
    heads = [one.words for one in list_indicators([(AID, aid)], name="全部指标").heads]
    assert "指标解释" not in heads
    row = Indicator(
        "产出指标", "", "数量指标", name="办案", target_value="300", measure_unit="件", explanation="办结的案件"
    )
    goals = replace(new_record(templates[GOALS], record_id="g", year=2024), indicators=(row,))
    both = list_indicators([(AID, aid), (AID, derive(templates[GOALS], goals))], name="全部指标")
    assert column(both, "指标解释") == ("", "", "办结的案件")
    assert column(both, "指标值") == ("70", "200", "300")
    assert column(both, "得分") == ("20", "9", "")
    assert column(both, "本表总分")[2] == ""  # a goal table has no total


def test_the_office_is_the_one_that_fills_in(templates: Mapping[str, Template]) -> None:
    row = Indicator("产出指标", "", "数量指标", name="办案", target="≥1件")
    record = replace(form(templates, AID, row), bureau="", values={"project_name": AID, "agency": "青山县法律援助中心"})
    found = list_indicators([(AID, derive(templates[SELF], record))], name="全部指标")
    assert column(found, "单位") == ("青山县法律援助中心",)


def test_the_overview_rounds_no_amount_and_sums_the_projects(aid: Derived, templates: Mapping[str, Template]) -> None:
    law = derive(templates[SELF], form(templates, LAW, annual_budget="30", executed="1.876544"))
    changed = datetime(2025, 1, 3, 10, 5, tzinfo=UTC)
    summary = Row(
        "s",
        "汇总表",
        2024,
        derive(templates[SUMMARY], new_record(templates[SUMMARY], record_id="s", year=2024)).template.kind,
    )
    rows = (row_of(aid, name=AID, changed=changed, submitted=True), row_of(law, name=LAW), summary)
    found = list_forms(rows, name="2024 年各张表")
    assert column(found, "全年执行数（万元）") == ("8.123456", "1.876544", "")
    assert column(found, "审核") == ("已上报", law.verdict.value, "填写中")
    assert column(found, "填写进度")[2] == "自动"
    assert column(found, "最近改动") == (f"{changed.astimezone():%Y-%m-%d %H:%M}", "", "")
    assert found.total[2:7] == ("合计 2 个项目", "", "40", "10", "25.00%")


def test_a_year_without_projects_has_no_sum(templates: Mapping[str, Template]) -> None:
    goals = derive(templates[GOALS], new_record(templates[GOALS], record_id="g", year=2024))
    assert list_forms([row_of(goals, name=AID)], name="2024 年各张表").total == ()


def test_findings_say_where_and_what_was_answered(templates: Mapping[str, Template]) -> None:
    derived = derive(templates[SELF], form(templates, AID, annual_budget="10", executed="12"))
    found = list_findings([(AID, derived)], name="审核提示")
    assert len(found.rows) == len(set(found.rows)) >= len(derived.findings)
    assert set(column(found, "轻重")) <= {"错误", "警告", "提示"}
    assert column(found, "代码")[:2] == ("over-budget", "fund-rows")
    assert all(column(found, "位置"))


def test_the_library_says_what_was_used_when(templates: Mapping[str, Template]) -> None:
    row = Indicator("产出指标", "", "数量指标", name="办理案件", target="≥70件")
    entries = own_entries([Filled(templates[SELF], form(templates, AID, row))])
    found = list_library((*entries, *starter().entries))
    assert found.rows[0] == ("本单位用过", "产出指标", "数量指标", "办理案件", "≥70件", "1", "2024", AID)
    assert found.rows[1][5:] == ("", "", "")  # nobody has used it yet


def test_a_comparison_says_what_changed(templates: Mapping[str, Template]) -> None:
    old = derive(templates[SELF], form(templates, AID, year=2023, executed="8"))
    new = derive(templates[SELF], form(templates, f"{AID}（二）", year=2024, executed="9"))
    found = list_comparison(compare(old, new).lines, ("2023 年", "2024 年"), name="对比")
    changes = dict(zip(column(found, "2023 年"), column(found, "变化"), strict=True))
    assert changes[AID] == "不同"
    assert "" in changes.values()


def test_the_rows_of_a_summary_are_those_on_paper(templates: Mapping[str, Template]) -> None:
    projects = tuple(
        Filled(templates[SELF], form(templates, name, annual_budget="10", executed=spent))
        for name, spent in ((AID, "8"), (LAW, "10"))
    )
    summary = derive(templates[SUMMARY], new_record(templates[SUMMARY], record_id="s", year=2024), projects)
    found = list_rows(summary, name="汇总表")
    assert found is not None
    assert set(column(found, "项目名称")) == {AID, LAW}
    assert sorted(column(found, "全年执行数")) == ["10", "8"]
    assert found.total[0] == "合计"
    assert found.total[[one.words for one in found.heads].index("全年执行数")] == "18"


def test_the_rows_of_a_publication_list_have_no_sum(templates: Mapping[str, Template]) -> None:
    template = templates[PUBLIC]
    key = template.columns[0].key
    record = replace(new_record(template, record_id="p", year=2022), rows=(ListRow.of({key: "青山县司法局"}),))
    found = list_rows(derive(template, record), name="公开目录")
    assert found is not None
    assert "青山县司法局" in found.rows[0]
    assert found.total == ()


def test_a_form_that_is_no_list_has_no_rows(aid: Derived) -> None:
    assert list_rows(aid, name="自评表") is None
