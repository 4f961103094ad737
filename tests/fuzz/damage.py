"""Damage: bytes of a file, bytes and tags of a member inside its package, its list of members. The same number, the same damage."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Final

_NUMBERS: Final = (
    b"0",
    b"-1",
    b"1",
    b"65535",
    b"1048577",
    b"4294967296",
    b"99999999999999999999",
    b"1e308",
    b"NaN",
    b"",
    b"A0",
    b"XFD9",
)
_TEXTS: Final = (
    *(
        b"\xff\xfe",
        b"\0",
        b"\xed\xa0\x80",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"&a;",
        b"&#0;",
        b"&#x1F;",
        b"<![CDATA[",
        b"<!--",
    ),
    *(
        "\u202e".encode(),
        "长".encode() * 5000,
        b"=1+1",
        b"_xD800_",
        b"</w:tc>",
        b"<w:tbl>",
        b"</row>",
        b'<c r="A1"><v>1</v></c>',
    ),
)
_TAG: Final = re.compile(rb"<[^<>]{1,400}>")
_VALUE: Final = re.compile(rb'="([^"]{0,60})"')


def damaged(data: bytes, chance: Random) -> bytes:
    """Damage a file in one to four ways."""
    ways = (_flip, _cut, _drop, _double, _put, _members, *(_inside,) * 14)
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(ways)(data, chance)
    return data


def _flip(data: bytes, chance: Random) -> bytes:
    raw = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        if raw:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 4, 40, 400)))


def _drop(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _put(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_TEXTS) + data[at:]


def _value(data: bytes, chance: Random) -> bytes:
    """Put another value into an attribute."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start(1)] + chance.choice(_NUMBERS) + data[one.end(1) :]


def _tag(data: bytes, chance: Random) -> bytes:
    """Take a tag away, repeat it, or put it elsewhere."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    if chance.random() < 0.4:
        return data[: one.start()] + data[one.end() :]
    return data[: other.start()] + one[0] * chance.choice((1, 1, 300)) + data[other.start() :]


def _inside(data: bytes, chance: Random) -> bytes:
    """Damage a member of a package and pack it again, so that the damage is met behind the unpacking; else the file itself."""
    members = _unpacked(data)
    if not members:
        return chance.choice((_value, _tag, _put))(data, chance)
    number = chance.randrange(len(members))
    name, content = members[number]
    way: Callable[[bytes, Random], bytes] = chance.choice(
        (_flip, _cut, _drop, _double, _put, _value, _value, _tag, _tag)
    )
    members[number] = (name, way(content, chance))
    return _packed(members)


def _members(data: bytes, chance: Random) -> bytes:
    """Take a member away, give it another's name or a name that leads elsewhere."""
    members = _unpacked(data)
    if not members:
        return data
    number = chance.randrange(len(members))
    name, content = members.pop(number)
    if chance.random() < 0.6:
        names = ("../" + name, "/" + name, name.upper(), name.replace("/", "\\"), name + "x", "xl/vbaProject.bin")
        members.append((chance.choice(names), content))
    return _packed(members)


def _unpacked(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [(one.filename, archive.read(one)) for one in archive.infolist() if one.file_size < 1 << 22]
    except Exception:  # noqa: BLE001 - whatever a package raises that is damaged already: then its bytes are damaged further
        return []


def _packed(members: list[tuple[str, bytes]]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name.replace("\0", "")), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
