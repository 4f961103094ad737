"""perfdesk-record/1 in and out: nothing lost, nothing half-read, every mistake named."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import (
    MAX_RECORDS,
    MAX_ROWS,
    MAX_TEXT,
    Import,
    read_records,
    write_records,
)
from perfdesk.json_file import Json, dump_json
from perfdesk.labels import match_label
from perfdesk.model import Answer, FormKind, FundRow, Indicator, Record
from perfdesk.template import FUND_KEYS, INDICATOR_KEYS, Template

IDS = ("national-2020-project-self", "qiannan-2024-project-self")
TEXT = st.text(max_size=12)
FILLED = st.text(min_size=1, max_size=12)
STRANGE = st.sampled_from(["subtotal", "grade_bands", "sections", "说明", "rows", "fund_breakdown", "z"])
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)

Loads = Callable[[Json], Import]


@pytest.fixture
def load(tmp_path: Path, templates: Mapping[str, Template]) -> Loads:
    """Write a value as a file and read it."""

    def read(content: Json) -> Import:
        path = tmp_path / "甲.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return read_records(path, templates, new_id=lambda: "1")

    return read


def form(**changes: Json) -> dict[str, Json]:
    """A small right file."""
    content = {
        "format": "perfdesk-record/1",
        "template": IDS[0],
        "form_kind": "project_self_assessment",
        "year": 2020,
        "unit": "万元",
        "header": {"项目名称": "法律援助工作经费"},
    }
    return {key: one for key, one in (content | changes).items() if one is not ...}


LEFT = st.dictionaries(st.sampled_from(["项目支出名称", "审核人", "项目名称（2）"]), FILLED | st.none(), min_size=1)
FUNDS = st.lists(
    st.fixed_dictionaries(
        {"label": st.sampled_from(["专户资金", "贷款"]), **dict.fromkeys(FUND_KEYS, FILLED | st.none())},
        optional={"note": TEXT},
    ).map(lambda row: {key: row[key] for key in ("label", *FUND_KEYS, "note") if key in row}),
    min_size=1,
    max_size=2,
)
EXTRA = st.builds(
    dict[str, Json].__or__,
    st.dictionaries(STRANGE, JSON, max_size=3),
    st.fixed_dictionaries({}, optional={"header": LEFT, "signatures": LEFT, "funds": FUNDS}),
)


def records(template: Template) -> st.SearchStrategy[Record]:
    """Json record of a template that the program or an import can make, keys unknown to the template included."""
    keys = dict.fromkeys(
        (*(one.key for one in template.fields), "annex", "conclusion", "goal_actual", "preparer", "电话")
    )
    rows = (st.builds(FundRow, st.just(one.label), *[TEXT] * len(FUND_KEYS)) for one in template.funds)
    return st.builds(
        Record,
        id=st.just("1"),
        template_id=st.just(template.id),
        year=st.integers(1949, 2999),
        unit=st.sampled_from(list(MoneyUnit)),
        bureau=TEXT,
        values=st.dictionaries(st.sampled_from(list(keys)), TEXT),
        funds=st.tuples(*rows),
        indicators=st.lists(st.builds(Indicator, *[TEXT] * len(INDICATOR_KEYS)), max_size=4).map(tuple),
        stated=st.dictionaries(st.sampled_from(["total_weight", "total_score"]), FILLED),
        extra=EXTRA.map(lambda extra: dump_json(dict(sorted(extra.items()))) if extra else ""),
        answers=st.lists(st.builds(Answer, FILLED, *[TEXT] * 4), max_size=2).map(tuple),
    )


def read_back(text: str, templates: Mapping[str, Template]) -> tuple[Record, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "甲.json"
        path.write_text(text, encoding="utf-8")
        return read_records(path, templates, new_id=lambda: "1").records


@pytest.mark.parametrize("template_id", IDS)
def test_what_is_written_is_read_again(template_id: str, templates: Mapping[str, Template]) -> None:
    @given(st.lists(records(templates[template_id]), min_size=1, max_size=2).map(tuple))
    @settings(deadline=None)
    def check(written: tuple[Record, ...]) -> None:
        text = write_records(written, templates)
        read = read_back(text, templates)
        assert read == written
        assert write_records(read, templates) == text

    check()


def test_a_sample_is_written_as_it_lies_there(
    sample: Record, sample_path: Path, templates: Mapping[str, Template]
) -> None:
    assert write_records((sample,), templates) == sample_path.read_text(encoding="utf-8")


def test_printed_figures_arrive_as_stated(load: Loads) -> None:
    record = load(
        form(
            funds=[{"label": "年度资金总额", "annual_budget": 15.00, "execution_rate": "100%", "score": 10}],
            indicators=[{"level3": "案件数", "target": 1e2, "score": "30"}],
            total={"weight": 100, "score": None},
        )
    ).records[0]
    assert (record.funds[0].execution_rate, record.funds[0].score) == ("100%", "10")
    assert (record.indicators[0].name, record.indicators[0].score) == ("案件数", "30")
    assert record.stated == {"total_weight": "100"}


def test_a_json_number_keeps_its_literal_text(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    path = tmp_path / "甲.json"
    text = json.dumps(form(total={"weight": "W"}, indicators=[{"weight": "W"}])).replace('"W"', "100.00")
    path.write_text(text, encoding="utf-8")
    record = read_records(path, templates).records[0]
    assert (record.stated["total_weight"], record.indicators[0].weight) == ("100.00", "100.00")


def test_each_record_gets_an_id_of_its_own(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    path = tmp_path / "甲.json"
    path.write_text(json.dumps([form(), form()]), encoding="utf-8")
    first, second = read_records(path, templates).records
    assert first.id
    assert first.id != second.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("单位(盖章)", "单位（盖章）："),
        ("其中：当年财政拨款", "当年 财政\n拨款"),
        ("其中:上级补助", "上级补助"),
        ("主管部门代码", "［主管部门］代码"),
        ("全年预算数(A)", "全年预算数（Ａ）"),
    ],
)
def test_labels_are_matched_however_they_are_printed(one: str, other: str) -> None:
    assert match_label(one) == match_label(other)


def test_labels_find_their_fields(load: Loads) -> None:
    header = {"单位（盖章）：": "甲局", " 主管部门 ": "乙局", "[主管部门]代码": 144, "填报 日期:": None}
    content = form(template=IDS[1], unit="元", header=header, signatures={"联系人": "丙"}, conclusion="好", title="表")
    found = load(content)
    assert found.records[0].values == {
        "title": "表",
        "conclusion": "好",
        "seal": "甲局",
        "department": "乙局",
        "department_code": "144",
        "report_date": "",
        "contact": "丙",
    }
    assert not found.notes


def test_fund_rows_stand_in_the_order_of_the_form(load: Loads) -> None:
    found = load(
        form(
            funds=[
                {"label": "其他资金：", "executed": "3"},
                {"label": "专户资金", "executed": "2", "来源": "上级"},
                {"label": "年度资金总额", "executed": "5", "note": "x"},
                {"label": "年度资金总额", "executed": "6"},
            ]
        )
    )
    record = found.records[0]
    assert [(row.label, row.executed) for row in record.funds] == [
        ("年度资金总额", "5"),
        ("其中：当年财政拨款", ""),
        ("上年结转资金", ""),
        ("其他资金：", "3"),
    ]
    kept = json.loads(record.extra)
    assert [(row["label"], row["executed"]) for row in kept["funds"]] == [("专户资金", "2"), ("年度资金总额", "6")]
    assert kept["funds"][0]["来源"] == "上级"
    assert kept["fund_extras"] == [{"label": "年度资金总额", "note": "x"}]
    assert "“专户资金”、“年度资金总额”不是表样“项目支出绩效自评表”的行" in found.notes[0]
    assert "“note”不属于" in found.notes[1]


def test_what_the_form_has_no_place_for_is_kept_and_named(load: Loads, templates: Mapping[str, Template]) -> None:
    found = load(
        form(
            grade_bands=[{"优": 90}],
            header={"项目支出名称": "甲", "项目名称": "乙", "项目名称:": "丙"},
            conclusion="好",
            overall_goal={"expected": "一", "later": "二"},
            total={"weight": "100", "rank": 3},
            indicators=[{"level3": "案件数", "level1_weight": "50", "scoring_rule": "达到得满分", "x": "1"}, {}],
        )
    )
    record = found.records[0]
    assert json.loads(record.extra) == {
        "grade_bands": [{"优": 90}],
        "header": {"项目支出名称": "甲", "项目名称:（2）": "丙"},
        "indicator_extras": [{"level3": "案件数", "x": "1"}],
        "overall_goal": {"later": "二"},
        "total": {"rank": 3},
    }
    notes = "".join(found.notes)
    assert all(
        word in notes
        for word in ("项目支出名称", "项目名称:（2）", "自评结论", "评(扣)分标准", "等级划分", "一级指标分值")
    )
    written = json.loads(write_records(found.records, templates))
    assert (written["grade_bands"], written["header"]["项目支出名称"]) == ([{"优": 90}], "甲")


def test_left_over_keys_of_two_imports_are_both_kept(load: Loads) -> None:
    content = form(indicators=[{"level3": "乙", "b": 2}], indicator_extras=[{"level3": "甲", "a": 1}])
    assert json.loads(load(content).records[0].extra)["indicator_extras"] == [
        {"level3": "甲", "a": 1},
        {"level3": "乙", "b": 2},
    ]


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        ({"unit": "元"}, IDS[1]),
        ({"unit": "万元"}, IDS[0]),
        ({"unit": "万元", "funds": [{"label": "财政拨款"}, {"label": "本级安排"}]}, IDS[1]),
        ({"unit": "元", "funds": [{"label": "资金总额"}, {"label": "其中：财政拨款"}]}, IDS[0]),
        ({"unit": "元", "funds": [{"label": "上年结转资金"}, {"label": "其他资金"}]}, IDS[0]),
        ({"unit": "万元", "header": {"填报日期": "", "单位(盖章)": "", "项目名称": ""}}, IDS[1]),
    ],
)
def test_an_unknown_template_gives_way_to_the_closest(
    load: Loads, templates: Mapping[str, Template], changes: dict[str, Json], chosen: str
) -> None:
    found = load(form(**{"template": "nanyue-2019-project-self", "header": {}} | changes))
    assert found.records[0].template_id == chosen
    assert "没有表样“nanyue-2019-project-self”，改用同类中最接近的" in found.notes[0]
    assert f"“{templates[chosen].title}”" in found.notes[0]
    assert chosen not in found.notes[0]
    assert "没有写明表样" in load(form(**{"template": ...} | changes)).notes[0]


def test_a_kind_without_a_template_is_answered(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    path = tmp_path / "甲.json"
    path.write_text(json.dumps(form(template="x", form_kind="report")), encoding="utf-8")
    with pytest.raises(UserError, match=r"“甲.json”是绩效自评报告，还没有这种表样.*什么都没有导入。"):
        read_records(path, {IDS[0]: templates[IDS[0]]})


def test_a_missing_unit_is_the_templates(load: Loads) -> None:
    found = load(form(template=IDS[1], unit=...))
    assert found.records[0].unit is MoneyUnit.YUAN
    assert "没有写明金额单位，按表样取“元”" in found.notes[0]


def test_half_a_surrogate_pair_is_replaced_and_named(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    path = tmp_path / "甲.json"
    path.write_text(json.dumps(form(header={"项目名称": "甲\ud842乙𠮷"})), encoding="utf-8")
    found = read_records(path, templates)
    assert found.records[0].value("project_name") == "甲\ufffd乙𠮷"
    assert "header.项目名称 里有残缺的字符" in found.notes[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([], "没有表"),
        (3, "开头 应为一个对象（花括号），现在是“3”"),
        (form(format=...), "里没有写明格式，像是别的程序的文件"),
        (form(format=[1]), "里没有写明格式"),
        (form(format="excel"), "的格式是“excel”，不是填报数据"),
        (
            form(format="perfdesk-record/2"),
            "由更新的版本保存（格式 perfdesk-record/2，本程序读 perfdesk-record/1）",
        ),
        (form(year=...), "缺少 year，应为四位年份"),
        (form(year="二〇二〇"), "year 应为四位年份，如 2024，现在是“二〇二〇”"),
        (form(year=2020.5), "year 应为四位年份"),
        (form(year=True), "year 应为四位年份，如 2024，现在是是非值"),
        (form(year=20200), "year 应为四位年份"),
        (form(unit="美元"), "unit 应为“元”或“万元”，现在是“美元”"),
        (form(template=..., form_kind=...), "没有写明是哪种表"),
        (form(template="x", form_kind=...), "用的表样“x”不在本机，又没有写明是哪种表"),
        (form(form_kind="poem"), "写的表种是“poem”，本程序不认识"),
        (form(template=[1]), "template 应为文字、数字或 null，现在是列表"),
        (form(bureau={}), "bureau 应为文字、数字或 null，现在是对象"),
        (form(header=[]), "header 应为一个对象（花括号），现在是列表"),
        (form(header={"项目名称": ["甲"]}), "header.项目名称 应为文字、数字或 null，现在是列表"),
        (form(funds={}), "funds 应为一个列表（方括号），现在是对象"),
        (form(funds=[{"executed": 1}]), "缺少 funds[0].label，应为资金行的名称"),
        (form(funds=["甲"]), "funds[0] 应为一个对象"),
        (form(indicators=[{}, {"target": True}]), "indicators[1].target 应为文字、数字或 null，现在是是非值"),
        (form(overall_goal="好"), "overall_goal 应为一个对象"),
        (form(total={"score": []}), "total.score 应为文字、数字或 null，现在是列表"),
        (form(values={"preparer": {}}), "values.preparer 应为文字"),
        (
            form(indicators=[{}] * (MAX_ROWS + 1)),
            f"indicators 有 {MAX_ROWS + 1} 行，最多 {MAX_ROWS} 行",
        ),
        (form(bureau="长" * (MAX_TEXT + 1)), f"bureau 有 {MAX_TEXT + 1} 个字"),
        (form(bureau="l" * (MAX_TEXT + 1)), f"bureau 有 {MAX_TEXT + 1} 个字"),
        ([form()] * (MAX_RECORDS + 1), f"有 {MAX_RECORDS + 1} 张表"),
        ([form(), form(year=[])], "[1].year 应为四位年份"),
    ],
)
def test_what_does_not_fit_is_answered_with_file_key_and_expectation(load: Loads, content: Json, says: str) -> None:
    with pytest.raises(UserError) as error:
        load(content)
    assert says in str(error.value)
    assert "“甲.json”" in str(error.value)
    assert str(error.value).endswith(("什么都没有导入。", "请先升级程序。"))


@pytest.mark.parametrize("kind", FormKind)
def test_every_kind_of_form_has_a_chinese_name(kind: FormKind) -> None:
    assert not kind.words.isascii()
    assert kind.words not in {other.words for other in FormKind if other is not kind}


def test_no_key_of_the_format_is_shown_to_the_clerk(cases: tuple[Path, ...], templates: Mapping[str, Template]) -> None:
    said: list[str] = []
    few = {one: templates[one] for one in IDS}  # as in an office that lacks the others
    for path in sorted(cases[0].parent.glob("*.json")):
        for known in (templates, few):
            try:
                said += read_records(path, known).notes
            except UserError as error:
                said.append(str(error).replace(f"“{path.name}”", ""))
    assert len(said) > 5
    foreign = [re.sub(r"没有表样“[^”]*”|JSON", "", one) for one in said]
    assert not [one for one in foreign if re.search("[A-Za-z]", one)]


def test_a_file_of_100_000_indicators_is_answered(load: Loads) -> None:
    with pytest.raises(UserError, match="100000 行，最多 2000 行"):
        load(form(indicators=[{}] * 100_000))


def test_notes_name_the_form_in_a_file_of_several(load: Loads) -> None:
    assert load([form(), form(later=1)]).notes == (
        "第 2 张表：“later”不属于表样“项目支出绩效自评表”，内容已随表保留。",
    )


def test_a_record_without_its_template_is_not_written(sample: Record) -> None:
    with pytest.raises(UserError, match="没有表样"):
        write_records((sample,), {})


def test_published_cases_come_back_as_they_were(
    cases: tuple[Path, ...], templates: Mapping[str, Template], tmp_path: Path
) -> None:
    for path in cases:
        found = read_records(path, templates, new_id=lambda: "1")
        assert not found.notes
        assert not found.records[0].extra
        copy = tmp_path / path.name
        copy.write_text(write_records(found.records, templates), encoding="utf-8")
        assert read_records(copy, templates, new_id=lambda: "1").records == found.records
        assert texts(json.loads(path.read_text("utf-8"))) == texts(json.loads(copy.read_text("utf-8")))


def texts(value: Json) -> list[str]:
    """Every text of a file, sorted."""
    if isinstance(value, dict):
        return sorted(text for one in value.values() for text in texts(one))
    if isinstance(value, list):
        return sorted(text for one in value for text in texts(one))
    return [] if value in (None, "") else [str(value)]
