"""A second start hands over: what it hears, what the open window hears, and what lies about afterwards (nothing)."""

from __future__ import annotations

import json
import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perfdesk import handover
from perfdesk.handover import Answer, Call, folder_of, hand_over, listen, stop_listening, take
from perfdesk.store import Holder, Store, lock

NOW = datetime(2026, 3, 18, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.places.data_folder", lambda: tmp_path / "数据")
    monkeypatch.delenv(handover.ACTIVATION, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "全县 表 (1)" / "perfdesk.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, now=lambda: NOW) as opened:
        yield opened


@contextmanager
def window(path: Path, heard: list[Call]) -> Iterator[None]:
    """A window that takes calls until the end."""
    folder, ended = listen(path), threading.Event()

    def look() -> None:
        while not ended.is_set():
            heard.extend(take(folder))
            time.sleep(0.005)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        stop_listening(folder)


def test_the_first_start_is_alone(path: Path) -> None:
    assert hand_over(path, (Path("a.docx"),)) is Answer.ALONE
    assert not handover.folder_of(path).exists()


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("2025年 自评表 (终稿)[2].docx",),
        ("-年初.xlsx", "a.json", "上报.perfdesk.zip"),
        (os.fsdecode("自评表.docx".encode("gb18030")),),
    ],
    ids=["only the window", "blanks and brackets", "several", "a name of an old stick"],
)
def test_files_reach_the_window_that_fills_in(store: Store, names: tuple[str, ...], tmp_path: Path) -> None:
    files, heard = tuple(tmp_path / one for one in names), list[Call]()
    with window(store.path, heard):
        assert hand_over(store.path, files) is Answer.TAKEN
    assert heard == [Call(files)]
    assert not folder_of(store.path).exists()


def test_files_named_from_another_folder_arrive_whole(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Call] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(handover.ACTIVATION, "kwin-7")
    with window(store.path, heard):
        hand_over(store.path, (Path("表.docx"),))
    assert heard == [Call((tmp_path / "表.docx",), "kwin-7")]


def test_another_name_of_the_data_file_is_the_same_window(store: Store, tmp_path: Path) -> None:
    (tmp_path / "桌面").symlink_to(store.path.parent)
    assert folder_of(tmp_path / "桌面" / store.path.name) == folder_of(store.path)
    assert folder_of(tmp_path / "别的.db") != folder_of(store.path)


def test_a_window_that_hangs_gets_nothing_later(store: Store) -> None:
    folder = listen(store.path)
    assert hand_over(store.path, (Path("a.docx"),), patience=0) is Answer.SILENT
    assert take(folder) == ()


def test_a_window_that_is_about_to_listen_finds_the_call(store: Store) -> None:
    asking = threading.Thread(target=hand_over, args=(store.path, (Path("/a.docx"),)))
    asking.start()
    folder = folder_of(store.path)
    while not folder.is_dir() or not any(folder.glob("*.call")):
        time.sleep(0.005)
    heard = take(listen(store.path))
    asking.join()
    assert heard == (Call((Path("/a.docx").absolute(),)),)


def test_a_window_that_closes_meanwhile_leaves_us_alone(path: Path) -> None:
    opened, said = Store.open(path, now=lambda: NOW), list[Answer]()
    asking = threading.Thread(target=lambda: said.append(hand_over(path, ())))
    asking.start()
    while not any(folder_of(path).glob("*.call")):
        time.sleep(0.005)
    opened.close()
    asking.join()
    assert said == [Answer.ALONE]
    assert list(folder_of(path).iterdir()) == []


@pytest.mark.parametrize(
    "holder",
    [None, Holder("李四", "JSJ-PC", 1, NOW), Holder("别人", platform.node(), os.getpid(), NOW)],
    ids=["free", "another machine", "another account"],
)
def test_who_cannot_hear_us_is_not_called(store: Store, monkeypatch: pytest.MonkeyPatch, holder: Holder | None) -> None:
    monkeypatch.setattr(lock, "held_by", lambda _: holder)
    assert hand_over(store.path, ()) is Answer.ALONE
    assert not folder_of(store.path).exists()


def test_a_folder_that_cannot_be_written_stops_nobody(store: Store, tmp_path: Path) -> None:
    (tmp_path / "数据").write_text("", "utf-8")
    assert hand_over(store.path, ()) is Answer.ALONE
    with pytest.raises(OSError, match=r"."):
        listen(store.path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "{}", '{"files": 7, "token": ""}', '{"files": []}', "[" * 100_000],
    ids=["empty", "torn", "list", "number", "nothing", "no list", "no token", "deep"],
)
def test_what_is_no_call_is_thrown_away(path: Path, text: str) -> None:
    folder = listen(path)
    (folder / "1.call").write_text(text, "utf-8")
    (folder / "2.call").write_text(json.dumps({"files": ["/a"], "token": ""}), "utf-8")
    (folder / "half.part").write_text("{", "utf-8")
    assert take(folder) == (Call((Path("/a"),)),)
    assert [one.name for one in folder.iterdir()] == ["half.part"]
    assert take(listen(path)) == ()
    assert list(folder.iterdir()) == []


def test_calls_for_a_window_that_is_long_gone_are_not_answered(path: Path) -> None:
    folder = listen(path)
    for name in ("old.call", "new.call"):
        (folder / name).write_text(json.dumps({"files": [f"/{name}"], "token": ""}), "utf-8")
    os.utime(folder / "old.call", (0, 0))
    assert take(listen(path)) == (Call((Path("/new.call"),)),)


@pytest.mark.skipif(os.name != "posix", reason="access rights are those of the folder there")
def test_calls_are_their_owners_alone(store: Store) -> None:
    listen(store.path)
    before = {one: one.stat().st_mode & 0o777 for one in folder_of(store.path).parent.rglob("*")}
    assert set(before.values()) == {0o700}
