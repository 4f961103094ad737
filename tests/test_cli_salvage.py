"""``perfdesk salvage``: what is damaged or broken is put together again, what is whole is left alone."""

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
LATER = replace(AID, bureau="青禾县司法局")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path)
    path = tmp_path / "perfdesk.db"
    with Store.open(path, now=lambda: START) as store:
        store.save(AID)
        store.save(LATER)
        store.versions.keep(LATER, VersionKind.SUBMITTED)
    return path


def meddle(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        for guard in GUARDS:
            other.execute(f"DROP TRIGGER {guard}")
        other.execute(statement)


def load(path: Path) -> tuple[Record, ...]:
    with Store.open(path, now=lambda: START, read_only=True) as store:
        assert store.history.prove().broken is None
        return store.load_all()


def test_a_whole_file_is_left_alone(path: Path, capsys: Said) -> None:
    before = path.read_bytes()
    assert main(["salvage"]) == 0
    assert capsys.readouterr().out == f"“{path}”没有损坏，改动记录也接得上，没有动它。\n"
    assert path.read_bytes() == before


def test_a_damaged_file_is_put_together_with_a_list(path: Path, capsys: Said) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    assert main(["salvage", "--store", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 张表都找回了\n损坏的文件原样留着，改名为“perfdesk.db.损坏-")
    assert said.endswith(f"新的数据文件是“{path}”。\n")
    assert load(path) == (LATER,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET state = '' WHERE id = 2",
        "DELETE FROM change WHERE id = 3",
        "UPDATE record SET bureau = '乙县'",
    ],
    ids=["line", "end", "form"],
)
def test_a_broken_log_is_joined_again_and_the_form_is_as_it_was(path: Path, statement: str, capsys: Said) -> None:
    meddle(path, statement)
    assert main(["verify"]) == 1
    assert main(["salvage"]) == 0
    assert main(["verify"]) == 0
    assert load(path) == (LATER,)
    capsys.readouterr()


def test_a_version_that_is_gone_is_said_with_what_can_be_done(path: Path, capsys: Said) -> None:
    meddle(path, "DELETE FROM version")
    before = path.read_bytes()
    assert main(["salvage"]) == 1
    said = capsys.readouterr().out
    assert "以盖章的那份和当时导出的文件为准" in said
    assert "没有动它" in said
    assert path.read_bytes() == before


def test_a_lost_file_comes_back_from_its_journal(path: Path, capsys: Said) -> None:
    path.unlink()
    assert main(["salvage"]) == 0
    assert load(path) == (LATER,)
    capsys.readouterr()


def test_a_file_that_never_was_is_said(tmp_path: Path, capsys: Said) -> None:
    assert main(["salvage", "--store", str(tmp_path / "no.db")]) == 2
    assert "旁边也没有它的改动流水" in capsys.readouterr().err


def test_what_is_not_whole_is_a_flaw(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "other.db"
    with Store.open(path, now=lambda: START) as store:
        store.save(AID)
    path.with_name(f"{path.name}.edits").unlink()
    meddle(path, "UPDATE record SET bureau = '乙县'")
    assert main(["salvage", "--store", str(path)]) == 1
    assert "法律援助经费　数据文件，不全：与改动记录对不上" in capsys.readouterr().out
