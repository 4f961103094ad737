"""Which set of parameters a machine works with: the program's own, or that of a 参数包 that was installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cycle import office_cycle
from perfdesk.errors import UserError
from perfdesk.library import starter
from perfdesk.parameters import CYCLE, FILE, LIST, InForce, find, in_force, read_pack
from tests.packs import RESOURCES, description, make_pack, name, seal


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return tmp_path / "parameters"


def versions(found: InForce) -> list[str]:
    return [one.version for one in found.layers]


def test_the_program_brings_a_set_along(packs: Path) -> None:
    found = find(RESOURCES, packs)
    assert (found.is_shipped, found.layers, found.refused) == (True, (found.shipped,), ())
    assert found.pack.through >= 2026
    assert found.words == f"{found.pack.version}（随程序，{found.pack.note}）"
    assert all((RESOURCES / one).exists() for one in ("templates", "policies", CYCLE, "indicators.toml", "manual"))


def test_a_newer_pack_comes_first(packs: Path) -> None:
    folder = make_pack(packs, "2027.1", CYCLE)
    found = find(RESOURCES, packs)
    assert (found.pack.version, found.pack.through, found.is_shipped) == ("2027.1", 2027, False)
    assert found.words == "2027.1（参数包，2027 年整理）"
    assert found.file(CYCLE) == folder / CYCLE
    assert found.file("indicators.toml") == RESOURCES / "indicators.toml"


def test_a_pack_that_no_current_names_is_only_kept(packs: Path) -> None:
    make_pack(packs, "2027.1", current=False)
    found = find(RESOURCES, packs)
    assert (found.is_shipped, versions(found)) == (True, [found.shipped.version, "2027.1"])


def test_the_programs_own_set_is_newer_after_an_update_of_the_program(packs: Path) -> None:
    make_pack(packs, "2025.3")
    found = find(RESOURCES, packs)
    assert (found.is_shipped, versions(found)[1:], found.refused) == (True, ["2025.3"], ())


def test_versions_are_compared_as_numbers(packs: Path) -> None:
    make_pack(packs, "2027.2", current=False)
    make_pack(packs, "2027.10")
    make_pack(packs, "2027.9", current=False)
    assert versions(find(RESOURCES, packs)) == ["2027.10", read_pack(RESOURCES).version, "2027.9", "2027.2"]


@pytest.mark.parametrize("word", ["", "..", "2027.1/../../x", "二〇二七", "2027.1\n2028.1"])
def test_a_current_that_names_no_version_names_nothing(packs: Path, word: str) -> None:
    make_pack(packs, "2027.1")
    name(packs, word)
    found = find(RESOURCES, packs)
    assert (found.is_shipped, found.refused) == (True, ())


def test_a_current_that_is_no_text_names_nothing(packs: Path) -> None:
    make_pack(packs, "2027.1")
    (packs / places.CURRENT).write_bytes(b"\xff\xfe\x00\x00\xff")
    assert find(RESOURCES, packs).is_shipped


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("versoin = 1", f'{FILE}：缺少 "version"'),
        (description("2027.1b"), '"2027.1b" 应为用点隔开的数'),
        (description("2027.1", through=27), '"27" 应为年度'),
        (description("2027.1") + "extra = 1\n", "extra"),
        (description("2027.2"), "文件夹是 2027.1，里面写的是 2027.2。"),
        ("\x00", "TOML"),
        (None, "打不开"),
    ],
)
def test_a_damaged_pack_is_passed_over_with_a_sentence(packs: Path, text: str | None, why: str) -> None:
    folder = make_pack(packs, "2027.1")
    (folder / FILE).unlink()
    if text is not None:
        (folder / FILE).write_text(text, encoding="utf-8")
        seal(folder)
    found = find(RESOURCES, packs)
    assert (found.is_shipped, len(found.layers)) == (True, 1)
    (refused,) = found.refused
    assert refused.path == folder
    assert refused.why.startswith(f"参数包 2027.1 没有用上，现在照 {found.shipped.version} 的填。")
    assert why in refused.why
    assert refused.why.endswith("可以从“帮助”菜单的“安装更新”再装一次。")


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1])])
@pytest.mark.parametrize("name", [CYCLE, "manual/manual.md"])
def test_a_half_pack_is_passed_over(packs: Path, name: str, change: Callable[[Path], object]) -> None:
    folder = make_pack(packs, "2027.1", CYCLE, "manual")
    change(folder / name)
    (refused,) = find(RESOURCES, packs).refused
    assert f"“{name}”缺了，或者和装的时候不一样。" in refused.why


def test_a_table_of_a_pack_with_another_word_in_it_is_damaged(packs: Path) -> None:
    folder = make_pack(packs, "2027.1", CYCLE)
    (folder / CYCLE).write_bytes((folder / CYCLE).read_bytes().replace(b"1", b"2"))
    assert find(RESOURCES, packs).is_shipped


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"files": 1}', '{"files": [{"name": "x"}]}', '{"files": [{"name": 1, "size": "x", "sha256": 1}]}'],
)
def test_a_pack_without_its_list_is_passed_over(packs: Path, text: str) -> None:
    folder = make_pack(packs, "2027.1")
    (folder / LIST).write_text(text, encoding="utf-8")
    assert f"“{LIST}”已经损坏。" in find(RESOURCES, packs).refused[0].why
    (folder / LIST).unlink()
    assert f"“{LIST}”打不开（文件不在那里）。" in find(RESOURCES, packs).refused[0].why


def test_a_pack_that_is_gone_is_said(packs: Path) -> None:
    packs.mkdir()
    name(packs, "2027.1")
    (refused,) = find(RESOURCES, packs).refused
    assert "它的文件不在了。" in refused.why


def test_where_the_current_pack_is_damaged_the_one_before_stands_in(packs: Path) -> None:
    make_pack(packs, "2027.1", current=False)
    (make_pack(packs, "2027.2") / FILE).unlink()
    name(packs, "2027.1", file=places.PREVIOUS)
    found = find(RESOURCES, packs)
    assert (found.pack.version, len(found.refused)) == ("2027.1", 1)
    assert "现在照 2027.1 的填" in found.refused[0].why


def test_a_damaged_pack_that_is_older_than_the_programs_set_is_no_trouble(packs: Path) -> None:
    (make_pack(packs, "2025.1") / FILE).unlink()
    assert find(RESOURCES, packs).refused == ()


def test_what_an_installation_left_behind_is_no_pack(packs: Path) -> None:
    make_pack(packs, "2027.1")
    (packs / "2027.1").rename(packs / ".2027.1-half")
    assert len(find(RESOURCES, packs).layers) == 1


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of this machine."""
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path)
    starter.cache_clear()
    yield tmp_path
    starter.cache_clear()


