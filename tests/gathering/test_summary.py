"""汇总表: a row for each self-assessment, and the total row."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.gathering import gather, renew
from perfdesk.model import FormKind, Indicator, ListRow, Record
from perfdesk.template import Filled
from tests.gathering.support import TEMPLATES, filled, money, record, rows

SUMMARY = TEMPLATES[FormKind.SUMMARY]
AID = filled(
    FormKind.PROJECT_SELF,
    "法律援助经费",
    unit=MoneyUnit.YUAN,
    funds=money("0", "30000", "29539"),
    values={"department": "司法局"},
    stated={"total_score": "90分", "grade": "优"},
    indicators=(
        Indicator(name="案件数", target="100件", actual="50件", weight="90", reason="案源减少。"),
        Indicator(name="满意度", target="≥90%", actual="95%", weight="0", reason="无"),
    ),
)
LAW = filled(FormKind.PROJECT_SELF, "普法经费", funds=money("8", "9", "9"), stated={"total_score": "80"})


def renewed(own: Record, *others: Filled) -> Record:
    return renew(SUMMARY, own, others)


def names(own: Record) -> list[str]:
    return [row.text("project_name") for row in own.rows]


def test_each_self_assessment_has_a_row_in_the_order_of_the_year() -> None:
    made = renewed(record(FormKind.SUMMARY), LAW, AID)
    assert names(made) == ["普法经费", "法律援助经费"]
    assert renewed(made, LAW, AID) is made


def test_a_form_that_shows_both_names_of_its_office_brings_the_others() -> None:
    def made(name: str, bureau: str, agency: str = "") -> Filled:
        return filled(FormKind.PROJECT_SELF, name, bureau=bureau, values={"agency": agency} if agency else {})

    long, short = "昌吉回族自治州司法局", "昌吉州司法局"
    year = (made("甲", long, "法律援助中心"), made("乙", long, short), made("丙", "白水县司法局", "法律援助所"))
    assert names(renewed(record(FormKind.SUMMARY, bureau=short), *year)) == ["甲", "乙"]
    assert names(renewed(record(FormKind.SUMMARY, bureau=short), year[0], year[2])) == []
    assert names(renewed(record(FormKind.SUMMARY, bureau=""), *year)) == ["甲", "乙", "丙"]


def test_a_typed_remark_goes_with_its_row() -> None:
    typed = record(FormKind.SUMMARY, rows=rows({"project_name": "普法经费", "remark": "跨年"}))
    made = renewed(typed, AID, LAW)
    assert names(made) == ["法律援助经费", "普法经费"]
    assert made.rows[1].text("remark") == "跨年"


def test_equal_names_are_told_apart_by_their_order() -> None:
    twin = filled(FormKind.PROJECT_SELF, "普法经费", id="twin", funds=money("", "2", "1"))
    typed = record(
        FormKind.SUMMARY,
        rows=rows({"project_name": "普法经费", "remark": "一"}, {"project_name": "普法 经费", "remark": "二"}),
    )
    made = renewed(typed, LAW, twin)
    assert [row.text("remark") for row in made.rows] == ["一", "二"]
    assert [row.text("executed") for row in gather(SUMMARY, made, (LAW, twin)).rows] == ["9", "1"]


def test_a_renamed_project_keeps_its_row() -> None:
    typed = record(
        FormKind.SUMMARY, rows=rows({"project_name": "普法", "remark": "跨年"}, {"project_name": "法律援助经费"})
    )
    made = renewed(typed, LAW, AID)
    assert made.rows == rows({"project_name": "普法经费", "remark": "跨年"}, {"project_name": "法律援助经费"})


def test_a_row_without_its_form_stays_below() -> None:
    paper = {"project_name": "纸上项目", "executed": "3", "annual_budget": "4"}
    made = renewed(record(FormKind.SUMMARY, rows=rows(paper)), LAW)
    assert names(made) == ["普法经费", "纸上项目"]
    gathered = gather(SUMMARY, made, (LAW,))
    assert gathered.rows[1] == ListRow.of({"execution_rate": "75.00%"})
    assert gathered.total.text("executed") == "12"


def test_blank_rows_go() -> None:
    made = renewed(record(FormKind.SUMMARY, rows=rows({}, {"project_name": "甲"}, {"project_name": "乙"})), LAW)
    assert names(made) == ["普法经费", "甲", "乙"]


def test_an_imported_summary_alone_stays_as_it_is() -> None:
    own = record(FormKind.SUMMARY, rows=rows({"project_name": "甲", "executed": "3"}))
    assert renewed(own) is own


def test_forms_that_gather_nothing_stay_as_they_are() -> None:
    assert renew(LAW.template, LAW.record, (AID,)) is LAW.record


def test_the_computed_texts_of_a_row() -> None:
    made = renewed(record(FormKind.SUMMARY), AID)
    assert gather(SUMMARY, made, (AID,)).rows == rows(
        {
            "project_name": "法律援助经费",
            "department": "司法局",
            "initial_budget": "0",
            "annual_budget": "3",
            "executed": "2.95",
            "execution_rate": "98.33%",
            "score": "90",
            "grade": "优",
            "reason": "案源减少",
        }
    )


def test_the_total_adds_what_the_rows_print() -> None:
    made = renewed(record(FormKind.SUMMARY), AID, LAW)
    assert gather(SUMMARY, made, (AID, LAW)).total == ListRow.of(
        {
            "initial_budget": "8",
            "annual_budget": "12",
            "executed": "11.95",
            "execution_rate": "99.58%",
            "score": "82.50",
        }
    )


def test_a_typed_figure_counts_in_the_total() -> None:
    own = record(FormKind.SUMMARY, rows=rows({"project_name": "普法经费", "executed": "8.5"}))
    gathered = gather(SUMMARY, own, (LAW,))
    assert gathered.rows[0].text("executed") == "9"
    assert gathered.rows[0].text("execution_rate") == "94.44%"
    assert gathered.total.text("executed") == "8.5"


def test_no_mean_while_a_score_or_a_budget_is_missing() -> None:
    blank = filled(FormKind.PROJECT_SELF, "新项目", funds=money("", "5", ""))
    made = renewed(record(FormKind.SUMMARY), LAW, blank)
    total = gather(SUMMARY, made, (LAW, blank)).total
    assert total.text("score") == ""
    assert total.text("annual_budget") == "14"


def test_an_empty_summary_has_an_empty_total() -> None:
    assert gather(SUMMARY, record(FormKind.SUMMARY), ()).total == ListRow()


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 100)), min_size=1, max_size=8))
def test_the_total_row_is_the_sum_of_the_printed_rows(amounts: list[tuple[int, int]]) -> None:
    others = tuple(
        filled(
            FormKind.PROJECT_SELF,
            f"项目{at}",
            unit=MoneyUnit.YUAN,
            funds=money("", str(yuan), str(yuan)),
            stated={"total_score": str(score)},
        )
        for at, (yuan, score) in enumerate(amounts)
    )
    made = renew(SUMMARY, record(FormKind.SUMMARY), others)
    gathered = gather(SUMMARY, made, others)
    assert Decimal(gathered.total.text("executed")) == sum(Decimal(row.text("executed")) for row in gathered.rows)
    mean = gathered.total.text("score")
    if mean:
        scores = [score for _, score in amounts]
        assert min(scores) <= Decimal(mean) <= max(scores)
