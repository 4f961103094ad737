"""What the office changes is written with its source and date, and comes back as it was meant."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.policy import (
    Policy,
    choices_text,
    load_policies,
    office_values,
    read_choices,
    with_own_policies,
    with_value,
    without_value,
)
from perfdesk.policy.parameters import KNOWN, Known

SHIPPED = load_policies(Path(__file__).parents[2] / "resources" / "policies")
NATIONAL = SHIPPED["national-2020"]
D = Decimal
LETTER = "某县财政局 2024 年通知第三条"


def after(folder: Path, name: str, text: str) -> Policy:
    path = folder / f"{name}.toml"
    if text:
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink()
    policies, refused = with_own_policies(SHIPPED, folder)
    assert refused == ()
    return policies[name]


def test_a_changed_value_goes_to_the_offices_file_and_back(tmp_path: Path) -> None:
    text = with_value(NATIONAL, "execution.explain_below", "85%", source=f" {LETTER} ", date="2024-03")
    first = after(tmp_path, NATIONAL.id, text)
    assert (first.rate_floor, first.title, list(office_values(first))) == (
        D(85),
        NATIONAL.title,
        ["execution.explain_below"],
    )
    (floor,) = [one for one in first.parameters if one.own]
    assert (floor.source, floor.date) == (LETTER, "2024-03")
    both = with_value(first, "grades.scale", "优 85，良 75，中 60，差 0", source="自定", date="2024")
    second = after(tmp_path, NATIONAL.id, both)
    assert (second.rate_floor, second.grade(D(85))) == (D(85), "优")
    third = after(tmp_path, NATIONAL.id, without_value(second, "execution.explain_below"))
    assert (third.rate_floor, list(office_values(third))) == (D(90), ["grades.scale"])
    assert without_value(third, "grades.scale") == ""
    assert after(tmp_path, NATIONAL.id, "") is NATIONAL


def test_a_policy_of_the_office_keeps_its_head(tmp_path: Path) -> None:
    head = 'title = "某县（2024）"\nsource = "某县财政局通知"\nextends = "national-2021"\n'
    mine = after(tmp_path, "county", head)
    changed = after(
        tmp_path,
        "county",
        with_value(mine, "quantitative.reverse", "B：指标值 ÷ 完成值 × 分值", source="自定", date="2024"),
    )
    assert (changed.title, changed.extends, str(changed.reverse)) == ("某县（2024）", "national-2021", "B")
    back = after(tmp_path, "county", without_value(changed, "quantitative.reverse"))
    assert (back.title, back.reverse) == ("某县（2024）", NATIONAL.reverse)


@pytest.mark.parametrize(
    ("typed", "source", "date", "why"),
    [
        ("九成", LETTER, "2024", "“九成”应为数字。"),
        ("120", LETTER, "2024", '"120" 应为不小于 0 的数，不大于 100。'),
        ("85", " ", "2024", "还没有写出处。写文号；没有见到原文的写“待核”，自己定的写“自定”。"),
        ("85", LETTER, "", "依据的日期写成 2024、2024-03 或 2024-03-15。"),
        ("85", LETTER, "三月", "依据的日期写成 2024、2024-03 或 2024-03-15。"),
    ],
)
def test_what_cannot_be_used_is_said(typed: str, source: str, date: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        with_value(NATIONAL, "execution.explain_below", typed, source=source, date=date)
    assert str(caught.value) == why


def test_what_only_one_file_says_cannot_be_taken_away(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“执行率低于它须说明”只有这一份写着，去不掉"):
        without_value(NATIONAL, "execution.explain_below")
    whole = Path(NATIONAL.layers[0].path).read_text(encoding="utf-8").replace(" }\n", ', date = "2020" }\n')
    for table in ("[weights.groups.value]", "[grades.scale.value]"):
        whole = whole.replace(table, f'date = "2020"\n{table}')
    with pytest.raises(UserError, match="去不掉"):
        without_value(after(tmp_path, "whole", whole), "weights.total")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.sampled_from(list(SHIPPED.values())), st.sampled_from(KNOWN), st.sampled_from(list(SHIPPED.values())))
def test_every_value_of_a_policy_can_be_typed_into_another(
    tmp_path: Path, policy: Policy, known: Known, other: Policy
) -> None:
    value = getattr(other, known.field)
    text = with_value(policy, known.key, known.kind.text(value), source="自定", date="2024-12-31")
    changed = after(tmp_path, policy.id, text)
    assert getattr(changed, known.field) == value
    after(tmp_path, policy.id, "")


def test_the_offices_choices_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "choices.toml"
    assert read_choices(path) == {}
    path.write_text(choices_text({"qiannan-2024-project-self": "guangxi"}), encoding="utf-8")
    assert read_choices(path) == {"qiannan-2024-project-self": "guangxi"}
    path.write_text('[templates]\n"a" = 1\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"choices\.toml：templates\.a"):
        read_choices(path)
    path.write_text('[template]\n"a" = "b"\n', encoding="utf-8")
    with pytest.raises(UserError, match='未知的项 "template"，是否为 "templates"'):
        read_choices(path)
