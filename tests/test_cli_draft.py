"""``perfdesk draft``: a template of the office's own from a blank file, where it lies, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.cli import main
from perfdesk.derive import derive
from perfdesk.exchange.rendering import render
from perfdesk.template import Template
from tests.exchange.blank_books import MADE, SELF, blank_record
from tests.filled_forms import filled


@pytest.fixture
def blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, templates: Mapping[str, Template]) -> Path:
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "本机")
    path = tmp_path / "2025年自评表.xlsx"
    layout = derive(templates[SELF], blank_record(templates[SELF], filled(templates[SELF]))).layout
    path.write_bytes(render((layout,), "xlsx", title="表", made=MADE).data)
    return path


def test_a_draft_is_a_template_of_the_office(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(blank)]) == 0
    target = places.own_templates() / "2025年自评表.toml"
    said = capsys.readouterr().out
    assert f"已起草表样“2025年自评表”（项目支出绩效自评表，项目支出绩效自评表）：{target}" in said
    assert "请对着原表检查" in said
    assert main(["template", "check", str(target)]) == 0
    assert main(["template", "list"]) == 0
    assert "2025年自评表" in capsys.readouterr().out


def test_a_draft_replaces_nothing(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(blank)]) == 0
    assert main(["draft", str(blank)]) == 2
    assert "已经有了，没有动它" in capsys.readouterr().err
    assert main(["draft", str(blank), "--to", "另一份"]) == 0
    assert (places.own_templates() / "另一份.toml").exists()


def test_a_kind_is_asked_for_by_name(blank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(blank), "--kind", "department_self_assessment"]) == 0
    assert "部门整体支出绩效自评表" in capsys.readouterr().out
    assert main(["draft", str(blank), "--kind", "report"]) == 2
    assert "没有 report，可选" in capsys.readouterr().err
