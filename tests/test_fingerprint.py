"""校验码: equal contents have equal codes, any change of what a form holds has another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.fingerprint import (
    ALPHABET,
    CODE,
    Seal,
    Stamp,
    canonical,
    code_of_texts,
    fingerprint,
    keywords,
    read_seal,
)
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section
from perfdesk.template import Template
from tests.conftest import CASES

FORM = Record(
    "a1",
    "national-2020-project-self",
    2024,
    bureau="青禾县司法局",
    values={"project_name": "法律援助工作经费", "goal_expected": "办理案件 70 件"},
    funds=(FundRow("年度资金总额", "30", "30.00", "29.539"), FundRow("其中：上级资金", "12")),
    indicators=(
        Indicator("产出指标", "50", "数量指标", name="办理案件数", target="≥70件", actual="72件", weight="10"),
        Indicator("效益指标", "30", "社会效益指标", name="知晓率", target="≥95%", actual="93%", weight="10"),
    ),
    stated={"total_score": "99.64"},
    rows=(ListRow.of({"agency": "青禾县司法局", "remark": "已公开"}), ListRow()),
    sections=(Section(1, "一、基本情况", ("支出 {{部门·执行数|12}} 万元。",)), Section(2, "（一）职能")),
)
CODE_OF_FORM = "MNFV-0RP2-XA31"

CHANGES: Mapping[str, Record] = {
    "another form": replace(FORM, template_id="qiannan-2024-project-self"),
    "another year": replace(FORM, year=2023),
    "元 for 万元": replace(FORM, unit=MoneyUnit.YUAN),
    "another office": replace(FORM, bureau="青禾县司法局 "),
    "a field": replace(FORM, values={**FORM.values, "goal_expected": "办理案件 71 件"}),
    "a text under another key": replace(
        FORM, values={"project_name": FORM.values["project_name"], "goal_actual": "办理案件 70 件"}
    ),
    "an amount written otherwise": replace(FORM, funds=(replace(FORM.funds[0], annual_budget="30"), FORM.funds[1])),
    "fund rows the other way round": replace(FORM, funds=FORM.funds[::-1]),
    "an actual": replace(FORM, indicators=(replace(FORM.indicators[0], actual="73件"), FORM.indicators[1])),
    "indicators the other way round": replace(FORM, indicators=FORM.indicators[::-1]),
    "a row less": replace(FORM, indicators=FORM.indicators[:1]),
    "a blank row more": replace(FORM, indicators=(*FORM.indicators, Indicator())),
    "a stated total": replace(FORM, stated={"total_score": "99.65"}),
    "a list row": replace(FORM, rows=(ListRow.of({"agency": "青禾县司法局"}), ListRow())),
    "a blank list row less": replace(FORM, rows=FORM.rows[:1]),
    "a heading": replace(FORM, sections=(replace(FORM.sections[0], heading="一、概况"), FORM.sections[1])),
    "a level": replace(FORM, sections=(FORM.sections[0], replace(FORM.sections[1], level=3))),
    "a paragraph cut in two": replace(
        FORM, sections=(replace(FORM.sections[0], paragraphs=("支出 {{部门·执行数|12}}", " 万元。")), FORM.sections[1])
    ),
}
SAME: Mapping[str, Record] = {
    "another id": replace(FORM, id="b2"),
    "a 说明": replace(FORM, answers=(Answer("weight-sum", "总分", "total_weight", "110", "按旧表填"),)),
    "foreign keys of a file": replace(FORM, extra='{"memo": "存档"}'),
    "keys in another order": replace(FORM, values=dict(reversed(tuple(FORM.values.items())))),
    "a blank field": replace(FORM, values={**FORM.values, "annex": ""}),
}

texts = st.text(st.characters(codec=None), max_size=12)
words = st.dictionaries(st.sampled_from(("project_name", "goal_expected", "annex", "conclusion")), texts)
rows = st.lists(st.builds(Indicator, name=texts, target=texts, actual=texts, weight=texts), max_size=3).map(tuple)
forms = st.builds(replace, st.just(FORM), values=words, indicators=rows)


def test_the_code_of_a_form_stays_what_it_is_on_paper() -> None:
    assert fingerprint(FORM) == CODE_OF_FORM
    assert CODE.fullmatch(CODE_OF_FORM)
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_any_change_of_content_changes_the_code(changed: Record) -> None:
    assert fingerprint(changed) != CODE_OF_FORM


def test_no_two_contents_share_a_code() -> None:
    assert len({fingerprint(one) for one in CHANGES.values()}) == len(CHANGES)


@pytest.mark.parametrize("same", SAME.values(), ids=SAME)
def test_what_is_not_on_the_form_does_not_change_the_code(same: Record) -> None:
    assert fingerprint(same) == CODE_OF_FORM


@given(forms, forms)
def test_two_forms_have_one_code_exactly_when_they_hold_the_same(one: Record, other: Record) -> None:
    def held(record: Record) -> object:
        return {key: text for key, text in record.values.items() if text}, record.indicators

    assert (fingerprint(one) == fingerprint(other)) is (held(one) == held(other))


@given(forms, st.randoms(use_true_random=False))
def test_the_order_of_the_keys_does_not_matter(record: Record, chance: object) -> None:
    keys = list(record.values)
    chance.shuffle(keys)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    shuffled = replace(record, values={key: record.values[key] for key in keys})
    assert canonical(shuffled) == canonical(record)


@pytest.mark.parametrize(
    "case", sorted(one for one in CASES.glob("*.json") if one.name != "expected.json"), ids=lambda one: one.stem
)
def test_a_form_has_the_same_code_after_its_file_was_read(
    case: Path, templates: Mapping[str, Template], tmp_path: Path
) -> None:
    (record,) = read_records(case, templates).records
    path = tmp_path / "a.json"
    path.write_text(write_records((record,), templates, with_codes=True), "utf-8")
    again = read_records(path, templates)
    assert again.codes == (fingerprint(record),)
    assert fingerprint(again.records[0]) == fingerprint(record)
    assert again.records[0].extra == record.extra


def test_a_seal_is_read_from_the_properties_or_from_the_foot() -> None:
    stamp = Stamp("上报版 2025-02-05", CODE_OF_FORM)
    shown = ("项目支出绩效自评表", f"上报版 2025-02-05 第 1 页 {stamp.words}")
    kept = keywords(stamp, shown)
    assert read_seal(kept, shown) == Seal(CODE_OF_FORM, code_of_texts(CODE_OF_FORM, shown))
    assert read_seal(kept, ()) == read_seal(kept, shown)
    assert read_seal("预算", shown) == Seal(CODE_OF_FORM)
    assert read_seal("", ("没有",)) is None
    assert read_seal(kept, ("校验码 0000-0000-0000",)) == Seal("0000-0000-0000", code_of_texts(CODE_OF_FORM, shown))


def test_white_space_is_set_anew_by_every_program_and_counts_for_nothing() -> None:
    assert code_of_texts("x", ("预期 目标", "", "70\n件")) == code_of_texts("x", ("预期目标", "70件"))
    assert code_of_texts("x", ("预期目标", "70件")) != code_of_texts("x", ("预期目标", "71件"))
    assert code_of_texts("x", ("预期目标",)) != code_of_texts("y", ("预期目标",))
