"""备货 (stock): the program's templates and policies, those of a 参数包 over the ones that came with the program.

Where no pack is installed a template is read when it is first asked for. With packs all are read at once: one that cannot be used
is said, and the program's own of that name stands in for it, so that no pack keeps the program from starting.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.errors import UserError
from perfdesk.parameters import POLICIES, TEMPLATES, InForce, Pack
from perfdesk.policy import Policy, load_policies
from perfdesk.template.reading import load_templates, read_template
from perfdesk.template.types import Template
from perfdesk.toml_file import Refused


class Stock(NamedTuple):
    """Templates and policies by id; ``refused`` are packs and files of packs that cannot be used."""

    templates: Mapping[str, Template]
    policies: Mapping[str, Policy]
    refused: tuple[Refused, ...] = ()


def read_stock(found: InForce) -> Stock:
    """Read what is in force, and the templates that only an earlier pack has. Raises :class:`UserError` for the program's own."""
    layers, policies, refused = _policies(found)
    if len(layers) == 1:
        return Stock(
            load_templates((found.shipped.folder / TEMPLATES,), policies), policies, (*found.refused, *refused)
        )
    templates = _templates(layers, policies, refused)
    return Stock(MappingProxyType(templates), policies, (*found.refused, *refused))


def _policies(found: InForce) -> tuple[tuple[Pack, ...], Mapping[str, Policy], list[Refused]]:
    """Put the packs one by one over and under the program's set; one whose policies do not fit in is left out whole."""
    layers: tuple[Pack, ...] = (found.shipped,)
    policies = load_policies(found.shipped.folder / POLICIES)
    refused = []
    for pack in (one for one in found.layers if one is not found.shipped):
        tried = tuple(one for one in found.layers if one in layers or one is pack)
        try:
            policies = load_policies(*(one.folder / POLICIES for one in tried))
        except UserError as error:
            refused.append(Refused(pack.folder, f"参数包 {pack.version} 没有用上。{error}"))
        else:
            layers = tried
    return layers, policies, refused


def _templates(
    layers: tuple[Pack, ...], policies: Mapping[str, Policy], refused: list[Refused]
) -> Mapping[str, Template]:
    """Read each template of the first set that has it and in which it can be used."""
    found: dict[str, Template] = {}
    for path in _files(layers):
        if path.stem in found:
            continue
        try:
            found[path.stem] = read_template(path, policies)
        except UserError as error:
            refused.append(Refused(path, f"参数包的表样没有用上。{error}"))
    return dict(sorted(found.items()))


def _files(layers: tuple[Pack, ...]) -> tuple[Path, ...]:
    return tuple(path for pack in layers for path in sorted((pack.folder / TEMPLATES).glob("*.toml")))
