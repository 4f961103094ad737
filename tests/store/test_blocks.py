"""A file on a disk with a sector that does not read any more."""

from __future__ import annotations

import errno
from io import FileIO
from pathlib import Path

import pytest

from perfdesk.store import blocks, faults
from perfdesk.store.blocks import BLOCK, Given, copy_what_reads, given, read_what_reads

WHOLE = bytes(range(256)) * 40  # two blocks and a half


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "perfdesk.db"
    path.write_bytes(WHOLE)
    return path


@pytest.fixture
def second_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = blocks.block_at

    def refuse(file: FileIO, at: int, size: int) -> tuple[bytes, bool]:
        return read(file, at, size) if at != BLOCK else (bytes(size), False)

    def dead(_path: Path) -> bytes:
        raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr(blocks, "block_at", refuse)
    monkeypatch.setattr(Path, "read_bytes", dead)


def test_a_good_disk_gives_all(file: Path, tmp_path: Path) -> None:
    assert given(file) is Given.ALL
    assert read_what_reads(file) == WHOLE
    assert copy_what_reads(file, tmp_path / "copy") == 0
    assert (tmp_path / "copy").read_bytes() == WHOLE
    file.write_bytes(b"")
    assert given(file) is Given.ALL


@pytest.mark.usefixtures("second_gone")
def test_what_does_not_read_is_zeros_and_the_rest_is_there(file: Path, tmp_path: Path) -> None:
    assert given(file) is Given.SOME
    expected = WHOLE[:BLOCK] + bytes(BLOCK) + WHOLE[2 * BLOCK :]
    assert read_what_reads(file) == expected
    assert copy_what_reads(file, tmp_path / "copy") == BLOCK
    with (tmp_path / "copy").open("rb") as copy:
        assert copy.read() == expected


@pytest.mark.usefixtures("second_gone")
def test_it_is_said_as_damage_that_can_be_put_together_again(file: Path) -> None:
    error = faults.of_os(OSError(errno.EIO, "bad sector"), file)
    assert isinstance(error, faults.StoreDamaged)
    assert str(error).startswith(f"“{file}”有的地方磁盘读不出来")
    assert "请先用“找回内容”" in str(error)


def test_where_nothing_reads_the_disk_itself_is_away(tmp_path: Path) -> None:
    assert given(tmp_path) is Given.NOTHING
    assert "磁盘读写出错" in str(faults.of_os(OSError(errno.EIO, "gone"), tmp_path))
    with pytest.raises(FileNotFoundError):
        read_what_reads(tmp_path / "gone")


def test_a_block_that_is_refused_is_none(tmp_path: Path) -> None:
    with FileIO(tmp_path / "only to write", "w") as file:
        assert blocks.block_at(file, 0, 3) == (bytes(3), False)
