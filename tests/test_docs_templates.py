"""docs/template-format.md: its examples are templates, its words are those of the reader, what it promises comes true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.derive import derive
from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange import pdf
from perfdesk.gathering import gather
from perfdesk.gathering.offers import offers
from perfdesk.model import Binding, Block, FormKind, Indicator, ListRow
from perfdesk.policy import load_policies
from perfdesk.rules import Raw, item_points, read_rules
from perfdesk.rules.reading import KINDS
from perfdesk.template import (
    FUND_KEYS,
    INDICATOR_KEYS,
    BlockRole,
    Field,
    FieldKind,
    Filled,
    Template,
    read_template,
)
from perfdesk.toml_file import read_toml
from tests.asked_keys import keys_read
from tests.filled_forms import filled

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "template-format.md").read_text("utf-8")
EXAMPLES = {
    re.findall(r'^kind = "(.*?)"', text, re.MULTILINE)[0]: text
    for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
}
SELF = EXAMPLES[FormKind.PROJECT_SELF]
CRITERIA = ("制度已制定", "制度完整", "制度得到执行")


def read(tmp_path: Path, text: str) -> Template:
    path = tmp_path / "small-2024.toml"
    path.write_text(text, encoding="utf-8")
    return read_template(path, load_policies(ROOT / "resources" / "policies"))


def part(heading: str) -> str:
    """Return the text below a heading of the page."""
    return PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]


# ------------------------------------------------------------------------------------------------------- the examples


def test_there_is_an_example_of_every_way_to_fill_a_page() -> None:
    assert list(EXAMPLES) == [
        FormKind.PROJECT_SELF,
        FormKind.PUBLICATION_LIST,
        FormKind.REPORT,
        FormKind.DEPARTMENT_RATING,
    ]


@pytest.mark.parametrize("text", EXAMPLES.values(), ids=EXAMPLES)
def test_every_example_can_be_filled_in_and_printed(text: str, tmp_path: Path, made: datetime) -> None:
    template = read(tmp_path, text)
    for record in (new_record(template, record_id="1", year=2024), filled(template)):
        assert pdf.render((derive(template, record).layout,), title="例", made=made).startswith(b"%PDF")


def test_the_example_is_scored_as_a_form_of_its_kind(tmp_path: Path) -> None:
    template = read(tmp_path, SELF)
    blank = new_record(template, record_id="1", year=2024, bureau="某县司法局")
    funds = (replace(blank.funds[0], initial_budget="3", annual_budget="3", executed="2.9539"), blank.funds[1])
    row = Indicator("产出指标", "50", "数量指标", "", "办理案件数", "≥70件", "75件", "50")
    derived = derive(template, replace(blank, funds=funds, indicators=(row, row)))
    assert str(derived.assessment.execution_rate) == "98.46"
    texts = [cell.text for cell in derived.sheet.cells]
    for text in ("（2024年度）", "项目资金（万元）", "98.46%", "9.85", "产出指标（50分）", "—", "填表人："):
        assert text in texts
    assert texts.count("数量指标") == 1  # merged, as merge asks


def test_the_example_rating_is_scored_by_its_rules(tmp_path: Path) -> None:
    template = read(tmp_path, EXAMPLES[FormKind.DEPARTMENT_RATING])
    record = new_record(template, record_id="1", year=2024)
    figures = {"staff": "95", "posts": "89", "budget_rules": "已制定制度"}
    derived = derive(template, replace(record, values={**record.values, **figures}))
    assert [str(one.computed) for one in derived.assessment.scores] == ["2.40", "1.00"]
    flaws = [one.binding for one in derived.findings if one.code == "rule-flaw"]
    assert flaws == [Binding(Block.STATED, "grade")]  # only the gaps between the printed bands of the grades


def test_the_quoted_mistake_is_answered_as_quoted(tmp_path: Path) -> None:
    (quoted,) = re.findall(r"`(small-2024\.toml：.*?)`", PAGE)
    wrong = SELF.replace('"total.annual_budget"', '"total.anual_budget"')
    with pytest.raises(UserError) as caught:
        read(tmp_path, wrong)
    assert str(caught.value) == quoted


# ---------------------------------------------------------------------------------------------------------- the rules


def figures_of(said: str) -> Mapping[str, str]:
    """Return the raw figures that the page names: 「60 ÷ 100」, 「勾 2 条」, 「良好」."""
    ticked = re.fullmatch(r"勾 (\d) 条", said)
    if ticked:
        return {"budget_rules": "、".join(CRITERIA[: int(ticked[1])])}
    numbers = re.findall(r"[\d.]+", said)
    return (
        dict(zip(("done", "planned"), numbers, strict=False)) | {"result": numbers[0]} if numbers else {"survey": said}
    )


def test_the_example_rules_give_what_the_page_says(tmp_path: Path) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| `(.*?)` \| (.*?) \| ([\d.]+) \|", PAGE, re.MULTILINE)
    assert [kind for kind, *_ in rows] == list(KINDS)
    choices = {"budget_rules": CRITERIA, "survey": ("优秀", "良好", "合格")}
    raws = {key: Raw(key, key, "", choices.get(key, ())) for key in ("done", "planned", "result", *choices)}
    for kind, example, given, points in rows:
        path = tmp_path / f"{kind}.toml"
        line = example.replace("…", '[["done"], ["planned"]]')
        path.write_text(f'rules = [{{ kind = "{kind}", {line} }}]', encoding="utf-8")
        outcome = item_points(read_rules(read_toml(path), raws), figures_of(given))
        assert outcome.points == Decimal(points), (kind, outcome.why)


# ------------------------------------------------------------------------------------------- words, keys and what they do


def test_the_lists_of_words_are_complete() -> None:
    for word in (*FUND_KEYS, *INDICATOR_KEYS, *BlockRole, *FieldKind, *KINDS):
        assert f"`{word}`" in PAGE


def test_the_page_names_every_key_the_reader_knows() -> None:
    readers = ("template/reading.py", "template/describing.py", "template/drawing.py", "rules/reading.py")
    keys = keys_read(*(ROOT / "perfdesk" / one for one in readers))
    assert {"columns_mm", "outline", "raw", "target_from", "hint", "sum_of"} <= keys  # the search finds them
    assert {key for key in keys if not re.search(rf"\b{key}\b", PAGE)} == set()


def test_the_words_of_raw_figures_bring_figures_in(templates: Mapping[str, Template]) -> None:
    (said,) = re.findall(r"可以从别的表取来：(.*?)。", part("凭什么认得"), re.DOTALL)
    labels = [label.strip().replace("……", "的") for label in said.split("、")]
    rating = templates["chenxi-2021-department-rating"]
    raws = tuple(Field(f"raw{at}", label, raw=True, unit="万元") for at, label in enumerate(labels))
    forms = (
        "zhijiang-2024-project-goal",
        "national-2019-project-monitoring",
        "national-2020-project-self",
        "lingling-2022-department-self",
    )
    year = tuple(Filled(templates[one], filled(templates[one])) for one in forms)
    template = replace(rating, fields=raws)
    record = new_record(template, record_id="1", year=2024, bureau="某县司法局")
    assert [one.label for one in offers(template, record, year)] == labels


def test_a_summary_gathers_the_columns_the_page_names(templates: Mapping[str, Template]) -> None:
    (said,) = re.findall(r"\*\*汇总表\*\*能汇来的列：(.*?)；", part("凭什么认得"), re.DOTALL)
    one = templates["national-2020-project-self"]
    lost = replace(filled(one).indicators[0], target="≥300件", actual="1件", score="0", reason="雨季推迟")
    form = replace(filled(one), indicators=(lost, *filled(one).indicators[1:]))
    template = templates["summary-project-self"]
    own = replace(new_record(template, record_id="1", year=2024, bureau="某县司法局"), rows=(ListRow(),))
    derived = derive(template, own, (Filled(one, form),))
    found = gather(template, derived.record, (Filled(one, form),))
    assert {key for key, _ in found.rows[0].cells} == set(re.findall(r"`(\w+)`", said))
