"""What is written in a square: printed texts in the grammar of templates, and names for fields that no template has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from perfdesk.drafting.types import BLANK, DraftField
from perfdesk.pinyin import reduce

if TYPE_CHECKING:
    from perfdesk.template import Field

_BRACES: Final = str.maketrans({"{": "｛", "}": "｝"})
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_UNIT: Final = re.compile(r"(?<=[（(])(?:人民币)?(万元|元)(?=[）)])|(?<=单位[：:])\s*(万元|元)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=\s*年|[）)]\s*年)|(?<=[（(])\s*(?=年度[）)])")
_SIGNS: Final = {"left": "<", "right": ">"}


def label(text: str, align: str = "", *, with_year: bool = False) -> str:
    """Return a printed text as a square: 「项目资金（万元）」 is ``=项目资金（{unit}）``, a blank one ``=``.

    ``with_year``: the year in it follows the form (「（2020年度）」 is ``=（{year}年度）``).
    """
    clean = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_BRACES)
    clean = clean.strip("\n\t ").rstrip()
    if not clean.strip():
        return BLANK
    clean = _UNIT.sub(lambda found: found.group().replace(found[1] or found[2], "{unit}"), clean)
    if with_year:
        clean = _YEAR.sub("{year}", clean, count=1)
    if clean[0] in "<>":
        clean = {"<": "＜", ">": "＞"}[clean[0]] + clean[1:]
    return f"={_SIGNS.get(align, '')}{clean}"


class Fields:
    """The fields of a draft in the order they are named. Lives while a draft is made."""

    def __init__(self, known: tuple[Field, ...]) -> None:
        self._known = {one.key: one for one in known}
        self._found: dict[str, DraftField] = {}

    def known(self, key: str) -> str:
        """Name a field that the template has; the same key, its description goes along."""
        one = self._known[key]
        self._found.setdefault(key, DraftField(key, one.label, one.kind.value, required=one.required, known=one))
        return key

    def is_known(self, key: str) -> bool:
        """Tell whether the template has a field of that key."""
        return key in self._known

    def has(self, key: str) -> bool:
        """Tell whether a field was named already."""
        return key in self._found

    def with_choices(self, words: tuple[str, ...]) -> str:
        """Return the key of a field of the template that may hold just these words and was not named yet, else ``""``."""
        fitting = (one.key for one in self._known.values() if set(words) == set(one.choices) and not self.has(one.key))
        return next(fitting, "")

    def labelled(self, words: str) -> str:
        """Name the field of the template that has this label and was not named yet, else a new one."""
        fitting = (
            one.key for one in self._known.values() if reduce(one.label) == reduce(words) and not self.has(one.key)
        )
        key = next(fitting, "")
        return self.known(key) if key else self.own(words)

    def own(self, words: str, *, long: bool = False, choices: tuple[str, ...] = ()) -> str:
        """Name a new field after its label; a label that was there already gets a number: 备注, 备注2."""
        label_text = " ".join(_CONTROLS.sub("", words).split()).rstrip(":： ") or "格"
        labels = {reduce(one.label) for one in self._found.values()}
        number, named = 1, label_text
        while reduce(named) in labels:
            number += 1
            named = f"{label_text}{number}"
        key = f"cell_{1 + sum(one.known is None for one in self._found.values())}"
        self._found[key] = DraftField(key, named, "long" if long else "text", choices=choices)
        return key

    def all(self) -> tuple[DraftField, ...]:
        """Return the fields named so far."""
        return tuple(self._found.values())
