from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Holder, Store, StoreBusy, lock
from tests.store.folders import names

Form = Callable[..., Record]
Start = Callable[..., subprocess.Popen[str]]
TODAY = datetime(2026, 3, 18, 10, 0)  # noqa: DTZ001 - the clerk's own clock

HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from perfdesk.store import Store
store = Store.open(Path(sys.argv[1]), now=lambda: datetime(2026, 3, 18, 9, 12))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_window_hears_who_holds_the_store_and_may_look(path: Path, start: Start, form: Form) -> None:
    with start(HOLD, path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy) as caught:
            Store.open(path, now=lambda: TODAY)
        assert (
            str(caught.value)
            == "另一个窗口正在填报“perfdesk.db”（本机，今天 09:12 起）。可以只查看，或切换到那个窗口。"
        )
        holder = caught.value.holder
        assert holder is not None
        assert (holder.pid, holder.host, holder.since) == (other.pid, platform.node(), datetime(2026, 3, 18, 9, 12))  # noqa: DTZ001
        with Store.open(path, now=lambda: TODAY, read_only=True) as looking:
            assert looking.entries() == ()
            assert looking.read_only
        other.kill()
    assert path.with_name("perfdesk.db.lock").exists()
    with Store.open(path, now=lambda: TODAY) as store:
        store.save(form(1))
    assert not path.with_name("perfdesk.db.lock").exists()


def test_the_same_process_cannot_open_twice_either(store: Store) -> None:
    with pytest.raises(StoreBusy) as caught:
        Store.open(store.path, now=lambda: TODAY)
    assert caught.value.holder is not None
    assert caught.value.holder.pid == os.getpid()


@pytest.mark.parametrize(
    "left",
    [
        json.dumps({"user": "张三", "host": platform.node(), "pid": os.getpid(), "since": "2026-03-01T08:00:00"}),
        json.dumps({"user": "张三", "host": "JSJ-PC", "pid": 1, "since": "2026-03-01T08:00:00"}),
        "",
        "half a {",
    ],
    ids=["process number in use again", "another machine", "empty", "torn"],
)
def test_a_lock_file_left_by_a_crash_keeps_nobody_out(path: Path, left: str) -> None:
    path.parent.mkdir()
    path.with_name("perfdesk.db.lock").write_text(left, "utf-8")
    with Store.open(path, now=lambda: TODAY) as store:
        assert store.entries() == ()
    assert names(path.parent) == ["perfdesk.db"]


@pytest.mark.parametrize("told", ["", "half a {", "[]", '{"user": 1}'])
def test_a_holder_that_did_not_write_its_name_yet(store: Store, told: str) -> None:
    store.path.with_name("perfdesk.db.lock").write_text(told, "utf-8")
    with pytest.raises(StoreBusy) as caught:
        Store.open(store.path, now=lambda: TODAY)
    assert caught.value.holder is None
    assert str(caught.value) == "另一个窗口正在填报“perfdesk.db”。可以只查看，或切换到那个窗口。"


@pytest.mark.parametrize(
    ("host", "since", "said"),
    [
        (platform.node(), "2026-03-18T09:12:59", "另一个窗口正在填报“perfdesk.db”（本机，今天 09:12 起）。"),
        (platform.node(), "2026-03-02T09:12:00", "另一个窗口正在填报“perfdesk.db”（本机，3月2日起）。"),
        (platform.node(), "2019-12-31T09:12:00", "另一个窗口正在填报“perfdesk.db”（本机，2019-12 起）。"),
        (
            "JSJ-PC",
            "2026-03-18T09:12:59",
            "另一台电脑正在填报“perfdesk.db”（JSJ-PC，张三，今天 09:12 起）。可以只查看，或等那边关闭。",
        ),
    ],
)
def test_who_and_since_when_in_words(host: str, since: str, said: str) -> None:
    holder = Holder("张三", host, 4711, datetime.fromisoformat(since))
    assert said in str(StoreBusy(Path("perfdesk.db"), holder, moment=TODAY))


def test_a_lock_file_deleted_by_the_last_holder_is_not_taken_for_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    grab, seen = lock.grab, list[int]()

    def late(handle: int) -> bool:
        seen.append(os.fstat(handle).st_ino)
        if len(seen) == 1:
            path.with_name("perfdesk.db.lock").unlink()
        return grab(handle)

    monkeypatch.setattr(lock, "grab", late)
    with Store.open(path, now=lambda: TODAY):
        assert len(seen) == 2
        assert path.with_name("perfdesk.db.lock").stat().st_ino == seen[1]
        with pytest.raises(StoreBusy):
            Store.open(path, now=lambda: TODAY)


def test_a_disk_without_locks_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(UserError, match="不支持文件锁"):
        Store.open(path, now=lambda: TODAY)
    assert not path.exists()


def test_an_account_without_a_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", unknown)
    with Store.open(path, now=lambda: TODAY), pytest.raises(StoreBusy) as caught:
        Store.open(path, now=lambda: TODAY)
    assert caught.value.holder is not None
    assert caught.value.holder.user == ""


def test_a_file_that_does_not_open_gives_the_lock_back(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(UserError, match="是空文件"):
            Store.open(path, now=lambda: TODAY)
    assert names(path.parent) == ["perfdesk.db"]


def test_who_holds_the_store_can_be_asked_without_touching_it(path: Path) -> None:
    assert lock.held_by(path) is None
    with Store.open(path, now=lambda: TODAY):
        holder = lock.held_by(path)
        assert holder is not None
        assert holder.ours
        assert holder.pid == os.getpid()
    left = lock.lock_path(path)
    left.write_text(json.dumps({"user": "张三", "host": "JSJ-PC", "pid": 1, "since": "2026-03-01T08:00:00"}), "utf-8")
    before = left.read_text("utf-8")
    assert lock.held_by(path) is None, "it was left by a crash"
    assert left.read_text("utf-8") == before


def test_a_disk_without_locks_tells_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock.lock_path(path).write_text("{}", "utf-8")

    def refuse(handle: int) -> bool:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(lock, "grab", refuse)
    assert lock.held_by(path) is None
