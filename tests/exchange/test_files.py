"""Whole files or the old ones, on full, locked and missing disks; names that every disk accepts."""

from __future__ import annotations

import errno
import os
import pwd
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.exchange.exchange import write_records
from perfdesk.exchange.files import MAX_NAME_BYTES, FileInUse, free_name, safe_name, write_atomically
from perfdesk.template import Template
from tests.filled_forms import filled

ROOT = Path(__file__).parents[2]


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "法律援助.pdf"
    write_atomically(path, b"old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    write_atomically(path, b"new and longer")
    assert path.read_bytes() == b"new and longer"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["法律援助.pdf"]


def run_limited(folder: Path, size: int, code: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of code in a process that may write files of ``size`` bytes at the most."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    script = (
        "import signal, sys\nfrom pathlib import Path\nfrom perfdesk.errors import UserError\n"
        "from perfdesk.exchange.files import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try:\n    {code}\nexcept UserError as error:\n    print(type(error).__name__, error)\n"
    )
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, str(folder)],
        cwd=ROOT,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=True,
    )


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"old")
    done = run_limited(tmp_path, 8192, "write_atomically(Path(sys.argv[1]) / '表.xlsx', b'x' * 100_000)")
    assert done.stdout.startswith("UserError")
    assert all(part in done.stdout for part in ("已满", "98 KB", "原有文件未动", "换个位置"))
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"表.xlsx": b"old"}


@pytest.mark.parametrize("name", ["national-2020-project-self", "chenxi-2021-department-rating", "chenxi-2021-report"])
def test_an_export_to_a_full_disk_leaves_the_old_files(
    tmp_path: Path, templates: Mapping[str, Template], name: str
) -> None:
    source, out = tmp_path / "表.json", tmp_path / "导出"
    source.write_text(write_records((filled(templates[name]),), templates), encoding="utf-8")
    for kind in ("pdf", "xlsx", "docx", "json"):
        words = ["export", str(source), "--to", kind, "--out", str(out)]
        call = f"from perfdesk.cli import main; print(main({words!r}), file=sys.stderr)"
        if name.endswith("report") and kind == "xlsx":  # a report has no Excel file
            continue
        assert run_limited(tmp_path, 1 << 24, call).stderr.endswith("0\n")
        (made,) = out.glob(f"*.{kind}")
        made.write_bytes(b"old")
        told = run_limited(tmp_path, 2048, call).stderr
        assert all(part in told for part in ("已满", str(out), "原有文件未动")), told
        assert "Traceback" not in told
        assert not told.endswith("0\n")
    assert {one.read_bytes() for one in out.iterdir()} == {b"old"}


def test_a_full_disk_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1000))
    with pytest.raises(UserError, match="已满，还差 13 MB。文件没有写出，原有文件未动"):
        write_atomically(tmp_path / "表.pdf", b"x" * (12 * 1024 * 1024 + 2000))
    assert not list(tmp_path.iterdir())


def test_a_disk_that_swallows_the_end_without_a_word_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swallow(handle: int) -> None:
        os.ftruncate(handle, 2)

    (tmp_path / "表.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", swallow)
    with pytest.raises(UserError, match="已满"):
        write_atomically(tmp_path / "表.pdf", b"new")
    assert (tmp_path / "表.pdf").read_bytes() == b"old"


def held(times: int) -> object:
    """A replacement of ``Path.replace`` that finds the target held ``times`` times."""
    left = [times]
    replace = Path.replace

    def attempt(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(self, target)

    return attempt


def test_a_file_open_in_a_spreadsheet_program_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "法律援助工作经费.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held(99))
    with pytest.raises(FileInUse) as error:
        write_atomically(path, b"new")
    assert (
        str(error.value)
        == "“法律援助工作经费.xlsx”正被其他程序（WPS、Excel）打开，写不进去。请关闭后重试，或另存为（2）。"
    )
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {path.name: b"old"}


def test_a_scanner_that_lets_go_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", held(2))
    write_atomically(tmp_path / "表.pdf", b"new")
    assert (tmp_path / "表.pdf").read_bytes() == b"new"


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "只读"
    folder.mkdir()
    (folder / "表.pdf").write_bytes(b"old")
    folder.chmod(0o555)
    call = "write_atomically(Path(sys.argv[1]) / '表.pdf', b'new')"
    if os.geteuid() == 0:  # root may write everywhere: the same as an ordinary user
        for above in (tmp_path, *(one for one in tmp_path.parents if one.name.startswith("pytest"))):
            above.chmod(0o755)
        nobody = pwd.getpwnam("nobody").pw_uid
        call = f"__import__('os').setuid({nobody}); {call}"
    done = run_limited(folder, 1 << 20, call)
    assert done.stdout.startswith("UserError")
    assert all(part in done.stdout for part in ("只能读，不能写", "原有文件未动", "换个位置"))
    assert (folder / "表.pdf").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("没有/表.pdf", "找不到"),
        ("长" * 90 + ".pdf", "太长"),
        ("夹", "是一个文件夹"),
        ("文件/表.pdf", "不是文件夹"),
    ],
)
def test_other_troubles_say_what_to_do(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(UserError, match=says):
        write_atomically(tmp_path / name, b"new")
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["夹", "文件"]


def test_a_strange_error_still_makes_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match="没有写出（磁盘读写出错），原有文件未动"):
        write_atomically(tmp_path / "表.pdf", b"new")


def test_a_free_name_counts_on(tmp_path: Path) -> None:
    path = tmp_path / "法律援助.xlsx"
    assert free_name(path) == path
    path.touch()
    assert free_name(path).name == "法律援助（2）.xlsx"
    (tmp_path / "法律援助（2）.xlsx").touch()
    assert free_name(path).name == "法律援助（3）.xlsx"
    assert free_name(tmp_path / "法律援助（2）.xlsx").name == "法律援助（3）.xlsx"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("法律援助工作经费", "法律援助工作经费"),
        ("2024/普法:宣传*?", "2024_普法_宣传_"),
        ("  司法  所.\n建设. ", "司法 所._建设"),
        ("con", "_con"),
        ("NUL.项目", "_NUL.项目"),
        ("", "未命名"),
        ("///", "未命名"),
        ("..", "未命名"),
        ("甲\u202e乙\u200b\ud800", "甲乙"),
        ("𬭎" * 60, "𬭎" * 50),
    ],
)
def test_a_project_name_becomes_a_file_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(st.characters()))
def test_every_safe_name_can_be_written(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert safe_name(name) == name
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(b"")
    path.unlink()
