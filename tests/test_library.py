"""指标库: what an office has used, what justice bureaus begin with, and how it gets into a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.library import OWN, own_entries, own_reasons, put_into, read_starter, search, starter
from perfdesk.model import Indicator, Record
from perfdesk.template import Filled, Template

SELF, GOALS, RATING = "national-2020-project-self", "zhijiang-2024-project-goal", "chenxi-2021-department-rating"


def row(name: str, target: str = "", level2: str = "数量指标", **more: str) -> Indicator:
    return Indicator(level1="产出指标", level2=level2, name=name, target=target, **more)


@pytest.fixture
def forms(templates: Mapping[str, Template]) -> tuple[Filled, ...]:
    """Two self-assessments and a goal table of an office."""

    def form(template: str, year: int, *rows: Indicator) -> Filled:
        record = new_record(templates[template], record_id=f"{template}{year}", year=year)
        values = {**record.values, "project_name": f"法律援助经费{year}"}
        return Filled(templates[template], replace(record, values=values, indicators=rows))

    goal = row("案件结案率", level2="质量指标", indicator_type="≥", target_value="95", measure_unit="%")
    return (
        form(SELF, 2022, row("办理案件（件）", "≥70件", reason="年中新增两个站点，案件随之增加"), row("")),
        form(SELF, 2023, row("办理案件(件)", "≥80件", actual="85件", weight="20", reason="无")),
        form(GOALS, 2024, goal),
    )


def test_the_library_grows_from_the_forms_of_the_office(forms: tuple[Filled, ...]) -> None:
    first, second = own_entries(forms)
    assert (first.indicator.name, first.uses, first.year, first.group) == ("办理案件(件)", 2, 2023, OWN)
    assert (first.usual, first.project) == ("≥80件", "法律援助经费2023")
    assert (second.indicator.name, second.usual) == ("案件结案率", "≥95%")


def test_what_a_year_gave_and_got_stays_there(forms: tuple[Filled, ...]) -> None:
    first = own_entries(forms)[0].indicator
    assert (first.actual, first.weight, first.score, first.reason) == ("", "", "", "")
    assert (first.indicator_type, first.target_value, first.measure_unit) == ("≥", "80", "件")


def test_a_rating_is_no_source(templates: Mapping[str, Template]) -> None:
    rating = new_record(templates[RATING], record_id="r", year=2021)
    assert own_entries([Filled(templates[RATING], rating)]) == ()


def test_indicators_go_into_their_groups(templates: Mapping[str, Template], forms: tuple[Filled, ...]) -> None:
    template = templates[SELF]
    record = put_into(template, new_record(template, record_id="n", year=2025), own_entries(forms), with_targets=True)
    named = [(one.level2, one.name, one.target, one.weight) for one in record.indicators if one.name]
    assert named == [("数量指标", "办理案件(件)", "≥80件", ""), ("质量指标", "案件结案率", "≥95%", "")]
    again = put_into(template, record, own_entries(forms), with_targets=True)
    assert again == record  # what is there is not there twice


def test_a_goal_table_gets_its_columns(templates: Mapping[str, Template], forms: tuple[Filled, ...]) -> None:
    template = templates[GOALS]
    record = put_into(template, new_record(template, record_id="n", year=2025), own_entries(forms), with_targets=True)
    found = {
        one.name: (one.indicator_type, one.target_value, one.measure_unit) for one in record.indicators if one.name
    }
    assert found == {"办理案件(件)": ("≥", "80", "件"), "案件结案率": ("≥", "95", "%")}


def test_targets_stay_behind_when_they_are_to_be_set_anew(
    templates: Mapping[str, Template], forms: tuple[Filled, ...]
) -> None:
    template = templates[GOALS]
    record = put_into(template, new_record(template, record_id="n", year=2025), own_entries(forms), with_targets=False)
    (first, _) = [one for one in record.indicators if one.name]
    assert (first.target_value, first.indicator_type, first.measure_unit) == ("", "≥", "件")


def test_a_search_wants_every_word(forms: tuple[Filled, ...]) -> None:
    entries = (*own_entries(forms), *starter().entries)
    assert [one.indicator.name for one in search(entries, "结案率 质量")] == ["案件结案率", "法律援助案件结案率"]
    assert [one.indicator.name for one in search(entries, "jieanlv zl")] == ["案件结案率", "法律援助案件结案率"]
    assert search(entries, "没有这样的指标") == ()
    assert len(search(entries, " ")) == len(entries)


def test_reasons_that_explain_something_are_offered_again(forms: tuple[Filled, ...]) -> None:
    assert [(one.text, one.uses) for one in own_reasons(forms)] == [("年中新增两个站点，案件随之增加", 1)]


def test_the_starter_is_whole_and_without_figures() -> None:
    entries, reasons = starter()
    assert len(entries) > 60
    assert {"法律援助", "人民调解", "社区矫正", "普法", "法律顾问"} <= {one.group for one in entries}
    for one in entries:
        row = one.indicator
        assert row.level1 in {"产出指标", "效益指标", "满意度指标"}
        assert row.indicator_type in {"≥", "≤", "=", "定性"}
        assert not any(letter.isdigit() for letter in row.name)
        assert bool(row.measure_unit) is (row.indicator_type != "定性")
    assert len({(one.group, one.indicator.name) for one in entries}) == len(entries)
    assert all(one.text.endswith("。") for one in reasons)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[businesses]\n"普法" = [["产出指标", "数量指标"]]\n[reasons]\n', "businesses.普法：一行应为 5 项"),
        ('[businesses]\n[reasons]\n"甲" = 3\n', "reasons.甲"),
        ("[businesses]\n[reasons]\n[more]\n", '未知的项 "more"'),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "indicators.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as error:
        read_starter(path)
    assert says in str(error.value)


def test_a_report_is_left_alone(templates: Mapping[str, Template]) -> None:
    template = templates["lingling-2022-report"]
    record = Record("r", template.id, 2022)
    assert own_entries([Filled(template, record)]) == ()
