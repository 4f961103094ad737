"""Templates and policies of a 参数包 over those that came with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.parameters import find
from perfdesk.template import Own, ShelfReader, read_shelf, read_stock
from tests.packs import RESOURCES, make_pack, name, seal

SELF = "national-2020-project-self"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return tmp_path / "parameters"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    seal(path.parents[1])


def test_without_a_pack_the_programs_templates_are_there(packs: Path) -> None:
    stock = read_stock(find(RESOURCES, packs))
    assert stock.refused == ()
    assert sorted(stock.templates) == sorted(path.stem for path in (RESOURCES / "templates").glob("*.toml"))
    assert stock.templates[SELF].policy is stock.policies["national-2020"]


def test_a_template_and_a_policy_of_the_pack_are_there_beside_the_programs(packs: Path) -> None:
    folder = make_pack(packs, "2027.1", "templates", "policies")
    (folder / "policies" / "national-2020.toml").rename(folder / "policies" / "national-2027.toml")
    rewrite(folder / "policies" / "national-2027.toml", "explain_below = { value = 90", "explain_below = { value = 85")
    (folder / "templates" / f"{SELF}.toml").rename(folder / "templates" / "national-2027-project-self.toml")
    rewrite(folder / "templates" / "national-2027-project-self.toml", '"national-2020"', '"national-2027"')
    stock = read_stock(find(RESOURCES, packs))
    assert stock.refused == ()
    assert len(stock.templates) == len(list((RESOURCES / "templates").glob("*.toml"))) + 1
    assert stock.templates["national-2027-project-self"].policy.rate_floor == 85
    assert stock.templates[SELF].policy.rate_floor == 90


def test_of_two_files_of_one_name_the_packs_counts(packs: Path) -> None:
    folder = make_pack(packs, "2027.1", "templates", "policies")
    rewrite(folder / "policies" / "national-2020.toml", "explain_below = { value = 90", "explain_below = { value = 85")
    rewrite(folder / "templates" / f"{SELF}.toml", 'source = "', 'source = "改过的：')
    template = read_stock(find(RESOURCES, packs)).templates[SELF]
    assert template.policy.rate_floor == 85
    assert template.source.startswith("改过的：")


def test_a_template_of_the_pack_with_a_mistake_is_said_and_the_programs_stands_in(packs: Path) -> None:
    folder = make_pack(packs, "2027.1", "templates", "policies")
    rewrite(folder / "templates" / f"{SELF}.toml", "columns_mm", "colums_mm")
    stock = read_stock(find(RESOURCES, packs))
    assert stock.templates[SELF].columns_mm
    (refused,) = stock.refused
    assert refused.why.startswith(f"参数包的表样没有用上。{SELF}.toml：")


def test_a_pack_whose_policies_do_not_hold_together_is_left_out_whole(packs: Path) -> None:
    folder = make_pack(packs, "2027.1", "templates", "policies")
    rewrite(folder / "policies" / "guangxi.toml", '"national-2020"', '"national-2030"')
    stock = read_stock(find(RESOURCES, packs))
    (refused,) = stock.refused
    assert refused.why.startswith('参数包 2027.1 没有用上。guangxi.toml：extends：没有计分办法 "national-2030"')
    assert stock.templates[SELF].policy.rate_floor == 90


def test_forms_made_with_a_template_of_a_pack_open_after_going_back(packs: Path, tmp_path: Path) -> None:
    folder = make_pack(packs, "2027.1", "policies")
    (folder / "templates").mkdir()
    text = (RESOURCES / "templates" / f"{SELF}.toml").read_text("utf-8")
    (folder / "templates" / "county-2027.toml").write_text(text, encoding="utf-8")
    seal(folder)
    assert "county-2027" in read_stock(find(RESOURCES, packs)).templates
    name(packs, "2026.0")
    found = find(RESOURCES, packs)
    assert found.is_shipped
    nothing = tmp_path / "nothing"
    shelf = read_shelf(read_stock(found), Own(nothing, nothing, nothing))
    assert "county-2027" in shelf.templates


def test_the_shelf_says_which_pack_was_passed_over(packs: Path, tmp_path: Path) -> None:
    packs.mkdir()
    name(packs, "2027.1")
    own = Own(tmp_path / "templates", tmp_path / "policies", tmp_path / "choices.toml")
    stock = read_stock(find(RESOURCES, packs))
    own.templates.mkdir()
    (own.templates / "x.toml").write_text("[", encoding="utf-8")
    refused = ShelfReader(stock, own)().refused
    assert [one.path.name for one in refused] == ["2027.1", "x.toml"]