def test_dates_and_starter_indicators_come_from_the_pack(office: Path) -> None:
    folder = make_pack(office / "parameters", "2027.1", CYCLE, "indicators.toml")
    dates = (folder / CYCLE).read_text("utf-8")
    (folder / CYCLE).write_text(dates.replace("name = ", 'name = "新的" # ', 1), encoding="utf-8")
    words = '[businesses]\n"法律援助" = [["产出指标", "数量指标", "办理件数", "≥", "件"]]\n[reasons]\n'
    (folder / "indicators.toml").write_text(words, encoding="utf-8")
    seal(folder)
    assert in_force().pack.version == "2027.1"
    cycle, error = office_cycle()
    assert (cycle.steps[0].name, error) == ("新的", None)
    assert [one.indicator.name for one in starter().entries] == ["办理件数"]
    places.own_cycle().write_text(dates.replace("name = ", 'name = "本县的" # ', 1), encoding="utf-8")
    assert office_cycle()[0].steps[0].name == "本县的"


def test_dates_and_starter_indicators_of_a_pack_that_cannot_be_read_are_the_programs(office: Path) -> None:
    folder = make_pack(office / "parameters", "2027.1")
    for file in (CYCLE, "indicators.toml"):
        (folder / file).write_text("[[", encoding="utf-8")
    seal(folder)
    cycle, error = office_cycle()
    assert isinstance(error, UserError)
    assert len(cycle.steps) > 3
    assert len(starter().entries) > 20
