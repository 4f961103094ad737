"""The bytes of an export of a form of the fault runs: the same edit gives the same bytes, so a file can be held against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from perfdesk.exchange.exchange import write_records
from perfdesk.exchange.rendering import PRINTED, render
from perfdesk.layout import lay_out
from perfdesk.policy import load_policies
from perfdesk.scoring import assess
from perfdesk.sheet import build
from perfdesk.template import Template, load_templates
from tests.faults.forms import form

KINDS: Final = (*PRINTED, "json")
_DATA: Final = Path(__file__).parents[2] / "resources"
_MADE: Final = datetime(2026, 3, 18, 9, 12, tzinfo=UTC)


@cache
def _templates() -> Mapping[str, Template]:
    return load_templates((_DATA / "templates",), load_policies(_DATA / "policies"))


def exported(kind: str, edit: int) -> bytes:
    """Return what an export of a form after an edit holds; there are five in turn, so that no round waits for the making."""
    return _exported(kind, edit % 5)


@cache
def _exported(kind: str, edit: int) -> bytes:
    record = form("export", edit)
    if kind == "json":
        return write_records((record,), _templates()).encode()
    template = _templates()[record.template_id]
    layout = lay_out(build(template, record, assess(template, record)))
    return render((layout,), kind, title="法律援助工作经费", made=_MADE).data


def warm() -> None:
    """Make all exports there are."""
    for kind in KINDS:
        for edit in range(5):
            exported(kind, edit)
