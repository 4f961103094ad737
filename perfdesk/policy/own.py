"""The office's own policies: read beside those of the program, over which a file of the same name puts its values.

Also which policy the office uses for a template instead of the one it names.
A file with a mistake is refused with its place; the program's own policy then stands as it was, and everything else is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from perfdesk.errors import UserError
from perfdesk.policy.reading import chain, read_file, resolve
from perfdesk.policy.types import Policy, PolicyFile
from perfdesk.toml_file import Refused, read_toml, toml_text


def with_own_policies(shipped: Mapping[str, Policy], folder: Path) -> tuple[Mapping[str, Policy], tuple[Refused, ...]]:
    """Put the policies of the office's folder, which need not exist, beside those of the program. Never raises.

    A file named like one of the program's holds the office's own values over it; every parameter in it says its source and the date
    of its rule. A file with a name of its own extends one of the program's or of the office's. The program's own extend one another
    as they were released, whatever the office put over them.
    """
    files, refused = _read(shipped, folder)
    known = {name: policy.layers[0] for name, policy in shipped.items()} | files
    made = dict(shipped)
    for name, file in files.items():
        try:
            layers = (file, *shipped[name].layers) if name in shipped else _layers(chain(file, known), shipped)
            made[name] = resolve(layers)
        except UserError as error:
            refused.append(Refused(file.path, str(error)))
    return MappingProxyType(made), tuple(refused)


def _read(shipped: Mapping[str, Policy], folder: Path) -> tuple[dict[str, PolicyFile], list[Refused]]:
    """Read the files alone; those with a mistake are refused."""
    found: dict[str, PolicyFile] = {}
    refused: list[Refused] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = read_file(path, own=True, over=path.stem in shipped)
        except UserError as error:
            refused.append(Refused(path, str(error)))
    return found, refused


def _layers(files: tuple[PolicyFile, ...], shipped: Mapping[str, Policy]) -> tuple[PolicyFile, ...]:
    """Complete a chain of the office's files: where it comes to one of the program's, all of that one's layers follow."""
    for index, one in enumerate(files):
        if one.id in shipped:
            return (*files[:index], *((one,) if one.own else ()), *shipped[one.id].layers)
    return files


def read_choices(path: Path) -> Mapping[str, str]:
    """Return the policy that the office uses for a template, by the template's id; none where the file is not there.

    Raises :class:`UserError` with file and place.
    """
    if not path.exists():
        return MappingProxyType({})
    root = read_toml(path)
    table = root.table("templates", required=False)
    found = {name: table.text(name) for name in table.names()}
    root.finish()
    return MappingProxyType(found)


def choices_text(choices: Mapping[str, str]) -> str:
    """Write the choices as the file they are read from."""
    return toml_text({"templates": dict(choices)})
