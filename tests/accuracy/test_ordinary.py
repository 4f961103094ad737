"""What forms ordinarily say, in many ways of saying it, is left in peace: targets with their actuals, rows that are not there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from perfdesk.model import Record, Section, Severity, flatten
from tests.checks.support import GOOD, TEMPLATES, findings, row, with_fund, with_row, with_totals

LINES: Final = tuple(
    line for line in (Path(__file__).parent / "ordinary.txt").read_text("utf-8").splitlines() if line[:1] != "#"
)
SENTENCES: Final = tuple(
    line for line in (Path(__file__).parent / "ordinary_report.txt").read_text("utf-8").splitlines() if line[:1] != "#"
)
SINGLE: Final = tuple(
    line
    for line in (Path(__file__).parent / "ordinary_sentences.txt").read_text("utf-8").splitlines()
    if line[:1] != "#"
)
REPORT: Final = TEMPLATES["chenxi-2021-report"]
#: 二级指标 of the table -> its full name and the row of the good form that it takes the place of.
KINDS: Final = {
    "数量": ("数量指标", 0),
    "质量": ("质量指标", 1),
    "时效": ("时效指标", 2),
    "成本": ("成本指标", 3),
    "经济": ("经济效益指标", 4),
    "社会": ("社会效益指标", 4),
    "生态": ("生态效益指标", 4),
    "可持续": ("可持续影响指标", 4),
    "满意": ("服务对象满意度指标", 5),
}


def told(record: Record) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in flatten(findings(record)) if one.severity is not Severity.HINT]


@pytest.mark.parametrize("line", LINES)
def test_a_target_and_its_actual(line: str) -> None:
    kind, name, target, actual = line.split("|")
    level2, at = KINDS[kind]
    record = with_row(
        at, level2=level2, name=name, target=target, actual=actual, score=GOOD.indicators[at].weight, reason=""
    )
    assert told(record) == []


@pytest.mark.parametrize(
    ("name", "rest"),
    [("/", "/"), ("—", "—"), ("", ""), ("无", "无"), ("不涉及", "不涉及"), ("指标1：/", "/"), ("不适用", "")],
)
def test_a_row_that_the_project_does_not_have(name: str, rest: str) -> None:
    strokes = rest if rest in {"/", "—"} else ""
    none = row("生态效益指标", name, rest, rest, strokes, score=strokes)
    assert told(replace(GOOD, indicators=(*GOOD.indicators[:5], none, GOOD.indicators[5]))) == []


@pytest.mark.parametrize("name", ["1.案件数", "（1）案件数", "指标1：案件数", "指标1:办理法律援助案件数"])
def test_a_name_with_a_number_before_it(name: str) -> None:
    assert told(with_row(0, name=name)) == []


@pytest.mark.parametrize("rate", ["100%", "100", "100.00%", "１００％", "100.0"])
@pytest.mark.parametrize("score", ["10", "10.00", "10分", "１０"])
def test_the_budget_row(rate: str, score: str) -> None:
    assert told(with_fund(0, weight="10", execution_rate=rate, score=score)) == []


@pytest.mark.parametrize("stroke", ["—", "-", "/", "", "——", "无", "0.00"])
def test_money_that_is_not_there(stroke: str) -> None:
    nothing = {"initial_budget": stroke, "annual_budget": stroke, "executed": stroke}
    assert told(with_fund(2, with_fund(3, **nothing), **nothing)) == []


@pytest.mark.parametrize("total", ["99.9", "99.90", "99.90分"])
def test_the_total(total: str) -> None:
    assert told(with_totals(total_score=total, total_weight="100分")) == []


@pytest.mark.parametrize("weight", ["20", "20分", "20.00", "２０"])
def test_a_weight(weight: str) -> None:
    assert told(with_row(0, weight=weight)) == []


def told_of_report(*paragraphs: str) -> list[tuple[str, str]]:
    sections = (Section(1, "一、情况", paragraphs),)
    return [(one.code, one.message) for one in findings(Record("1", REPORT.id, 2023, sections=sections), REPORT)]


@pytest.mark.parametrize("sentence", [*SENTENCES, *SINGLE])
def test_a_sentence_of_a_report(sentence: str) -> None:
    assert told_of_report(sentence) == []


def test_the_sentences_of_one_report() -> None:
    assert told_of_report(*SENTENCES) == []
