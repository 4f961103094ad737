"""Labels of other provinces' forms: read where they mean a row or cell of the form, left alone in our own files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from perfdesk.exchange.exchange import read_records
from perfdesk.labels import known_as
from perfdesk.model import Record
from perfdesk.template import Template


@pytest.mark.parametrize(
    ("label", "known", "meant"),
    [
        ("当年财政拨款", ["当年财政拨款", "财政拨款"], "当年财政拨款"),
        ("本年财政拨款", ["当年财政拨款", "其他资金"], "当年财政拨款"),
        ("总额", ["年度资金总额"], "年度资金总额"),
        ("财政资金", ["当年财政拨款", "财政拨款"], "财政资金"),  # two of the form mean it: nobody knows which
        ("单位资金", ["其他资金"], "单位资金"),
        ("项目单位", ["实施单位", "主管部门"], "实施单位"),
    ],
)
def test_a_label_is_known_by_its_meaning(label: str, known: list[str], meant: str) -> None:
    assert known_as(label, dict.fromkeys(known)) == meant


def read(tmp_path: Path, templates: Mapping[str, Template], **more: object) -> Record:
    path = tmp_path / "form.json"
    whole = {
        "format": "perfdesk-record/1",
        "form_kind": "project_self_assessment",
        "year": 2022,
        "header": {"项目支出名称": "普法经费"},
        "funds": [{"label": "其中：本年财政拨款", "executed": "5"}, {"label": "上年结转资金", "executed": "1"}],
        **more,
    }
    path.write_text(json.dumps(whole), encoding="utf-8")
    return read_records(path, templates).records[0]


def test_the_file_of_another_form_is_read_by_meaning(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    national = {"national-2020-project-self": templates["national-2020-project-self"]}
    record = read(tmp_path, national)
    assert record.value("project_name") == "普法经费"
    assert (record.funds[1].label, record.funds[1].executed) == ("其中：本年财政拨款", "5")
    assert "header" not in json.loads(record.extra)


def test_a_file_of_the_form_itself_is_read_to_the_letter(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    record = read(tmp_path, templates, template="national-2020-project-self")
    assert record.value("project_name") == ""
    assert record.funds[1].executed == ""
    assert json.loads(record.extra)["header"] == {"项目支出名称": "普法经费"}
