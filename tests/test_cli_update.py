"""``perfdesk update``: shown, installed and taken back without a window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.cli import main
from perfdesk.model import Record
from perfdesk.store import Store
from tests.update_files import NEWER_STEP, STEPS, home, pack_update, program_update, run_from

Said = pytest.CaptureFixture[str]
NOW = datetime.fromisoformat("2026-11-22T09:30:00+08:00")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = home(tmp_path / "U 盘")
    run_from(folder, "0.1.0", monkeypatch)
    return folder


@pytest.fixture
def store(stick: Path) -> Path:
    path = stick / "data/perfdesk.db"
    with Store.open(path, now=lambda: NOW) as opened:
        opened.save(Record("a", "national-2020-project-self", 2024, values={"project_name": "法律援助经费"}))
    return path


def test_what_is_in_force(stick: Path, capsys: Said) -> None:
    assert main(["update"]) == 0
    assert capsys.readouterr().out == "程序 0.1.0。\n参数包 2026.1。\n"


def test_a_package_of_the_administrator(stick: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/usr/lib/perfdesk/perfdesk")
    assert main(["update"]) == 0
    assert "sudo apt install" in capsys.readouterr().err
    assert main(["update", "--rollback", "program"]) == 2


def test_an_update_is_shown_and_nothing_is_done(stick: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["update", str(program_update(tmp_path, "0.2.0"))]) == 0
    assert capsys.readouterr().out == (
        "程序 0.2.0，2026-11-22，签名：绩效填报台（测试）。\n"
        "现在的是 0.1.0；要 1 MB 空间。\n"
        "  程序 0.2.0：表样换成新一年的。\n"
        "  打印更快。\n"
    )
    assert (stick / "current").read_text() == "0.1.0\n"


def test_an_update_is_installed_after_a_backup(stick: Path, store: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["update", str(program_update(tmp_path, "0.2.0")), "--apply"]) == 0
    said = capsys.readouterr().out
    assert "-更新前.db”，并已校验。\n程序 0.2.0 已装好，重新打开程序，用的就是它。" in said
    assert (stick / "current").read_text() == "0.2.0\n"
    assert len([*(store.parent / "备份").glob("*-更新前.db")]) == 1
    assert main(["update"]) == 0
    assert "程序 0.1.0，上一版是 0.1.0；0.2.0 已装好，重新打开程序就用上。" in capsys.readouterr().out


def test_what_does_not_fit_is_shown_and_refused(stick: Path, tmp_path: Path, capsys: Said) -> None:
    path = program_update(tmp_path, "0.0.1")
    assert main(["update", str(path), "--apply"]) == 2
    assert "比现在用的 0.1.0 旧，没有更新" in capsys.readouterr().err
    assert main(["update", str(tmp_path / "no.perfdesk-update")]) == 2
    assert "打不开（文件不在那里），没有更新。" in capsys.readouterr().err


def test_a_parameter_pack_there_and_back(stick: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["update", str(pack_update(tmp_path, "2099.1")), "--apply"]) == 0
    assert main(["update", "--rollback", "parameters"]) == 0
    assert "参数包从 2099.1 回到 2026.1。\n数据文件不动。\n加 --apply 就照着做。\n" in capsys.readouterr().out
    assert main(["update", "--rollback", "parameters", "--apply"]) == 0
    assert "参数包 2026.1 已换回" in capsys.readouterr().out
    assert main(["update"]) == 0
    assert "参数包 2026.1，上一版是 2099.1。\n" in capsys.readouterr().out


def test_the_way_back_says_what_becomes_of_the_data(
    stick: Path, store: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["update", str(program_update(tmp_path, "0.2.0", steps=(*STEPS, NEWER_STEP))), "--apply"])
    run_from(stick, "0.2.0", monkeypatch)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0005'")
    capsys.readouterr()
    assert main(["update", "--rollback", "program", "--apply"]) == 0
    said = capsys.readouterr().out
    assert "程序 0.1.0 读不了现在的数据文件，要换成 " in said
    assert f"它留在“{store.parent}”，程序 0.2.0 还打得开。\n" in said
    assert "换下来的数据文件在“" in said
    assert len([*store.parent.glob("perfdesk-0.2.0-*.db")]) == 1


@pytest.mark.parametrize("words", [["a.perfdesk-update", "--rollback", "program"], ["--apply"], ["--rollback", "all"]])
def test_what_cannot_be_meant(words: list[str], stick: Path, capsys: Said) -> None:
    assert main(["update", *words]) == 2
    assert capsys.readouterr().err.startswith("命令写得不对：")
