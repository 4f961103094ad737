"""写出数据包: which forms and which of the office's own files go along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from perfdesk import ownfiles, places
from perfdesk.errors import UserError
from perfdesk.exchange.files import safe_name
from perfdesk.exchange.package import SUFFIX
from perfdesk.merging.types import Package, Parcel
from perfdesk.policy import read_choices

if TYPE_CHECKING:
    from perfdesk.store import Store

_TOML: Final = ".toml"


def pack(store: Store, years: tuple[int, ...], *, office: str, made: datetime) -> Package:
    """Return the package of some years: their forms with versions, and the own files of the office that they use.

    Own 表样 go along where a form uses them, own 计分办法 all: one may stand on another. Raises :class:`UserError` where there are
    no forms.
    """
    forms = store.parcels.pack(years)
    if not forms:
        told = "、".join(str(one) for one in sorted(years))
        raise UserError(f"{told} 年还没有表，没有写出数据包。请选有表的年度。")
    used = {one.record.template_id for one in forms}
    templates = {name: text for name, text in _own(places.own_templates().name).items() if name in used}
    policies = _own(places.own_policies().name)
    return Package(office or _office(forms), made, tuple(sorted(years)), forms, templates, policies, _choices(used))


def _own(folder: str) -> Mapping[str, str]:
    """Return the office's own files of a folder by their id."""
    files = (one for one in ownfiles.here() if one.name.startswith(f"{folder}/"))
    return {one.name.removeprefix(f"{folder}/").removesuffix(_TOML): one.text for one in files}


def _choices(used: set[str]) -> Mapping[str, str]:
    try:
        return {name: policy for name, policy in read_choices(places.policy_choices()).items() if name in used}
    except UserError:  # the shelf says what is wrong with that file; the forms go without it
        return {}


def _office(forms: tuple[Parcel, ...]) -> str:
    """Return the office that all forms name; ``""`` where there are several or none."""
    names = {one.record.bureau.strip() for one in forms} - {""}
    return names.pop() if len(names) == 1 else ""


def file_name(package: Package) -> str:
    """Return what a package is called: 「青山县司法局-2020、2021年.perfdesk.zip」."""
    years = package.years
    told = f"{years[0]}-{years[-1]}" if len(years) > 2 else "、".join(map(str, years))
    return safe_name("-".join(filter(None, (package.office, f"{told}年")))) + SUFFIX
