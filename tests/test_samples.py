"""示例 (samples): two years of one invented office, of which the first is handed in and the second has a few things left to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.cycle import read_cycle
from perfdesk.dataitems import figures_of, refresh
from perfdesk.derive import Derived, derive
from perfdesk.exchange import exchange
from perfdesk.gathering.facts import facts_of
from perfdesk.gathering.matching import same_form
from perfdesk.model import FormKind, Record, Severity, Verdict, flatten, open_findings
from perfdesk.overview import Row, missing
from perfdesk.template import Filled, Template
from tests.conftest import ROOT

FOLDER = ROOT / "resources" / "samples" / "county"
LAST, CURRENT = 2024, 2025
FILES = ("2024.json", "2025.json", "2025-drafts.json")
LEGAL_AID, PUBLICITY, CORRECTION = "法律援助工作经费", "法治宣传教育经费", "社区矫正和安置帮教经费"
PLANTED = Counter(
    {
        (LEGAL_AID, "lost-points-unexplained", Severity.ERROR): 1,
        (LEGAL_AID, "actual-not-measured", Severity.WARNING): 1,
        (PUBLICITY, "execution-low-unexplained", Severity.WARNING): 1,
        (CORRECTION, "actual-missing", Severity.ERROR): 3,
        ("部门整体支出绩效自评表", "required-kind-missing", Severity.WARNING): 1,
        ("部门整体支出绩效评价报告", "text-sum", Severity.WARNING): 1,
        ("部门整体支出绩效评价报告", "empty-section", Severity.WARNING): 9,
    }
)
"""What is left to do in the later year, so that there is something to see: everything else is clean."""


@pytest.fixture(scope="module")
def records(templates: Mapping[str, Template]) -> tuple[Record, ...]:
    return tuple(one for name in FILES[:2] for one in exchange.read_records(FOLDER / name, templates).records)


@pytest.fixture(scope="module")
def forms(records: tuple[Record, ...], templates: Mapping[str, Template]) -> tuple[Derived, ...]:
    filled = tuple(Filled(templates[one.template_id], one) for one in records)
    return tuple(
        derive(
            form.template,
            form.record,
            tuple(one for one in filled if one is not form and 0 <= form.record.year - one.record.year <= 1),
        )
        for form in filled
    )


def of_year(forms: tuple[Derived, ...], year: int) -> list[Derived]:
    return [one for one in forms if one.record.year == year]


def name_of(form: Derived) -> str:
    return form.record.value("project_name") if form.template.kind is FormKind.PROJECT_SELF else form.template.title


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_without_a_word_and_written_as_it_lies_there(
    name: str, templates: Mapping[str, Template]
) -> None:
    read = exchange.read_records(FOLDER / name, templates)
    assert read.notes == ()
    assert exchange.write_records(read.records, templates) == (FOLDER / name).read_text(encoding="utf-8")


def test_last_year_is_complete_and_can_be_handed_in(forms: tuple[Derived, ...]) -> None:
    for form in of_year(forms, LAST):
        assert (form.verdict, form.completion) == (Verdict.READY, Decimal(1)), name_of(form)
        left = [one for one in open_findings(form.findings) if one.severity is not Severity.HINT]
        assert left == [], name_of(form)


def test_the_later_year_has_the_planted_findings_and_no_others(forms: tuple[Derived, ...]) -> None:
    found = Counter(
        (name_of(form), one.code, one.severity)
        for form in of_year(forms, CURRENT)
        for one in flatten(open_findings(form.findings))
        if one.severity is not Severity.HINT
    )
    assert found == PLANTED


def test_some_findings_are_answered(forms: tuple[Derived, ...]) -> None:
    answered = {(one.record.year, found.code) for one in forms for found in flatten(one.findings) if found.answer}
    assert answered == {(LAST, "required-kind-missing"), (CURRENT, "over-achieved-unexplained")}
    assert not any(found.is_stale for one in forms for found in flatten(one.findings))


def test_nothing_lacks_for_last_years_hand_in(forms: tuple[Derived, ...], tmp_path: Path) -> None:
    wanted = read_cycle(ROOT / "resources" / "cycle.toml", tmp_path / "cycle.toml").hand_in
    rows = {year: [_row(one) for one in of_year(forms, year)] for year in (LAST, CURRENT)}
    assert missing(rows[LAST], wanted) == ()
    assert [one.kind for one in missing(rows[CURRENT], wanted)] == [FormKind.DEPARTMENT_RATING]


def _row(form: Derived) -> Row:
    record = form.record
    name = record.value("project_name") or record.value("title")
    return Row(record.id, name, record.year, form.template.kind)


def test_what_is_handed_in_stands_in_the_file_as_it_is_printed(
    forms: tuple[Derived, ...], records: tuple[Record, ...]
) -> None:
    """Its 校验码 is that of the paper: rows of the 汇总表 and figures of the report are those of now."""
    for form, read in zip(forms, records, strict=True):
        assert refresh(form.record, figures_of(form.gathered)) == read


def test_the_forms_of_a_year_agree_with_each_other(forms: tuple[Derived, ...]) -> None:
    """Nothing differs between the forms; the rating and the department's own form give the same points."""
    assert not any(found.code == "cross-form" for one in forms for found in flatten(one.findings))
    scored = (FormKind.DEPARTMENT_SELF, FormKind.DEPARTMENT_RATING)
    totals = {one.assessment.total for one in of_year(forms, LAST) if one.template.kind in scored}
    assert len(totals) == 1


