"""扣减分数 (广西): a column of its own on a county's form, from the drawn square to the file that is handed in."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.derive import derive, follow
from perfdesk.editing import new_record, set_text
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.model import Binding, Block, Indicator, Record
from perfdesk.policy import load_policies
from perfdesk.template import Template, read_template

RESOURCES = Path(__file__).parents[1] / "resources"
PLACE = Binding(Block.INDICATORS, "deduction", row=0)


@pytest.fixture
def guangxi(tmp_path: Path) -> Template:
    """The Guizhou form with 扣减分数 for 备注, scored by the policy of Guangxi."""
    text = (RESOURCES / "templates" / "qiannan-2024-project-self.toml").read_text(encoding="utf-8")
    for old, new in (
        ('"=备注"]', '"=扣减\\n分数"]'),
        ('"reason", "remark"]', '"reason", "deduction"]'),
        ('policy = "national-2020"', 'policy = "guangxi"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = tmp_path / "guangxi-county.toml"
    path.write_text(text, encoding="utf-8")
    return read_template(path, load_policies(RESOURCES / "policies"))


@pytest.fixture
def record(guangxi: Template) -> Record:
    row = Indicator("产出指标", "50", "数量指标", "", "办理案件", "≥70件", "75件", "10", reason="案卷抽查不合格")
    return replace(new_record(guangxi, record_id="1", year=2024), indicators=(replace(row, deduction="1.5"),))


def test_the_column_is_drawn_and_typed_into(guangxi: Template, record: Record) -> None:
    assert guangxi.indicator_columns[-1] == "deduction"
    derived = derive(guangxi, record)
    (cell,) = [one for one in derived.sheet.cells if one.binding == PLACE]
    assert (cell.text, cell.label) == ("1.5", "扣减分数")
    assert derived.assessment.scores[0].effective == Decimal("8.5")
    assert derive(guangxi, set_text(record, PLACE, "")).assessment.scores[0].effective == 10


def test_a_printed_score_that_was_a_copy_follows_the_deduction(guangxi: Template, record: Record) -> None:
    printed = set_text(record, Binding(Block.INDICATORS, "score", row=0), "8.50")
    after = follow(guangxi, printed, set_text(printed, PLACE, "2"))
    assert after.indicators[0].score == ""
    assert derive(guangxi, after).assessment.scores[0].effective == 8


def test_the_file_that_is_handed_in_holds_it(guangxi: Template, record: Record, tmp_path: Path) -> None:
    known = {guangxi.id: guangxi}
    text = write_records((record,), known)
    assert json.loads(text)["indicators"][0]["deduction"] == "1.5"
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    got = read_records(path, known, new_id=lambda: "1")
    assert (got.records, got.notes) == ((record,), ())


def test_a_form_without_the_column_keeps_it_and_says_so(guangxi: Template, record: Record, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(write_records((record,), {guangxi.id: guangxi}), encoding="utf-8")
    plain = read_template(
        RESOURCES / "templates" / "qiannan-2024-project-self.toml", load_policies(RESOURCES / "policies")
    )
    got = read_records(path, {guangxi.id: replace(plain, id=guangxi.id)})
    assert got.records[0].indicators == record.indicators
    assert any("“扣减分数”" in note for note in got.notes)
