"""The archives of the packages: what is in them, whose it is, and that dpkg reads them."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.workshop import script

if TYPE_CHECKING:
    from types import ModuleType

WHEN = 1_767_225_600  # 2026-01-01
CONTROL = "Package: sample\nVersion: 1.2\nArchitecture: amd64\nMaintainer: a <a@localhost>\nDescription: a sample\n"


@pytest.fixture(scope="module")
def archives() -> ModuleType:
    return script("archives")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    for name, text in (
        ("DEBIAN/control", CONTROL),
        ("usr/lib/sample/run", "#!/bin/sh\n"),
        ("usr/lib/sample/表.txt", "一"),
    ):
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tree / "usr/lib/sample/run").chmod(0o755)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/sample").symlink_to("../lib/sample/run")
    return tree


@pytest.mark.parametrize("machine", ["amd64", "arm64"])
def test_dpkg_reads_the_package(archives: ModuleType, tree: Path, tmp_path: Path, machine: str) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("no dpkg-deb")
    package = tmp_path / "sample.deb"
    archives.deb(tree, package, machine=machine, when=WHEN)
    said = subprocess.run(("dpkg-deb", "--field", package, "Version"), check=True, capture_output=True, text=True)
    assert said.stdout == "1.2\n"
    subprocess.run(("dpkg-deb", "--extract", package, tmp_path / "out"), check=True)
    assert (tmp_path / "out/usr/lib/sample/表.txt").read_text(encoding="utf-8") == "一"
    assert (tmp_path / "out/usr/lib/sample/run").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "out/usr/bin/sample").readlink() == Path("../lib/sample/run")
    assert not (tmp_path / "out/DEBIAN").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "sample.deb", "tree"]


def test_the_same_tree_gives_the_same_bytes(archives: ModuleType, tree: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.deb", tmp_path / "b.deb"
    archives.deb(tree, first, machine="amd64", when=WHEN)
    (tree / "usr/lib/sample/run").touch()
    archives.deb(tree, second, machine="amd64", when=WHEN)
    assert first.read_bytes() == second.read_bytes()


def test_everything_in_a_stick_s_archive_is_root_s_and_of_one_time(
    archives: ModuleType, tree: Path, tmp_path: Path
) -> None:
    target = tmp_path / "sample.tar.xz"
    archives.tar([(tree / "usr", "perfdesk/versions/1.2")], target, machine="amd64", when=WHEN)
    with tarfile.open(target) as file:
        members = file.getmembers()
    assert {(one.uid, one.gid, one.uname, one.mtime) for one in members} == {(0, 0, "root", WHEN)}
    assert "perfdesk/versions/1.2/lib/sample/表.txt" in {one.name for one in members}
