"""XML from outside: no document type, no entities, no network, no more elements than memory bears.

:func:`parse` makes a tree (for Word, whose parts stand in each other), :func:`walk` only tells what passes by (for sheets of any
length). Office itself never writes a document type; a file with one is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias
from xml.parsers import expat  # refuses document types, below: there is nothing to expand

from lxml import etree

from perfdesk.errors import UserError
from perfdesk.exchange.guard.archive import damaged

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""
MAX_MARKS: Final = 600_000
"""Elements and attributes of a tree: about 130 MB of it; a report of a hundred pages has 100 000."""
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIMITS: Final = frozenset({etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG})
"""What libxml2 says of texts of 10 MB, and of elements in each other 256 deep."""
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,200}?\?>""")


def parse(data: bytes, name: str) -> Element:
    """Parse markup into a tree. Raises :class:`UserError` for broken, foreign or monstrous markup; ``name`` names the file."""
    data = _checked(data, name)
    if data.count(b"<") - data.count(b"</") + data.count(b"=") > MAX_MARKS:
        raise _monstrous(name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _monstrous(name) if error.code in _LIMITS else damaged(name) from error
    except ValueError as error:
        raise damaged(name) from error
    if root is None:
        raise damaged(name)
    return root


def parse_page(text: str, name: str) -> Element:
    """Parse a web page into a tree. Raises :class:`UserError` for an empty or monstrous one; ``name`` names the file."""
    if text.count("<") - text.count("</") + text.count("=") > MAX_MARKS:
        raise _monstrous(name)
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_UNHELD.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text)), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if root is None:
        raise damaged(name)
    return root


def walk(
    data: bytes,
    name: str,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Tell what passes by: tags with their prefix, attributes, texts whole. Raises :class:`UserError` for broken markup."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(_checked(data, name), True)  # noqa: FBT003 - expat takes no keywords
    except (expat.ExpatError, ValueError) as error:
        raise damaged(name) from error


def _monstrous(name: str) -> UserError:
    return UserError(f"“{name}”的内容多得不像填报用的表，没有打开。请只留要导入的部分，另存一份。")


def _checked(data: bytes, name: str) -> bytes:
    """Return markup in UTF-8; another encoding could hide from the look for document types."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data = re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode("utf-16")).encode()
        except UnicodeError as error:
            raise damaged(name) from error
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    if (declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}) or data[:4].count(0):
        raise damaged(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UserError(
            f"“{name}”里带有外部定义，Word 和 Excel 不会这样写，来历可疑，没有打开。请用 WPS、Office 打开后另存一份。"
        )
    return data


def local(tag: object) -> str:
    """Return the name of an element of a tree without its name space; ``""`` for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
