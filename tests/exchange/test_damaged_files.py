"""Files damaged at any place: an exchange file or a template is refused in one Chinese sentence, or it is used whole."""

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
from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.json_file import Json
from perfdesk.policy import load_policies
from perfdesk.template import Template, read_template
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
POLICIES = load_policies(ROOT / "resources" / "policies")
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
    assert said.endswith(("。", "？"))
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


@every_template
@OFTEN
@given(
    slips=st.lists(
        st.tuples(
            st.integers(0, 99999),
            st.sampled_from(("drop line", "double line", "swap lines", "drop letter", "add letter", "swap words")),
            st.sampled_from('"=<>^@?|{}[]().,分甲a0-'),
        ),
        min_size=1,
        max_size=2,
    )
)
def test_a_template_with_slips_is_refused_or_drawn_whole(
    tmp_path_factory: pytest.TempPathFactory, name: str, slips: list[tuple[int, str, str]]
) -> None:
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    for slip in slips:
        text = slipped(text, *slip)
    path = tmp_path_factory.mktemp("slips") / "own.toml"
    path.write_text(text, encoding="utf-8")
    try:
        template = read_template(path, POLICIES)
    except UserError as error:
        check_sentence(error)
        return
    for record in (new_record(template, record_id="r", year=2024), filled(template)):
        derived = derive(template, record)
        check_tiles(derived.sheet)
        check(derived.layout)


def slipped(text: str, at: int, kind: str, letter: str) -> str:
    """A text with one slip of the hand."""
    lines, place = text.split("\n"), at % max(len(text), 1)
    row = at % len(lines)
    if kind == "drop line":
        del lines[row]
    elif kind == "double line":
        lines.insert(row, lines[row])
    elif kind == "swap lines":
        lines[row - 1], lines[row] = lines[row], lines[row - 1]
    elif kind == "drop letter":
        return text[:place] + text[place + 1 :]
    elif kind == "add letter":
        return text[:place] + letter + text[place:]
    else:
        words = lines[row].split(", ")
        lines[row] = ", ".join([*words[1:], words[0]])
    return "\n".join(lines)
