"""附表: a report names the forms that go behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from perfdesk.gathering import annex_key, annexes
from perfdesk.model import Record
from perfdesk.template import Filled, Template

OFFICE = "青禾县司法局"


def form(templates: Mapping[str, Template], number: int, **values: str) -> Filled:
    template = templates["national-2020-project-self"]
    return Filled(template, Record(f"{number}", template.id, 2024, bureau=OFFICE, values=values))


def test_a_form_is_remembered_by_its_kind_and_name(templates: Mapping[str, Template]) -> None:
    assert annex_key(form(templates, 1, project_name="普法经费", title="自评表")) == "项目支出绩效自评表·普法经费"
    assert annex_key(form(templates, 1, title="自评表")) == "项目支出绩效自评表·自评表"
    assert annex_key(form(templates, 1)) == "项目支出绩效自评表·项目支出绩效自评表"


def test_annexes_stand_in_the_order_of_the_report(templates: Mapping[str, Template]) -> None:
    aid, law, twin = (form(templates, n, project_name=name) for n, name in enumerate(("法律援助", "普法", "普法")))
    elsewhere = Filled(aid.template, replace(aid.record, id="9", bureau="别的局"))
    names = "\n".join((annex_key(law), "没有了", annex_key(aid), annex_key(twin)))
    report = Record("r", "lingling-2022-report", 2024, bureau=OFFICE, values={"annexes": names})
    assert annexes(report, (elsewhere, aid, law, twin)) == (law, aid, twin)
    assert annexes(replace(report, values={}), (aid, law)) == ()
