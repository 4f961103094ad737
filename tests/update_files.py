"""Update files and homes made on the spot, with a key of their own: for the tests of updates, their window and their faults."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk import places
from perfdesk.updates import Kind, signing
from perfdesk.updates.manifest import Manifest, this_machine
from perfdesk.updates.signing import PublicKey, make_key
from perfdesk.updates.writing import files_of, write_update

if TYPE_CHECKING:
    import pytest

PRIVATE, PUBLIC = make_key()
KEY: Final = PublicKey("绩效填报台（测试）", PUBLIC)
MADE: Final = date(2026, 11, 22)
STEPS: Final = ("r0001_first_release.py", "r0002_every_form.py", "r0003_versions.py", "r0004_change_log.py")
NEWER_STEP: Final = "r0005_updates.py"


def tree(folder: Path, version: str, *, steps: tuple[str, ...] = STEPS, starts: bool = True) -> Path:
    """Make a program: a script that says its version, a library with a link to it, the steps of the data file."""
    inside = folder / "_internal"
    migrations = inside / "perfdesk/store/migrations/versions"
    migrations.mkdir(parents=True)
    program = folder / "perfdesk"
    said = f"echo 'perfdesk {version} (11b1de4ccf26)'" if starts else "echo libc.so.6: version not found >&2; exit 127"
    program.write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
    program.chmod(0o755)
    (inside / "libqt.so.6.8.3").write_bytes(f"Qt of {version}".encode() * 500)
    (inside / "libqt.so.6").symlink_to("libqt.so.6.8.3")
    (inside / "说明 (1).txt").write_text(version, encoding="utf-8")
    for step in steps:
        (migrations / step).write_text("", encoding="utf-8")
    return folder


def pack(folder: Path, version: str) -> Path:
    """Make a parameter pack: the program's own one under another version."""
    shipped = places.resources()
    folder.mkdir(parents=True)
    for name in ("templates", "policies"):
        shutil.copytree(shipped / name, folder / name)
    year = version.partition(".")[0]
    told = f'version = "{version}"\nthrough = {year}\nnote = "{year} 年整理"\n'
    (folder / "parameters.toml").write_text(told, encoding="utf-8")
    return folder


def manifest(
    folder: Path, version: str, kind: Kind = Kind.PROGRAM, *, needs: str = "0.1.0", machine: str | None = None
) -> Manifest:
    """Return the manifest of a folder."""
    fits = this_machine() if kind is Kind.PROGRAM else ""
    changes = (f"{kind.words} {version}：表样换成新一年的。", "打印更快。")
    return Manifest(kind, version, needs, fits if machine is None else machine, MADE, changes, files_of(folder))


def signed(folder: Path, target: Path, about: Manifest, private: bytes = PRIVATE) -> Path:
    """Write the update of a folder, signed with the key of the tests."""
    write_update(folder, target, about, private)
    return target


def program_update(folder: Path, version: str, *, steps: tuple[str, ...] = STEPS, starts: bool = True) -> Path:
    """Return an update of the program."""
    made = tree(folder / f"tree-{version}", version, steps=steps, starts=starts)
    return signed(made, folder / f"perfdesk-{version}.perfdesk-update", manifest(made, version))


def pack_update(folder: Path, version: str) -> Path:
    """Return an update of the parameters."""
    made = pack(folder / f"pack-{version}", version)
    return signed(made, folder / f"参数包 {version}.perfdesk-update", manifest(made, version, Kind.PARAMETERS))


def home(folder: Path, version: str = "0.1.0") -> Path:
    """Make the home of a program with one version, on a stick."""
    tree(folder / "versions" / version, version)
    (folder / "current").write_text(f"{version}\n", encoding="utf-8")
    (folder / "perfdesk-portable").touch()
    return folder


def run_from(folder: Path, version: str, patch: pytest.MonkeyPatch, key: PublicKey = KEY) -> None:
    """Let this process be the program of a version in a home, knowing the key of the tests."""
    inside = folder / "versions" / version
    patch.setattr(sys, "frozen", True, raising=False)
    patch.setattr(sys, "executable", str(inside / "perfdesk"))
    resources = Path(__file__).parents[1]
    patch.setattr(sys, "_MEIPASS", str(resources), raising=False)
    patch.setattr("perfdesk.__version__", version)
    patch.setattr("perfdesk.updates.fitting.__version__", version)
    patch.setattr(signing, "shipped_keys", lambda: (key,))


def is_whole(folder: Path, version: str) -> bool:
    """Tell whether a version in a home is there with all its files, and starts."""
    inside = folder / "versions" / version
    wanted = {one.name: one.size for one in files_of(inside)} if inside.is_dir() else {}
    return {"perfdesk", "_internal/libqt.so.6", "_internal/说明 (1).txt"} <= wanted.keys() and os.access(
        inside / "perfdesk", os.X_OK
    )
