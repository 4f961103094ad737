"""Number formats taken apart: sections, literals, digits, dates. It formats nothing."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

_COMPARE: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_LONGEST: Final = 255  # characters that a spreadsheet allows
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>\\.?)|(?P<space>_.?)|(?P<fill>\*.?)
    |(?P<condition>\[[<>=]{1,2}-?[0-9.]{1,30}\])|(?P<elapsed>\[(?:h+|m+|s+)\])|\[\$(?P<money>[^\]-]*)[^\]]*\]|(?P<aside>\[[^\]]*\]?)
    |(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<fraction>\?+/[?0-9]+)|(?P<power>E[+-])
    |(?P<date>(?:y+|m+|d+|h+|s+|a{3,4}|e+|g+|b+)(?:\.0+(?=[^0-9]|$))?)|(?P<digit>[0\#?])|(?P<mark>[.,%@])|(?P<plain>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"""((?:"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|[^;])*)(?:;|$)""", re.DOTALL)
_CONDITION = re.compile(r"\[([<>=]{1,2})(-?[0-9]+(?:\.[0-9]+)?)\]")


class Token(NamedTuple):
    """One piece of a format: its kind (``text``, ``date``, ``elapsed``, ``noon``, ``digit``, ``mark``, ``power``) and words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format between semicolons. ``kind`` is ``number``, ``date``, ``text``, ``general`` or ``literal``."""

    kind: str
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None

    def holds(self, number: Decimal) -> bool:
        """Tell whether the condition of the section, ``[>=100]``, holds."""
        return self.condition is not None and _COMPARE[self.condition[0]](number, self.condition[1])

    def around(self, text: str) -> str:
        """Put a text where the section says ``@`` or General, between its literals."""
        return "".join(text if one.text == "@" and one.kind == "mark" else one.text for one in self.tokens)


def sections_of(code: str) -> tuple[Section, ...]:
    """Take a number format apart; an empty or unreadable one is General."""
    if len(code) > _LONGEST:
        code = ""
    parts = [match[1] for match in _PARTS.finditer(code)]
    if len(parts) > 1 and not parts[-1] and not code.endswith(";"):
        parts.pop()  # the empty match behind the last part
    return tuple(_section(part) for part in parts[:4]) or (Section("general", ()),)


def _section(code: str) -> Section:
    condition = None
    found = _CONDITION.search(code)
    if found and found[1] in _COMPARE:
        condition = (found[1], Decimal(found[2]))
    tokens = tuple(token for match in _TOKEN.finditer(code) if (token := _token(match)))
    return Section(_kind(tokens), tokens, condition)


def _token(match: re.Match[str]) -> Token | None:
    """Read one piece; ``None`` for what shows nothing: colours, fillers, spaces as wide as another character."""
    kind, text = str(match.lastgroup), match[0]
    literal = _literal(kind, match)
    if literal is not None:
        return Token("text", literal) if literal else None
    if kind in {"space", "fill", "condition", "aside"}:
        return None
    return Token("mark", "@") if kind == "general" else Token(kind, text)


def _literal(kind: str, match: re.Match[str]) -> str | None:
    """Return the words of a literal piece, ``None`` for a piece that is none."""
    text = match[0]
    words = {"quoted": text.strip('"'), "escaped": text[1:], "money": match["money"] or "", "plain": text}
    return words.get(kind)


def _kind(tokens: tuple[Token, ...]) -> str:
    kinds = {one.kind for one in tokens}
    if kinds & {"date", "elapsed", "noon"}:
        return "date"
    if "fraction" in kinds:
        return "general"
    if "digit" in kinds:
        return "number"
    if Token("mark", "@") in tokens:
        return "general" if len(tokens) == 1 else "text"
    return "literal" if tokens else "general"
