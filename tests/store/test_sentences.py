"""Every sentence about disk and file: it names the file, it is polite, and it says the next step."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.store import faults
from perfdesk.store.backupstate import read_state
from perfdesk.store.changelog import Break, Deed, Line, Proof
from perfdesk.store.lock import Holder, StoreBusy
from perfdesk.store.proofs import sentence
from perfdesk.store.secondplace import gone

FILE = Path("/绩效/perfdesk.db")
NOON = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001 - the clock on the wall
FORBIDDEN = ("！", "抱歉", "非法", "无效", "失败", "异常", "系统", "请您", "记录号")
LINE = Line(7, NOON, "a", Deed.EDITED, (), "state", 0, "digest")


def of_faults() -> Iterator[tuple[str, str]]:
    """Give what each function of ``faults`` says that makes a sentence out of nothing but a file."""
    for name, made in inspect.getmembers(faults, inspect.isfunction):
        takes = [*inspect.signature(made).parameters.values()]
        alone = takes and takes[0].name == "path" and all(one.default is not one.empty for one in takes[1:])
        if made.__module__ == faults.__name__ and alone:
            told = made(FILE)
            if isinstance(told, UserError):
                yield name, str(told)


def others() -> Iterator[tuple[str, str]]:
    for holder in (None, Holder("张", "another", 1, NOON)):
        yield f"busy {holder is None}", str(StoreBusy(FILE, holder, moment=NOON))
    for kind in Break:
        for line, names in ((LINE, {"a": "“普法经费”（2026）"}), (LINE, {}), (None, {})):
            yield f"{kind} {line is None} {len(names)}", sentence(FILE, Proof(7, 1, kind, line), names)
    yield "second place", gone(FILE)


SAID = dict([*of_faults(), *others()])


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_it_names_the_file_and_the_next_step(said: str) -> None:
    assert FILE.name in said
    assert said.endswith("。")
    assert "请" in said or "可以" in said
    assert said.count("请") <= 2
    assert not any(word in said for word in FORBIDDEN)


def test_none_is_left_out() -> None:
    assert {
        "full",
        "missing",
        "moved",
        "replaced",
        "busy",
        "damaged",
        "unread",
        "io_error",
        "of_another",
    } <= SAID.keys()


def test_what_is_forgotten_is_said_too(tmp_path: Path) -> None:
    folder = tmp_path / "备份"
    folder.mkdir()
    (folder / "perfdesk.json").write_text("{", "utf-8")
    said = read_state(tmp_path / "perfdesk.db").second_trouble
    assert "perfdesk.json" in said
    assert "请" in said
