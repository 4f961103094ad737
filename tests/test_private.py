"""What is made is its owner's alone; what was set up for a group stays the group's."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdesk import private

pytestmark = pytest.mark.skipif(os.name != "posix", reason="access rights are those of the folder there")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o077], ids=["umask 000", "umask 022", "umask 077"])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that somebody set up for a group to work in."""
    folder = tmp_path / "科室共用"
    folder.mkdir()
    folder.chmod(0o2770)
    return folder


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    private.make_file(tmp_path / "a.db")
    with open(tmp_path / "b.json", "w", encoding="utf-8", opener=private.opener) as file:
        file.write("{}")
    assert (mode(tmp_path / "a.db"), mode(tmp_path / "b.json")) == (0o600, 0o600)
    with pytest.raises(FileExistsError):
        private.make_file(tmp_path / "a.db")


def test_opening_a_file_changes_nothing_of_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("", encoding="utf-8")
    path.chmod(0o644)
    with open(path, "a", encoding="utf-8", opener=private.opener):
        assert mode(path) == 0o644


def test_folders_that_are_made_are_their_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private.make_folder(tmp_path / "办公室" / "2025")
    private.make_folder(tmp_path / "办公室" / "2025")
    assert [mode(tmp_path / one) for one in ("办公室/2025", "办公室", ".")] == [0o700, 0o700, 0o755]


def test_a_folder_without_the_one_above_it_is_not_made_where_that_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        private.make_folder(tmp_path / "U盘" / "备份", parents=False)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError):
        private.make_folder(tmp_path / "file")
    with pytest.raises(NotADirectoryError):
        private.make_folder(tmp_path / "file" / "备份")


def test_in_a_folder_of_a_group_the_group_works_on(shared: Path) -> None:
    private.make_file(shared / "perfdesk.db")
    private.make_folder(shared / "备份" / "旧")
    assert mode(shared / "perfdesk.db") == 0o660
    assert (mode(shared / "备份"), mode(shared / "备份" / "旧")) == (0o2770, 0o2770)


@pytest.mark.parametrize(
    ("before", "after"), [(0o644, 0o600), (0o664, 0o600), (0o600, 0o600), (0o444, 0o400)], ids=lambda one: f"{one:o}"
)
def test_what_was_open_to_others_is_closed(tmp_path: Path, before: int, after: int) -> None:
    path = tmp_path / "perfdesk.db"
    path.write_bytes(b"")
    path.chmod(before)
    private.put_right(path)
    assert mode(path) == after


@pytest.mark.parametrize(("before", "after"), [(0o664, 0o660), (0o600, 0o660), (0o440, 0o440), (0o400, 0o440)])
def test_in_a_folder_of_a_group_it_is_open_to_the_group(shared: Path, before: int, after: int) -> None:
    path = shared / "perfdesk.db"
    path.write_bytes(b"")
    path.chmod(before)
    private.put_right(path)
    private.put_right(shared / "missing.db")
    private.put_right(shared / "missing" / "missing.db")
    assert mode(path) == after
