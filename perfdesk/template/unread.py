"""Templates by id, without more reading than is asked for: a command about one form does not pay for all the others.

Whoever asks for a name alone (``in``, the keys) reads no file. Nothing is looked for on the disk here: the files are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from perfdesk.template.types import Template


class Unread(Mapping[str, Template]):
    """Template files by id, each read when it is first asked for and kept. ``read`` raises :class:`UserError` for a mistake."""

    def __init__(self, paths: Mapping[str, Path], read: Callable[[Path], Template]) -> None:
        self._paths, self._read = dict(paths), read
        self._known: dict[str, Template] = {}

    def __getitem__(self, name: str) -> Template:
        if name not in self._known:
            self._known[name] = self._read(self._paths[name])
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class Together(Mapping[str, Template]):
    """Templates of two places that share no id, those of the first place first."""

    def __init__(self, first: Mapping[str, Template], second: Mapping[str, Template]) -> None:
        self._first, self._second = first, second

    def __getitem__(self, name: str) -> Template:
        return self._first[name] if name in self._first else self._second[name]

    def __contains__(self, name: object) -> bool:
        return name in self._first or name in self._second

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from self._second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)
