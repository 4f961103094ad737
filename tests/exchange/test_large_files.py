"""The largest files that are taken, of every kind: 2,000 rows, a text of 100,000 characters, 2,000 answers; one more is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.derive import derive
from perfdesk.errors import UserError
from perfdesk.exchange.exchange import MAX_ROWS, MAX_TEXT, read_records, write_records
from perfdesk.json_file import Json
from perfdesk.model import Answer
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.effort import assert_grows_evenly
from tests.exchange.test_damaged_files import check_sentence
from tests.filled_forms import filled

NAMES = sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml"))
PARTS = ("indicators", "rows", "sections", "answers")
ARTICLE = ("䶮㛃𬭎𠮷办结1,200万元≥95%" * MAX_TEXT)[:MAX_TEXT]


def whole(templates: Mapping[str, Template], name: str) -> dict[str, Json]:
    record = replace(filled(templates[name]), answers=(Answer("weight-sum", "甲", "weight", "110", "已核对"),))
    content: dict[str, Json] = json.loads(write_records((record,), templates))
    return content


def grown(rows: Json, *, count: int, text: str) -> Json:
    """So many rows, the last of them with a long text."""
    many = (rows * (count // len(rows) + 1))[:count]
    last = many[-1]
    if isinstance(last, list):
        return [*many[:-1], [text, *last[1:]]]
    key = next(one for one in ("paragraphs", "explanation", "name", "text", *last) if one in last)
    return [*many[:-1], {**last, key: [text] if key == "paragraphs" else text}]


def large(templates: Mapping[str, Template], name: str, rows: int) -> str:
    """A file of one form with so many of everything, and one long text in each."""
    content = whole(templates, name)
    content |= {key: grown(content[key], count=rows, text=ARTICLE) for key in PARTS if content.get(key)}
    return json.dumps(content, ensure_ascii=False)


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_form_is_used_whole(templates: Mapping[str, Template], tmp_path: Path, name: str) -> None:
    path = tmp_path / "大.json"
    path.write_text(large(templates, name, MAX_ROWS), encoding="utf-8")
    (record,) = read_records(path, templates, new_id=lambda: "r").records
    derived = derive(templates[name], record)
    path.write_text(write_records((record,), templates), encoding="utf-8")
    assert len(record.answers) == MAX_ROWS
    assert derived.sheet.cells
    assert ARTICLE in path.read_text("utf-8")
    assert read_records(path, templates, new_id=lambda: "r").records == (record,)


@pytest.mark.parametrize("name", NAMES)
def test_twice_the_rows_take_twice_as_long(templates: Mapping[str, Template], tmp_path: Path, name: str) -> None:
    path = tmp_path / "大.json"

    def work(rows: int) -> None:
        path.write_text(large(templates, name, rows), encoding="utf-8")
        (record,) = read_records(path, templates, new_id=lambda: "r").records
        derive(templates[name], record)
        write_records((record,), templates)

    assert_grows_evenly(work, 400)


@pytest.mark.parametrize("name", NAMES)
def test_one_row_or_letter_more_is_refused_in_a_sentence(
    templates: Mapping[str, Template], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "大.json"
    for count, text, most in ((MAX_ROWS + 1, "甲", MAX_ROWS), (1, f"{ARTICLE}甲", MAX_TEXT)):
        for key in PARTS:
            content = whole(templates, name)
            if not content.get(key):
                continue
            path.write_text(json.dumps({**content, key: grown(content[key], count=count, text=text)}), encoding="utf-8")
            with pytest.raises(UserError) as refused:
                read_records(path, templates, new_id=lambda: "r")
            check_sentence(refused.value)
            assert f"最多 {most} " in str(refused.value)
