"""The scenes of files from outside and for others: what is filled and drafted from them. As ``scenes.py``, which was full."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scenes import Scene
from stage import PROJECT, YEAR, Stage, settle

from perfdesk.model import FormKind, Indicator
from ui.drafting.dialog import DraftDialog
from ui.importing.dialog import ImportDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.document import Document

_FOLDER = r"D:\绩效"
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


def _package(stage: Stage) -> QWidget:
    stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    dialog = stage.asked("package")
    stage.write(dialog, "存放", _FOLDER)
    return dialog


def _package_in(stage: Stage) -> QWidget:
    """A package of the year in which another computer has changed two fields and made a form; one field was changed here too."""
    from perfdesk.exchange.package import write_package
    from perfdesk.merging.types import Parcel, state
    from perfdesk.parcels import pack

    document = stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    store, record = stage.window.forms.store, document.record
    package = pack(store, (record.year,), office=record.bureau, made=_MADE)
    rows = tuple(replace(one, actual="另填", target=one.target) for one in record.indicators[:1])
    theirs = replace(
        record, indicators=(*rows, *record.indicators[1:]), values={**record.values, "agency": "法律援助中心"}
    )
    forms = tuple(
        replace(one, record=theirs, states=(*one.states, state(theirs))) if one.record.id == record.id else one
        for one in package.forms
    )
    fresh = replace(record, id="new", values={**record.values, "project_name": "人民陪审员工作经费"})
    new = Parcel(fresh, (state(fresh),))
    mine = replace(record.indicators[0], actual="本机填")
    store.save(replace(record, indicators=(mine, *record.indicators[1:])))
    path = stage.folder / "县局.perfdesk.zip"
    path.write_bytes(write_package(replace(package, forms=(*forms, new))))
    stage.window.session.close()
    stage.window.errands.parceling.look(path)
    settle()
    return stage.dialog()


def old_forms(stage: Stage) -> Path:
    """Write last year's forms as a Word file: another actual value, a blank 一级指标, and a line below that no form has."""
    import docx

    from perfdesk.derive import derive
    from perfdesk.exchange.rendering import render

    forms = stage.window.forms
    lines = [one for one in forms.lines if one.kind is FormKind.PROJECT_SELF and one.year == YEAR]
    lines.sort(key=lambda one: PROJECT not in one.name)
    records = [forms.store.load(one.id) for one in lines[:3]]
    first = records[0].indicators
    records[0] = replace(records[0], indicators=(replace(first[0], actual="318 件"), *first[1:]))
    path = stage.folder / f"司法局{YEAR}年项目支出绩效自评表.docx"
    layouts = tuple(derive(forms.templates[one.template_id], one).layout for one in records)
    path.write_bytes(render(layouts, "docx", title=path.stem, made=_MADE).data)
    file = docx.Document(str(path))
    levels = [cell for row in file.tables[0].rows for cell in row.cells if "效益" in cell.text and "指标" in cell.text]
    levels[0].text = ""
    file.tables[0]._tbl.addnext(file.add_paragraph("填表须知：定量指标按完成比例计分")._p)  # noqa: SLF001 - no public way
    file.save(str(path))
    return path


def _look_at(stage: Stage) -> QWidget:
    stage.window.errands.intake.import_paths((old_forms(stage),))
    dialog = stage.dialog()
    if isinstance(dialog, ImportDialog):
        dialog.points.step(1)
    settle()
    return dialog


def _draft(stage: Stage) -> QWidget:
    document = stage.open(FormKind.PROJECT_SELF, name=PROJECT)
    stage.window.errands.drafts.begin(blank_of(document, stage.folder))
    settle()
    dialog = stage.dialog()
    if isinstance(dialog, DraftDialog):
        dialog.source.choose(3, 2)
    settle()
    return dialog


FILE_SCENES = (
    Scene("draft", "照空表起草表样", _draft),
    Scene("fill", "填入财政局的表", _fill),
    Scene("package", "写出数据包", _package),
    Scene("package-in", "收进数据包", _package_in),
    Scene("import-preview", "核对导入内容", _look_at),
)
