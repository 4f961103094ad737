"""The data file goes away, or another one comes in its place, while the program is working on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store

Form = Callable[..., Record]
Clock = Callable[[], datetime]


def changed(record: Record, text: str) -> Record:
    return replace(record, bureau=text)


def test_a_file_that_is_put_back_is_saved_into_again(store: Store, path: Path, form: Form) -> None:
    store.save(form(1))
    away = path.rename(path.with_name("away.db"))
    for _try in range(2):
        with pytest.raises(UserError, match=r"perfdesk\.db”(已被移走|。请检查)|没有找到“.*perfdesk\.db"):
            store.save(changed(form(1), "新"))
    assert not path.exists()
    away.rename(path)
    store.save(changed(form(1), "新"))
    assert store.load("form-1") == changed(form(1), "新")


def test_another_data_file_in_its_place_is_not_written_into(store: Store, path: Path, clock: Clock, form: Form) -> None:
    other = path.with_name("other.db")
    with Store.open(other, now=lambda: datetime(2020, 1, 1).astimezone()) as another:
        another.save(form(9))
    held = other.read_bytes()
    store.save(form(1))
    path.rename(path.with_name("away.db"))
    shutil.copy(other, path)
    for _try in range(2):
        with pytest.raises(UserError, match=r"已被移走|已换成另一个数据文件，刚才的改动没有写进去"):
            store.save(changed(form(1), "新"))
    with pytest.raises(UserError, match="已换成另一个数据文件"):
        store.entries()
    assert path.read_bytes() == held
    path.with_name("away.db").replace(path)
    store.save(changed(form(1), "新"))


def test_a_copy_of_itself_in_its_place_goes_on(store: Store, path: Path, form: Form) -> None:
    """Somebody moved the folder away and brought it back from the stick: the same file."""
    store.save(form(1))
    copy = path.with_name("copy.db")
    store.copy_to(copy)
    path.unlink()
    with pytest.raises(UserError):
        store.save(changed(form(1), "新"))
    copy.rename(path)
    store.save(changed(form(1), "新"))
    assert store.load_all() == (changed(form(1), "新"),)


def test_what_is_put_there_and_is_no_data_file_is_left_alone(store: Store, path: Path, form: Form) -> None:
    store.save(form(1))
    path.unlink()
    path.write_text("别的内容", "utf-8")
    for _try in range(2):
        with pytest.raises(UserError, match=r"已被移走|不是数据文件"):
            store.save(changed(form(1), "新"))
    assert path.read_text("utf-8") == "别的内容"


def test_a_restored_file_is_the_one_that_is_open(store: Store, path: Path, clock: Clock, form: Form) -> None:
    other = path.with_name("other.db")
    with Store.open(other, now=lambda: datetime(2020, 1, 1).astimezone()) as another:
        another.save(form(9))
    store.save(form(1))
    store.become(other)
    with pytest.raises(UserError, match="没有编号为"):
        store.load("form-1")
    store.save(form(2))
    assert {one.id for one in store.load_all()} == {"form-2", "form-9"}
