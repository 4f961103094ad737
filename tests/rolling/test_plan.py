"""The plan of a new year: which forms go on, what is asked of them, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

import pytest

from perfdesk.model import Binding, Block, FundRow, Indicator, Record
from perfdesk.rolling import Plan, Treatment, begin, follows
from perfdesk.template import Filled, Template

KEEP, CLEAR, ASK = Treatment.KEEP, Treatment.CLEAR, Treatment.ASK
NATIONAL = "national-2020-project-self"
ROWS = (Indicator("产出指标", "", "数量指标", name="办案数", target="200件", actual="231件", weight="90", score="90"),)


def record(name: str, **parts: object) -> Record:
    base = Record(
        f"old-{name}",
        NATIONAL,
        2023,
        values={"project_name": name},
        indicators=ROWS,
        funds=(FundRow("总额", weight="10"),),
    )
    return replace(base, **parts)  # type: ignore[arg-type]  # parts of a record


@pytest.fixture
def plan(templates: Mapping[str, Template]) -> Plan:
    national = templates[NATIONAL]
    forms = [(name, Filled(national, record(name))) for name in ("2023年普法经费", "援助经费")]
    there = Filled(national, record("援助 经费", id="new", year=2024))
    return begin(forms, (there,), old_year=2023, year=2024)


def test_what_the_new_year_has_already_is_not_chosen(plan: Plan) -> None:
    assert [(one.name, one.there) for one in plan.sources] == [("2023年普法经费", False), ("援助经费", True)]
    assert [one.name for one in plan.forms] == ["2023年普法经费"]


@pytest.mark.parametrize(
    ("name", "bureau", "there"),
    [
        ("2024年普法经费", "", True),
        ("普法经费", "", False),
        ("2024年普法经费", "别县司法局", False),
        ("2024 年普法经费", "青山县司法局", True),
    ],
)
def test_the_same_project_of_the_same_office_is_there(
    templates: Mapping[str, Template], name: str, bureau: str, *, there: bool
) -> None:
    national = templates[NATIONAL]
    old = Filled(national, record("2023年普法经费", bureau="青山县司法局"))
    new = Filled(national, record(name, year=2024, bureau=bureau))
    (source,) = begin([("甲", old)], (new,), old_year=2023, year=2024).sources
    assert source.there is there


def test_a_form_of_the_whole_office_is_there_whatever_it_is_called(templates: Mapping[str, Template]) -> None:
    template = templates["lingling-2022-department-self"]
    old, new = (Filled(template, Record(str(year), template.id, year)) for year in (2023, 2024))
    assert begin([("部门", old)], (new,), old_year=2023, year=2024).sources[0].there


def test_one_choice_serves_every_form(plan: Plan) -> None:
    both = plan.take(one.id for one in plan.sources)
    assert len(both.asked) == both.asked_count == 2
    assert len(both.choose("weights", ASK).asked) == both.choose("weights", ASK).asked_count == 4
    assert both.choose("target", KEEP).asked == ()
    counts = both.count(both.sources[0])
    assert (counts[KEEP], counts[CLEAR], counts[ASK]) == (4, 1, 1)


def test_all_at_once_and_back_to_what_is_recommended(plan: Plan) -> None:
    source = plan.sources[0]
    assert set(plan.choose_all(CLEAR).count(source)) == {CLEAR}
    assert set(plan.choose_all(KEEP).count(source)) == {KEEP}
    assert plan.choose_all(CLEAR).choose_all(None).count(source) == plan.count(source)


def test_rows_without_names_take_the_rest_with_them(plan: Plan) -> None:
    cleared = plan.choose("names", CLEAR)
    assert cleared.asked == ()
    told = {item.key: treatment for item, treatment in cleared.decided(plan.sources[0])}
    assert (told["weights"], told["project_name"]) == (CLEAR, KEEP)


def test_the_outlook_says_what_comes(plan: Plan) -> None:
    told = {item.key: plan.outlook(item, treatment) for item, treatment in plan.decided(plan.sources[0])}
    assert told == {
        "project_name": "2024年普法经费",
        "budget_weight": "10",
        "names": "1 行",
        "target": "下一步确认",
        "results": "空白，待填；上年值留作对照",
        "weights": "合计 100",
    }
    item = next(one for one in plan.sources[0].items if one.key == "names")
    assert plan.outlook(item, CLEAR) == "空白，待填"


def test_the_forms_are_made_with_their_answers(plan: Plan) -> None:
    both = plan.take(one.id for one in plan.sources)
    ids = (f"new-{number}" for number in count(1))
    first, second = both.asked
    made = both.answer(first.key, "220件").answer(second.key, "3件").answer(second.key, "").made(lambda: next(ids))
    assert [(one.id, one.year, one.indicators[0].target) for one in made] == [
        ("new-1", 2024, "220件"),
        ("new-2", 2024, ""),
    ]
    assert made[0].value("project_name") == "2024年普法经费"
    assert first.question.binding == Binding(Block.INDICATORS, "target", row=0)


def test_a_form_goes_on_with_another_template(plan: Plan, templates: Mapping[str, Template]) -> None:
    target = templates["national-2021-project-self"]
    source = plan.sources[0]
    assert follows(source.form.template, target)
    (made,) = plan.go_on_as(source.id, target).made(lambda: "new")
    assert (made.template_id, made.indicators[0].name) == (target.id, "办案数")
    (same,) = plan.go_on_as("old-援助经费", target).made(lambda: "new")
    assert same.template_id == NATIONAL
