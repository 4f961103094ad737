"""写法 (spellings) of what stands in a source cell: torn words, figures with separators, years, money units, boxes and ticks.

Texts only; knows neither cells nor forms. What a person wrote is never made nicer than the form itself would show it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

from perfdesk.amounts import MoneyUnit
from perfdesk.editing import chosen, decompose

_BLANK: Final = re.compile(r"[\s\-—–_/\\.．。…·、~＿]*")
_PLACEHOLDER: Final = re.compile(r"[\s.．…·]*|\s*指标\s*\d{1,2}\s*[:：]?\s*")
_YEAR: Final = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)\s*[)）\]】〕]?\s*年")
_BRACKETED_YEAR: Final = re.compile(r"[(（]\s*(20\d\d)\s*[)）]")
_BARE_YEAR: Final = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_SPELT_YEAR: Final = re.compile(r"([一二][〇零○Ｏ0九][〇零○0一二三四五六七八九]{2})\s*年")
_SPELT: Final = {**dict(zip("一二三四五六七八九", "123456789", strict=True)), **dict.fromkeys("〇零○Ｏ0", "0")}
_UNIT: Final = re.compile(r"(?:单位|资金|金额|预算|支出|总额|申请|情况|数)\s*[:：(（【\[]+\s*(?:人民币)?\s*(万元|元)")
_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_SPACE_IN_WORDS: Final = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_TICKS: Final = frozenset("√✓✔☑■●RþÞ☒⊠是Yy1vV")
_BOX_ON: Final = "☑√✓✔■●☒⊠▣þ🗹"
_BOX_OFF: Final = "□☐○◻▢¨❏"
_SHORT: Final = 40
_NOTES: Final = ("注:", "注：", "备注:", "备注：", "说明:", "说明：", "填表说明", "填报说明", "注1", "注释")


def is_blank(text: str) -> bool:
    """Tell whether a text says nothing: only white space, dashes, dots."""
    return _BLANK.fullmatch(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a text begins as what is printed below a form: 「注：…」, 「填表说明」."""
    return text.lstrip().startswith(_NOTES)


def is_placeholder(text: str) -> bool:
    """Tell whether a text only keeps a place, as the printed 「……」 and 「指标2：」 do."""
    return _PLACEHOLDER.fullmatch(text) is not None


def untorn(text: str) -> str:
    r"""Return a short text without the white space that tears its words: 「绩 效\n指 标」 is 绩效指标."""
    return _SPACE_IN_WORDS.sub("", text.strip())


def year_in(text: str, *, bare: bool = False) -> int | None:
    """Return the year a text names: 「（2020年度）」, 「(2024)年度」, 「二〇二二年度」; ``bare`` also takes 「2021自评表」."""
    narrow = unicodedata.normalize("NFKC", text)
    tight = "".join(narrow.split())
    found = _YEAR.search(tight) or _BRACKETED_YEAR.search(tight) or (_BARE_YEAR.search(tight) if bare else None)
    if found:
        return int(found.group(1))
    spelt = _SPELT_YEAR.search(tight)
    year = int("".join(_SPELT[one] for one in spelt.group(1))) if spelt else 0
    return year if 1949 <= year <= 2999 else None  # the years a record may have


def unit_in(text: str) -> MoneyUnit | None:
    """Return the money unit a label names: 「项目资金（万元）」, 「金额单位：元」."""
    found = _UNIT.search("".join(unicodedata.normalize("NFKC", text).split()))
    return MoneyUnit(found.group(1)) if found else None


def figure(text: str, raw: str = "") -> str:
    """Return a printed figure as somebody types it: 「１，２３４．５０」 is 1234.50; what is no figure stays as it is.

    ``raw`` is what the file holds where the shown text is rounded: it is taken for the figure then, but never for a share
    (0.99324 shown as 99.32% is 99.32%).
    """
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    if not _NUMBER.fullmatch(narrow):
        return text.strip()
    shown = narrow.replace(",", "").removeprefix("+")
    if raw and not shown.endswith("%"):
        return _whole(shown, raw)
    return shown


def _whole(shown: str, raw: str) -> str:
    try:
        kept, seen = Decimal(raw), Decimal(shown)
    except InvalidOperation:
        return shown
    return shown if kept == seen or abs(kept - seen) >= 1 else format(round(kept, 6).normalize(), "f")


def is_figure(text: str) -> bool:
    """Tell whether a text is one number."""
    return _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", text).split())) is not None


def fit(pattern: str, text: str, *, main: str) -> dict[str, str]:
    r"""Read a text into the fields of a pattern, also where it is torn or has the other brackets.

    ``fit("{level1}（{level1_weight}分）", "产出指标\n(50 分)", main="level1")`` gives 产出指标 and 50.
    """
    found = decompose(pattern, text, main=main)
    if not any(one in pattern for one in "（([【") or found[main] != text:
        return found
    tight = "".join(text.split())
    for one, other in (("(", "（"), (")", "）")) if "（" in pattern else ():
        tight = tight.replace(one, other)
    loose = decompose(pattern, tight, main=main)
    return found if loose[main] == tight else loose


def ticked(text: str) -> bool:
    """Tell whether a square is ticked: √ ✓ ☑ ■, the letter R (in the face Wingdings a tick), 是, 1."""
    tight = text.strip()
    return len(tight) == 1 and tight in _TICKS


def boxes(text: str, choices: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the words whose box is ticked, ``None`` where the text has no boxes.

    ``boxes("☑省级专项　□部门预算", ("省级专项", "部门预算"))`` is 省级专项. Whether the boxes stand before or behind their
    words is told by which comes first.
    """
    marks = dict.fromkeys(_BOX_ON, True) | dict.fromkeys(_BOX_OFF, False)
    tight = "".join(text.split()).replace("R", "☑") if "□" in text else "".join(text.split())
    if not any(one in marks for one in tight):
        return None
    spots = [tight.find(word) for word in choices if word in tight]
    first = min((at for at, one in enumerate(tight) if one in marks), default=0)
    behind = first > min(spots, default=0)
    found = []
    for word in choices:
        at = tight.find(word)
        if at < 0:
            continue
        place = at + len(word) if behind else at - 1
        near = tight[place : place + 1] if place >= 0 else ""
        if marks.get(near, False):
            found.append(word)
    return tuple(found)


def choice(text: str, choices: tuple[str, ...]) -> str:
    """Return a text as the choice it means, torn or in other signs (＝ for =, ≧ for ≥), else the text itself."""
    if not choices or text in choices:
        return text
    tight = "".join(unicodedata.normalize("NFKC", text).split()).replace("≧", "≥").replace("≦", "≤")
    return tight if tight in choices or all(one in choices for one in chosen(tight, choices)) else text


def is_short(text: str) -> bool:
    """Tell whether a text is short enough for a heading or a name."""
    return len(text) <= _SHORT
