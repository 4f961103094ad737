"""Reading of policy files: each says what it lays down with its source, and which other policy gives the rest (``extends``).

A file is read alone (:func:`read_file`), then put over those it extends (:func:`resolve`). Every mistake is a :class:`UserError`
with file, place and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from perfdesk.errors import UserError
from perfdesk.policy.parameters import KNOWN, SECTIONS, Known
from perfdesk.policy.types import Given, Parameter, Policy, PolicyFile
from perfdesk.toml_file import Table, did_you_mean, read_toml

DATE: Final = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def _given(section: Table, known: Known, raw: Any, *, own: bool) -> Given:  # noqa: ANN401 - a file holds anything
    """Read what stands under one key: ``{ value = 90, source = "…" }``."""
    if not isinstance(raw, dict) or "value" not in raw:
        raise section.fail('每一项都要写明出处：{ value = …, source = "…" }。', at=known.name)
    table = Table(raw, file=section.file, place=known.key)
    value, source = table.raw("value"), table.text("source").strip()
    date = table.text("date") if own else table.text("date", "")
    if not source:
        raise table.fail("应写依据的文号；没有见到原文的写「待核」，自己定的写「自定」。", at="source")
    if date and DATE.fullmatch(date) is None:
        raise table.fail(f'"{date}" 应为依据的日期，写成 2024、2024-03 或 2024-03-15。', at="date")
    table.finish()
    try:
        return Given(value, known.kind.read(value), source, date)
    except UserError as error:
        raise table.fail(str(error)) from error


def read_file(path: Path, *, own: bool = False, over: bool = False) -> PolicyFile:
    """Read one file alone, without those it extends.

    ``own``: it is the office's, so that every parameter wants the date of its rule. ``over``: it stands over the program's file of
    the same name, so that title and source may be left out and ``extends`` has no meaning. Raises :class:`UserError`:
    ``某县-2024.toml：quantitative.reverse："C" 应为 A 或 B。``
    """
    root = read_toml(path)
    title, source = (root.text(key, "") if over else root.text(key) for key in ("title", "source"))
    extends = root.text("extends", "")
    if over and extends:
        raise root.fail("这里不用写：它本来就盖在程序自带的同名计分办法上。", at="extends")
    found: dict[str, Given] = {}
    for section in (root.table(name, required=False) for name in SECTIONS):
        for known in (one for one in KNOWN if one.section == section.place):
            raw = section.raw(known.name)
            if raw is not None:
                found[known.key] = _given(section, known, raw, own=own)
        section.finish()
    root.finish()
    return PolicyFile(path, title, source, extends, MappingProxyType(found), own)


def chain(start: PolicyFile, files: Mapping[str, PolicyFile]) -> tuple[PolicyFile, ...]:
    """Return a file and those it extends, one after the other. Raises :class:`UserError` for a stranger and for a circle."""
    found = [start]
    while found[-1].extends:
        name = found[-1].extends
        if name not in files:
            known = did_you_mean(name, files.keys())
            raise UserError(f'{found[-1].path.name}：extends：没有计分办法 "{name}"{known}')
        if name in {one.id for one in found}:
            circle = " → ".join((*(one.id for one in found), name))
            raise UserError(f"{start.path.name}：extends：{circle} 绕成了圈，请改其中一份。")
        found.append(files[name])
    return tuple(found)


def resolve(layers: Sequence[PolicyFile]) -> Policy:
    """Put files over each other, the first one on top, and make the policy. Raises :class:`UserError` for what no file gives."""
    top = layers[0]
    values: dict[str, Any] = {}
    parameters = []
    for known in KNOWN:
        layer = next((one for one in layers if known.key in one.given), None)
        if layer is None:
            raise UserError(
                f'{top.path.name}：缺少 "{known.key}"（{known.label}），请补上，或用 extends 写明其余的照哪一份。'
            )
        given = layer.given[known.key]
        values[known.field] = given.value
        words = known.kind.words(given.value)
        parameters.append(Parameter(known.key, known.label, words, given.source, given.date, layer.id, layer.own))
    return Policy(
        id=top.id,
        title=next(one.title for one in layers if one.title),
        source=next(one.source for one in layers if one.source),
        extends=next((one.extends for one in layers if one.extends), ""),
        parameters=tuple(parameters),
        layers=tuple(layers),
        **values,
    )


def read_files(*folders: Path) -> Mapping[str, PolicyFile]:
    """Read every file of the program's folders alone, by id (the file's stem); of two with one id that of the earlier folder."""
    found = {path.stem: path for folder in reversed(folders) for path in sorted(folder.glob("*.toml"))}
    return MappingProxyType({name: read_file(path) for name, path in found.items()})


def load_policies(*folders: Path) -> Mapping[str, Policy]:
    """Read every policy of the program's folders, by id; an earlier folder comes first. Raises :class:`UserError`."""
    files = read_files(*folders)
    return MappingProxyType({name: resolve(chain(one, files)) for name, one in files.items()})


def find_policy(policies: Mapping[str, Policy], name: str) -> Policy:
    """Return the policy of that id. Raises :class:`UserError` with the nearest name."""
    if name not in policies:
        raise UserError(f'没有计分办法 "{name}"{did_you_mean(name, policies.keys())}')
    return policies[name]
