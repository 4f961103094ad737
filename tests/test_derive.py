"""派生: everything that follows from a record, and what happens to stated figures when an edit changes the computed ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.amounts import format_score, plain
from perfdesk.derive import derive, follow, sentence
from perfdesk.editing import (
    delete_rows,
    duplicate_row,
    get_text,
    insert_row,
    move_row,
    new_record,
    set_text,
)
from perfdesk.layout import lay_out
from perfdesk.model import Binding, Block, Finding, FundRow, Indicator, Record, Severity, Verdict, verdict
from perfdesk.scoring import assess
from perfdesk.template import Template

NATIONAL = "national-2020-project-self"
RATE = Binding(Block.FUNDS, "execution_rate", row=0)
BUDGET = Binding(Block.FUNDS, "score", row=0)
TOTAL = Binding(Block.STATED, "total_score")
WEIGHTS = Binding(Block.STATED, "total_weight")


def score(row: int) -> Binding:
    return Binding(Block.INDICATORS, "score", row=row)


def cell(key: str, row: int = 0) -> Binding:
    return Binding(Block.INDICATORS, key, row=row)


def fund(key: str) -> Binding:
    return Binding(Block.FUNDS, key, row=0)


@pytest.fixture
def template(templates: Mapping[str, Template]) -> Template:
    return templates[NATIONAL]


@pytest.fixture
def printed(template: Template) -> Record:
    """An imported form: every figure it prints is stated; 丙 has 3 points where 5 are computed."""
    rows = (
        Indicator(level1="产出", name="甲", target="≥70件", actual="35件", weight="10", score="5"),
        Indicator(level1="产出", name="乙", target="≥100件", actual="100件", weight="60", score="60.00"),
        Indicator(level1="效益", name="丙", target="≥10次", actual="5次", weight="10", score="3"),
        Indicator(level1="效益", name="丁", target="≥1次", actual="1次", weight="10", score="10"),
    )
    total = FundRow("总额", annual_budget="30000", executed="29539", execution_rate="98.46%", score="9.85")
    funds = (total, *(FundRow(one.label) for one in template.funds[1:]))
    record = Record("r", template.id, 2024, funds=funds, indicators=rows, stated={"total_weight": "100"})
    return replace(record, stated={"total_weight": "100", "total_score": "87.85"})


Edit = Callable[[Binding, str], Record]


@pytest.fixture
def edit(template: Template, printed: Record) -> Edit:
    """Type a text into the printed form."""

    def make(binding: Binding, text: str) -> Record:
        return follow(template, printed, set_text(printed, binding, text))

    return make


# ------------------------------------------------------------------------------------------------------------- follow


def test_the_printed_form_is_right_but_for_one_score(template: Template, printed: Record) -> None:
    result = assess(template, printed)
    assert [one.computed for one in result.scores] == [5, 60, 5, 10]
    assert result.total == Decimal("87.85")


def test_a_copy_gives_way_when_its_figure_changes(template: Template, edit: Edit) -> None:
    after = edit(cell("actual"), "70件")
    assert get_text(after, score(0)) == ""
    assert assess(template, after).scores[0].effective == 10


def test_the_total_follows(template: Template, edit: Edit) -> None:
    after = edit(cell("actual"), "70件")
    assert after.stated == {"total_weight": "100"}
    assert assess(template, after).total == Decimal("92.85")


def test_what_the_edit_does_not_touch_stays_as_printed(edit: Edit) -> None:
    after = edit(cell("actual"), "70件")
    assert [get_text(after, score(row)) for row in range(4)] == ["", "60.00", "3", "10"]
    assert (get_text(after, RATE), get_text(after, BUDGET)) == ("98.46%", "9.85")


@pytest.mark.parametrize(
    ("binding", "text"),
    [
        (cell("name"), "换个名字"),
        (cell("actual"), "35 件"),
        (cell("reason"), "说明"),
        (Binding(Block.VALUES, "project_name"), "法律援助"),
        (Binding(Block.FUNDS, "executed", row=1), "5"),
        (fund("initial_budget"), "5"),
    ],
)
def test_an_edit_that_changes_no_figure_changes_no_copy(
    edit: Edit, printed: Record, binding: Binding, text: str
) -> None:
    assert edit(binding, text) == set_text(printed, binding, text)


def test_a_differing_score_is_somebodys_decision(edit: Edit) -> None:
    after = edit(cell("actual", 2), "10次")
    assert get_text(after, score(2)) == "3"
    assert get_text(after, TOTAL) == "87.85", "the score that counts did not change"


def test_what_the_edit_itself_types_stays(template: Template, edit: Edit) -> None:
    after = edit(score(0), "7")
    assert get_text(after, score(0)) == "7"
    assert get_text(after, TOTAL) == ""
    assert assess(template, after).total == Decimal("89.85")
    assert get_text(edit(TOTAL, "99"), TOTAL) == "99"


def test_a_cleared_score_is_computed_again(template: Template, edit: Edit) -> None:
    after = edit(score(2), "")
    assert assess(template, after).scores[2].effective == 5
    assert get_text(after, TOTAL) == ""


def test_rate_score_and_total_follow_the_money(template: Template, edit: Edit) -> None:
    after = edit(fund("executed"), "15000")
    assert [get_text(after, one) for one in (RATE, BUDGET, TOTAL)] == ["", "", ""]
    assert get_text(after, WEIGHTS) == "100"
    assert (assess(template, after).execution_rate, assess(template, after).total) == (Decimal(50), Decimal(83))


def test_a_rate_printed_rounded_is_a_copy_too(template: Template, printed: Record) -> None:
    for stated in ("98.5%", "98", "98.46"):
        before = set_text(printed, RATE, stated)
        assert get_text(follow(template, before, set_text(before, fund("executed"), "15000")), RATE) == ""
    before = set_text(printed, RATE, "100%")
    assert get_text(follow(template, before, set_text(before, fund("executed"), "15000")), RATE) == "100%"


def test_weights_are_followed_through_to_the_total(edit: Edit) -> None:
    after = edit(cell("weight", 3), "20")
    assert get_text(after, score(3)) == ""
    assert after.stated == {}


def test_a_figure_that_can_no_longer_be_computed_goes_as_well(template: Template, edit: Edit) -> None:
    after = edit(cell("actual"), "")
    assert get_text(after, score(0)) == ""
    assert assess(template, after).scores[0].effective is None
    assert get_text(after, TOTAL) == ""


def test_a_stated_score_where_none_can_be_computed_stays(template: Template, printed: Record) -> None:
    before = set_text(printed, cell("actual", 3), "不好说")
    after = follow(template, before, set_text(before, cell("actual", 3), "说不好"))
    assert get_text(after, score(3)) == "10"


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("to", range(4))
def test_a_moved_row_takes_its_figures_with_it(template: Template, printed: Record, row: int, to: int) -> None:
    """Where a copy stood, another row's differing score may stand after the move: it is nobody's copy."""
    moved = move_row(printed, Block.INDICATORS, row, to)
    assert follow(template, printed, moved) == moved


def test_equal_scores_are_not_mixed_up_by_a_move(template: Template, printed: Record) -> None:
    before = set_text(printed, score(2), "5")
    before = set_text(before, cell("actual", 2), "1次")  # computed 1, stated 5: differs; row 0: stated 5, computed 5
    moved = move_row(before, Block.INDICATORS, 0, 2)
    assert [one.score for one in follow(template, before, moved).indicators] == ["60.00", "5", "5", "10"]


def test_the_totals_follow_rows_that_come_and_go(template: Template, printed: Record) -> None:
    after = follow(template, printed, delete_rows(printed, Block.INDICATORS, 3))
    assert after.stated == {}
    assert [one.score for one in after.indicators] == ["5", "60.00", "3"]
    twice = follow(template, printed, duplicate_row(printed, Block.INDICATORS, 0))
    assert twice.stated == {}
    assert [one.score for one in twice.indicators] == ["5", "5", "60.00", "3", "10"]
    blank = insert_row(printed, Block.INDICATORS, 0)
    assert follow(template, printed, blank) == blank, "a blank row changes no total"


def test_another_number_of_fund_rows_is_another_form(template: Template, printed: Record) -> None:
    other = replace(printed, funds=(), stated={})
    assert follow(template, printed, other) is other


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.sampled_from(["actual", "target", "weight", "score"]),
    st.integers(0, 3),
    st.sampled_from(["", "70件", "１２", "100%", "无", "5"]),
)
def test_after_any_edit_no_copy_is_wrong(template: Template, printed: Record, key: str, row: int, text: str) -> None:
    """Whatever was right before is right afterwards, unless it was typed itself."""
    after = follow(template, printed, set_text(printed, cell(key, row), text))
    result = assess(template, after)
    figures = {score(i): one.computed for i, one in enumerate(result.scores)}
    figures |= {TOTAL: result.total, WEIGHTS: result.weight_total}
    for binding, figure in figures.items():
        stated = get_text(after, binding)
        if stated and binding not in {score(2), cell(key, row)}:
            assert figure is not None
            assert Decimal(stated) == figure
    assert follow(template, after, after) == after


# ------------------------------------------------------------------------------------------------------------- derive


def test_everything_follows_from_the_record(templates: Mapping[str, Template], sample: Record) -> None:
    template = templates[sample.template_id]
    derived = derive(template, sample)
    assert (derived.record, derived.template) == (sample, template)
    assert derived.assessment == assess(template, sample)
    assert derived.layout == lay_out(derived.sheet)
    assert derived.layout is derived.layout, "made once"
    assert derived.findings == derive(template, sample).findings


@pytest.mark.parametrize(
    ("typed", "completion", "filling"),
    [
        (0, Decimal("0.02"), True),  # the title is printed
        (21, Decimal("0.48"), True),
        (22, Decimal("0.51"), False),
        (43, Decimal("0.97"), False),
    ],
)
def test_a_form_is_being_filled_in_until_half_of_it_is(
    template: Template, typed: int, completion: Decimal, filling: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = new_record(template, record_id="r", year=2024)
    blank = [one.binding for one in derive(template, record).sheet.cells if one.required and one.binding]
    blank = [one for one in blank if not get_text(record, one)]
    assert len(blank) == 8 + 9 * 4
    for binding in blank[:typed]:
        record = set_text(record, binding, "5")
    derived = derive(template, record)
    assert derived.completion == completion
    assert derived.verdict is (Verdict.FILLING if filling else verdict(derived.findings))
    monkeypatch.setattr("perfdesk.derive.check", lambda *_: ())
    silent = derive(template, record)
    assert silent.verdict is Verdict.FILLING, "可上报 is said of a full form only"
    assert silent.sentence.startswith("必填的格填了")


def test_a_form_is_complete_only_when_nothing_is_missing(template: Template) -> None:
    record = new_record(template, record_id="r", year=2024)
    bindings = [one.binding for one in derive(template, record).sheet.cells if one.required and one.binding]
    for binding in bindings:
        record = set_text(record, binding, "5")
    assert derive(template, record).completion == 1
    spaces = set_text(record, bindings[-1], "　 ")
    assert derive(template, spaces).completion < 1


def test_a_form_without_required_cells_is_complete(template: Template) -> None:
    optional = replace(template, blocks=tuple(one for one in template.blocks if not one.body), fields=(), funds=())
    fields_only = replace(optional, blocks=optional.blocks[2:3])
    assert derive(fields_only, Record("r", "t", 2024)).completion == 1


def finding(severity: Severity, *consequences: Finding) -> Finding:
    return Finding("code", severity, "", "", "", consequences=consequences)


E, W, H = Severity.ERROR, Severity.WARNING, Severity.HINT


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ((), "没有要改的地方，可以上报"),
        ((finding(H),), "没有要改的地方，可以上报；1 处提示可不改"),
        ((finding(W), finding(H)), "没有错误；1 处警告须说明"),
        ((finding(E),), "1 处错误须改正"),
        ((finding(E), finding(W), finding(W), finding(H)), "1 处错误须改正，2 处警告须说明"),
        ((finding(E, finding(E), finding(W, finding(W))),), "2 处错误须改正，2 处警告须说明"),
    ],
)
def test_the_verdict_in_one_sentence(findings: tuple[Finding, ...], words: str) -> None:
    assert sentence(findings) == words


def test_the_figures_shown_are_those_computed(template: Template, printed: Record) -> None:
    bare = replace(printed, indicators=tuple(replace(one, score="") for one in printed.indicators), stated={})
    derived = derive(template, bare)
    shown = {one.binding: one.text for one in derived.sheet.cells if one.binding}
    assert shown[TOTAL] == format_score(derived.assessment.total) == "89.85"
    assert shown[WEIGHTS] == plain(derived.assessment.weight_total) == "100"
