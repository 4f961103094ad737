"""许可 (licences): what the program brings along, by whom and under which licence; read from ``resources/licences``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Part(NamedTuple):
    """One part: its name, what the program needs it for (Chinese), its version, its licence (SPDX), and where its texts lie."""

    name: str
    use: str
    version: str
    licence: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """Return the whole of its licence texts, one below the other."""
        return "\n\n".join(path.read_text(encoding="utf-8").strip() for path in self.texts)


def read_parts(folder: Path) -> tuple[Part, ...]:
    """Return every part that ``index.json`` in a folder lists, in its order."""
    listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return tuple(
        Part(one["name"], one["use"], one["version"], one["licence"], tuple(folder / name for name in one["texts"]))
        for one in listed
    )
