"""perfdesk-record/1 for every kind: 资金明细, 签名, empty 二级指标, lists, reports, grade boxes; the published cases come back."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.exchange.exchange import Import, read_records, write_records
from perfdesk.json_file import Json
from perfdesk.labels import match_label
from perfdesk.model import Answer, FormKind, Indicator, ListRow, Record, Section
from perfdesk.template import Block, BlockRole, Field, Slot, SlotKind, Template
from tests.conftest import CASES

ALL_CASES = tuple(sorted(path for path in CASES.glob("*.json") if path.name != "expected.json"))
GROUPS = ("按收入性质分", "按支出性质分")
FIELDS = (
    Field("title", "标题"),
    Field("unit_name", "单位名称"),
    Field("public", "一般公共预算", group=GROUPS[0]),
    Field("income_other", "其他资金", group=GROUPS[0]),
    Field("basic", "基本支出", group=GROUPS[1]),
    Field("preparer", "填表人", signature=True),
    Field("phone", "联系电话", signature=True),
    Field("staff", "在职人数", raw=True, unit="人"),
)
COLUMNS = (Field("agency", "单位名称"), Field("website", "公开网址"), Field("remark", "备注"))
STARTER = tuple(
    Indicator(level1=level1, level1_weight=weight, level2=level2)
    for level1, weight, level2s in (
        ("产出指标", "50", ("数量指标", "质量指标", "时效指标")),
        ("效益指标", "30", ("经济效益指标", "社会效益指标")),
    )
    for level2 in level2s
)
LABELS = st.sampled_from(["质量指标", "时效指标", "经济效益指标", "数量指标", "生态效益指标"])

Loads = Callable[..., Import]


@pytest.fixture(scope="module")
def kinds(templates: Mapping[str, Template]) -> Mapping[str, Template]:
    """One small template for each thing that only some forms have."""
    plain = replace(templates["national-2020-project-self"], fields=FIELDS, kind=FormKind.DEPARTMENT_SELF)
    grade = Block(BlockRole.GRID, 1, (Slot(SlotKind.COMPUTED, 0, 0, key="grade"),))
    made = {
        "funds": plain,
        "kept": replace(plain, keep_level2=True, starter=STARTER),
        "rating": replace(plain, blocks=(*plain.blocks, grade), funds=(), kind=FormKind.DEPARTMENT_RATING),
        "list": replace(plain, blocks=(Block(BlockRole.LIST, 1, ()),), columns=COLUMNS, funds=()),
        "report": replace(plain, blocks=(Block(BlockRole.SECTIONS, 0, ()),), funds=(), kind=FormKind.REPORT),
    }
    return MappingProxyType({name: replace(one, id=name) for name, one in made.items()})


@pytest.fixture
def load(tmp_path: Path, kinds: Mapping[str, Template]) -> Loads:
    """Write a form of a template as a file and read it."""

    def read(template: str, **content: Json) -> Import:
        path = tmp_path / "甲.json"
        whole = {"format": "perfdesk-record/1", "template": template, "year": 2022, "unit": "万元", **content}
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        return read_records(path, kinds, new_id=lambda: "1")

    return read


def written(found: Import, kinds: Mapping[str, Template]) -> dict[str, Json]:
    """Return what is written of a form that was read; reading that again must give the same."""
    content: dict[str, Json] = json.loads(write_records(found.records, kinds))
    return content


def again(record: Record, kinds: Mapping[str, Template], folder: Path) -> Record:
    path = folder / "乙.json"
    path.write_text(write_records((record,), kinds), encoding="utf-8")
    return read_records(path, kinds, new_id=lambda: record.id).records[0]


def test_the_parts_of_the_money_stand_under_their_groups(
    load: Loads, kinds: Mapping[str, Template], tmp_path: Path
) -> None:
    rows = [{"label": "一般公共预算", "amount": "80"}, {"label": "其他 资金", "amount": None}]
    strange = [
        {"label": "上缴", "amount": "1"},
        {"label": "其中：基本支出", "amount": "7", "说明": "x"},
        {"label": "基本支出"},
    ]
    found = load("funds", fund_breakdown={"按收入性质分：": rows, GROUPS[1]: strange, "按来源分": [{"label": "县级"}]})
    record = found.records[0]
    assert record.values == {"public": "80", "income_other": "", "basic": "7"}
    assert "资金明细的“上缴”、“基本支出（2）”、“县级”不是表样" in found.notes[0]
    assert "资金明细的“说明”不属于" in found.notes[1]
    assert written(found, kinds)["fund_breakdown"] == {
        GROUPS[0]: [{"label": "一般公共预算", "amount": "80"}, {"label": "其他资金", "amount": None}],
        GROUPS[1]: [
            {"label": "基本支出", "amount": "7"},
            {"label": "上缴", "amount": "1"},
            {"label": "基本支出（2）", "amount": None},
        ],
        "按来源分": [{"label": "县级", "amount": None}],
    }
    assert again(record, kinds, tmp_path) == record


def test_signatures_and_raw_figures_have_places_of_their_own(
    load: Loads, kinds: Mapping[str, Template], tmp_path: Path
) -> None:
    found = load(
        "funds", header={"单位名称": "甲局", "填表人": "乙"}, signatures={"联系电话:": None}, values={"staff": 89}
    )
    record = found.records[0]
    assert record.values == {"unit_name": "甲局", "preparer": "乙", "phone": "", "staff": "89"}
    content = written(found, kinds)
    assert content["header"] == {"单位名称": "甲局"}
    assert content["signatures"] == {"填表人": "乙", "联系电话": None}
    assert content["values"] == {"staff": "89"}
    assert again(record, kinds, tmp_path) == record


def rows_of(record: Record) -> list[tuple[str, str, str]]:
    return [(row.level1_weight, row.level2, row.name) for row in record.indicators]


def test_empty_rows_stand_where_the_form_has_them(load: Loads, kinds: Mapping[str, Template], tmp_path: Path) -> None:
    filled = [
        {"level1": "产出指标", "level1_weight": "45", "level2": "数量指标", "level3": "案件数"},
        {"level1": "产出指标", "level1_weight": "45", "level2": "其他指标", "level3": "培训"},
        {"level1": "效益指标", "level1_weight": "30", "level2": "社会效益指标", "level3": "知晓率"},
    ]
    found = load("kept", indicators=filled, empty_level2_rows=["质量指标", "经济 效益指标", "成本指标", "数量指标"])
    record = found.records[0]
    assert rows_of(record) == [
        ("45", "数量指标", "案件数"),
        ("45", "其他指标", "培训"),
        ("45", "数量指标", ""),
        ("45", "质量指标", ""),
        ("30", "经济效益指标", ""),
        ("30", "社会效益指标", "知晓率"),
    ]
    assert "二级指标“成本指标”不是表样" in found.notes[-1]
    assert again(record, kinds, tmp_path) == record


def test_empty_rows_that_labels_cannot_bring_back_are_written_whole(
    kinds: Mapping[str, Template], tmp_path: Path
) -> None:
    moved = (
        Indicator(level1="效益指标", level2="质量指标"),
        Indicator(level1="产出指标", level2="数量指标", name="案件数"),
    )
    record = Record("1", "kept", 2022, indicators=moved)
    content = json.loads(write_records((record,), kinds))
    assert len(content["indicators"]) == 2
    assert "empty_level2_rows" not in content
    assert again(record, kinds, tmp_path).indicators == moved


def test_a_blank_form_is_written_as_labels_alone(kinds: Mapping[str, Template], tmp_path: Path) -> None:
    record = Record("1", "kept", 2022, funds=(), indicators=STARTER)
    content = json.loads(write_records((record,), kinds))
    assert content["empty_level2_rows"] == [row.level2 for row in STARTER]
    assert again(record, kinds, tmp_path).indicators == STARTER


@given(
    st.lists(
        st.builds(
            Indicator,
            level1=st.sampled_from(["产出指标", "效益指标", "x"]),
            level2=LABELS,
            name=st.sampled_from(["", "甲"]),
        ),
        max_size=6,
    ),
    st.booleans(),
)
@settings(deadline=None)
def test_rows_come_back_whatever_is_empty(
    kinds: Mapping[str, Template], tmp_path_factory: pytest.TempPathFactory, rows: list[Indicator], first: bool
) -> None:
    kept = tuple([*STARTER[:2], *rows] if first else rows)
    record = Record("1", "kept", 2022, indicators=kept)
    assert again(record, kinds, tmp_path_factory.mktemp("rows")).indicators == kept


def test_list_rows_come_as_objects_or_in_the_order_of_the_columns(
    load: Loads, kinds: Mapping[str, Template], tmp_path: Path
) -> None:
    rows = [["甲局", None, "https://a.cn", 7], {"单位名称": "乙局", "website": "", "备 注": "x", "面积": "9"}, {}]
    found = load("list", columns=["单位名称", "备注", "公开网址:", "序号"], rows=rows)
    record = found.records[0]
    assert record.rows == (
        ListRow.of({"agency": "甲局", "website": "https://a.cn", "序号": "7"}),
        ListRow.of({"agency": "乙局", "remark": "x", "面积": "9"}),
        ListRow(),
    )
    assert "“序号”、“面积”不是表样“项目支出绩效自评表”的栏" in found.notes[0]
    content = written(found, kinds)
    assert content["columns"] == ["单位名称", "公开网址", "备注", "序号", "面积"]
    assert content["rows"][0] == {"单位名称": "甲局", "公开网址": "https://a.cn", "备注": None, "序号": "7"}
    assert again(record, kinds, tmp_path) == record


def test_a_label_that_comes_twice_keeps_both_texts(load: Loads) -> None:
    record = load("list", rows=[{"备注": "a", "备 注": "b"}]).records[0]
    assert record.rows == (ListRow.of({"remark": "a", "备 注（2）": "b"}),)


def test_columns_of_one_label_are_told_apart_by_their_keys(kinds: Mapping[str, Template], tmp_path: Path) -> None:
    twice = {"list": replace(kinds["list"], columns=(*COLUMNS, Field("more", "备注：")))}
    record = Record("1", "list", 2022, rows=(ListRow.of({"remark": "a", "more": "b"}),))
    assert json.loads(write_records((record,), twice))["columns"] == ["单位名称", "公开网址", "备注", "more"]
    assert again(record, twice, tmp_path).rows == record.rows


def test_a_report_comes_with_its_sections(load: Loads, kinds: Mapping[str, Template], tmp_path: Path) -> None:
    found = load(
        "report",
        sections=[
            {"level": 1, "heading": "一、基本情况", "paragraphs": None},
            {"level": "2", "heading": "（一）职能", "paragraphs": ["执行 {{部门·执行数|12}} 万元。", None], "页": 3},
            {"heading": None},
        ],
    )
    record = found.records[0]
    assert record.sections == (
        Section(1, "一、基本情况"),
        Section(2, "（一）职能", ("执行 {{部门·执行数|12}} 万元。", "")),
        Section(1, ""),
    )
    assert "正文的“页”不属于" in found.notes[0]
    assert '"level": 2,' in write_records((record,), kinds)
    assert again(record, kinds, tmp_path) == record


def test_a_form_comes_with_the_answers_to_its_findings(
    load: Loads, kinds: Mapping[str, Template], tmp_path: Path
) -> None:
    answer = {"code": "over-budget", "where": "全年执行数", "figures": "8.2 8", "text": "年底追加 0.2 万元。"}
    found = load("report", answers=[answer, {"code": "vague-targets", "人": "甲"}])
    record = found.records[0]
    assert record.answers == (
        Answer("over-budget", "全年执行数", "", "8.2 8", "年底追加 0.2 万元。"),
        Answer("vague-targets", "", "", "", ""),
    )
    assert "说明的“人”不属于" in found.notes[0]
    assert again(record, kinds, tmp_path) == record


BANDS = [{"grade": "优秀", "range": "90—100", "ticked": False}, {"grade": "良好", "min": "80", "ticked": True}]


@pytest.mark.parametrize(
    ("bands", "stated", "comes_back"),
    [
        (BANDS, "良好", BANDS),
        ([BANDS[0]], "", [BANDS[0]]),
        ([{"grade": "中", "ticked": True}], "中", [{"grade": "中", "ticked": True}]),
        ([{"grade": "中"}], "", [{"grade": "中", "ticked": False}]),
        (
            [*BANDS, {"grade": "差", "ticked": True}],
            "良好、差",
            [BANDS[0], BANDS[1] | {"ticked": False}, {"grade": "良好、差", "ticked": True}],
        ),
        ([], "", None),
    ],
)
def test_the_ticked_grade_is_a_stated_value(
    load: Loads, kinds: Mapping[str, Template], tmp_path: Path, bands: Json, stated: str, comes_back: Json
) -> None:
    found = load("rating", grade_bands=bands)
    record = found.records[0]
    assert record.stated.get("grade", "") == stated
    assert written(found, kinds).get("grade_bands") == comes_back
    assert again(record, kinds, tmp_path) == record


def test_a_grade_typed_here_ticks_its_band(load: Loads, kinds: Mapping[str, Template]) -> None:
    record = replace(load("rating", grade_bands=BANDS).records[0], stated={"grade": "优秀"})
    assert [one["ticked"] for one in json.loads(write_records((record,), kinds))["grade_bands"]] == [True, False]


def test_figures_typed_over_come_back_by_their_keys(kinds: Mapping[str, Template], tmp_path: Path) -> None:
    record = Record("1", "list", 2022, stated={"sum.executed": "9", "grade": "优", "total_score": "3"})
    assert again(record, kinds, tmp_path).stated == record.stated


def test_a_unit_that_was_not_stated_is_not_invented(load: Loads, kinds: Mapping[str, Template]) -> None:
    found = load("rating", unit=None)
    assert not found.notes
    assert "unit" not in written(found, kinds)
    assert "没有写明金额单位" in load("funds", unit=None).notes[0]


@pytest.mark.parametrize(
    ("template", "content", "says"),
    [
        ("funds", {"fund_breakdown": []}, "fund_breakdown 应为一个对象"),
        ("funds", {"fund_breakdown": {GROUPS[0]: [{"amount": 1}]}}, f"缺少 fund_breakdown.{GROUPS[0]}[0].label"),
        ("kept", {"empty_level2_rows": "质量指标"}, "empty_level2_rows 应为一个列表"),
        ("kept", {"empty_level2_rows": [{}]}, "empty_level2_rows.0 应为文字、数字或 null，现在是对象"),
        ("list", {"columns": ["甲"] * 2001}, "columns 有 2001 行，最多 2000 行"),
        ("list", {"columns": ["甲"], "rows": [["a", "b"]]}, "rows[0] 应为 1 格，与 columns 一样多，现在是“2 格”"),
        ("list", {"rows": {}}, "rows 应为一个列表"),
        ("list", {"rows": [{}] * 2001}, "rows 有 2001 行"),
        ("list", {"rows": ["甲"]}, "rows[0] 应为一个对象"),
        ("list", {"rows": [{"备注": []}]}, "rows[0].备注 应为文字"),
        ("report", {"sections": [{"level": 4}]}, "sections[0].level 应为 1、2 或 3，现在是“4”"),
        ("report", {"sections": [{"paragraphs": "甲"}]}, "sections[0].paragraphs 应为一个列表"),
        ("report", {"answers": [{"text": "甲"}]}, "缺少 answers[0].code"),
        ("report", {"answers": {}}, "answers 应为一个列表"),
        ("rating", {"grade_bands": [{"ticked": "√"}]}, "grade_bands[0].ticked 应为 true 或 false，现在是“√”"),
    ],
)
def test_what_does_not_fit_is_answered(load: Loads, template: str, content: dict[str, Json], says: str) -> None:
    with pytest.raises(UserError) as error:
        load(template, **content)
    assert says in str(error.value)


# ------------------------------------------------------------------------------------------------ the published forms


def normal(value: Json) -> Json:
    """The normalisation of the format: null = "" = absent, numbers as texts, labels as they are matched."""
    if isinstance(value, dict):
        pairs = {match_label(key): normal(one) for key, one in value.items()}
        return {key: one for key, one in pairs.items() if one not in (None, {}, [])}
    if isinstance(value, list):
        return [normal(one) for one in value]
    if value in (None, ""):
        return None
    return value if isinstance(value, bool) else unicodedata.normalize("NFC", str(value))


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda path: path.stem)
def test_every_published_form_comes_back_as_it_was(case: Path, templates: Mapping[str, Template]) -> None:
    content = json.loads(case.read_text("utf-8"), parse_int=str, parse_float=str)
    found = read_records(case, templates)
    assert found.records[0].template_id == content["template"]
    assert normal(json.loads(write_records(found.records, templates))) == normal(content)
    assert not [note for note in found.notes if "保留" in note]
