"""JSON with exact answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.json_file import MAX_BYTES, Json, Node, Number, dump_json, parse_json, read_json

NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,5})?([eE][+-]?[0-9]{1,3})?\Z").map(Number)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.text() | NUMBERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


def same(first: Json, second: Json) -> bool:
    """Equal, and numbers are numbers on both sides."""
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    if isinstance(first, list):
        return len(first) == len(second) and all(map(same, first, second))
    return type(first) is type(second) and bool(first == second)


@given(VALUES)
def test_what_is_written_is_read_again(value: Json) -> None:
    text = dump_json(value)
    assert same(parse_json(text, name="甲.json"), value)
    json.loads(text)  # and any other reader takes it


def test_numbers_keep_their_literal_text() -> None:
    text = '{"a": 100.00, "b": 1E+2, "c": 12345678901234567890.10}'
    assert parse_json(text, name="甲") == {"a": "100.00", "b": "1E+2", "c": "12345678901234567890.10"}
    assert '"a": 100.00' in dump_json(parse_json(text, name="甲"))


def test_half_a_surrogate_pair_is_written_as_its_escape() -> None:
    assert dump_json("甲\ud800").encode() == '"甲\\ud800"\n'.encode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", ("坏.json", "第 1 行第 1 个字符", "完整的 JSON")),
        (b'{"a": 1', ("第 1 行", "完整的 JSON")),
        (
            b'{"\xe6\x96\xbd\xe6\x8c\x87\xe7\xbb\xa9\xe9\x97\xa8\xe6\x8f\xe1\xe6\x9f\x90\xe5\x8a\xa9\xe5\x90\x8d": 1}',
            ("编码看不准", "另存为 UTF-8"),
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", ("是 PDF 文件", "导出的数据文件")),
        (b"PK\x03\x04\x14\x00\x06\x00", ("Office 文件",)),
        (b"\x89PNG\r\n\x1a\n", ("是图片",)),
        (b"\x00\x01\x02\xff\xfe\x80", ("不是文字文件",)),
        (b"{\xff\xff\xff", ("不是文字文件",)),
        (b'{"a": NaN}', ("NaN", "数字或文字")),
        (b'{"a": 1, "a": 2}', ("“a”", "两次")),
        (b"[" * 200_000, ("40 层",)),
        (b"[" * 45 + b"]" * 45, ("40 层",)),
        (b'{"a":' * 41 + b"1" + b"}" * 41, ("40 层",)),
    ],
)
def test_a_bad_file_is_answered_in_one_sentence(tmp_path: Path, content: bytes, says: tuple[str, ...]) -> None:
    path = tmp_path / "坏.json"
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        read_json(path)
    assert "坏.json" in str(error.value)
    assert all(part in str(error.value) for part in says)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_other_encodings_are_read_where_they_are_certain(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "甲.json"
    path.write_text('{"项目名称": "法律援助工作经费，某县司法局"}', encoding=encoding)
    assert read_json(path) == {"项目名称": "法律援助工作经费，某县司法局"}


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "甲.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert read_json(path) == {}


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "大.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UserError, match="20 MB"):
        read_json(path)


@pytest.mark.parametrize("name", ["没有.json", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="打不开"):
        read_json(tmp_path / name)


def test_a_node_names_the_place_of_what_does_not_fit() -> None:
    node = Node({"a": [{"b": []}], "c": {}}, file="甲.json")
    with pytest.raises(UserError, match=r"a\[0\]\.b 应为文字、数字或 null，现在是列表"):
        node.nodes("a", most=5)[0].text("b")
    with pytest.raises(UserError, match="c 应为一个列表（方括号），现在是对象"):
        node.nodes("c", most=5)
    with pytest.raises(UserError, match="a 有 1 行，最多 0 行"):
        node.nodes("a", most=0)
    with pytest.raises(UserError, match="开头 应为一个对象"):
        Node([], file="甲.json")


def test_a_node_remembers_what_nobody_asked_for() -> None:
    node = Node({"a": 1, "b": None, "c": {}}, file="甲.json")
    assert (node.text("b"), node.text("z"), node.node("c").names(), node.rest()) == ("", None, (), {"a": 1})
