from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store, StoreDamaged, copy_to
from perfdesk.store.files import file_uri
from tests.store.folders import files, names

Form = Callable[..., Record]


@pytest.fixture
def good(tmp_path: Path, form: Form) -> Path:
    path = tmp_path / "good.db"
    with Store.open(path, now=datetime.now) as store:
        store.save_many(form(number) for number in range(40))
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text_file(path: Path) -> None:
    path.write_text("项目名称：法律援助", "utf-8")


def zeroed_header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def foreign(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE places(url)")


def halved(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def stub(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def newer(path: Path) -> None:
    change(
        path, "UPDATE alembic_version SET version_num = '0017'", "UPDATE store SET value = '3.2' WHERE key = 'program'"
    )


def newer_without_a_name(path: Path) -> None:
    change(path, "UPDATE alembic_version SET version_num = '0017'", "DELETE FROM store")


def without_revision(path: Path) -> None:
    change(path, "DELETE FROM alembic_version")


def without_tables(path: Path) -> None:
    change(path, "DROP TABLE alembic_version")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD: dict[Callable[[Path], None], tuple[str, str]] = {
    empty: ("是空文件（0 字节）", "重新复制或换用备份"),
    text_file: ("不是数据文件", "请另选文件"),
    zeroed_header: ("开头已损坏", "换用备份"),
    foreign: ("别的程序的数据库", "请另选文件"),
    halved: ("不完整：应有", "请重新复制"),
    stub: ("不完整：应有 100 字节，只有 60 字节", "请重新复制"),
    newer: ("由更新的版本（3.2，结构 0017）保存，本程序是", "请先升级程序"),
    newer_without_a_name: ("由更新的版本（未注明，结构 0017）", "请先升级程序"),
    without_revision: ("已损坏", "换用最近的备份"),
    without_tables: ("已损坏", "换用最近的备份"),
    folder: ("是文件夹", "请选择里面的数据文件"),
}


@pytest.mark.parametrize("read_only", [False, True], ids=["to fill in", "to look at"])
@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_a_bad_file_is_named_and_left_alone(good: Path, spoil: Callable[[Path], None], read_only: bool) -> None:
    spoil(good)
    before = good.is_file() and good.read_bytes()
    with pytest.raises(UserError) as caught:
        Store.open(good, now=datetime.now, read_only=read_only)
    said = str(caught.value)
    assert str(good) in said
    for words in BAD[spoil]:
        assert words in said
    assert said.endswith("。")
    assert not any(word in said for word in ("！", "抱歉", "非法", "无效", "失败", "异常", "系统"))
    assert names(good.parent) == ["good.db"]
    assert (good.is_file() and good.read_bytes()) == before


def test_nothing_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有找到“.*nowhere\.db”"):
        Store.open(tmp_path / "nowhere.db", now=datetime.now, read_only=True)
    assert list(tmp_path.iterdir()) == []


def spoil_the_middle(path: Path) -> bytes:
    """Write over the pages of the forms themselves, not over what says which version wrote the file."""
    with closing(sqlite3.connect(path)) as connection:
        roots = connection.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('record', 'value')").fetchall()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    for (page,) in roots:
        content[(page - 1) * size : page * size] = b"\xff" * size
    content[24:28] = b"\xff" * 4  # the counter of changes: who has the file open forgets the pages it has seen
    path.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize("read_only", [False, True], ids=["to fill in", "to look at"])
def test_a_damaged_middle_is_noticed_at_the_start(good: Path, read_only: bool) -> None:
    content = spoil_the_middle(good)
    with pytest.raises(StoreDamaged, match=r"good\.db”的内容已损坏，读不出来"):
        Store.open(good, now=datetime.now, read_only=read_only)
    assert good.read_bytes() == content
    assert names(good.parent) == ["good.db"]


def test_a_middle_damaged_while_it_is_open_is_noticed_when_it_is_read(good: Path, form: Form) -> None:
    with Store.open(good, now=datetime.now) as store:
        content = spoil_the_middle(good)
        with pytest.raises(UserError, match="已损坏，读不出来"):
            store.load_all()
        with pytest.raises(UserError, match="已损坏"):
            store.save_many(form(number, name="改") for number in range(40))
        with pytest.raises(UserError, match=r"已损坏|读写出错"):
            store.copy_to(good.with_name("copy.db"))
    assert good.read_bytes() == content
    assert names(good.parent) == ["good.db"]


def test_a_crash_in_the_middle_of_a_commit_is_rolled_back(good: Path, tmp_path: Path, form: Form) -> None:
    """The pages are in the file, the journal is still beside it: what a power cut before the end of a commit leaves."""
    torn = tmp_path / "torn.db"
    with closing(sqlite3.connect(good, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE indicator SET name = 'torn' || hex(zeroblob(300))")
        shutil.copy(good, torn)
        shutil.copy(tmp_path / "good.db-journal", tmp_path / "torn.db-journal")
    assert torn.read_bytes() != good.read_bytes()
    before = torn.read_bytes()
    with pytest.raises(UserError, match="上次没有正常关闭，要先打开填报一次才能只查看"):
        Store.open(torn, now=datetime.now, read_only=True)
    assert torn.read_bytes() == before
    with Store.open(torn, now=datetime.now) as store:
        assert store.load_all() == tuple(form(number) for number in range(40))
    assert not (tmp_path / "torn.db-journal").exists()


def test_a_commit_that_was_cut_off_while_the_file_grew_is_not_taken_for_a_short_copy(
    good: Path, tmp_path: Path, form: Form
) -> None:
    """The first page already counts the new pages, which never reached the file."""
    torn = tmp_path / "torn.db"
    content = bytearray(good.read_bytes())
    with closing(sqlite3.connect(good, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE indicator SET reason = hex(zeroblob(3000))")
        shutil.copy(tmp_path / "good.db-journal", tmp_path / "torn.db-journal")
    content[28:32] = (int.from_bytes(content[28:32], "big") + 50).to_bytes(4, "big")
    torn.write_bytes(content)
    with Store.open(torn, now=datetime.now) as store:
        assert store.load_all() == tuple(form(number) for number in range(40))
    torn.write_bytes(content)
    with pytest.raises(UserError, match="不完整"):
        Store.open(torn, now=datetime.now)


def test_a_journal_without_its_file_is_not_built_over(tmp_path: Path) -> None:
    journal = tmp_path / "a.db-journal"
    journal.write_bytes(b"half a commit")
    with pytest.raises(UserError, match=r"“a\.db-journal”，说明数据文件被单独移走"):
        Store.open(tmp_path / "a.db", now=datetime.now)
    assert files(tmp_path) == [journal]


def test_a_file_that_is_gone_while_its_edits_are_there_is_not_built_over(good: Path) -> None:
    good.unlink()
    with pytest.raises(StoreDamaged, match=r"good\.db”不在了，旁边却还有它的“good\.db\.edits”"):
        Store.open(good, now=datetime.now)
    assert [one.name for one in good.parent.iterdir()] == ["good.db.edits"]


def test_a_creation_that_was_cut_off_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.db.new").write_bytes(b"half a file")
    (tmp_path / "a.db.new-journal").write_bytes(b"half a journal")
    Store.open(tmp_path / "a.db", now=datetime.now).close()
    assert names(tmp_path) == ["a.db"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="读写出错"):
        Store.open(tmp_path / "file" / "a.db", now=datetime.now)


def test_the_address_of_a_windows_share(monkeypatch: pytest.MonkeyPatch) -> None:
    class Share(PureWindowsPath):
        def absolute(self) -> Share:
            return self

    assert file_uri(Share(r"\\server\表\a.db"), mode="rw") == "file:////server/%E8%A1%A8/a.db?mode=rw"  # type: ignore[arg-type]
    assert file_uri(Share(r"C:\数据\a.db"), mode="ro") == "file:///C:/%E6%95%B0%E6%8D%AE/a.db?mode=ro"  # type: ignore[arg-type]


def test_a_copy_is_whole_and_replaces_an_older_one(store: Store, tmp_path: Path, form: Form) -> None:
    target = tmp_path / "U 盘" / "备份.db"
    target.parent.mkdir()
    target.write_bytes(b"older")
    store.save(form(1))
    store.copy_to(target)
    store.save(form(2))
    with Store.open(target, now=datetime.now, read_only=True) as copy:
        assert copy.load_all() == (form(1),)
    assert names(target.parent) == ["备份.db"]


def test_a_copy_needs_a_place_of_its_own(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不能复制到它自己"):
        store.copy_to(store.path)
    with pytest.raises(UserError, match="没有找到"):
        store.copy_to(tmp_path / "no folder" / "copy.db")
    with pytest.raises(UserError, match="没有找到"):
        copy_to(tmp_path / "nothing.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_of_a_damaged_file_does_not_replace_a_good_one(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    copy_to(good, target)
    kept = target.read_bytes()
    content = bytearray(good.read_bytes())
    content[3 * 4096 : 9 * 4096] = bytes(6 * 4096)
    good.write_bytes(content)
    with pytest.raises(UserError, match="已损坏"):
        copy_to(good, target)
    assert target.read_bytes() == kept
    assert not (tmp_path / "backup.db.part").exists()


def test_a_copy_that_reads_but_contradicts_itself_is_no_backup(good: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(good)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE INDEX ix_record_year_position ON record (position, year)' "
            "WHERE name = 'ix_record_year_position'"
        )
    with pytest.raises(UserError, match=r"good\.db”的内容已损坏"):
        copy_to(good, tmp_path / "backup.db")
    assert names(tmp_path) == ["good.db"]
