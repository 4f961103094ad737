"""参数 (parameters): what changes from year to year, as the program brought it along or as a 参数包 of this machine has it.

Templates, policies, the handbook, the dates of a year, the starter indicators. A pack stands in a folder of its own under
``places.parameters()`` (installed by ``perfdesk.updates``) and is a whole set: it is in force while ``current`` names it and it is
newer than the program's own set. Here it is decided which folder a file is read from; what the files mean is not known here, and
nothing is written. A pack that is damaged or half there is passed over with a sentence: it never keeps the program from starting.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk import places
from perfdesk.errors import UserError, reason
from perfdesk.toml_file import Refused, read_toml

FILE: Final = "parameters.toml"
"""The file that says which set a folder holds."""
TEMPLATES: Final = "templates"
POLICIES: Final = "policies"
CYCLE: Final = "cycle.toml"
INDICATORS: Final = "indicators.toml"
MANUAL: Final = "manual/manual.md"
LIST: Final = "manifest.json"
"""The list that was signed, with the size and SHA-256 of every file; an installation leaves it in the folder of a pack."""
_READ_WHOLE: Final = ".toml"
"""Files of this ending are held against their SHA-256 at every start (0.3 MB, 1 ms), pictures and pages against their size."""
_VERSION: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
_FIRST_YEAR, _LAST_YEAR = 2000, 2999


class Pack(NamedTuple):
    """One set: where it lies, which version it is (``2027.1``), the last year it was put together for, and on what it rests."""

    folder: Path
    version: str
    through: int
    note: str

    @property
    def order(self) -> tuple[int, ...]:
        """What versions are compared by: 2027.2 comes before 2027.10."""
        return _numbers(self.version)


class InForce(NamedTuple):
    """What this machine works with.

    ``pack`` is in force, ``shipped`` is the program's own set (the same one where no newer pack is installed). ``kept`` are the
    other sets that are whole, the newest first: forms may have been made with a template that only they have. ``refused`` says
    which pack was to be in force and could not be.
    """

    pack: Pack
    shipped: Pack
    kept: tuple[Pack, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def layers(self) -> tuple[Pack, ...]:
        """The sets, the one whose files count first."""
        return tuple(dict.fromkeys((self.pack, self.shipped, *self.kept)))

    @property
    def is_shipped(self) -> bool:
        """Whether the program's own set is in force."""
        return self.pack == self.shipped

    @property
    def words(self) -> str:
        """Which set is in force, as 关于 says it: 「2026.1（随程序，2026 年整理）」."""
        return f"{self.pack.version}（{'随程序' if self.is_shipped else '参数包'}，{self.pack.note}）"

    def file(self, name: str) -> Path:
        """Return where a single file is read from: of the pack in force where it has one, else of the program."""
        own = self.pack.folder / name
        return own if own.is_file() else self.shipped.folder / name


def read_pack(folder: Path) -> Pack:
    """Read which set a folder holds. Raises :class:`UserError` with file and place."""
    root = read_toml(folder / FILE)
    version, note, through = root.text("version"), root.text("note"), root.number("through")
    root.finish()
    if _VERSION.fullmatch(version) is None:
        raise root.fail(f'"{version}" 应为用点隔开的数，如 2027.1。', at="version")
    if through != int(through) or not _FIRST_YEAR <= through <= _LAST_YEAR:
        raise root.fail(f'"{through}" 应为年度，如 2027。', at="through")
    return Pack(folder, version, int(through), note)


def find(shipped: Path, packs: Path) -> InForce:
    """Say which set is in force: of the program's own in ``shipped`` and those in the folder ``packs``, which need not exist.

    Raises :class:`UserError` only for the program's own.
    """
    own = read_pack(shipped)
    whole, wrong = _read(packs)
    wanted, before = (_word(packs / name) for name in (places.CURRENT, places.PREVIOUS))
    pack = (whole.get(wanted) or whole.get(before) or own) if wanted else own
    if pack.order <= own.order:
        pack = own
    kept = sorted((one for one in whole.values() if one is not pack), key=_order, reverse=True)
    is_lost = wanted and wanted not in whole and _numbers(wanted) > own.order
    return InForce(pack, own, tuple(kept), (_refused(packs / wanted, wrong, pack),) if is_lost else ())


def _read(packs: Path) -> tuple[dict[str, Pack], dict[str, str]]:
    """Return the packs that are whole, by the names of their folders, and what is wrong with the others."""
    whole: dict[str, Pack] = {}
    wrong: dict[str, str] = {}
    for folder in sorted(packs.glob("*/")):
        if _VERSION.fullmatch(folder.name) is None:
            continue  # what an installation left behind when it was broken off
        try:
            whole[folder.name] = _checked(read_pack(folder))
        except UserError as error:
            wrong[folder.name] = str(error)
    return whole, wrong


def _checked(pack: Pack) -> Pack:
    if pack.version != pack.folder.name:
        raise UserError(f"{FILE}：文件夹是 {pack.folder.name}，里面写的是 {pack.version}。")
    for name, size, digest in _listed(pack.folder / LIST):
        if not _is_as_listed(pack.folder / name, size, digest):
            raise UserError(f"“{name}”缺了，或者和装的时候不一样。")
    return pack


def _listed(path: Path) -> Iterator[tuple[str, int, str]]:
    """Yield name, size and SHA-256 of each file of a pack. Raises :class:`UserError` for a list that cannot be read."""
    try:
        for one in json.loads(path.read_bytes())["files"]:
            yield str(one["name"]), int(one["size"]), str(one["sha256"])
    except OSError as error:
        raise UserError(f"“{path.name}”打不开（{reason(error)}）。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"“{path.name}”已经损坏。") from error


def _is_as_listed(path: Path, size: int, digest: str) -> bool:
    try:
        if path.suffix == _READ_WHOLE:
            return hashlib.sha256(path.read_bytes()).hexdigest() == digest
        return path.stat().st_size == size
    except OSError:
        return False


def _word(path: Path) -> str:
    """Return the name of the version that a file holds in its one line; ``""`` where it is not there or holds none."""
    try:
        word = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return word if _VERSION.fullmatch(word) else ""


def _order(pack: Pack) -> tuple[int, ...]:
    return pack.order


def _numbers(version: str) -> tuple[int, ...]:
    numbers = tuple(map(int, version.split(".")))
    return numbers + (0,) * (4 - len(numbers))


def _refused(folder: Path, wrong: dict[str, str], instead: Pack) -> Refused:
    why = wrong.get(folder.name, "它的文件不在了。")
    sentence = (
        f"参数包 {folder.name} 没有用上，现在照 {instead.version} 的填。{why}可以从“帮助”菜单的“安装更新”再装一次。"
    )
    return Refused(folder, sentence)


def in_force() -> InForce:
    """Say which set this machine works with; decided once for each start of the program."""
    return _decided(places.resources(), places.parameters())


@lru_cache(maxsize=8)
def _decided(shipped: Path, packs: Path) -> InForce:
    return find(shipped, packs)
