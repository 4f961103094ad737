"""Data file, journals, lock and backups are their owner's alone: when made, and when an older version left them open."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from perfdesk import places
from perfdesk.model import Record
from perfdesk.store import Store, faults, schema
from perfdesk.store.backups import Reason
from perfdesk.store.files import journal_of
from perfdesk.store.restoring import restore
from perfdesk.store.salvage import salvage

pytestmark = pytest.mark.skipif(os.name != "posix", reason="access rights are those of the folder there")

Clock = Callable[[], datetime]
Form = Callable[..., Record]


@pytest.fixture(autouse=True)
def _careless_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    """Return the rights of all that lies in a folder and below it."""
    return {str(one.relative_to(folder)): mode(one) for one in folder.rglob("*")}


def is_private(folder: Path) -> bool:
    wanted = {one: 0o700 if (folder / one).is_dir() else 0o600 for one in modes(folder)}
    assert modes(folder) == wanted
    return mode(folder) == 0o700


def test_all_that_is_made_for_a_data_file(path: Path, clock: Clock, form: Form, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    with Store.open(path, now=clock) as store:
        store.save(form(1))
        store.safekeeping.choose_second(stick)
        store.note(form(1, name="改过"))
        store.safekeeping.make(Reason.DAILY)
        store.save(form(2))
        store.copy_to(path.with_name("copy.db"))
        assert {one.suffix for one in path.parent.iterdir()} >= {".db", ".edits", ".lock"}
        assert is_private(path.parent)
    assert all(is_private(one) for one in stick.iterdir())
    assert len([*stick.rglob("*.db")]) == 1


def test_what_sqlite_lays_beside_it_while_it_writes(store: Store, form: Form) -> None:
    store.save(form(1))
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA journal_mode = PERSIST")  # so that it is still there after the transaction
        connection.execute("UPDATE store SET value = value || ' '")
        connection.commit()
        assert mode(journal_of(store.path)) == 0o600
        connection.execute("PRAGMA journal_mode = DELETE")


def test_a_restored_file(path: Path, clock: Clock, form: Form) -> None:
    with Store.open(path, now=clock) as store:
        store.save(form(1))
    source = path.with_name("backup.db")
    source.write_bytes(path.read_bytes())
    path.unlink()
    restore(source, path, now=clock)
    assert mode(path) == 0o600
    assert mode(source) == 0o666


def test_a_damaged_file_and_the_one_that_takes_its_place(path: Path, clock: Clock, form: Form) -> None:
    with Store.open(path, now=clock) as store:
        store.save(form(1))
    with path.open("r+b") as file:
        file.write(bytes(100))
    done = salvage(path, now=clock)
    assert [one.name for one in path.parent.glob("*.损坏-*") if one == done.aside]
    assert is_private(path.parent)


def test_what_an_older_version_left_open_is_closed(path: Path, clock: Clock, form: Form) -> None:
    with Store.open(path, now=clock) as store:
        store.save(form(1))
        store.note(form(2))
        store.safekeeping.make(Reason.DAILY)
    path.with_name("perfdesk-before-0002-20260318-091200.db").write_bytes(path.read_bytes())
    foreign = path.with_name("perfdesk报告.docx")
    foreign.write_bytes(b"")
    for one in path.parent.rglob("*"):
        one.chmod(0o755 if one.is_dir() else 0o644)
    path.parent.chmod(0o755)
    Store.open(path, now=clock, read_only=True).close()
    assert mode(path) == 0o644
    with Store.open(path, now=clock):
        left_open = {name for name, rights in modes(path.parent).items() if rights & 0o077}
    assert left_open == {foreign.name}
    assert mode(path.parent) == 0o755


def test_the_data_folder_of_the_program_is_closed(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "data_folder", lambda: path.parent)
    path.parent.mkdir()
    assert mode(path.parent) == 0o777
    Store.open(path, now=clock).close()
    assert mode(path.parent) == 0o700


def test_the_words_of_a_mistake_in_sql_do_not_quote_what_was_typed(store: Store, form: Form) -> None:
    typed = "张三的身份证号"
    with pytest.raises(IntegrityError) as caught, store._writing() as connection:  # noqa: SLF001 - a mistake of our own
        connection.execute(insert(schema.store), [{"key": typed, "value": typed}] * 2)
    assert typed not in str(caught.value)
    assert "UNIQUE" in str(caught.value)


STRANGER = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from perfdesk.errors import UserError
from perfdesk.store import Store
path, warm = Path(sys.argv[1]), Path(sys.argv[2])
with Store.open(warm / "warm.db", now=datetime.now) as store:  # everything imported while this process may still read it
    store.load_all()
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
said = []
for read_only in (False, True):
    try:
        Store.open(path, now=datetime.now, read_only=read_only).close()
    except UserError as error:
        said.append([type(error).__name__, str(error)])
print(json.dumps(said))
"""


@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root can become another account")
@pytest.mark.parametrize("above", [0o755, 0o700], ids="above {:o}".format)
@pytest.mark.parametrize("folder", [0o755, 0o777, 0o700], ids="folder {:o}".format)
def test_the_file_of_another_account_is_named_as_such(
    tmp_path: Path, form: Form, run: Callable[..., str], above: int, folder: int
) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        path = Path(place) / "王科长" / "绩效" / "perfdesk.db"
        with Store.open(path, now=datetime.now) as store:
            store.save(form(1))
        path.parent.chmod(folder)
        path.parent.parent.chmod(above)
        said = json.loads(run(STRANGER, path, tmp_path))
        assert [kind for kind, _ in said] == ["UserError", "UserError"]
        assert {words for _, words in said} == {str(faults.of_another(path))}
        assert mode(path) == 0o600
