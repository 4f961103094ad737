"""What a person is asked about an imported form, and what becomes of the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfdesk import places
from perfdesk.arriving import (
    Case,
    Found,
    Gravity,
    Known,
    Point,
    Same,
    Say,
    arrived,
    as_chosen,
    correct,
    count_of,
    notes_of,
    origin_of,
    points_of,
    retake,
    same_of,
)
from perfdesk.arriving.points import MOST_LEFTOVERS
from perfdesk.exchange import exchange
from perfdesk.model import Binding, Block, Record
from perfdesk.parameters import find
from perfdesk.recognition import Certainty, Leftover, Place, Query, RecognisedForm, Spot
from perfdesk.template import Own, Template, read_shelf, read_stock
from tests.foreign_files import again, found_of
from tests.simple_forms import FILES

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVEL1 = Binding(Block.INDICATORS, "level1", 0)
INFERRED = "这一行没有一级指标，按表样推定为“产出指标”"


@pytest.fixture(scope="module")
def templates() -> Mapping[str, Template]:
    nothing = Path("no-such-folder")
    return read_shelf(read_stock(find(places.resources(), nothing)), Own(nothing, nothing, nothing)).templates


@pytest.fixture(scope="module")
def record(templates: Mapping[str, Template]) -> Record:
    """The first of the small samples, with no stated figure that differs from the computed one."""
    record = exchange.read_records(FILES[0], templates).records[0]
    rows = tuple(replace(one, score="") for one in record.indicators)
    funds = tuple(replace(one, score="", execution_rate="") for one in record.funds)
    return replace(record, id="new", indicators=rows, funds=funds, stated={}, extra="")


@pytest.fixture(scope="module")
def found(templates: Mapping[str, Template], record: Record) -> Found:
    return found_of(templates[record.template_id], record)


def case_of(found: Found, **more: object) -> Case:
    """The form with other readings, queries, leftovers."""
    form = replace(found.form, **more)  # type: ignore[arg-type]
    return Case(replace(found, form=form), form)


def doubtful(form: RecognisedForm, *, certainty: Certainty = Certainty.INFERRED, why: str = INFERRED) -> object:
    return tuple(one._replace(certainty=certainty, why=why) if one.binding == LEVEL1 else one for one in form.readings)


def the_point(case: Case, title: str) -> Point:
    (point,) = (one for one in points_of(case) if one.title == title)
    return point


def test_a_text_that_belongs_to_nothing_is_kept_unless_somebody_says_no(found: Found, record: Record) -> None:
    case = Case(found, found.form)
    (point,) = points_of(case)
    assert (point.title, point.where, point.answers) == ("没有看懂的文字", "第 2 段", (Say.NOTE, Say.DROP))
    assert notes_of(arrived(case)) == ("第 2 段：填表说明：定量指标按比例计分。",)
    assert arrived(replace(case, said={point: Say.DROP})) == record
    assert notes_of(record) == ()


def test_what_is_kept_already_is_not_kept_twice(found: Found) -> None:
    case = Case(found, found.form)
    once = arrived(case)
    assert arrived(replace(case, form=replace(case.form, record=once))) == once


def test_an_inferred_cell_is_taken_unless_somebody_leaves_it_blank(found: Found, record: Record) -> None:
    case = case_of(found, readings=doubtful(found.form), leftovers=())
    point = the_point(case, "推定的格")
    assert (point.words, point.gravity, point.answers) == (INFERRED, Gravity.ASKS, (Say.TAKE, Say.BLANK))
    assert arrived(case) == record
    left = replace(case, said={point: Say.BLANK})
    assert arrived(left).indicators[0].level1 == ""
    assert arrived(left).indicators[1:] == record.indicators[1:]


def test_a_question_of_recognition_stands_once(found: Found) -> None:
    query = Query("一级指标空白", INFERRED, (Place(1, 14, 0, "第15行第1列"),), (LEVEL1,))
    case = case_of(found, readings=doubtful(found.form), queries=(query,), leftovers=())
    assert [(one.title, one.where) for one in points_of(case)] == [("一级指标空白", "第15行第1列")]


@pytest.mark.parametrize(
    ("query", "answers", "gravity"),
    [
        (Query("年度", "文件里没有写明年度", ()), (Say.KNOWN,), Gravity.TELLS),
        (
            Query("表外的字", "“……”", (), (), (Leftover("一", Place(0, -1, -1, "第 1 段")),)),
            (Say.NOTE, Say.DROP),
            Gravity.ASKS,
        ),
        (Query("存疑", "“……”", (), (LEVEL1,)), (Say.TAKE, Say.BLANK), Gravity.ASKS),
    ],
)
def test_what_can_be_answered(found: Found, query: Query, answers: tuple[Say, ...], gravity: Gravity) -> None:
    (point,) = points_of(case_of(found, queries=(query,), leftovers=query.leftovers))
    assert (point.answers, point.gravity) == (answers, gravity)


def test_how_many_points_ask(found: Found) -> None:
    assert count_of(case_of(found, readings=doubtful(found.form))) == 2
    assert count_of(case_of(found, leftovers=())) == 0


def test_a_file_of_our_own_asks_nothing(found: Found) -> None:
    case = Case(replace(found, source=None), found.form)
    assert (points_of(case), notes_of(arrived(case))) == ((), ())


def test_a_doubtful_cell_is_called_so(found: Found) -> None:
    readings = doubtful(found.form, certainty=Certainty.DOUBTFUL)
    assert the_point(case_of(found, readings=readings, leftovers=()), "存疑的格").bindings == (LEVEL1,)


def test_of_hundreds_of_texts_the_rest_share_one_point(found: Found) -> None:
    left = tuple(Leftover(f"杂文 {n}", Place(0, n, 0, f"A{n + 1}")) for n in range(MOST_LEFTOVERS + 5))
    case = case_of(found, leftovers=left)
    points = points_of(case)
    assert len(points) == MOST_LEFTOVERS + 1
    assert points[-1].words.startswith("另有 5 处文字不属于表中任何一格")
    assert points[-1].where == "A41 等 5 处"
    assert len(notes_of(arrived(case))) == len(left)


def test_what_stands_outside_of_all_forms_and_what_was_not_read_comes_with_the_first(found: Found) -> None:
    stray = Leftover("请各单位于3月31日前报送。", Place(9, -1, -1, "第 9 段"))
    more = replace(found, strays=(stray,), notes=("“附图”里的图片没有读",))
    words = [one.words for one in points_of(Case(more, more.form))]
    assert words[1:] == ["“请各单位于3月31日前报送。”在表的外面", "“附图”里的图片没有读"]


def test_a_figure_on_paper_that_differs_is_told_and_imported_as_it_stands(found: Found, record: Record) -> None:
    stated = replace(record, stated={"total_score": "88", "total_weight": "77"})
    case = case_of(found, record=stated, leftovers=())
    point = the_point(case, "表上填的数与算得的不同")
    assert "得分填 88，算得" in point.words
    assert point.words.endswith("按填的数导入，审核时提示")
    assert arrived(case).stated == {"total_score": "88", "total_weight": "77"}


def test_another_year_is_the_year_of_the_record(found: Found) -> None:
    assert arrived(replace(Case(found, found.form), year=2019)).year == 2019


def test_each_field_is_traced_to_its_cell(found: Found) -> None:
    case = case_of(found, readings=doubtful(found.form), leftovers=())
    record = arrived(case)
    origin = origin_of(case, record)
    assert (origin.file, origin.kind, origin.digest) == (found.file, "docx", found.digest)
    name = Binding(Block.VALUES, "project_name")
    traced = origin.of(record, name)
    assert traced is not None
    assert (traced.text, traced.where) == (record.value("project_name"), "第1行第3列")
    left = replace(case, said={the_point(case, "推定的格"): Say.BLANK})
    assert origin_of(left, arrived(left)).of(record, LEVEL1) is None


def test_a_form_is_understood_anew(found: Found, templates: Mapping[str, Template]) -> None:
    other = next(one for one in templates.values() if one is not found.form.template)
    case = Case(found, found.form, said={points_of(Case(found, found.form))[0]: Say.DROP})
    taken = retake(case, other, again)
    assert taken.form.template is other
    assert taken.said == {}
    nowhere = Spot("", "column 2", 0)
    mapped = correct(case, {nowhere: None}, again)
    assert mapped.form.record.value("project_name") == ""
    assert (mapped.said, mapped.corrections) == (case.said, {nowhere: None})


def test_a_form_comes_as_the_template_that_was_chosen_for_its_layout(
    found: Found, templates: Mapping[str, Template]
) -> None:
    source, form = found.source, found.form
    assert source is not None
    other = next(one for one in templates.values() if one is not form.template)
    said = {form.layout: {Spot("", "column 2", 0): None}}
    chosen = as_chosen(source, form, Known(templates, said, {form.layout: other.id}), again)
    assert (chosen.template, chosen.record.value("project_name"), chosen.layout) == (other, "", form.layout)
    for wanted in ({}, {form.layout: form.template.id}, {form.layout: "no-such-template"}):
        assert as_chosen(source, form, Known(templates, said, wanted), again) is form


def test_a_data_file_has_nothing_to_be_understood_anew(found: Found) -> None:
    case = Case(replace(found, source=None), found.form)
    assert retake(case, found.form.template, again) is case
    assert correct(case, {Spot("", ""): None}, again) is case


# ------------------------------------------------------------------------------------------------ which form is there


SAME = [
    ({}, True),
    ({"values": {"project_name": "2020年 法律援助工作经费"}}, True),
    ({"values": {"project_name": "安置帮教经费"}}, False),
    ({"year": 2019}, False),
    ({"bureau": ""}, True),
    ({"bureau": "青禾县 司法局"}, True),
    ({"bureau": "青禾哈萨克自治县司法局"}, True),
    ({"bureau": "别的司法局"}, False),
    ({"template_id": "no-such-template"}, False),
]


@pytest.mark.parametrize(("change", "same"), SAME)
def test_which_form_is_the_same(
    change: dict[str, object],
    same: bool,
    templates: Mapping[str, Template],
    record: Record,
) -> None:
    values = {"project_name": "法律援助工作经费"}
    mine = replace(record, year=2020, bureau="青禾县司法局", values=values, extra="{}")
    there = replace(mine, id="old", extra="", **change)  # type: ignore[arg-type]
    found = same_of(mine, templates[mine.template_id], [there], templates)
    assert (found is not None) is same


def test_an_office_is_also_known_by_who_carries_the_project_out(
    templates: Mapping[str, Template], record: Record
) -> None:
    values = {"project_name": "法律援助工作经费", "agency": "青禾县法律援助中心"}
    mine = replace(record, bureau="青禾县法律援助中心", values=values)
    there = replace(record, id="old", bureau="青禾县司法局", values=values)
    assert same_of(mine, templates[mine.template_id], [there], templates) is not None


def test_a_twin_comes_before_a_namesake_and_another_template_last(
    templates: Mapping[str, Template], record: Record
) -> None:
    template = templates[record.template_id]
    other = next(one for one in templates.values() if one.kind is template.kind and one is not template)
    namesake = replace(record, id="b", extra='{"a": "1"}')
    elsewhere = replace(record, id="a", template_id=other.id)
    twin = replace(record, id="c")
    assert same_of(record, template, [elsewhere], templates) == Same(elsewhere, equal=False, other_template=True)
    assert same_of(record, template, [elsewhere, namesake], templates) == Same(namesake, False, False)
    assert same_of(record, template, [elsewhere, namesake, twin], templates) == Same(twin, True, False)
    assert same_of(record, template, [], templates) is None


def test_the_form_of_the_same_id_is_the_same_under_another_name(
    templates: Mapping[str, Template], record: Record
) -> None:
    renamed = replace(record, values={**record.values, "project_name": "改了名字"})
    assert same_of(record, templates[record.template_id], [renamed], templates) is not None
