"""文件名 (naming): what the files of a year are called, after a pattern of the office's own: 「{序号}-{项目名称}-{表种}」.

What a disk forbids is made safe, over-long names are cut, and two files are never called the same. No file is touched here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from perfdesk.errors import UserError
from perfdesk.exchange.files import safe_name
from perfdesk.model import FormKind

if TYPE_CHECKING:
    from perfdesk.model import Record
    from perfdesk.template import Filled, Template

PATTERN: Final = "{序号}-{项目名称}-{表种}"
"""What files are called unless the office sets something else."""
PLACES: Final = ("序号", "项目名称", "表种", "表名", "年度", "单位", "报送给")
"""What may stand in braces."""
KIND_WORDS: Final[Mapping[FormKind, str]] = MappingProxyType(
    {
        FormKind.PROJECT_SELF: "自评表",
        FormKind.PROJECT_GOAL: "目标表",
        FormKind.PROJECT_MONITORING: "监控表",
    }
)
"""{表种}: what follows the name of a project; the other forms are called by their title, which says it."""

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_ENDING: Final = re.compile(r"\.(?:pdf|xlsx|docx)$", re.IGNORECASE)
_JOINTS: Final = re.compile(r"([-_—·])[-_—·]+")
_LONGEST_PATH: Final = 255  # characters; Windows opens no longer one, and the file is written under another name first
_LEAST: Final = 24  # characters of a name that stay, however long the folder is
_ROOM_FOR_NUMBER: Final = 4  # 「（12）」


def name_of(record: Record, template: Template) -> str:
    """Return what a form is called: 项目名称, else its title."""
    return record.value("project_name").strip() or record.value("title").strip() or template.title


def check_pattern(pattern: str) -> None:
    """Raise :class:`UserError` where a pattern asks for what is not known, has a brace too many, or names nothing."""
    known = "、".join(f"{{{one}}}" for one in PLACES)
    strange = next((one for one in _PLACE.findall(pattern) if one.strip() not in PLACES), None)
    if strange is not None:
        raise UserError(f"文件名里写了“{{{strange}}}”，没有这一项。可以写 {known}。")
    if set("{}") & set(_PLACE.sub("", pattern)):
        raise UserError(f"文件名“{pattern}”的花括号不成对。可以写 {known}。")
    if not _PLACE.search(pattern):
        raise UserError(f"文件名“{pattern}”里没有要填的项，各个文件就同名了。可以写 {known}。")


def stems(
    forms: tuple[Filled, ...], pattern: str, *, recipient: str = "", first: int = 1, folder: str = ""
) -> tuple[str, ...]:
    """Return the name, without its ending, of each form's files; the numbers begin with ``first``.

    ``folder`` is where they are to lie: with its name they stay within what Windows opens. Raises as :func:`check_pattern`.

    「{序号}-{项目名称}-{表种}」 of the third form 「法律援助/经费」 is 「03-法律援助_经费-自评表」.
    """
    check_pattern(pattern)
    digits = max(2, len(str(first + len(forms) - 1)))
    room = max(_LEAST, _LONGEST_PATH - len(folder) - len("/.xlsx") - _ROOM_FOR_NUMBER)
    plain = (
        _stem(pattern, {**_texts(form), "序号": f"{number:0{digits}}", "报送给": recipient})
        for number, form in enumerate(forms, start=first)
    )
    return distinct(one[:room].rstrip(" .-") for one in plain)


def _texts(form: Filled) -> dict[str, str]:
    record, template = form.record, form.template
    return {
        "项目名称": name_of(record, template),
        "表种": KIND_WORDS.get(template.kind, ""),
        "表名": template.title,
        "年度": str(record.year),
        "单位": record.bureau.strip() or record.value("agency").strip(),
    }


def _stem(pattern: str, texts: Mapping[str, str]) -> str:
    filled = _PLACE.sub(lambda place: "".join(texts[place[1].strip()].splitlines()), _ENDING.sub("", pattern.strip()))
    return safe_name(_JOINTS.sub(r"\1", filled).strip("-_—· "))


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Number the second and later of the same names 「（2）」; disks take names apart by no more than their letters."""
    taken: set[str] = set()
    found = []
    for name in names:
        free, number = name, 2
        while _as_disk(free) in taken:
            free, number = f"{name}（{number}）", number + 1
        taken.add(_as_disk(free))
        found.append(free)
    return tuple(found)


def _as_disk(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
