"""``perfdesk pack`` and ``perfdesk unpack``: one data file to another and back, as two people with a USB stick do it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cli import forms, main
from perfdesk.cli.terminal import Exit
from perfdesk.model import Record
from perfdesk.store import Store

SAMPLES = Path(__file__).parent / "samples"
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "本机")
    path = tmp_path / "甲.db"
    assert main(["import", *map(str, sorted(SAMPLES.glob("*.json"))), "--store", str(path)]) == Exit.FINE
    capsys.readouterr()
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return tmp_path / "乙.db"


def opened(path: Path) -> Store:
    return Store.open(path, now=forms.now)


@pytest.fixture
def one(first: Path) -> Record:
    with opened(first) as store:
        return store.load_year(2020)[0]


def edit(path: Path, record: Record, **texts: str) -> None:
    with opened(path) as store:
        now = store.load(record.id)
        store.save(replace(now, values={**now.values, **texts}))


def pack(store: Path, out: Path, *more: str) -> int:
    return main(["pack", "--year", "2020", "--out", str(out), "--store", str(store), *more])


def unpack(store: Path, file: Path, *more: str) -> int:
    return main(["unpack", str(file), "--store", str(store), *more])


def test_there_once_and_no_second_time(first: Path, second: Path, tmp_path: Path, capsys: Said) -> None:
    assert (
        main(
            ["pack", "--year", "2020，2024", "--out", str(tmp_path), "--office", "青山县司法局", "--store", str(first)]
        )
        == 0
    )
    package = tmp_path / "青山县司法局-2020、2024年.perfdesk.zip"
    assert f"已写出“{package}”：4 张表，0 个版本。" in capsys.readouterr().out
    assert unpack(second, package) == Exit.FINE
    said = capsys.readouterr().out
    assert said.count("新的") == 4
    assert "收进 4 张表，收以前的备份在" in said
    with opened(first) as store, opened(second) as other:
        assert store.load_all() == other.load_all()
    assert unpack(second, package) == Exit.FINE
    assert "没有要收的。" in capsys.readouterr().out


def test_a_look_changes_nothing(first: Path, second: Path, tmp_path: Path, capsys: Said) -> None:
    pack(first, tmp_path / "包.perfdesk.zip")
    with opened(second):
        pass
    before = second.read_bytes()
    assert unpack(second, tmp_path / "包.perfdesk.zip", "--look") == Exit.FINE
    assert capsys.readouterr().out.count("新的") == 2
    assert second.read_bytes() == before


def test_what_both_changed_waits_until_somebody_says_how(
    first: Path, second: Path, one: Record, tmp_path: Path, capsys: Said
) -> None:
    package = tmp_path / "包.perfdesk.zip"
    pack(first, package)
    unpack(second, package)
    edit(first, one, department="甲改的")
    edit(second, one, agency="乙改的")
    pack(second, package)
    assert unpack(first, package) == Exit.FLAWED
    assert "两边都改过" in capsys.readouterr().out
    assert unpack(first, package, "--both", "merge") == Exit.FINE
    with opened(first) as store:
        now = store.load(one.id)
        assert (now.value("department"), now.value("agency")) == ("甲改的", "乙改的")
    assert main(["verify", "--store", str(first)]) == Exit.FINE


def test_taking_the_whole_of_what_came(first: Path, second: Path, one: Record, tmp_path: Path) -> None:
    package = tmp_path / "包.perfdesk.zip"
    pack(first, package)
    unpack(second, package)
    edit(first, one, department="甲改的")
    edit(second, one, department="乙改的")
    pack(second, package)
    assert unpack(first, package, "--both", "take") == Exit.FINE
    with opened(first) as store:
        assert store.load(one.id).value("department") == "乙改的"


@pytest.mark.parametrize(
    ("more", "told"),
    [(("--both", "x"), "没有“x”"), ((), "打不开")],
)
def test_what_cannot_be_used_is_said(
    first: Path, tmp_path: Path, capsys: Said, more: tuple[str, ...], told: str
) -> None:
    assert unpack(first, tmp_path / "没有.perfdesk.zip", *more) == Exit.UNUSABLE
    assert told in capsys.readouterr().err


def test_a_year_without_forms_and_a_year_that_is_none(first: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["pack", "--year", "2019", "--out", str(tmp_path), "--store", str(first)]) == Exit.UNUSABLE
    assert "2019 年还没有表" in capsys.readouterr().err
    assert main(["pack", "--year", "去年", "--out", str(tmp_path), "--store", str(first)]) == Exit.UNUSABLE
    assert "应为四位年份" in capsys.readouterr().err


def test_forms_without_an_office_are_told(first: Path, one: Record, tmp_path: Path, capsys: Said) -> None:
    with opened(first) as store:
        store.save(replace(one, bureau=""))
    pack(first, tmp_path)
    assert "张表没有写单位" in capsys.readouterr().err


def test_a_package_is_verified(first: Path, tmp_path: Path, capsys: Said) -> None:
    package = tmp_path / "包.perfdesk.zip"
    pack(first, package, "--office", "青山县司法局")
    assert main(["verify", str(package)]) == Exit.FINE
    assert "“包.perfdesk.zip”：青山县司法局的 2 张表，和写出时相同。" in capsys.readouterr().out
    package.write_bytes(package.read_bytes()[:-30])
    assert main(["verify", str(package)]) == Exit.UNUSABLE
