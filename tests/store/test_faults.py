from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store, StoreDamaged, StoreReadOnly, engine, faults
from tests.store.folders import files, names

Form = Callable[..., Record]
Run = Callable[..., str]

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of POSIX")
ROOT = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount")

# ------------------------------------------------------------------------------------------------------ full disk


def test_full_disk(path: Path, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(path, now=datetime.now).close()
    with monkeypatch.context() as small:
        small.setattr(engine, "WRITING", {**engine.WRITING, "max_page_count": ("30", 30)})
        with Store.open(path, now=datetime.now) as store:
            saved = save_until_full(store, form)
            assert saved
            assert store.load_all() == tuple(saved)
            shorter = form(saved[-1].year, name="")
            with pytest.raises(UserError, match="磁盘已满"):
                store.save_many(form(number) for number in range(100, 300))
            assert shorter not in store.load_all()
    with Store.open(path, now=datetime.now) as store:
        store.save(form(900))
        assert store.load_all() == (*saved, form(900))


def save_until_full(store: Store, form: Form) -> list[Record]:
    saved: list[Record] = []

    def save_all() -> None:
        for number in range(1000):
            store.save(form(number))
            saved.append(form(number))

    with pytest.raises(UserError) as caught:
        save_all()
    assert str(caught.value).startswith(f"磁盘已满，刚才的改动没有写进“{store.path}”，以前保存的都在。")
    assert isinstance(caught.value.__cause__, Exception)
    return saved


@ROOT
def test_full_disk_for_real(tmp_path: Path, form: Form) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount here")
    try:
        with Store.open(tmp_path / "a.db", now=datetime.now) as store:
            saved = save_until_full(store, form)
            assert store.load_all() == tuple(saved)
            with pytest.raises(UserError, match=r"磁盘已满.*copy\.db"):
                store.copy_to(tmp_path / "copy.db")
            store.save(saved[0])
        assert names(tmp_path) == ["a.db"]
        (tmp_path / "filler").write_bytes(bytes(shutil.disk_usage(tmp_path).free))
        for name in ("b.db", "folder/c.db"):
            with pytest.raises(UserError, match="磁盘已满"):
                Store.open(tmp_path / name, now=datetime.now)
        with Store.open(tmp_path / "a.db", now=datetime.now, read_only=True) as store:
            assert store.load_all() == tuple(saved)
    finally:
        subprocess.run(["umount", tmp_path], check=True)


LIMITED = """
import json, resource, sys
from datetime import datetime
from pathlib import Path
from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store
with Store.open(Path(sys.argv[1]), now=datetime.now) as store:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    saved = []
    try:
        for number in range(1000):
            store.save(Record(f"{number:04}", "t", 2024, values={"text": "长" * 3000}))
            saved.append(f"{number:04}")
    except UserError as error:
        said = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    store.save(Record("last", "t", 2024))
    print(json.dumps({"saved": saved, "said": said}))
"""


@POSIX
def test_a_write_that_is_refused_half_way_loses_nothing_and_the_next_one_goes_on(path: Path, run: Run) -> None:
    told = json.loads(run(LIMITED, path))
    assert told["said"].startswith(("磁盘已满", "磁盘读写出错"))
    assert str(path) in told["said"]
    with Store.open(path, now=datetime.now) as store:
        assert [entry.id for entry in store.entries()] == [*told["saved"], "last"]
    assert told["saved"]


# ------------------------------------------------------------------------------------- read-only, locked, gone, broken

UNPRIVILEGED = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store
path, warm = Path(sys.argv[1]), Path(sys.argv[2])
with Store.open(warm / "warm.db", now=datetime.now) as store:  # everything imported while this process may still read it
    store.save(Record("a", "t", 2024)), store.load_all(), store.entries()
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
told = {}
try:
    Store.open(path, now=datetime.now).close()
except UserError as error:
    told["refused"] = [type(error).__name__, str(error)]
with Store.open(path, now=datetime.now, read_only=True) as store:
    told["names"] = [entry.project_name for entry in store.entries()]
    told["forms"] = len(store.load_all())
    try:
        store.save(Record("b", "t", 2024))
    except UserError as error:
        told["save"] = str(error)
print(json.dumps(told))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user reaches: the test's own folder is private."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    for folder in (made, *made.rglob("*/")):
        folder.chmod(0o755)
    shutil.rmtree(made)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in files(folder)}


