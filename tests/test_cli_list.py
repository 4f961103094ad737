"""``perfdesk list`` into files: each kind of list from a data file, and what is said where there is none."""

from __future__ import annotations

import csv
import errno
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfdesk import places, private
from perfdesk.cli import main

SAMPLES = Path(__file__).parent / "samples"
OLD = Path(__file__).parent / "old_databases"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "本机")
    path = tmp_path / "填报.db"
    assert main(["import", *map(str, sorted(SAMPLES.glob("*.json"))), "--store", str(path)]) == 0
    return path


def refuses(path: str, _flags: int) -> int:
    raise OSError(errno.EROFS, "read-only file system", path)


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("what", "head", "least"),
    [("forms", "审核", 4), ("indicators", "三级指标", 25), ("findings", "问题", 3), ("library", "业务", 50)],
)
def test_each_list_is_written_in_both_formats(
    what: str, head: str, least: int, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, book = tmp_path / "表.csv", tmp_path / "表.xlsx"
    code = main(["list", "--what", what, "--csv", str(texts), "--xlsx", str(book), "--store", str(store)])
    assert code == 0
    found = rows(texts)
    assert head in found[0]
    assert len(found) > least
    assert load_workbook(book).active.max_row == len(found)
    assert f"已写出 {texts}" in capsys.readouterr().out


def test_a_year_has_its_own_list(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    assert main(["list", "--year", "2020", "--csv", str(path), "--store", str(store)]) == 0
    assert {row[0] for row in rows(path)[1:-1]} == {"2020"}
    assert rows(path)[-1][2].startswith("合计")


@pytest.mark.parametrize("old", sorted(OLD.glob("*.db")), ids=lambda one: one.stem)
def test_a_data_file_of_an_older_version_is_brought_up_to_date_first(old: Path, tmp_path: Path) -> None:
    store, path = tmp_path / "填报.db", tmp_path / "表.csv"
    store.write_bytes(old.read_bytes())
    assert main(["list", "--csv", str(path), "--store", str(store)]) == 0
    assert len(rows(path)) > 1
    assert main(["import", str(SAMPLES / "changji-2020-legal-aid.json"), "--store", str(store)]) == 0


def test_one_that_can_only_be_looked_at_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "填报.db"
    store.write_bytes((OLD / "0001.db").read_bytes())
    monkeypatch.setattr(private, "opener", refuses)
    assert main(["list", "--store", str(store)]) == 2
    assert "由旧版本保存，要先升级才能看，而现在只能读" in capsys.readouterr().err
    assert store.read_bytes() == (OLD / "0001.db").read_bytes()


def test_a_list_that_is_not_there_is_said(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.csv"
    assert main(["list", "--what", "summary", "--csv", str(path), "--store", str(store)]) == 2
    assert "还没有汇总表和公开目录" in capsys.readouterr().err
    assert not path.exists()


def test_a_list_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--what", "findings"]) == 2
    assert "请加 --csv 或 --xlsx" in capsys.readouterr().err
