"""Makes signed update files, and the keys they are signed with (docs/release.md, "Keys and signing").

    updates.py key NAME PRIVATE            a new key: PRIVATE is written, its public half goes into resources/update-keys.toml
    updates.py program FROM OUT KEY WORDS  of a portable (.tar.xz), or of the folder of one version (Windows: its tree)
    updates.py parameters OUT KEY WORDS    of the templates, policies, handbook, dates and indicators in resources/

WORDS is a text file: a sentence a line, for the clerk, what the update changes. KEY never lies inside the repository.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from perfdesk import __version__, private
from perfdesk.parameters import read_pack
from perfdesk.updates import SUFFIX, Kind
from perfdesk.updates.manifest import Manifest, this_machine
from perfdesk.updates.signing import MAX_KEYS, make_key, public_half, read_keys
from perfdesk.updates.writing import files_of, write_update

ROOT: Final = Path(__file__).resolve().parent.parent
RESOURCES: Final = ROOT / "resources"
KEYS: Final = RESOURCES / "update-keys.toml"
PARAMETERS: Final = ("parameters.toml", "templates", "policies", "manual", "cycle.toml", "indicators.toml")
OLDEST: Final = {Kind.PROGRAM: "0.1.0", Kind.PARAMETERS: "0.1.0"}
"""The oldest program that can take in what is made here: raise it when templates need a grammar that an older one does not know."""


def new_key(name: str, target: Path, keys: Path = KEYS) -> None:
    """Make a key pair. Raises ``SystemExit`` where one is there already, or no room for another public key."""
    refuse_inside(target)
    if len(read_keys(keys)) >= MAX_KEYS:
        raise SystemExit(
            f"{keys.name} holds {MAX_KEYS} keys: take the older one out first, when no program in use needs it."
        )
    secret, public = make_key()
    with open(target, "xb", opener=private.opener) as file:
        file.write(base64.b64encode(secret) + b"\n")
    text = keys.read_text(encoding="utf-8").rstrip("\n")
    told = (
        f'\n\n[[key]]\nname = {json.dumps(name, ensure_ascii=False)}\npublic = "{base64.b64encode(public).decode()}"\n'
    )
    keys.write_text(text + told, encoding="utf-8", newline="\n")
    print(f"{target}: the private key. Keep it, and a copy elsewhere, where nobody else reads it.")
    print(f"{keys}: the public key; commit it. Programs built from now on take what the private key signs.")


def refuse_inside(path: Path) -> None:
    """A private key in the repository is one `git add` away from everybody."""
    if path.resolve().is_relative_to(ROOT):
        raise SystemExit(f"{path} lies inside the repository: keep private keys elsewhere.")


def private_key(path: Path, keys: Path = KEYS) -> bytes:
    """Return the private key. Raises ``SystemExit`` for one that no program would know."""
    refuse_inside(path)
    secret = base64.b64decode(path.read_text(encoding="ascii"), validate=False)
    if public_half(secret) not in {one.data for one in read_keys(keys)}:
        raise SystemExit(f"{path}: its public half is not in {keys.name}; no program would take what it signs.")
    return secret


def sentences(path: Path) -> tuple[str, ...]:
    """Return what the clerk is told, a sentence a line."""
    lines = (one.strip() for one in path.read_text(encoding="utf-8").splitlines())
    found = tuple(one for one in lines if one and not one.startswith("#"))
    if not found:
        raise SystemExit(f"{path}: says nothing; write down for the clerk what changes.")
    return found


@contextmanager
def tree_of(source: Path) -> Iterator[Path]:
    """Give the folder of one version: the one that is named, or that in a portable."""
    if source.is_dir():
        yield source
        return
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(source) as file:
            file.extractall(folder, filter="data")
        yield Path(folder) / "perfdesk" / "versions" / __version__


def machine_of(tree: Path) -> str:
    """Return what machine a program was built for: this one's, or Windows."""
    return "windows-amd64" if (tree / "pythonw.exe").is_file() else this_machine()


def manifest(kind: Kind, tree: Path, version: str, words: Path) -> Manifest:
    """Return what is signed. The date is that of SOURCE_DATE_EPOCH where it is set, else today."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    made = (datetime.fromtimestamp(int(told), UTC) if told else datetime.now().astimezone()).date()
    machine = machine_of(tree) if kind is Kind.PROGRAM else ""
    return Manifest(kind, version, OLDEST[kind], machine, made, sentences(words), files_of(tree))


def write(about: Manifest, tree: Path, target: Path, secret: bytes) -> None:
    """Write an update and say what it came to."""
    target.parent.mkdir(parents=True, exist_ok=True)
    write_update(tree, target, about, secret)
    target.chmod(0o644)
    size = target.stat().st_size / 2**20
    print(f"{target}: {about.kind.value} {about.version}, {len(about.files)} files, {size:.1f} MB packed")


def program(source: Path, out: Path, key: Path, words: Path) -> None:
    """Make the update of the program."""
    secret = private_key(key)
    with tree_of(source) as tree:
        if not any((tree / one).is_file() for one in ("perfdesk", "pythonw.exe")):
            raise SystemExit(f"{source}: neither a portable nor the folder of one version.")
        about = manifest(Kind.PROGRAM, tree, __version__, words)
        write(about, tree, out / f"perfdesk-{__version__}-{about.machine}{SUFFIX}", secret)


def parameters(out: Path, key: Path, words: Path) -> None:
    """Make the update of the parameters, of what stands in resources/."""
    secret = private_key(key)
    version = read_pack(RESOURCES).version
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name)
        for one in PARAMETERS:
            copy = shutil.copytree if (RESOURCES / one).is_dir() else shutil.copyfile
            copy(RESOURCES / one, tree / one)
        about = manifest(Kind.PARAMETERS, tree, version, words)
        write(about, tree, out / f"参数包-{version}{SUFFIX}", secret)


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="what", required=True)
    one = kinds.add_parser("key")
    one.add_argument("name")
    one.add_argument("private", type=Path)
    for what in Kind:
        one = kinds.add_parser(what.value)
        if what is Kind.PROGRAM:
            one.add_argument("source", type=Path)
        for name in ("out", "key", "words"):
            one.add_argument(name, type=Path)
    given = parser.parse_args()
    if given.what == "key":
        new_key(given.name, given.private)
    elif given.what == Kind.PROGRAM:
        program(given.source, given.out, given.key, given.words)
    else:
        parameters(given.out, given.key, given.words)


if __name__ == "__main__":
    main()