def test_every_form_of_the_later_year_has_one_of_last_year_beside_it(forms: tuple[Derived, ...]) -> None:
    before = tuple(facts_of(one.template, one.record, one.assessment) for one in of_year(forms, LAST))
    for form in of_year(forms, CURRENT):
        facts = facts_of(form.template, form.record, form.assessment)
        assert same_form(facts.kind, facts.project, before) is not None, name_of(form)


def test_the_draft_is_an_earlier_stand_of_one_form(
    records: tuple[Record, ...], templates: Mapping[str, Template]
) -> None:
    (draft,) = exchange.read_records(FOLDER / FILES[2], templates).records
    (form,) = (one for one in records if _key(one) == _key(draft))
    differing = [(a.actual, b.actual) for a, b in zip(draft.indicators, form.indicators, strict=True) if a != b]
    assert len(differing) == 4


def _key(record: Record) -> tuple[str, int, str]:
    return record.template_id, record.year, record.value("project_name")


@pytest.mark.parametrize("name", FILES)
def test_no_person_and_no_real_office_is_named(
    name: str, forms: tuple[Derived, ...], templates: Mapping[str, Template]
) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert set(re.findall(r'"bureau": "([^"]*)"', text)) == {"示例县司法局"}
    assert not re.search(r"1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]|昌吉|黔南|零陵|芷江侗族|辰溪县", text)
    persons = ("preparer", "phone", "chief", "reviewer", "performance_reviewer")
    for record in exchange.read_records(FOLDER / name, templates).records:
        assert not any(record.value(key) for key in persons)
    assert not any(found.code == "personal-data" for one in forms for found in flatten(one.findings))


def test_no_sentence_is_copied_from_the_published_forms(records: tuple[Record, ...], cases: tuple[Path, ...]) -> None:
    """Figures and names of indicators may be those of real forms; a longer sentence may not."""
    published = "".join(
        path.read_text(encoding="utf-8") for path in cases[0].parent.glob("*.json") if path.stem != "expected"
    )
    for record in records:
        for text in _sentences(record):
            assert text not in published, text


def _sentences(record: Record) -> list[str]:
    texts = [record.value("goal_expected"), record.value("goal_actual")]
    texts += [one.reason for one in record.indicators]
    texts += [paragraph for one in record.sections for paragraph in one.paragraphs]
    return [part for text in texts for part in re.split(r"[。；\n]", text) if len(part) > 14]
