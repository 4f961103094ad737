"""Which policy scores a template: the one it names, the office's values over it, or the one the office chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.policy import Policy, choices_text, load_policies, with_value
from perfdesk.template import (
    GRADE_KEY,
    Block,
    BlockRole,
    Own,
    Shelf,
    ShelfReader,
    Slot,
    SlotKind,
    Stock,
    Template,
    as_scored,
    with_own,
    with_policy,
)

ROOT = Path(__file__).parents[1]
SELF, RATING = "national-2020-project-self", "chenxi-2021-department-rating"


@pytest.fixture(scope="module")
def policies() -> Mapping[str, Policy]:
    return load_policies(ROOT / "resources" / "policies")


@pytest.fixture
def own(tmp_path: Path) -> Own:
    (tmp_path / "policies").mkdir()
    return Own(tmp_path / "templates", tmp_path / "policies", tmp_path / "choices.toml")


def change(own: Own, policy: Policy, key: str, typed: str) -> None:
    text = with_value(policy, key, typed, source="某县财政局通知", date="2024-03")
    (own.policies / f"{policy.id}.toml").write_text(text, encoding="utf-8")


def test_without_files_of_the_office_the_programs_templates_are_the_same_values(
    templates: Mapping[str, Template], own: Own
) -> None:
    named = {one.policy.id: one.policy for one in templates.values()}
    shelf = with_own(templates, own, named)
    assert dict(shelf.templates) == dict(templates)
    assert (shelf.own, shelf.refused, dict(shelf.choices)) == (frozenset(), (), {})


def test_the_offices_values_stand_over_those_of_the_program(
    templates: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]
) -> None:
    change(own, policies["national-2020"], "execution.explain_below", "85")
    shelf = with_own(templates, own, policies)
    assert shelf.templates[SELF].policy.rate_floor == 85
    assert shelf.templates[RATING].policy.rate_floor == 90
    assert shelf.policies["national-2020"].own
    assert shelf.own == frozenset()


def test_the_office_chooses_another_policy_for_a_template(
    templates: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]
) -> None:
    own.choices.write_text(choices_text({SELF: "guangxi", "gone-2020": "zhejiang"}), encoding="utf-8")
    shelf = with_own(templates, own, policies)
    assert (shelf.templates[SELF].policy.id, shelf.choices[SELF], shelf.refused) == ("guangxi", "guangxi", ())
    assert shelf.templates["qiannan-2024-project-self"].policy.id == "national-2020"


def test_a_policy_that_cannot_score_a_template_leaves_it_as_it_was(
    templates: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]
) -> None:
    own.choices.write_text(choices_text({SELF: "guangxii", RATING: "guangxi"}), encoding="utf-8")
    shelf = with_own(templates, own, policies)
    assert (shelf.templates[SELF].policy.id, shelf.templates[RATING].policy.id) == ("national-2020", "chenxi-2021")
    assert sorted(one.why for one in shelf.refused) == [
        "choices.toml：“部门整体支出绩效评价指标体系评分表”印着等级“优秀”，计分办法“guangxi”没有这个等级，所以仍按“chenxi-2021”计分。",
        'choices.toml：没有计分办法 "guangxii"，是否为 "guangxi"？',
    ]
    change(own, policies["chenxi-2021"], "grades.scale", "优 90，良 80，中 60，差 0")
    own.choices.write_text("[templates", encoding="utf-8")
    whys = [one.why for one in with_own(templates, own, policies).refused]
    assert whys[0].startswith("choices.toml：末尾不是完整的 TOML")
    assert whys[1].startswith("chenxi-2021.toml：“部门整体支出")


def test_squares_that_bear_a_tick_hold_the_grades_too(
    templates: Mapping[str, Template], policies: Mapping[str, Policy]
) -> None:
    ticks = (Slot(SlotKind.TICK, 0, 0, key=GRADE_KEY, text="优"), Slot(SlotKind.COMPUTED, 0, 1, key=GRADE_KEY))
    template = replace(templates[SELF], blocks=(Block(BlockRole.GRID, 1, ticks),))
    assert with_policy(template, policies["guangxi"]).policy.id == "guangxi"
    with pytest.raises(UserError, match="印着等级“优”，计分办法“chenxi-2021”没有这个等级"):
        with_policy(template, policies["chenxi-2021"])


def test_the_same_policy_gives_the_same_template(
    templates: Mapping[str, Template], policies: Mapping[str, Policy]
) -> None:
    template = templates[SELF]
    assert with_policy(template, template.policy) is template
    other = with_policy(template, policies["guangxi"])
    assert (other is with_policy(template, policies["guangxi"]), other.blocks is template.blocks) == (True, True)


def test_the_shelf_is_read_again_only_when_a_file_of_the_office_changed(
    templates: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]
) -> None:
    read = ShelfReader(Stock(templates, policies), own)
    first = read()
    assert read() is first
    change(own, policies["national-2020"], "execution.explain_below", "85")
    second = read()
    assert second.templates[SELF].policy.rate_floor == 85
    assert read() is second
    own.choices.write_text(choices_text({SELF: "guangxi"}), encoding="utf-8")
    assert read().templates[SELF].policy.id == "guangxi"


def test_an_open_form_keeps_its_drawing_and_takes_the_policy_of_now(
    templates: Mapping[str, Template], policies: Mapping[str, Policy]
) -> None:
    opened = templates[SELF]

    def shelf(*fresh: Template) -> Shelf:
        return Shelf({one.id: one for one in fresh})

    assert as_scored(opened, shelf()) is opened  # its file is gone
    rescored = with_policy(opened, policies["guangxi"])
    assert as_scored(opened, shelf(rescored)) is rescored
    redrawn = replace(rescored, blocks=(*opened.blocks, opened.blocks[-1]))
    assert as_scored(opened, shelf(redrawn)) is rescored  # the drawing of the open form, the policy of the new one


def test_an_open_form_whose_grades_the_new_policy_does_not_have_stays_as_it_is(
    templates: Mapping[str, Template], policies: Mapping[str, Policy]
) -> None:
    opened = templates[RATING]
    redrawn = replace(opened, policy=policies["guangxi"], blocks=opened.blocks[:1])
    assert as_scored(opened, Shelf({opened.id: redrawn})) is opened
