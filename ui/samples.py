"""示例 (samples): a complete year of an invented office and the year after it in work, put into a data file without forms.

The forms are read from ``resources/samples/county`` through the exchange format. Of the earlier year all are 已上报; of the
later one those that are due before the 自评, and one form has an earlier draft as a version: 版本, 对照 and 上年 show something.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from perfdesk import places
from perfdesk.model import FormKind, VersionKind

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.model import Record
    from ui.forms import Forms

BUREAU: Final = "示例县司法局"
LAST, CURRENT = "2024.json", "2025.json"
DRAFTS: Final = "2025-drafts.json"
DRAFT_NAME: Final = "送审稿"
_DRAFT_NOTE: Final = "请业务股室核对数字"
#: What is handed in before the year is over; the rest of the later year is in work.
_EARLY: Final = frozenset({FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_GOAL, FormKind.PROJECT_MONITORING})


def folder() -> Path:
    """Return the folder of the sample forms."""
    return places.resources() / "samples" / "county"


def fill(forms: Forms) -> None:
    """Put the sample forms into a store that has none. Raises :class:`UserError` when a file cannot be read or kept."""
    last, current, drafts = (_read(forms, name) for name in (LAST, CURRENT, DRAFTS))
    ids = forms.adopt((*last, *current))
    made = [replace(record, id=own) for record, own in zip((*last, *current), ids, strict=True)]
    for draft in drafts:
        _keep_draft(forms, draft, next(one for one in made if _same_form(one, draft)))
    due = (one for one in made if one.year < current[0].year or forms.template_of(one).kind in _EARLY)
    forms.store.versions.keep_all(due, VersionKind.SUBMITTED)
    forms.relist()


def _read(forms: Forms, name: str) -> tuple[Record, ...]:
    from perfdesk.exchange import exchange

    return exchange.read_records(folder() / name, forms.templates).records


def _same_form(record: Record, draft: Record) -> bool:
    keys = ((one.template_id, one.year, one.value("project_name")) for one in (record, draft))
    return len(set(keys)) == 1


def _keep_draft(forms: Forms, draft: Record, record: Record) -> None:
    """Keep the draft as a version of the form, then the form as it stands now."""
    versions = forms.store.versions
    versions.keep(replace(draft, id=record.id), VersionKind.KEPT, name=DRAFT_NAME, note=_DRAFT_NOTE)
    forms.store.save(record)
