"""Which encoding a text is in: what Chinese programs write is read, what is damaged is not taken for another encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.encodings import Decoded, decode

WORDS = "某县司法局法律援助工作经费，年度总体目标：办理案件一百件。"


@pytest.mark.parametrize(
    ("encoding", "called"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("gbk", "GB18030"), ("gb18030", "GB18030")],
)
def test_a_text_is_read_in_its_encoding(encoding: str, called: str) -> None:
    assert decode(WORDS.encode(encoding)) == Decoded(WORDS, called)


@pytest.mark.parametrize("data", [b"\0\1\2", b"\xff\xff\xff", b"\xff\xfe\x00\xd8\x00", b"\x80"])
def test_what_is_no_text(data: bytes) -> None:
    assert decode(data) is None


@given(st.integers(0, len(WORDS.encode()) - 1), st.integers(0, 255))
def test_damaged_utf_8_is_never_surely_another_encoding(place: int, byte: int) -> None:
    damaged = bytearray(WORDS.encode())
    damaged[place] = byte
    for data in (bytes(damaged), bytes(damaged[:place] + damaged[place + 1 :])):
        found = decode(data)
        assert found is None or found.encoding == "UTF-8" or not found.is_sure


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_not(data: bytes) -> None:
    found = decode(data)
    assert found is None or isinstance(found.text, str)
