"""Updates installed: beside the old version, whole or not at all; refused in one sentence where they do not fit."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import NamedTuple

import pytest

from perfdesk import places
from perfdesk.errors import UserError
from perfdesk.parameters import find
from perfdesk.updates import (
    Kind,
    Settled,
    Standing,
    Update,
    environment,
    install,
    launcher,
    read_update,
    settle,
    standing,
)
from perfdesk.updates.rack import changing, rack_of
from tests.update_files import home, is_whole, manifest, pack, pack_update, program_update, run_from, signed, tree

STUCK = pytest.mark.skipif(os.name == "nt", reason="programs of the tests are scripts of a shell")


def no_backup() -> None:
    """For tests without a data file."""


def no_progress(_done: int, _all: int) -> None:
    """For tests in which nobody looks."""


def put_in(path: Path, back_up: Callable[[], object] = no_backup) -> Update:
    update = read_update(path)
    install(update, back_up=back_up, progress=no_progress)
    return update


def pointers(folder: Path) -> tuple[str, str]:
    found = (folder / one for one in ("current", "previous"))
    return tuple(one.read_text() if one.exists() else "" for one in found)  # type: ignore[return-value]  # two of them


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.endswith(".lock"))


# ------------------------------------------------------------------------------------------------------------- program
def test_a_new_program_stands_beside_the_old_one(stick: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    update = read_update(program_update(tmp_path, "0.2.0"))
    install(update, back_up=no_backup, progress=lambda done, of: seen.append((done, of)))
    assert pointers(stick) == ("0.2.0\n", "0.1.0\n")
    assert is_whole(stick, "0.1.0")
    assert is_whole(stick, "0.2.0")
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    inside = stick / "versions/0.2.0"
    assert (inside / "_internal/libqt.so.6").is_symlink()
    assert names(inside) == ["_internal", "manifest.json", "manifest.sig", "perfdesk"]
    assert names(stick / "versions") == ["0.1.0", "0.2.0"]
    assert standing(Kind.PROGRAM) == Standing(Kind.PROGRAM, "0.1.0", "0.1.0", "", "0.2.0")
    assert launcher() == stick / "perfdesk"
    with pytest.raises(UserError, match=r"程序 0\.2\.0 已经装好了。请关闭程序再打开，用的就是它。"):
        put_in(update.path)


@pytest.mark.skipif(os.name == "nt", reason="no rights of this kind")
@pytest.mark.parametrize("mode", [0o755, 0o700, 0o775])
def test_the_new_program_has_the_rights_of_its_place(mode: int, stick: Path, tmp_path: Path) -> None:
    (stick / "versions").chmod(mode)
    put_in(program_update(tmp_path, "0.2.0"))
    inside = stick / "versions/0.2.0"
    found = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (inside, *inside.rglob("*"))}
    assert {found[one] for one in ("0.2.0", "perfdesk", "_internal", "versions")} == {mode}
    assert {stat.S_IMODE((stick / one).stat().st_mode) for one in ("current", "previous")} == {mode & 0o666}
    assert {found[one] for one in ("libqt.so.6.8.3", "说明 (1).txt", "manifest.json")} == {mode & 0o666}


def test_the_backup_comes_first_and_without_it_nothing_happens(stick: Path, tmp_path: Path) -> None:
    path = program_update(tmp_path, "0.2.0")

    def full() -> None:
        raise UserError("磁盘已满，没有备份。")

    with pytest.raises(UserError, match="磁盘已满，没有备份"):
        put_in(path, full)
    assert names(stick / "versions") == ["0.1.0"]
    there: list[list[str]] = []
    put_in(path, lambda: there.append(names(stick / "versions")))
    assert there == [["0.1.0"]]


def test_after_the_next_start_old_versions_go(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("0.2.0", "0.3.0"):
        put_in(program_update(tmp_path, version))
        run_from(stick, version, monkeypatch)
        removed = settle()
    assert removed == Settled("", ("0.1.0",))
    assert names(stick / "versions") == ["0.2.0", "0.3.0"]
    assert standing(Kind.PROGRAM) == Standing(Kind.PROGRAM, "0.3.0", "0.2.0", "")
    assert settle() == Settled("", ())


def test_a_version_that_was_replaced_before_it_ever_started_is_not_what_one_goes_back_to(
    stick: Path, tmp_path: Path
) -> None:
    put_in(program_update(tmp_path, "0.2.0"))
    put_in(program_update(tmp_path, "0.3.0"))
    assert pointers(stick) == ("0.3.0\n", "0.1.0\n")


def test_where_the_new_one_did_not_start_the_old_one_says_so(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(program_update(tmp_path, "0.2.0"))
    run_from(stick, "0.1.0", monkeypatch)  # as the launcher does where 0.2.0 cannot be run
    assert settle() == Settled("0.2.0", ("0.2.0",))
    assert pointers(stick) == ("0.1.0\n", "")
    assert settle() == Settled("", ())
    put_in(tmp_path / "perfdesk-0.2.0.perfdesk-update")
    assert pointers(stick) == ("0.2.0\n", "0.1.0\n")


@STUCK
def test_a_program_that_does_not_start_here_is_never_put_in_force(stick: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"新的程序（0\.2\.0）在这台电脑上起不来，没有更新，原来的还在用。"):
        put_in(program_update(tmp_path, "0.2.0", starts=False))
    assert names(stick / "versions") == ["0.1.0"]
    assert pointers(stick) == ("0.1.0\n", "")


@STUCK
def test_nor_is_one_that_is_another_version_or_cannot_be_run(stick: Path, tmp_path: Path) -> None:
    made = tree(tmp_path / "t", "0.1.9")
    with pytest.raises(UserError, match="起不来"):
        put_in(signed(made, tmp_path / "a.perfdesk-update", manifest(made, "0.2.0")))
    (made / "perfdesk").unlink()
    with pytest.raises(UserError, match="起不来"):
        put_in(signed(made, tmp_path / "b.perfdesk-update", manifest(made, "0.2.0")))


def test_a_disk_without_links_gets_copies(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = program_update(tmp_path, "0.2.0")

    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EPERM, "no links on FAT")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    put_in(path)
    copy = stick / "versions/0.2.0/_internal/libqt.so.6"
    assert not copy.is_symlink()
    assert copy.read_bytes() == copy.with_name("libqt.so.6.8.3").read_bytes()


class Usage(NamedTuple):
    total: int
    used: int
    free: int


class Refusal(NamedTuple):
    version: str
    needs: str
    machine: str | None
    says: str


REFUSALS = {
    "the same": Refusal("0.1.0", "0.1.0", None, "是程序 0.1.0，和现在用的一样，不用更新。"),
    "older": Refusal(
        "0.0.9", "0.0.1", None, "是程序 0.0.9，比现在用的 0.1.0 旧，没有更新。要换回旧的，请用“回到上一版”。"
    ),
    "too new": Refusal(
        "0.9.0", "0.5.0", None, "要程序 0.5.0 以上才能装，现在是 0.1.0，没有更新。请先更新程序，再装它。"
    ),
    "Windows": Refusal("0.2.0", "0.1.0", "windows-amd64", "是给 Windows amd64 电脑的，这台电脑是 "),
}


@pytest.mark.parametrize("one", REFUSALS.values(), ids=REFUSALS)
def test_what_does_not_fit(one: Refusal, stick: Path, tmp_path: Path) -> None:
    made = tree(tmp_path / "t", one.version)
    about = manifest(made, one.version, needs=one.needs, machine=one.machine)
    with pytest.raises(UserError) as caught:
        put_in(signed(made, tmp_path / "a.perfdesk-update", about), lambda: pytest.fail("no backup for nothing"))
    assert one.says in str(caught.value)
    assert names(stick / "versions") == ["0.1.0"]


def test_a_package_of_the_administrator_is_not_touched(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program_update(tmp_path, "0.2.0")
    flat = tmp_path / "usr/lib/perfdesk"
    monkeypatch.setattr("sys.executable", str(flat / "perfdesk"))
    with pytest.raises(UserError, match="sudo apt install"):
        put_in(path)
    assert not standing(Kind.PROGRAM).previous
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "data")
    assert settle() == Settled("", ())


# --------------------------------------------------------------------------------------------------- the disk and the stick
def test_a_file_that_is_not_what_was_signed(stick: Path, tmp_path: Path) -> None:
    path = program_update(tmp_path, "0.2.0")
    update, data = read_update(path), bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("files/_internal/libqt.so.6.8.3")
    data[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(UserError, match="已经损坏，没有拷贝完整"):
        install(update, back_up=no_backup, progress=no_progress)
    assert names(stick / "versions") == ["0.1.0"]


def test_a_program_whose_window_cannot_be_made_here(stick: Path, tmp_path: Path) -> None:
    made = tree(tmp_path / "tree", "0.2.0")
    words = 'case "$1" in --version) echo "perfdesk 0.2.0";; *) echo "libxcb-cursor.so.0: not found" >&2; exit 1;; esac'
    (made / "perfdesk").write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    path = signed(made, tmp_path / "perfdesk-0.2.0.perfdesk-update", manifest(made, "0.2.0"))
    with pytest.raises(UserError, match="起不来，没有更新，原来的还在用"):
        put_in(path)
    assert names(stick / "versions") == ["0.1.0"]
    assert (stick / "current").read_text("utf-8") == "0.1.0\n"


def test_a_command_tries_the_program_without_a_display(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tree(tmp_path / "tree", "0.2.0")
    words = '[ "$QT_QPA_PLATFORM" = offscreen ] && [ "$*" = --trial ] && echo "perfdesk 0.2.0"'
    (made / "perfdesk").write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    path = signed(made, tmp_path / "perfdesk-0.2.0.perfdesk-update", manifest(made, "0.2.0"))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", ModuleType("a window"))
    with pytest.raises(UserError, match="起不来"):  # a window has its program tried on the display it stands on
        put_in(path)
    monkeypatch.delitem(sys.modules, "PySide6.QtWidgets")
    put_in(path)
    assert (stick / "current").read_text("utf-8") == "0.2.0\n"


@pytest.mark.parametrize(
    "script", ["#!/bin/sh\necho perfdesk 9.9.9\n", "#!/bin/sh\necho perfdesk 0.2.0 # and more\n", ""]
)
def test_a_file_that_was_exchanged_after_the_signature(script: str, stick: Path, tmp_path: Path) -> None:
    path, changed = program_update(tmp_path, "0.2.0"), tmp_path / "changed.perfdesk-update"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(changed, "w") as other:
        for name in archive.namelist():
            other.writestr(name, script if name == "files/perfdesk" else archive.read(name))
    with pytest.raises(UserError, match="已经损坏，没有拷贝完整"):
        put_in(changed)
    assert names(stick / "versions") == ["0.1.0"]


def test_another_file_under_the_same_name(stick: Path, tmp_path: Path) -> None:
    path = program_update(tmp_path, "0.2.0")
    update = read_update(path)
    shutil.move(program_update(tmp_path, "0.3.0"), path)
    with pytest.raises(UserError, match="已经损坏"):
        install(update, back_up=no_backup, progress=no_progress)


@pytest.mark.parametrize("gone", [False, True])
def test_the_stick_with_the_update_is_pulled_out(
    gone: bool, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program_update(tmp_path, "0.2.0")
    update = read_update(path)

    def pull(done: int, _all: int) -> None:
        if gone:
            path.unlink(missing_ok=True)
        monkeypatch.setattr("zipfile.ZipExtFile.read", broken)

    def broken(*_arguments: object) -> bytes:
        raise OSError(errno.EIO, "gone")

    says = "读到一半不见了，没有更新，原来的还在用。请把 U 盘插好，再装一次。" if gone else "已经损坏"
    with pytest.raises(UserError, match=says):
        install(update, back_up=no_backup, progress=pull)
    assert names(stick / "versions") == ["0.1.0"]


def test_a_full_disk_is_told_before(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = program_update(tmp_path, "0.2.0")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 10, 5 << 20))
    with pytest.raises(UserError, match="所在的磁盘已满，还差 4 MB，没有更新，原来的还在用。"):
        put_in(path, lambda: pytest.fail("a backup for nothing"))
    assert names(stick / "versions") == ["0.1.0"]


DISKS = {
    errno.ENOSPC: "所在的磁盘已满，没有更新，原来的还在用。请删去磁盘上不用的文件，再做一次。",
    errno.EROFS: "只能读，写不进去，没有更新，原来的还在用。",
    errno.EACCES: "只能读，写不进去",
    errno.EIO: "写不进去（磁盘读写出错），没有更新，原来的还在用。请检查 U 盘是否插好，再做一次。",
    errno.ENODEV: "写不进去（设备不在）",
}


@pytest.mark.parametrize(("number", "says"), DISKS.items())
def test_a_disk_that_refuses(
    number: int, says: str, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program_update(tmp_path, "0.2.0")

    def refuse(*_arguments: object, **_words: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("perfdesk.updates.unpacking.private.opener", refuse)
    with pytest.raises(UserError) as caught:
        put_in(path)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"“{stick}”")


def test_a_stick_that_gives_back_other_than_it_was_given(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program_update(tmp_path, "0.2.0")
    update = read_update(path)
    written = update.size

    def rot(done: int, _all: int) -> None:
        if done == written:
            file = next(stick.glob("versions/.update-*/perfdesk"))
            file.write_bytes(file.read_bytes().replace(b"0.2.0", b"0.2.1"))

    with pytest.raises(UserError, match="写进去和读出来的不一样，没有更新，原来的还在用。请换一个磁盘"):
        install(update, back_up=no_backup, progress=rot)
    assert names(stick / "versions") == ["0.1.0"]


def test_who_stops_it_has_what_he_had(stick: Path, tmp_path: Path) -> None:
    update = read_update(program_update(tmp_path, "0.2.0"))

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(update, back_up=no_backup, progress=stop)
    assert names(stick / "versions") == ["0.1.0"]


def test_two_windows_do_not_update_at_once(stick: Path, tmp_path: Path) -> None:
    path = program_update(tmp_path, "0.2.0")
    with changing(rack_of(Kind.PROGRAM)), pytest.raises(UserError, match="另一个窗口正在更新程序，这里没有动。"):
        put_in(path)
    with changing(rack_of(Kind.PROGRAM)):
        assert settle() == Settled("", ())
    put_in(path)


@pytest.mark.parametrize(("number", "goes_on"), [(errno.ENOTSUP, True), (errno.EIO, False)])
def test_a_disk_without_locks(
    number: int, goes_on: bool, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program_update(tmp_path, "0.2.0")

    def refuse(_handle: int) -> bool:
        raise OSError(number, "no locks")

    monkeypatch.setattr("perfdesk.updates.rack.grab", refuse)
    if goes_on:
        put_in(path)
    else:
        with pytest.raises(UserError, match="另一个窗口正在更新"):
            put_in(path)


def test_what_a_killed_one_left_goes_with_the_next(stick: Path, tmp_path: Path) -> None:
    left = stick / "versions/.update-abc/0.2.0"
    left.mkdir(parents=True)
    shutil.copytree(stick / "versions/0.1.0", stick / "versions/0.2.0", symlinks=True)
    (stick / "versions/0.2.0/half").touch()
    put_in(program_update(tmp_path, "0.2.0"))
    assert names(stick / "versions") == ["0.1.0", "0.2.0"]
    assert not (stick / "versions/0.2.0/half").exists()


@pytest.mark.parametrize("text", ["", "../../etc", "0.2.0" * 20, "最新"])
def test_a_pointer_that_points_nowhere(text: str, stick: Path, tmp_path: Path) -> None:
    (stick / "previous").write_text(text, encoding="utf-8")
    assert standing(Kind.PROGRAM) == Standing(Kind.PROGRAM, "0.1.0", "", "")


def test_a_file_in_use_stays_until_next_time(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(stick / "versions/0.1.0", stick / "versions/0.0.9", symlinks=True)

    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        assert settle() == Settled("", ())
    assert settle() == Settled("", ("0.0.9",))


@pytest.mark.parametrize(("refusals", "succeeds"), [(3, True), (9, False)])
def test_a_virus_scanner_is_waited_for(
    refusals: int, succeeds: bool, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, plain, waited = program_update(tmp_path, "0.2.0"), Path.rename, list[float]()

    def rename(one: Path, target: Path) -> Path:
        if len(waited) < refusals and target.name == "0.2.0":
            raise PermissionError(errno.EACCES, "held")
        return plain(one, target)

    monkeypatch.setattr(Path, "rename", rename)
    monkeypatch.setattr("perfdesk.updates.rack.time", SimpleNamespace(sleep=waited.append))
    if succeeds:
        put_in(path)
        assert waited == [0.2, 0.5, 1]
    else:
        with pytest.raises(UserError, match="只能读，写不进去"):
            put_in(path)
        assert len(waited) == 5
    assert pointers(stick)[0] == ("0.2.0\n" if succeeds else "0.1.0\n")


def test_the_environment_of_a_frozen_program_is_not_handed_on(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("_PYI_ARCHIVE_FILE", "x"), ("LD_LIBRARY_PATH", "/bundle"), ("LD_LIBRARY_PATH_ORIG", "/own")):
        monkeypatch.setenv(name, text)
    assert environment()["LD_LIBRARY_PATH"] == "/own"
    assert "_PYI_ARCHIVE_FILE" not in environment()
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG")
    assert "LD_LIBRARY_PATH" not in environment()
    monkeypatch.setattr("sys.frozen", False)
    assert environment()["LD_LIBRARY_PATH"] == "/bundle"


# ------------------------------------------------------------------------------------------------------------ parameters
def test_a_parameter_pack_is_in_force_with_the_next_start(stick: Path, tmp_path: Path) -> None:
    shipped = standing(Kind.PARAMETERS).version
    put_in(pack_update(tmp_path, "2099.1"))
    folder = stick / "data/parameters"
    assert pointers(folder) == ("2099.1\n", "")
    assert find(places.resources(), folder).pack.version == "2099.1"
    assert standing(Kind.PARAMETERS) == Standing(Kind.PARAMETERS, "2099.1", shipped, "")
    put_in(pack_update(tmp_path, "2099.2"))
    assert pointers(folder) == ("2099.2\n", "2099.1\n")
    assert standing(Kind.PARAMETERS) == Standing(Kind.PARAMETERS, "2099.2", "2099.1", "")
    put_in(pack_update(tmp_path, "2100.1"))
    assert settle() == Settled("", ("2099.1",))
    with pytest.raises(UserError, match=r"是参数包 2099\.2，比现在用的 2100\.1 旧，没有更新。"):
        put_in(tmp_path / "参数包 2099.2.perfdesk-update")


def test_a_pack_that_calls_itself_otherwise_than_it_was_signed(stick: Path, tmp_path: Path) -> None:
    path = pack_update(tmp_path, "2099.1")
    made = tmp_path / "pack-2099.1"
    signed(made, path, manifest(made, "2099.2", Kind.PARAMETERS))
    with pytest.raises(UserError, match="已经损坏"):
        put_in(path)
    assert standing(Kind.PARAMETERS).version == find(places.resources(), stick).shipped.version


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("templates/county-2027.toml", "title = 1", "参数包的表样没有用上。county-2027.toml"),
        ("policies/county-2027.toml", "title = 1", "county-2027.toml：title"),
        ("cycle.toml", "[[", "cycle.toml"),
        ("indicators.toml", "[[", "indicators.toml"),
    ],
)
def test_a_pack_with_a_mistake_in_it_is_not_put_in_force(
    stick: Path, tmp_path: Path, name: str, text: str, why: str
) -> None:
    made = pack(tmp_path / "made", "2027.1")
    (made / name).write_text(text, encoding="utf-8")
    path = signed(made, tmp_path / "x.perfdesk-update", manifest(made, "2027.1", Kind.PARAMETERS))
    with pytest.raises(UserError, match="里有用不了的文件，没有更新，原来的还在用。") as raised:
        put_in(path)
    assert why in str(raised.value)
    assert standing(Kind.PARAMETERS).previous == ""


def test_parameters_go_into_the_data_of_a_package_of_the_administrator(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack_update(tmp_path, "2099.1")
    monkeypatch.setattr("sys.executable", str(tmp_path / "usr/lib/perfdesk/perfdesk"))
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "data")
    put_in(path)
    assert pointers(tmp_path / "data/parameters") == ("2099.1\n", "")


def test_a_home_of_a_stranger_is_made_like_ours(tmp_path: Path) -> None:
    assert is_whole(home(tmp_path / "h", "0.3.0"), "0.3.0")
    assert not is_whole(tmp_path / "h", "0.4.0")
