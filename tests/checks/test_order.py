"""Order of the findings, and the catalogue of their codes."""

from __future__ import annotations

import re

import pytest

from perfdesk.checks import EXPLANATIONS, ON_FUNDS, ON_ROW, ON_SCORE, WEIGHTS, WHOLE_FORM
from perfdesk.checks.budget.costs import cost_vs_funds
from perfdesk.checks.catalogue import CATALOGUE, Place, finding, mild
from perfdesk.checks.order import FOLLOWS, arrange
from perfdesk.model import Binding, Block, Finding, Severity
from tests.checks.support import CASES, NATIONAL, findings, with_fund, with_row, with_totals, with_values


def make(code: str, binding: Binding | None, consequences: tuple[Finding, ...] = ()) -> Finding:
    return finding(code, Place("某处", binding), title="某事", message="某事。", consequences=consequences)


def test_errors_first_then_as_the_cells_stand_on_paper() -> None:
    totals = Binding(Block.STATED, "total_weight")
    given = (
        make("all-full-marks", totals),
        make("blank-field", Binding(Block.VALUES, "agency")),
        make("blank-field", Binding(Block.VALUES, "project_name")),
        make("blank-field", Binding(Block.VALUES, "no such field")),
        make("required-kind-missing", None),
        make("comparator", Binding(Block.INDICATORS, "target", row=3)),
        make("comparator", Binding(Block.INDICATORS, "target", row=1)),
        make("over-budget", Binding(Block.FUNDS, "executed", row=0)),
        make("weight-sum", totals, (make("score-sum", totals),)),
    )
    assert [(one.code, one.binding and one.binding.key) for one in arrange(NATIONAL, given)] == [
        ("weight-sum", "total_weight"),
        ("over-budget", "executed"),
        ("comparator", "target"),
        ("comparator", "target"),
        ("blank-field", "project_name"),
        ("blank-field", "agency"),
        ("blank-field", "no such field"),
        ("required-kind-missing", None),
        ("all-full-marks", "total_weight"),
    ]


def test_what_only_follows_is_left_out_on_its_own_row() -> None:
    def at(code: str, row: int) -> Finding:
        return make(code, Binding(Block.INDICATORS, "score", row=row))

    left = arrange(NATIONAL, (at("score-vs-actual", 1), at("score-vs-actual", 2), at("unit-mismatch", 1)))
    assert [(one.code, one.binding and one.binding.row) for one in left] == [
        ("unit-mismatch", 1),
        ("score-vs-actual", 2),
    ]


def test_every_code_of_the_table_is_in_the_catalogue() -> None:
    assert set(FOLLOWS) | {code for roots in FOLLOWS.values() for code in roots} <= CATALOGUE.keys()


def test_names_are_told_apart() -> None:
    assert len({entry.name for entry in CATALOGUE.values()}) == len(CATALOGUE)


def test_only_codes_with_a_milder_case_have_one() -> None:
    lesser = {code for code, entry in CATALOGUE.items() if entry.mild}
    assert lesser == {"weight-group", "fund-rows", "comparator"}
    assert mild(make("comparator", None)).severity is Severity.WARNING
    assert mild(make("over-budget", None)).severity is Severity.ERROR


def test_an_unknown_code_is_our_bug() -> None:
    with pytest.raises(KeyError):
        make("no-such-code", None)


def test_each_check_is_held_once_and_says_its_code() -> None:
    checks = (*WEIGHTS, *ON_FUNDS, *EXPLANATIONS, *ON_ROW, cost_vs_funds, *ON_SCORE, *WHOLE_FORM)
    assert len(set(checks)) == len(checks)
    for check in checks:
        assert check.__doc__
        assert re.match(r"[a-z0-9-]+", check.__doc__)[0] in CATALOGUE  # type: ignore[index]


#: Codes beyond the published catalogue: what a form says against the year before and the other projects.
OURS = {"same-survey", "target-lowered", "target-too-easy", "copied-last-year", "weight-moved", "renamed"}


@pytest.mark.skipif(not CASES.exists(), reason="the published catalogue is not here")
def test_the_catalogue_is_the_published_one() -> None:
    words = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.HINT}
    text = (CASES.parent / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (错误|警告|提示)", text, re.MULTILINE)
    published = {code: words[word] for code, word in rows}
    assert published == {code: one.severity for code, one in CATALOGUE.items() if code not in OURS}
    assert not OURS & published.keys()


def test_a_thoroughly_wrong_form_tells_its_worst_first() -> None:
    record = with_values(with_totals(with_row(0, with_fund(0, executed="20"), weight="30"), total_score="1"), agency="")
    severities = [one.severity for one in findings(record)]
    assert severities == sorted(severities, key=[Severity.ERROR, Severity.WARNING, Severity.HINT].index)


def test_the_place_of_a_finding_is_one_line_that_a_list_can_show() -> None:
    def where(words: str) -> str:
        return finding("score-range", Place(words), title="某事", message="某事。").where

    assert where("法律援助\n案件") == "法律援助 案件"
    assert where("案" * 80) == "案" * 80
    assert where("案" * 6000) == "案" * 80 + "…"
