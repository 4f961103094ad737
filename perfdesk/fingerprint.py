"""校验码 (check code): a short fingerprint of what a form holds, to prove that paper and file are the same.

It is a function of the record alone. It is not in the fingerprint what nobody sees on the form: the id, the 说明 to findings, and
what an imported file held beyond the form. Scores that the program computes follow from the form and its 计分办法; a score that was
typed over is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from perfdesk.model import Record

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's digits of base 32: no I, L, O, U, so that nothing reads alike on paper."""

_CANONICAL: Final = "perfdesk-code/1"
_LENGTH, _GROUP = 12, 4
_BITS = 5  # of one character
CODE: Final = re.compile(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
_PRINTED: Final = re.compile(rf"校验码\s*({CODE.pattern})")
_KEYWORDS: Final = re.compile(rf"perfdesk-code=({CODE.pattern}) perfdesk-text=({CODE.pattern})")


class Stamp(NamedTuple):
    """What a file carries in its foot: the version (「上报版 2025-02-05」, may be blank) and the 校验码."""

    label: str
    code: str

    @property
    def words(self) -> str:
        """「校验码 7K3M-92QF-D8TV」."""
        return f"校验码 {self.code}"


class Seal(NamedTuple):
    """What a file says of itself: the code printed on it, and that of its texts as they were when it was written.

    ``texts`` is ``""`` where the properties of the file were lost, as when it was printed into a new PDF.
    """

    code: str
    texts: str = ""


def fingerprint(record: Record) -> str:
    """Return the 校验码 of a form: three groups of four characters, 60 bits of SHA-256 over :func:`canonical`.

    Equal contents have equal codes, whatever the order of the keys of ``values``; a blank field is the same as none.
    """
    return _code(canonical(record))


def canonical(record: Record) -> str:
    """Return the text that the code is computed from: JSON in ASCII with sorted keys, without what is blank.

    Fields that later versions of the program add are blank in older records, so codes on paper stay what they are.
    """
    content: dict[str, Any] = {
        "template": record.template_id,
        "year": record.year,
        "unit": record.unit.value,
        "bureau": record.bureau,
        "values": _filled(record.values),
        "stated": _filled(record.stated),
        "funds": [_filled(asdict(row)) for row in record.funds],
        "indicators": [_filled(asdict(row)) for row in record.indicators],
        "rows": [_filled(dict(row.cells)) for row in record.rows],
        "sections": [[one.level, one.heading, list(one.paragraphs)] for one in record.sections],
    }
    return f"{_CANONICAL}\n{json.dumps(content, sort_keys=True, separators=(',', ':'))}"


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}


def _code(text: str) -> str:
    """Shorten a text to twelve characters."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    number >>= 256 - _BITS * _LENGTH
    characters = "".join(ALPHABET[number >> _BITS * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(characters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def keywords(stamp: Stamp, texts: Iterable[str]) -> str:
    """Return what a file keeps in its properties: its code, and one over the texts it shows, so that later changes are seen."""
    return f"perfdesk-code={stamp.code} perfdesk-text={code_of_texts(stamp.code, texts)}"


def code_of_texts(code: str, texts: Iterable[str]) -> str:
    """Return the code over the texts of a file that carries ``code``; white space, which programs set as they like, is left out."""
    shown = ("".join(text.split()) for text in texts)
    return _code("\n".join((code, *(text for text in shown if text))))


def read_seal(kept: str, texts: Iterable[str]) -> Seal | None:
    """Return what a file says of itself: from its properties (``kept``), else from the foot among its ``texts``; ``None``: nothing.

    A foot that names another code than the properties is believed: the paper shows it.
    """
    printed = next((match[1] for text in texts if (match := _PRINTED.search(text))), "")
    match = _KEYWORDS.search(kept)
    if match is None:
        return Seal(printed) if printed else None
    return Seal(printed or match[1], match[2])
