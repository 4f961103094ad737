"""What an import saves: new forms, forms in the place of others, versions beside them; each with where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Binding, Block, FundRow, Indicator, Origin, Record, Section, Traced, VersionKind
from perfdesk.recognition import Spot
from perfdesk.store import Arrival, Store, Way
from perfdesk.store.arrivals import BEFORE

Form = Callable[..., Record]

ACTUAL = Binding(Block.INDICATORS, "actual", 1)
PLACE = Traced(ACTUAL, "普法骨干培训通过率", "≥90%", ("第12行第5列",))
ORIGIN = Origin("2020年自评表.docx", "docx", "ab" * 32, (PLACE,))


def named(record: Record, name: str) -> Record:
    return replace(record, values={**record.values, "project_name": name})


def test_a_new_form_comes_in_with_where_it_came_from(store: Store, form: Form) -> None:
    store.arrivals.take_in([Arrival(form(1), ORIGIN), Arrival(form(2), Origin("数据.json", "json", "cd" * 32))])
    assert store.load(form(1).id) == form(1)
    ((_, origin),) = store.origins.of(form(1).id)
    assert origin == ORIGIN
    assert [one.file for _, one in store.origins.of(form(2).id)] == ["数据.json"]
    assert store.origins.of("nobody") == ()
    assert store.history.prove().broken is None


def test_an_update_keeps_the_content_before_as_a_version(store: Store, form: Form) -> None:
    store.save(form(1))
    store.arrivals.take_in([Arrival(named(form(1), "普法经费"), ORIGIN, Way.UPDATE)])
    assert store.load(form(1).id).value("project_name") == "普法经费"
    (version,) = store.versions.of(form(1).id)
    assert (version.kind, version.name) == (VersionKind.REPLACED, BEFORE)
    assert store.versions.record_of(version.id) == form(1)
    assert store.history.prove().broken is None


def test_a_version_beside_the_form_leaves_the_form_as_it_is(store: Store, form: Form) -> None:
    store.save(form(1))
    store.arrivals.take_in([Arrival(named(form(1), "普法经费"), ORIGIN, Way.VERSION)])
    assert store.load(form(1).id) == form(1)
    (version,) = store.versions.of(form(1).id)
    assert (version.kind, version.name) == (VersionKind.KEPT, "导入自“2020年自评表.docx”")
    assert store.versions.record_of(version.id).value("project_name") == "普法经费"
    assert store.history.prove().broken is None


def test_all_come_in_or_none(store: Store, form: Form) -> None:
    store.save(form(2))
    store.versions.keep(form(2), VersionKind.SUBMITTED)
    arrivals = [Arrival(form(1), ORIGIN), Arrival(named(form(2), "别的"), ORIGIN, Way.UPDATE)]
    with pytest.raises(UserError, match="已上报"):
        store.arrivals.take_in(arrivals)
    assert [one.id for one in store.entries()] == [form(2).id]
    assert store.origins.of(form(1).id) == ()


def test_a_form_that_went_meanwhile_is_not_made_again(store: Store, form: Form) -> None:
    with pytest.raises(UserError, match="不在了"):
        store.arrivals.take_in([Arrival(form(1), ORIGIN, Way.UPDATE)])
    assert store.entries() == ()


def test_a_year_that_is_only_looked_at_takes_nothing_in(store: Store, form: Form) -> None:
    store.freeze(form(1).year, on=True)
    with pytest.raises(UserError, match="只供查看"):
        store.arrivals.take_in([Arrival(form(1), ORIGIN)])


def test_the_latest_import_comes_first_and_both_stay(store: Store, form: Form) -> None:
    store.arrivals.take_in([Arrival(form(1), ORIGIN)])
    store.arrivals.take_in([Arrival(named(form(1), "普法经费"), replace(ORIGIN, file="二.xlsx"), Way.UPDATE)])
    assert [one.file for _, one in store.origins.of(form(1).id)] == ["二.xlsx", "2020年自评表.docx"]


ROWS = (Indicator(name="组织普法宣传活动"), Indicator(name="普法骨干培训通过率", actual="96%"))
RECORD = Record("a", "t", 2020, indicators=ROWS, funds=(FundRow("年度资金总额"),), sections=(Section(1, "一、概况"),))
FIELDS = (
    Traced(Binding(Block.VALUES, "project_name"), "", "普法", ("B1",)),
    PLACE,
    Traced(Binding(Block.FUNDS, "executed", 0), "年度资金总额", "26.5", ("E4",)),
    Traced(Binding(Block.SECTIONS, "text", 0), "一、概况", "……", ("第 3 段", "第 4 段")),
    Traced(Binding(Block.ROWS, "agency", 2), "", "司法局", ("B7",)),
)


@pytest.mark.parametrize(
    ("binding", "where"),
    [
        (Binding(Block.VALUES, "project_name"), "B1"),
        (Binding(Block.VALUES, "agency"), None),
        (ACTUAL, "第12行第5列"),
        (replace(ACTUAL, row=0), None),
        (replace(ACTUAL, row=9), None),
        (Binding(Block.FUNDS, "executed", 0), "E4"),
        (Binding(Block.SECTIONS, "text", 0), "第 3 段、第 4 段"),
        (Binding(Block.ROWS, "agency", 2), "B7"),
        (Binding(Block.ROWS, "agency", 1), None),
    ],
)
def test_where_a_cell_came_from(binding: Binding, where: str | None) -> None:
    traced = replace(ORIGIN, fields=FIELDS).of(RECORD, binding)
    assert (traced and traced.where) == where


def test_a_row_that_was_moved_is_found_by_its_name() -> None:
    moved = replace(RECORD, indicators=(ROWS[1], ROWS[0]))
    assert ORIGIN.of(moved, replace(ACTUAL, row=0)) == PLACE
    assert ORIGIN.of(moved, ACTUAL) is None


def test_what_was_said_about_a_layout_is_remembered(store: Store) -> None:
    said = {Spot("数量指标", "完成值", 1): ACTUAL, Spot("", "序号"): None}
    store.mappings.remember({"layout-1": said, "layout-2": {Spot("备注", ""): None}})
    assert store.mappings.all() == {"layout-1": said, "layout-2": {Spot("备注", ""): None}}
    store.mappings.remember({"layout-2": {}})
    assert store.mappings.all() == {"layout-1": said}
    assert store.frozen_years() == frozenset()


def test_the_template_that_was_chosen_for_a_layout_is_remembered(store: Store) -> None:
    store.mappings.remember({}, {"layout-1": "qiannan-2024-project-self", "layout-2": "hubei-2020-project-self"})
    store.mappings.remember({"layout-1": {Spot("备注", ""): None}}, {"layout-2": ""})
    assert store.mappings.templates() == {"layout-1": "qiannan-2024-project-self"}
    assert store.mappings.all() == {"layout-1": {Spot("备注", ""): None}}
