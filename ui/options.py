"""启动参数 (options): what the window can be started with, read without Qt so that the command line never waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfdesk import places

SAMPLE_FOLDER = "samples"


@dataclass(frozen=True, slots=True)
class Options:
    """``store``: the data file; ``samples``: the one with examples; ``demo``: do the main job into this folder, no window."""

    store: Path | None = None
    samples: bool = False
    demo: Path | None = None
    read_only: bool = False

    @property
    def store_path(self) -> Path:
        """The data file to open."""
        if self.store is not None:
            return self.store.absolute()
        own = places.default_store()
        return places.data_folder() / SAMPLE_FOLDER / own.name if self.samples else own


def read_options(argv: Sequence[str]) -> Options | None:
    """Read the arguments of the window; ``None`` when they are those of the command line (any word it knows, ``--help``)."""
    options, rest = Options(), list(argv)
    while rest:
        word = rest.pop(0)
        name, _, value = word.partition("=")
        if word == "--samples":
            options = replace(options, samples=True)
        elif word == "--read-only":
            options = replace(options, read_only=True)
        elif name in {"--store", "--demo"} and (value or rest):
            path = Path(value or rest.pop(0))
            options = replace(options, store=path) if name == "--store" else replace(options, demo=path)
        else:
            return None
    return options
