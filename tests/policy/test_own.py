"""The office's own policies: over the program's, beside them, or refused with their place."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.policy import load_policies, with_own_policies

SHIPPED = load_policies(Path(__file__).parents[2] / "resources" / "policies")
D = Decimal
HEAD = 'title = "某县（2024）"\nsource = "某县财政局通知"\n'
FLOOR = '[execution]\nexplain_below = { value = 85, source = "某县财政局通知第三条", date = "2024-03" }\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def put(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_without_a_folder_the_programs_own_stand(folder: Path) -> None:
    assert with_own_policies(SHIPPED, folder / "none") == (SHIPPED, ())


def test_a_file_of_the_same_name_puts_its_values_over_the_programs(folder: Path) -> None:
    put(folder, "national-2021", FLOOR)
    policies, refused = with_own_policies(SHIPPED, folder)
    policy = policies["national-2021"]
    assert (refused, policy.rate_floor, policy.own) == ((), D(85), True)
    assert (policy.title, policy.extends) == (SHIPPED["national-2021"].title, "national-2020")
    assert policy.group_weights == SHIPPED["national-2021"].group_weights
    (floor,) = [one for one in policy.parameters if one.own]
    assert (floor.key, floor.origin, floor.date) == ("execution.explain_below", "national-2021", "2024-03")
    assert policies["national-2020"] is SHIPPED["national-2020"]


def test_what_the_program_extends_is_what_was_released(folder: Path) -> None:
    put(folder, "national-2020", FLOOR)
    policies, _ = with_own_policies(SHIPPED, folder)
    assert policies["national-2020"].rate_floor == 85
    assert policies["hubei-2020"].rate_floor == 90


def test_a_policy_of_the_office_extends_what_the_office_uses(folder: Path) -> None:
    put(folder, "national-2020", FLOOR)
    put(folder, "town", f'{HEAD}extends = "county"\n')
    put(folder, "county", f'{HEAD}extends = "national-2020"\n')
    put(folder, "lake", f'{HEAD}extends = "hubei-2020"\n')
    policies, refused = with_own_policies(SHIPPED, folder)
    assert refused == ()
    assert [one.id for one in policies["town"].layers] == ["town", "county", "national-2020", "national-2020"]
    assert (policies["town"].rate_floor, policies["town"].budget_weight) == (D(85), D(10))
    assert (policies["lake"].rate_floor, policies["lake"].budget_weight) == (D(90), D(20))
    assert [one.id for one in policies["lake"].layers] == ["lake", "hubei-2020", "national-2020"]


def test_a_whole_policy_extends_nothing(folder: Path) -> None:
    whole = (SHIPPED["national-2020"].layers[0].path).read_text(encoding="utf-8")
    dated = whole.replace(" }\n", ', date = "2020" }\n')
    for table in ("[weights.groups.value]", "[grades.scale.value]"):
        dated = dated.replace(table, f'date = "2020"\n{table}')
    put(folder, "whole", dated)
    policies, refused = with_own_policies(SHIPPED, folder)
    assert refused == ()
    assert [one.id for one in policies["whole"].layers] == ["whole"]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("national-2020", FLOOR.replace("85", '"多"'), 'national-2020.toml：execution.explain_below："多" 应为数字。'),
        (
            "national-2020",
            FLOOR.replace(', date = "2024-03"', ""),
            'national-2020.toml：execution.explain_below：缺少 "date"，请补上。',
        ),
        (
            "national-2020",
            f'extends = "hubei-2020"\n{FLOOR}',
            "national-2020.toml：extends：这里不用写：它本来就盖在程序自带的同名计分办法上。",
        ),
        ("county", FLOOR, 'county.toml：缺少 "title"，请补上。'),
        ("county", HEAD, 'county.toml：缺少 "weights.total"（总分），请补上，或用 extends 写明其余的照哪一份。'),
        (
            "county",
            f'{HEAD}extends = "hubei-2002"\n',
            'county.toml：extends：没有计分办法 "hubei-2002"，是否为 "hubei-2020"？',
        ),
        (
            "county",
            f'{HEAD}extends = "county"\n',
            "county.toml：extends：county → county 绕成了圈，请改其中一份。",
        ),
    ],
)
def test_a_file_with_a_mistake_is_refused_and_the_programs_own_stands(
    folder: Path, name: str, text: str, why: str
) -> None:
    put(folder, name, text)
    put(folder, "zoo", f'{HEAD}extends = "national-2020"\n')
    policies, (refused,) = with_own_policies(SHIPPED, folder)
    assert (refused.path.name, refused.why) == (f"{name}.toml", why)
    assert policies.get("national-2020") is SHIPPED["national-2020"]
    assert set(policies) == {*SHIPPED, "zoo"}
