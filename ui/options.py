"""启动参数 (options): what the window can be started with, read without Qt so that the command line never waits for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from perfdesk import places
from perfdesk.release import TRIAL

SAMPLE_FOLDER = "samples"
_ADDRESS: Final = "file:"


@dataclass(frozen=True, slots=True)
class Options:
    """``store``: the data file; ``samples``: the one with examples; ``demo``: do the main job into this folder, no window.

    ``trial``: make the window, show and open nothing, say the version.

    ``files``: what is to be taken in, absolute, for the program may be started in one folder and the window stand in another.
    """

    store: Path | None = None
    samples: bool = False
    demo: Path | None = None
    trial: bool = False
    read_only: bool = False
    files: tuple[Path, ...] = ()

    @property
    def store_path(self) -> Path:
        """The data file to open."""
        if self.store is not None:
            return self.store.absolute()
        own = places.default_store()
        return places.data_folder() / SAMPLE_FOLDER / own.name if self.samples else own


def read_options(argv: Sequence[str]) -> Options | None:
    """Read the arguments of the window; ``None`` when they are those of the command line (any word it knows, ``--help``).

    A word is a file when it can be no command: it has an ending or a folder in it, or is a ``file://`` address. After ``--``
    everything is one.
    """
    options, files, rest = Options(), list[Path](), list(argv)
    while rest:
        word = rest.pop(0)
        name, _, value = word.partition("=")
        if word == "--samples":
            options = replace(options, samples=True)
        elif word == TRIAL:
            options = replace(options, trial=True)
        elif word == "--read-only":
            options = replace(options, read_only=True)
        elif name in {"--store", "--demo"} and (value or rest):
            path = Path(value or rest.pop(0))
            options = replace(options, store=path) if name == "--store" else replace(options, demo=path)
        elif word == "--":
            files += map(_file, rest)
            rest = []
        elif _is_file(word):
            files.append(_file(word))
        else:
            return None
    return replace(options, files=tuple(files))


def _is_file(word: str) -> bool:
    if word.startswith("-"):  # a mistyped option is told as one
        return Path(word).is_file()
    return word.startswith(_ADDRESS) or bool(Path(word).suffix) or any(one in word for one in (os.sep, "/"))


def _file(word: str) -> Path:
    """Return the file a word names: a path, or an address as desktops give it (``file:///home/%E5%BC%A0/a%20b.docx``)."""
    if not word.startswith(_ADDRESS):
        return Path(word).absolute()
    from urllib.parse import unquote_to_bytes  # on demand: hardly any start needs it

    host, slash, path = word.removeprefix(_ADDRESS).removeprefix("//").partition("/")
    plain = os.fsdecode(unquote_to_bytes(slash + path))
    if sys.platform == "win32":
        plain = f"//{host}{plain}" if host not in {"", "localhost"} else plain.removeprefix("/")
    return Path(plain).absolute()
