"""The published forms beside the repository, each among the other forms of its office and year, against their answer key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from perfdesk.derive import derive
from perfdesk.exchange.exchange import read_records
from perfdesk.template import Filled
from tests.accuracy.matching import Entry, Outcome, Raised, compare, raised
from tests.checks.support import CASES, TEMPLATES

#: Deserved, and not found: why no program could see it in the forms alone.
UNSEEN: Mapping[tuple[str, Entry], str] = {
    (
        "lingling-2022-report",
        Entry("cross-form", "六、3"),
    ): "the contradiction is a sum that nobody wrote: 278 on the register, 194 in "
    "and 301 out make 579 people handled in the year; it has to be understood, not compared",
}
#: Raised beyond the key: looked at one by one, and right. What stands here is no false alarm.
RIGHT: Mapping[tuple[str, Entry], str] = {
    **{
        (form, Entry("all-full-marks", "总分")): "every row is full; worth a look, nothing has to be done"
        for form in (
            "changji-2020-admin-reconsideration-3",
            "changji-2020-administration-by-law-7",
            "qiannan-2024-legal-aid",
        )
    },
    **{
        (
            form,
            Entry("required-kind-missing", "质量、时效、成本"),
        ): "the rows of 质量, 时效 and 成本 are printed and empty"
        for form in ("lingling-2022-department-self", "lingling-2022-project-self")
    },
    (
        "chenxi-2021-department-self",
        Entry("budget-missing", "全年预算数"),
    ): "the cause of the blank-field that the key names: a rate and a score are printed over a blank denominator",
    (
        "chenxi-2021-department-self",
        Entry("weight-group", "产出指标"),
    ): "48 and 12 points where the principle is 50 and 10",
    (
        "lingling-2022-department-self",
        Entry("cross-form", "项目支出"),
    ): "4429287.6 here, 442.92万元 there; the key names the other side",
    (
        "lingling-2022-department-self",
        Entry("budget-change-unexplained", "全年预算数"),
    ): "15205000 to 16905537.09 is 11.18 % more, and no word about it",
    (
        "lingling-2022-project-self",
        Entry("execution-rate", "执行率"),
    ): "442.92 ÷ 318.4 = 139.11 %, printed 100 %; the key says so in its over-budget",
    (
        "qiannan-2024-grassroots-legislation",
        Entry("budget-change-unexplained", "全年预算数"),
    ): "0 became 30000, and no word about it",
    (
        "zhijiang-2024-goal-1-legal-counsel",
        Entry("unit-missing", "服务对象满意率"),
    ): "95 with a blank 计量单位, as in form 6 where the key names it",
    (
        "zhijiang-2024-goal-4-resettlement",
        Entry("name-mismatch", "主管部门"),
    ): "行政政法委 here, 行政政法股 on the other forms",
}


def is_here() -> bool:
    """Tell whether the published forms lie beside the repository."""
    return CASES.is_dir()


@cache
def forms() -> Mapping[str, Filled]:
    """Return every published form by the name of its file."""
    found = {}
    for path in sorted(CASES.glob("*-*.json")):
        record = replace(read_records(path, TEMPLATES).records[0], id=path.stem)
        found[path.stem] = Filled(TEMPLATES[record.template_id], record)
    return found


@cache
def key() -> Mapping[str, tuple[Entry, ...]]:
    """Return what each published form deserves."""
    told = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
    return {form: tuple(Entry(one["code"], one["where"]) for one in entries) for form, entries in told.items()}


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Check every published form among the others of its office."""
    return tuple(compare(name, key()[name], _raised(name, form)) for name, form in forms().items())


def _raised(name: str, form: Filled) -> tuple[Raised, ...]:
    office = name.partition("-")[0]
    others = tuple(
        other
        for other_name, other in forms().items()
        if other_name != name and other_name.startswith(f"{office}-") and other.record.year == form.record.year
    )
    return raised(derive(form.template, form.record, others).findings)
