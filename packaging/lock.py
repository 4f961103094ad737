"""Writes requirements-dev.txt, -run.txt and -package.txt: every version pinned, every file's hash, no registry named.

One lock serves every supported machine, although the resolver only sees the one it runs on: what other machines need besides
or instead (``ELSEWHERE``) is resolved by itself and carries its marker. Must not be imported by the program.

Run it with ``make lock``; ``make lock UPGRADE=1`` takes newer versions instead of keeping the pinned ones.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV, RUN, PACKAGE = (ROOT / f"requirements-{kind}.txt" for kind in ("dev", "run", "package"))
HEADER = (
    "# Made by `make lock` from pyproject.toml; do not edit. Install with: pip install --require-hashes -r {name}\n"
)
QUIET = ("--quiet", "--no-header", "--no-annotate", "--strip-extras", "--allow-unsafe", "--no-emit-options")
SILENT = ("--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links")
ARM, NOT_ARM, WINDOWS = "platform_machine == 'aarch64'", "platform_machine != 'aarch64'", "sys_platform == 'win32'"
ELSEWHERE = (  # requirement, marker, needed to run the program (not only to test it)
    ("PySide6-Essentials==6.8.0.2", ARM, True),
    ("colorama", WINDOWS, False),
)
HERE = {"pyside6-essentials": NOT_ARM, "shiboken6": NOT_ARM}
LEAK = re.compile(r"https?:|file:|--(extra-)?index-url|--find-links|://", re.IGNORECASE)


def compile_pins(source: Path, target: Path, *options: str) -> dict[str, str]:
    """Resolve `source` into `target`; return the pinned block of lines of each package by name."""
    command = [sys.executable, "-m", "piptools", "compile", *QUIET, *SILENT, *options, "-o", str(target), str(source)]
    subprocess.run(command, check=True, cwd=source.parent)
    return blocks(target.read_text(encoding="utf-8"))


def blocks(text: str) -> dict[str, str]:
    r"""Split a lock into name -> the lines of that package (pin and hashes), without marker and comments.

    >>> blocks("a==1 ; os_name == 'nt' \\\n    --hash=x\n# note\nb==2\n")
    {'a': 'a==1 \\\n    --hash=x', 'b': 'b==2'}
    """
    lines = [re.sub(r" ; [^\\]*?(?=( \\)?$)", "", line) for line in text.splitlines() if not line.startswith("#")]
    found = re.split(r"\n(?=\S)", "\n".join(lines).strip())
    return {re.split(r"[=\s]", block, maxsplit=1)[0].lower(): block.strip() for block in found if block.strip()}


def marked(block: str, marker: str) -> str:
    """Put an environment marker behind the pin of a block."""
    return re.sub(r"^(\S+)", rf"\1 ; {marker}", block, count=1)


def write(path: Path, parts: list[str]) -> None:
    """Write one lock, sorted by name; refuse one that names a registry.

    Raises:
        SystemExit: the text holds an address.
    """
    text = HEADER.format(name=path.name) + "\n".join(sorted(parts, key=str.lower)) + "\n"
    if leak := LEAK.search(text):
        message = f"{path.name} would name a registry: {leak.group()}"
        raise SystemExit(message)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(parts)} packages, {text.count('--hash=')} hashes")


def package_tools(work: Path) -> list[str]:
    """Resolve what freezes the program, for itself: it is installed where nothing else is."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = settings["project"]["optional-dependencies"]["package"]
    (work / "package.in").write_text("\n".join(wanted) + "\n", encoding="utf-8")
    return list(compile_pins(work / "package.in", work / "package.txt", "--generate-hashes").values())


def main() -> None:
    """Resolve, join and write the locks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest allowed versions")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("pyproject.toml", "LICENSE", "README.md"):
            shutil.copy(ROOT / name, work)
        (work / "perfdesk").mkdir()
        everything = work / "dev.txt"
        if DEV.exists():
            everything.write_text("\n".join(blocks(DEV.read_text(encoding="utf-8")).values()) + "\n", encoding="utf-8")
        pins = compile_pins(work / "pyproject.toml", everything, "--extra=dev", "--generate-hashes", *upgrade)
        bare = "\n".join(block.split(" ")[0] for block in pins.values())
        (work / "known.txt").write_text(bare + "\n", encoding="utf-8")
        needed = compile_pins(work / "pyproject.toml", work / "run.txt", "--constraint=known.txt")
        dev = [marked(block, HERE[name]) if name in HERE else block for name, block in pins.items()]
        run = [marked(pins[name], HERE[name]) if name in HERE else pins[name] for name in needed]
        for requirement, marker, to_run in ELSEWHERE:
            (work / "other.in").write_text(requirement + "\n", encoding="utf-8")
            (work / "other.txt").unlink(missing_ok=True)
            found = compile_pins(work / "other.in", work / "other.txt", "--generate-hashes")
            more = [marked(block, marker) for block in found.values()]
            dev += more
            run += more if to_run else []
        package = package_tools(work)
    write(DEV, dev)
    write(RUN, run)
    write(PACKAGE, package)


if __name__ == "__main__":
    main()
