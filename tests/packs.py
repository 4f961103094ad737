"""Parameter packs (参数包) as an installation leaves them: a folder named after its version, and the file ``current``."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from perfdesk import places
from perfdesk.parameters import FILE, LIST

RESOURCES = Path(__file__).parents[1] / "resources"


def description(version: str, *, through: int = 2027, note: str = "2027 年整理") -> str:
    return f'version = "{version}"\nthrough = {through}\nnote = "{note}"\n'


def make_pack(packs: Path, version: str, *parts: str, through: int = 2027, current: bool = True) -> Path:
    """Lay down a pack with these ``parts`` of the program's resources (templates, cycle.toml …)."""
    folder = packs / version
    folder.mkdir(parents=True)
    (folder / FILE).write_text(description(version, through=through), encoding="utf-8")
    for part in parts:
        source = RESOURCES / part
        if source.is_dir():
            shutil.copytree(source, folder / part)
        else:
            shutil.copy(source, folder / part)
    seal(folder)
    if current:
        name(packs, version)
    return folder


def seal(folder: Path) -> None:
    """Write the list of the files that are there now, as an installation leaves it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LIST]
    said = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
    listed = [{"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in said]
    (folder / LIST).write_text(json.dumps({"files": listed}), encoding="utf-8")


def name(packs: Path, version: str, *, file: str = places.CURRENT) -> None:
    """Say which version is in force, or was before."""
    (packs / file).write_text(f"{version}\n", encoding="utf-8")
