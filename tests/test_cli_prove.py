"""``perfdesk verify`` without a file: the data file against its own change log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cli import main
from perfdesk.model import Record, VersionKind
from perfdesk.store import Store

Said = pytest.CaptureFixture[str]
GUARDS = ("change_is_never_changed", "change_is_never_deleted", "version_is_never_changed", "version_submitted_is_kept")
START = datetime.fromisoformat("2026-03-18T09:12:00")
AID = Record("a", "national-2020-project-self", 2024, values={"project_name": "法律援助经费"})
MEDIATION = Record("b", "national-2020-project-self", 2024, values={"project_name": "人民调解经费"})


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path)
    path = tmp_path / "perfdesk.db"
    with Store.open(path, now=lambda: START) as store:
        store.save(AID)
        store.save(MEDIATION)
        store.save(replace(AID, bureau="青禾县司法局"))
        store.versions.keep(MEDIATION, VersionKind.SUBMITTED)
    return path


def test_an_untouched_file_holds_together(path: Path, capsys: Said) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == f"“{path}”的改动记录 4 行、2 张表逐一相符，没有被别的程序改过。\n"
    assert main(["verify", "--store", str(path)]) == 0


SAID = {
    "UPDATE change SET state = '' WHERE id = 3": "的改动记录到第 3 行（2026-03-18 09:12，“法律援助经费”（2024）改动）接不上",
    "UPDATE change SET deed = '' WHERE id = 3": "的改动记录从第 3 行起读不出来，被别的程序改过。",
    "DELETE FROM change WHERE id = 4": "的改动记录末尾少了：第 3 行（2026-03-18 09:12，“法律援助经费”（2024）改动）后面的",
    "DELETE FROM change": "的改动记录全被别的程序删掉了。",
    "UPDATE record SET bureau = '乙县' WHERE id = 'a'": "里的“法律援助经费”（2024）和它最后一次改动（2026-03-18 09:12）以后",
    "DELETE FROM record WHERE id = 'a'": "里少了一张表：改动记录里有它，没有删除它的记录",
    "DELETE FROM version": "里“人民调解经费”（2024）在 2026-03-18 09:12 留的版本不在了，或者被别的程序改过。",
}


@pytest.mark.parametrize(("statement", "said"), SAID.items(), ids=SAID.values())
def test_what_another_program_did_is_named_with_the_next_step(
    statement: str, said: str, path: Path, capsys: Said
) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        for guard in GUARDS:
            other.execute(f"DROP TRIGGER {guard}")
        other.execute("PRAGMA foreign_keys = ON")
        other.execute(statement)
    assert main(["verify"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"“{path}”")
    assert said in out
    assert "请" in out.rpartition("被别的程序")[2]