def as_it_is(path: Path) -> None:
    """Leave the store as it was made."""


def in_wal(path: Path) -> None:
    """Somebody looked at it with another tool that keeps its own kind of journal."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@POSIX
@pytest.mark.parametrize("folder_mode", [0o555, 0o755], ids=["read-only folder", "read-only file"])
@pytest.mark.parametrize("made", [as_it_is, in_wal])
def test_read_only_for_a_user_without_rights(
    open_folder: Path, tmp_path: Path, run: Run, form: Form, made: Callable[[Path], None], folder_mode: int
) -> None:
    path = open_folder / "stick" / "a.db"
    with Store.open(path, now=datetime.now) as store:
        store.save(form(1))
    made(path)
    path.chmod(0o444)
    path.parent.chmod(folder_mode)
    before = snapshot(path.parent)
    told = json.loads(run(UNPRIVILEGED, path, tmp_path))
    kind, said = told["refused"]
    assert kind == "StoreReadOnly"
    assert said.startswith(f"“{path}”只能读，写不进去")
    assert (told["names"], told["forms"]) == (["法律援助工作经费1"], 1)
    assert "现在是只查看" in told["save"]
    assert snapshot(path.parent) == before


def test_looking_changes_nothing(path: Path, form: Form) -> None:
    with Store.open(path, now=datetime.now) as store:
        store.save_many([form(1), form(2)])
        store.trash("form-2")
    before = snapshot(path.parent)
    with Store.open(path, now=datetime.now, read_only=True) as store:
        assert store.load_all() == (form(1),)
        assert [entry.id for entry in store.trashed()] == ["form-2"]
        for change in (
            lambda: store.save(form(1)),
            lambda: store.save_many([form(3)]),
            lambda: store.trash("form-1"),
            lambda: store.restore("form-2"),
        ):
            with pytest.raises(StoreReadOnly, match="现在是只查看"):
                change()
    assert snapshot(path.parent) == before


def test_a_file_held_by_another_program(store: Store, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(form(1))
    store.close()
    monkeypatch.setattr(engine, "BUSY_MS", 30)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        with Store.open(store.path, now=datetime.now) as ours:
            other.execute("BEGIN EXCLUSIVE")
            for use in (ours.load_all, lambda: ours.save(form(2)), lambda: ours.trash("form-1")):
                with pytest.raises(UserError, match=r"“.*perfdesk\.db”正被别的程序占用"):
                    use()
            other.execute("ROLLBACK")
            ours.save(form(2))
            assert ours.load_all() == (form(1), form(2))
        other.execute("BEGIN EXCLUSIVE")
        for read_only in (False, True):
            with pytest.raises(UserError, match="正被别的程序占用"):
                Store.open(store.path, now=datetime.now, read_only=read_only)


@POSIX
def test_a_file_taken_away_under_the_program(store: Store, form: Form) -> None:
    store.save(form(1))
    away = store.path.rename(store.path.with_name("away.db"))
    with pytest.raises(UserError, match="已被移走、改名或删除"):
        store.save(form(2))
    with pytest.raises(UserError, match="没有找到"):
        store.save(form(2))
    assert not store.path.exists()
    away.rename(store.path)
    store.save(form(2))
    assert store.load_all() == (form(1), form(2))


def test_a_disk_that_cannot_keep_the_promise_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for pragma in ("synchronous", "no_such_pragma"):
        with monkeypatch.context() as other:
            other.setattr(engine, "WRITING", {**engine.WRITING, pragma: ("EXTRA", 4)})
            with pytest.raises(UserError, match=f"不支持安全保存（{pragma} 应为 EXTRA）"):
                Store.open(path, now=datetime.now)
        assert files(path.parent) == []


@pytest.mark.parametrize("create", [False, True])
def test_each_connection_is_safe(path: Path, create: bool) -> None:
    Store.open(path, now=datetime.now).close()
    made = engine.writing_engine(path, create=create)
    wanted = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "busy_timeout": 5000}
    with made.connect() as one, made.connect() as two:
        assert one.connection.dbapi_connection.isolation_level is None  # type: ignore[union-attr]
        for connection in (one.connection.cursor(), two.connection.cursor()):
            assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    made.dispose()


# ---------------------------------------------------------------------------------------------------------- the words

ERRORS = {
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "只能读",
    errno.EACCES: "只能读",
    errno.ENOENT: "没有找到",
    errno.EIO: "磁盘读写出错，",
}


@pytest.mark.parametrize(("number", "said"), ERRORS.items())
def test_errors_of_the_operating_system_in_words(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(UserError, match=said.replace("(", r"\(")) as caught, faults.in_plain_words(tmp_path / "a.db"):
        raise OSError(number, os.strerror(number))
    assert "a.db" in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)


CODES = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_IOERR_FSYNC: "磁盘读写出错",
    sqlite3.SQLITE_IOERR_WRITE: "磁盘读写出错",
    sqlite3.SQLITE_READONLY: "只能读",
    sqlite3.SQLITE_READONLY_DBMOVED: "已被移走、改名或删除",
    sqlite3.SQLITE_READONLY_ROLLBACK: "上次没有正常关闭",
    sqlite3.SQLITE_BUSY_SNAPSHOT: "正被别的程序占用",
    sqlite3.SQLITE_CORRUPT_INDEX: "已损坏",
    sqlite3.SQLITE_NOTADB: "已损坏",
    sqlite3.SQLITE_CANTOPEN: "没有找到",
    sqlite3.SQLITE_TOOBIG: "太长",
}


@pytest.mark.parametrize(("code", "said"), CODES.items())
def test_errors_of_the_database_in_words(tmp_path: Path, code: int, said: str) -> None:
    error = sqlite3.OperationalError("detail for the log")
    error.sqlite_errorcode = code
    if said == "已损坏":
        (tmp_path / "a.db").write_bytes(b"no database")
    with pytest.raises(UserError, match=said) as caught, faults.in_plain_words(tmp_path / "a.db"):
        raise error
    assert "a.db" in str(caught.value)
    assert caught.value.__cause__ is error
    assert not any(word in str(caught.value) for word in ("！", "抱歉", "非法", "无效", "失败", "异常", "系统"))


def test_a_text_that_is_none_any_more(store: Store, form: Form) -> None:
    store.save(form(1))
    store.close()
    name = "法律援助工作经费1".encode()
    store.path.write_bytes(store.path.read_bytes().replace(name, b"\xff" * len(name)))
    with Store.open(store.path, now=datetime.now) as again:
        for read in (again.load_all, again.entries):
            with pytest.raises(StoreDamaged, match=r"“.*perfdesk\.db”的内容已损坏"):
                read()


def test_a_disk_that_does_not_answer_is_not_taken_for_damage(store: Store, form: Form) -> None:
    """SQLite calls both malformed."""
    store.save(form(1))
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    with pytest.raises(UserError, match=r"磁盘读写出错，“.*perfdesk\.db”"), faults.in_plain_words(store.path):
        raise error


def test_a_working_copy_is_not_named(tmp_path: Path) -> None:
    copy, backup = tmp_path / "copy.db", tmp_path / "每天.db"
    with pytest.raises(faults.DiskFull, match=r"写进“.*每天\.db”"), faults.named(copy, backup):
        raise faults.full(copy)
    with pytest.raises(faults.DiskFull, match="写进“别的”"), faults.named(copy, backup):
        raise faults.full(Path("别的"))


def test_our_own_mistakes_stay_what_they_are(store: Store, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.ProgrammingError), faults.in_plain_words(tmp_path):
        raise sqlite3.ProgrammingError("Cannot operate on a closed database.")
    broken = Record("a", "t", 2024, bureau=None)  # type: ignore[arg-type]
    with pytest.raises((IntegrityError, AttributeError)):
        store.save(broken)
    with (
        pytest.raises(IntegrityError),
        faults.in_plain_words(store.path),
        engine.writing_engine(store.path).begin() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO value VALUES ('nobody', 'key', 'text')")
