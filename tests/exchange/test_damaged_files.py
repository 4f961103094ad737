"""Exchange files damaged at any place: each is refused in one Chinese sentence, or used whole."""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.derive import derive
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.json_file import Json
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.filled_forms import filled
from tests.test_every_template import check_tiles
from tests.test_layout import check

FOLDER = ROOT / "resources" / "templates"
ALL = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
every_template = pytest.mark.parametrize("name", ALL)
OFTEN = settings(
    max_examples=int(os.environ.get("PERFDESK_EDITS", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WRONG: tuple[Json, ...] = (
    *(None, True, False, 0, -1, 2.5, 10**30, "", " ", "甲", "√", "9分", "1,200万元", "䶮㛃𬭎𠮷", "甲\n乙", "\x00\x1b"),
    *("{{甲|乙}}", "x" * 3000, [], {}, [None], [[]], [{}], ["甲", 1], {"": ""}, {"甲": {"乙": []}}, [{"label": "甲"}]),
)
Damage = tuple[int, int, str]
DAMAGES = st.lists(
    st.tuples(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(("put", "put", "drop", "double"))),
    min_size=1,
    max_size=3,
)
CHINESE = re.compile(r"[一-鿿]")


def places(value: Json) -> Iterator[tuple[Any, Any]]:
    """Every object or list of a document with each key or number in it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield value, key
        yield from places(one)


def damage(value: Json, damages: list[Damage]) -> Json:
    """Put something wrong at some places, drop or double what stands there."""
    result = copy.deepcopy(value)
    for at, what, kind in damages:
        found = list(places(result))
        if not found:
            break
        holder, key = found[at % len(found)]
        if kind == "put":
            holder[key] = copy.deepcopy(WRONG[what % len(WRONG)])
        elif kind == "drop":
            del holder[key]
        elif isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            holder[f"{key}2"] = copy.deepcopy(holder[key])
    return result


def check_sentence(error: UserError) -> None:
    said = str(error)
    assert CHINESE.search(said)
    assert said.endswith("。")
    assert "\n" not in said


@every_template
@OFTEN
@given(damages=DAMAGES)
def test_a_damaged_data_file_is_refused_or_used_whole(
    templates: Mapping[str, Template],
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    damages: list[Damage],
) -> None:
    whole = json.loads(write_records((filled(templates[name]),), templates))
    path = tmp_path_factory.mktemp("damaged") / "坏.json"
    path.write_text(json.dumps(damage(whole, damages), ensure_ascii=False), encoding="utf-8")
    try:
        records = read_records(path, templates, new_id=lambda: "r").records
    except UserError as error:
        check_sentence(error)
        return
    for record in records:
        derived = derive(templates[record.template_id], record)
        check_tiles(derived.sheet)
        check(derived.layout)
    path.write_text(write_records(records, templates), encoding="utf-8", newline="")
    assert read_records(path, templates, new_id=lambda: "r").records == records
