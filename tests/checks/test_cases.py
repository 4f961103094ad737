"""The published forms against their answer key."""

from __future__ import annotations

import json

import pytest

from perfdesk.exchange.exchange import read_records
from perfdesk.model import Finding, Severity, flatten
from tests.checks.support import CASES, TEMPLATES, findings

FORMS = (
    "changji-2020-admin-reconsideration-3",
    "changji-2020-administration-by-law-7",
    "changji-2020-law-popularization-5",
    "changji-2020-legal-aid-1",
    "qiannan-2024-grassroots-legislation",
    "qiannan-2024-legal-aid",
)
#: Raised beyond the answer key, each looked at: true, and worth the clerk's time.
BEYOND = {
    "changji-2020-admin-reconsideration-3": {("all-full-marks", "总分")},
    "changji-2020-administration-by-law-7": {("all-full-marks", "总分")},
    "qiannan-2024-grassroots-legislation": {("budget-change-unexplained", "全年预算数")},
    "qiannan-2024-legal-aid": {("all-full-marks", "总分")},
}
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the published forms are not here")


def raised(form: str) -> tuple[Finding, ...]:
    record = read_records(CASES / f"{form}.json", TEMPLATES).records[0]
    return findings(record, TEMPLATES[record.template_id])


def key(form: str) -> set[tuple[str, str]]:
    expected = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
    return {(one["code"], one["where"]) for one in expected[form]}


@pytest.mark.parametrize("form", FORMS)
def test_exactly_the_deserved_findings_are_raised(form: str) -> None:
    got = {(one.code, one.where) for one in flatten(raised(form))}
    assert got == key(form) | BEYOND.get(form, set())


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_said_twice(form: str) -> None:
    got = [(one.code, one.where, one.binding) for one in flatten(raised(form))]
    assert len(got) == len(set(got))


@pytest.mark.parametrize("form", FORMS)
def test_titles_are_short_and_messages_are_sentences(form: str) -> None:
    for one in flatten(raised(form)):
        assert len(one.title) <= 20, one.title
        assert one.message.endswith("。")
        assert "！" not in one.message


def test_the_root_cause_comes_first_and_carries_its_consequence() -> None:
    first, *rest = raised("changji-2020-legal-aid-1")
    assert (first.code, first.title) == ("weight-sum", "分值合计 110，应为 100")
    assert first.message == "30＋10＋20＋10＋10＋5＋10＋5 ＋ 执行率 10 ＝ 110，比 100 多 10 分。"
    assert [one.code for one in first.consequences] == ["score-sum"]
    assert all(one.severity is Severity.WARNING for one in rest)
    assert len(rest) == 5


def test_fixes_say_the_result() -> None:
    labels = {one.fix.label for one in raised("changji-2020-legal-aid-1") if one.fix}
    assert labels == {"指标值改为 200", "改为 ≥95%", "各项按比例调到合计 90"}
