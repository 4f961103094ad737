"""为什么 (explaining): why the finance bureau minds a finding, where that is written, and what to do; data in ``findings.toml``.

One text for each code of the catalogue, shown in the 审核 panel and by ``perfdesk explain``. Nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from perfdesk import places
from perfdesk.checks.catalogue import CATALOGUE
from perfdesk.errors import UserError
from perfdesk.toml_file import did_you_mean, read_toml


class Explanation(NamedTuple):
    """说明 of a code: ``why`` it matters, the ``source`` of the rule (「待核」 where it was not seen itself), ``what`` to do."""

    why: str
    source: str
    what: str


@lru_cache(maxsize=1)
def explanations() -> Mapping[str, Explanation]:
    """Return the explanation of every code, in the order of the catalogue."""
    return read_explanations(places.resources() / "findings.toml")


def read_explanations(path: Path) -> Mapping[str, Explanation]:
    """Read the texts. Raises :class:`UserError` with place and likely word for a code that is missing or not in the catalogue."""
    root = read_toml(path)
    found = {}
    for code in CATALOGUE:
        table = root.table(code)
        found[code] = Explanation(table.text("why"), table.text("source"), table.text("what"))
        table.finish()
    root.finish()
    return MappingProxyType(found)


def explain(code: str) -> Explanation:
    """Return the explanation of a code. Raises :class:`UserError` with the nearest one when there is none of this name."""
    if code not in CATALOGUE:
        raise UserError(f'没有审核提示 "{code}"{did_you_mean(code, CATALOGUE.keys())}')
    return explanations()[code]
