"""版本 (version): a form as it stood at one moment, kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VersionKind(StrEnum):
    """How a version came to be. The words are the names it gets unless the office gives another."""

    KEPT = "kept"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        """送审稿 · 上报版 · 财政退回修改 · 恢复以前."""
        return {"kept": "送审稿", "submitted": "上报版", "returned": "财政退回修改", "replaced": "恢复以前"}[self.value]


@dataclass(frozen=True, slots=True)
class Version:
    """版本 (version) of one form: ``id`` grows, so the latest has the highest; ``code`` is the 校验码 of what it holds.

    A form is 已上报 (submitted, and locked) when the latest of its versions that are 上报版 or 退回修改 is an 上报版.
    """

    id: int
    record_id: str
    kind: VersionKind
    name: str
    note: str
    kept: datetime
    code: str

    @property
    def label(self) -> str:
        """What stands in the foot of a printed form: 「上报版 2025-02-05」."""
        return f"{self.name} {self.kept:%Y-%m-%d}"
