from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.cli import checking, forms
from perfdesk.derive import derive
from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange import exchange, pdf
from perfdesk.model import FormKind, Indicator
from perfdesk.policy import load_policies
from perfdesk.rules import Raw, read_rules
from perfdesk.rules.reading import KINDS
from perfdesk.template import FUND_KEYS, INDICATOR_KEYS, BlockRole, FieldKind, Template, read_template
from perfdesk.toml_file import read_toml

ROOT = Path(__file__).parents[1]
TEMPLATE_FORMAT = (ROOT / "docs" / "template-format.md").read_text("utf-8")
EXCHANGE_FORMAT = (ROOT / "docs" / "exchange-format.md").read_text("utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", TEMPLATE_FORMAT, re.DOTALL)


def read(tmp_path: Path, text: str) -> Template:
    path = tmp_path / "small-2024.toml"
    path.write_text(text, encoding="utf-8")
    return read_template(path, load_policies(ROOT / "resources" / "policies"))


def test_the_example_template_is_one_a_form_can_be_filled_in_on(tmp_path: Path, made: datetime) -> None:
    (text,) = EXAMPLE
    template = read(tmp_path, text)
    blank = new_record(template, record_id="1", year=2024, bureau="某县司法局")
    funds = (replace(blank.funds[0], initial_budget="3", annual_budget="3", executed="2.9539"), blank.funds[1])
    row = Indicator("产出指标", "50", "数量指标", "", "办理案件数", "≥70件", "75件", "50")
    derived = derive(template, replace(blank, funds=funds, indicators=(row, row)))
    assert str(derived.assessment.execution_rate) == "98.46"
    texts = [cell.text for cell in derived.sheet.cells]
    for text in ("（2024年度）", "项目资金（万元）", "98.46%", "9.85", "产出指标（50分）", "—", "填表人："):
        assert text in texts
    assert texts.count("数量指标") == 1  # merged, as merge asks
    assert pdf.render((derived.layout,), title="例", made=made).startswith(b"%PDF")


def test_the_quoted_mistake_is_answered_as_quoted(tmp_path: Path) -> None:
    (text,) = EXAMPLE
    (quoted,) = re.findall(r"`(small-2024\.toml：.*?)`", TEMPLATE_FORMAT)
    wrong = text.replace('"total.annual_budget"', '"total.anual_budget"')
    with pytest.raises(UserError) as caught:
        read(tmp_path, wrong)
    assert str(caught.value) == quoted


def test_the_example_rules_can_be_read(tmp_path: Path) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| `(.*?)` \|", TEMPLATE_FORMAT, re.MULTILINE)
    raws = {
        key: Raw(key, key, "", ("优秀", "良好", "合格"))
        for key in ("done", "planned", "budget_rules", "survey", "result")
    }
    for kind, example in rows:
        path = tmp_path / f"{kind}.toml"
        line = example.replace("…", '[["done"], ["planned"]]')
        path.write_text(f'rules = [{{ kind = "{kind}", {line} }}]', encoding="utf-8")
        assert len(read_rules(read_toml(path), raws)) == 1
    assert [kind for kind, _ in rows] == list(KINDS)


def test_the_lists_of_words_are_complete() -> None:
    for word in (*FUND_KEYS, *INDICATOR_KEYS, *BlockRole, *FieldKind, *KINDS):
        assert f"`{word}`" in TEMPLATE_FORMAT
    for word in (*FormKind, exchange.FORMAT):
        assert word in EXCHANGE_FORMAT


def test_the_keys_of_check_json_are_all_explained() -> None:
    sample = ROOT / "resources" / "samples" / "changji-2020-legal-aid.json"
    policies = load_policies(ROOT / "resources" / "policies")
    template = read_template(ROOT / "resources" / "templates" / "national-2020-project-self.toml", policies)
    (record,) = exchange.read_records(sample, {template.id: template}).records
    found = checking.as_json(forms.Form(sample, record), derive(template, record))
    explained = set(re.findall(r"`(\w+)`", EXCHANGE_FORMAT))

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return {*value, *(key for one in value.values() for key in keys(one))}
        return {key for one in value for key in keys(one)} if isinstance(value, list) else set()

    assert keys(found) <= explained
    assert json.loads(json.dumps(found)) == found
