"""说明: what the office writes to a finding stays with it, whatever moves, and goes stale when its figures change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.answers import attach, figures, write_answer
from perfdesk.derive import derive, sentence
from perfdesk.editing import delete_rows, insert_row, move_row, new_record, set_text
from perfdesk.model import (
    Answer,
    Binding,
    Block,
    Finding,
    Indicator,
    Record,
    Severity,
    Verdict,
    flatten,
    open_findings,
    verdict,
)
from perfdesk.template import Template

WHY = "年中新增两个法律援助站，案件数量随之增加。"
TEXT = st.text(max_size=12)
Find = Callable[[Record], Finding]


def actual(row: int) -> Binding:
    return Binding(Block.INDICATORS, "actual", row=row)


@pytest.fixture
def template(templates: dict[str, Template]) -> Template:
    return templates["national-2020-project-self"]


@pytest.fixture
def record(template: Template) -> Record:
    """A right form but for one 警告: 253 cases where 100 were planned, and no 偏差原因."""
    blank = new_record(template, record_id="r", year=2024, bureau="某县司法局")
    texts = {"project_name": "法律援助经费", "department": "司法局", "agency": "法律援助中心"}
    goals = {"goal_expected": "办理法律援助案件100件。", "goal_actual": "办理法律援助案件253件。"}
    amounts = {"initial_budget": "8", "annual_budget": "8", "executed": "8"}
    funds = (replace(blank.funds[0], **amounts), replace(blank.funds[1], **amounts))
    none = {"initial_budget": "0", "annual_budget": "0", "executed": "0"}
    rows = (
        Indicator("产出指标", "", "数量指标", "", "援助案件数", "≥100件", "253件", "20"),
        Indicator("产出指标", "", "质量指标", "", "案件结案率", "≥95%", "96%", "10"),
        Indicator("产出指标", "", "时效指标", "", "受理时限", "≤7天", "5天", "10"),
        Indicator("产出指标", "", "成本指标", "", "案件补贴", "≤8万元", "8万元", "10"),
        Indicator("效益指标", "", "社会效益指标", "", "群众知晓率", "≥80%", "85%", "30"),
        Indicator("满意度指标", "", "服务对象满意度指标", "", "受援人满意度", "≥90%", "95%", "10"),
    )
    rest = tuple(replace(one, **none) for one in blank.funds[2:])
    return replace(blank, values={**blank.values, **texts, **goals}, funds=(*funds, *rest), indicators=rows)


@pytest.fixture
def over(template: Template) -> Find:
    """Return the one 警告 of the form, as it is shown."""

    def find(record: Record) -> Finding:
        found = [one for one in flatten(derive(template, record).findings) if one.code == "over-achieved-unexplained"]
        return found[0]

    return find


def test_the_form_waits_for_its_answer_and_is_ready_with_it(template: Template, record: Record, over: Find) -> None:
    before = derive(template, record)
    assert before.verdict is Verdict.TO_EXPLAIN
    assert "1 处警告须说明" in before.sentence
    after = derive(template, write_answer(record, over(record), WHY))
    assert after.verdict is Verdict.READY
    assert after.sentence.startswith("没有要改的地方，可以上报；1 处警告已说明")
    assert [one.answer for one in after.findings if one.answer] == [WHY]


def test_an_answer_goes_stale_with_its_figure_and_comes_back(template: Template, record: Record, over: Find) -> None:
    answered = write_answer(record, over(record), WHY)
    changed = set_text(answered, actual(0), "260件")
    assert (over(changed).answer, over(changed).is_stale) == (WHY, True)
    assert derive(template, changed).verdict is Verdict.TO_EXPLAIN
    assert over(set_text(changed, actual(0), "253件")).is_answered


def test_a_stale_answer_is_replaced_not_kept_beside(record: Record, over: Find) -> None:
    changed = set_text(write_answer(record, over(record), WHY), actual(0), "260件")
    again = write_answer(changed, over(changed), f"{WHY}全年260件。")
    assert len(again.answers) == 1
    assert over(again).is_answered


def test_the_answer_moves_with_its_row(record: Record, over: Find) -> None:
    answered = write_answer(record, over(record), WHY)
    moved = move_row(answered, Block.INDICATORS, 0, 1)
    assert over(moved).is_answered
    assert over(insert_row(answered, Block.INDICATORS, 0)).is_answered


def test_the_answer_of_a_row_that_went_waits_for_it(record: Record, over: Find) -> None:
    answered = write_answer(record, over(record), WHY)
    gone = delete_rows(answered, Block.INDICATORS, 0)
    assert gone.answers == answered.answers
    assert over(replace(gone, indicators=answered.indicators)).is_answered


def test_a_blank_answer_is_none(record: Record, over: Find) -> None:
    answered = write_answer(record, over(record), WHY)
    assert write_answer(answered, over(answered), " \n ").answers == ()


def two_alike() -> tuple[Finding, Finding]:
    """Two rows of the same name with the same kind of fault and other figures."""
    one = Finding("unit-mismatch", Severity.WARNING, "口径不一", "“20件”与“70余件次”", "案件数", actual(0))
    return one, replace(one, message="“5场”与“100%”", binding=actual(1))


def test_rows_of_the_same_name_have_answers_of_their_own() -> None:
    record, (first, second) = Record("r", "t", 2024), two_alike()
    record = write_answer(record, first, "甲")
    shown = attach((first, second), record.answers)
    assert [(one.answer, one.is_stale) for one in shown] == [("甲", False), ("", False)]
    record = write_answer(record, shown[1], "乙")
    assert [one.answer for one in attach((first, second), record.answers)] == ["甲", "乙"]


def test_what_only_follows_is_answered_with_its_cause() -> None:
    follow = Finding("score-vs-actual", Severity.WARNING, "得分", "", "案件数")
    cause = replace(two_alike()[0], consequences=(follow, replace(follow, severity=Severity.HINT)))
    assert verdict((cause,)) is Verdict.TO_EXPLAIN
    answered = attach((cause,), write_answer(Record("r", "t", 2024), cause, "甲").answers)
    assert verdict(answered) is Verdict.READY
    assert [one.severity for one in open_findings(answered)] == [Severity.HINT]
    assert sentence(answered) == "没有要改的地方，可以上报；2 处警告已说明；1 处提示可不改"


def test_an_answer_puts_no_error_right() -> None:
    error = replace(two_alike()[0], severity=Severity.ERROR)
    assert verdict(attach((error,), write_answer(Record("r", "t", 2024), error, "甲").answers)) is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("442.92 ÷ 318.4 ＝ 139.11%，表上填的是“100%”。", "442.92 318.4 139.11% “100%”"),
        ("没有填偏差原因。", ""),
        ("指标值是“显著提升”，完成值是“100%”。", "“显著提升” “100%”"),
    ],
)
def test_the_figures_of_a_sentence(message: str, expected: str) -> None:
    assert figures(Finding("x", Severity.WARNING, "", message, "")) == expected


def test_other_words_about_the_same_figures_keep_the_answer() -> None:
    finding = two_alike()[0]
    answers = write_answer(Record("r", "t", 2024), finding, "甲").answers
    (shown,) = attach((replace(finding, message="填的是“20件”，完成的却是“70余件次”"),), answers)
    assert shown.is_answered


@given(
    st.lists(st.builds(Answer, *[TEXT] * 5), max_size=5).map(tuple),
    st.lists(st.builds(Finding, TEXT, st.sampled_from(Severity), TEXT, TEXT, TEXT), max_size=5).map(tuple),
    TEXT.filter(str.strip),
)
def test_answers_change_nothing_but_the_answer(
    answers: tuple[Answer, ...], findings: tuple[Finding, ...], text: str
) -> None:
    shown = attach(findings, answers)
    assert tuple(replace(one, answer="", is_stale=False) for one in shown) == findings
    if shown:
        record = write_answer(Record("r", "t", 2024, answers=answers), shown[0], text)
        assert attach(findings, record.answers)[0].answer == text
