"""Our own exports come back as they went out: what would be printed of them again is the same, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.exchange import opening
from perfdesk.exchange.exchange import read_records
from perfdesk.model import FormKind
from perfdesk.recognition import recognise
from perfdesk.template import Template
from tests.house_styles.corpus import corpus
from tests.house_styles.equality import compare
from tests.house_styles.own import export, printed_again


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_our_own_exports_come_back(
    kind: str, templates: Mapping[str, Template], tmp_path: Path, made: datetime
) -> None:
    wrong = []
    for case in corpus(templates):
        if kind == "xlsx" and case.form.template.kind is FormKind.REPORT:
            continue
        read = recognise(opening.read(export(case, kind, templates, tmp_path, made)), templates)
        assert len(read.forms) == 1, case.name
        found = printed_again(case.form, read.forms[0].record).differences
        left = [one.text for one in (*read.forms[0].leftovers, *read.leftovers)]
        wrong += [(case.name, found, left)] if found or left else []
    assert wrong == []


def test_our_own_data_files_come_back(templates: Mapping[str, Template], tmp_path: Path, made: datetime) -> None:
    for case in corpus(templates):
        (read,) = read_records(export(case, "json", templates, tmp_path, made), templates).records
        assert compare(case.form, read).differences == (), case.name
