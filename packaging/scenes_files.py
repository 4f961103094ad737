"""The scenes of files from outside and for others: what is filled and drafted from them. As ``scenes.py``, which was full."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scenes import Scene
from stage import PROJECT, Stage, settle

from perfdesk.model import FormKind, Indicator

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.document import Document

_MADE = datetime(2026, 1, 8, 1, 0, tzinfo=UTC)


def blank_of(document: Document, folder: Path) -> Path:
    """Write the bureau's blank form of a document: nothing filled in but the groups of the indicators, one row taken away."""
    from perfdesk.derive import derive
    from perfdesk.editing import new_record
    from perfdesk.exchange.rendering import render

    record, template = document.record, document.template
    rows = tuple(Indicator(level1=one.level1, level2=one.level2) for one in record.indicators[1:])
    empty = replace(new_record(template, record_id="blank", year=record.year), indicators=rows, unit=record.unit)
    path = folder / "绩效自评表（财政局下发）.xlsx"
    path.write_bytes(render((derive(template, empty).layout,), "xlsx", title=path.stem, made=_MADE).data)
    return path


def _fill(stage: Stage) -> QWidget:
    document = stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    stage.window.errands.filling.begin(document, blank_of(document, stage.folder))
    settle()
    return stage.dialog()


FILE_SCENES = (Scene("fill", "填入财政局的表", _fill),)
