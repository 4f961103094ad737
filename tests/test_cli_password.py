"""The command line and a data file with a password: asked for when it is needed, three times, and never an argument."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cli import main, passwords
from perfdesk.model import Record
from perfdesk.store import Reason, Store, keys
from perfdesk.store.backups import found
from perfdesk.store.keyfile import key_file_of
from tests.store.sealed import OURS, seal

Said = pytest.CaptureFixture[str]
START = datetime.fromisoformat("2026-03-18T09:12:00")
AID = Record("a", "national-2020-project-self", 2024, values={"project_name": "法律援助经费"})


class Typist:
    """Types what is asked for, and keeps what was."""

    def __init__(self) -> None:
        self.texts: list[str | None] = []
        self.asked: list[str] = []

    def __call__(self, words: str) -> str | None:
        self.asked.append(words)
        return self.texts.pop(0) if self.texts else None


@pytest.fixture
def typist(monkeypatch: pytest.MonkeyPatch) -> Typist:
    made = Typist()
    monkeypatch.setattr(passwords, "ask", made)
    return made


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path)
    path = tmp_path / "perfdesk.db"
    with Store.open(path, now=lambda: START) as store:
        store.save(AID)
        seal(store)
        store.safekeeping.make(Reason.DAILY)
    keys.let_go()
    return path


@pytest.mark.parametrize("command", [["list"], ["check", "--all"], ["verify"], ["backup"], ["restore", "1"]])
def test_every_command_asks_once_and_goes_on(path: Path, typist: Typist, command: list[str], capsys: Said) -> None:
    typist.texts = [OURS]
    assert main(command) in {0, 1}
    assert typist.asked == ["“perfdesk.db”的数据密码（或恢复密钥）："]
    assert OURS not in "".join(capsys.readouterr())


def test_the_recovery_key_will_do(path: Path, typist: Typist, capsys: Said) -> None:
    groups = seal_groups(path)
    typist.texts = [" ".join(groups)]
    assert main(["list"]) == 0
    assert "法律援助经费" in capsys.readouterr().out


def seal_groups(path: Path) -> tuple[str, ...]:
    from perfdesk.store.unlocking import unlock

    groups = unlock(path, OURS).groups
    keys.let_go()
    return groups


def test_a_wrong_one_is_said_and_the_third_is_the_last(path: Path, typist: Typist, capsys: Said) -> None:
    typist.texts = ["甲", "乙", OURS]
    assert main(["list"]) == 0
    assert capsys.readouterr().err.count("密码不对") == 2
    keys.let_go()
    typist.texts = ["甲", "乙", "丙", OURS]
    assert main(["backup"]) == 2
    assert "设了密码，还没有解开" in capsys.readouterr().err
    assert typist.texts == [OURS]
    assert len(found(path)) == 1


def test_without_a_terminal_nobody_is_asked(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert main(["list"]) == 2
    assert "请填数据密码" in capsys.readouterr().err


def test_on_a_terminal_nothing_is_shown_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Keyboard())
    monkeypatch.setattr("getpass.getpass", lambda words: f"typed at {words}")
    assert passwords.ask("密码：") == "typed at 密码："


def test_a_backup_with_another_password_is_asked_about_too(path: Path, typist: Typist, tmp_path: Path) -> None:
    other = tmp_path / "别的" / "perfdesk.db"
    with Store.open(other, now=lambda: START) as store:
        store.save(AID)
        seal(store, "另一个局的密码")
    keys.let_go()
    typist.texts = [OURS, "另一个局的密码"]
    assert main(["restore", str(other)]) == 0
    assert len(typist.asked) == 2
    assert key_file_of(path).exists()
    keys.let_go()
    typist.texts = [OURS]
    assert main(["list"]) == 0
