"""断行 (line breaking) for Chinese forms: 避头尾, numbers that stay whole, words that are not torn.

Rules: no line begins with ，。；：、）》% or ends with （《≥; ``99.32%``, ``2024年``, ``191,353.44`` and Latin words stay on one
line unless the cell is narrower than they are; a line break typed by the user always breaks. Nothing is lost: the lines joined
together are the text without its line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from perfdesk.fonts import Face, advances

NO_START = frozenset("，。、；：？！）〕】》」』〉”’…—％%‰℃°·,.;:?!)]}")
NO_END = frozenset("（〔【《「『〈“‘([{￥¥≥≤≧≦=＝<>＜＞")
_NUMBER = (
    r"[≥≤≧≦=＝<>＜＞＋+\-−±]?[\d０-９]+(?:[.,:/\-．，][\d０-９]+)*(?:万元|亿元|[%％‰年月日时元万亿个件次人场期份天分])?"
)
_SPACE = " \t\u3000"
_NEVER_FIRST = NO_START | set(_SPACE)
_PER_EM = 1000  # what advances are counted in


@lru_cache(maxsize=64)
def _splitter(keep: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(keep, key=len, reverse=True)))
    return re.compile((f"{words}|" if words else "") + _NUMBER + r"|[A-Za-z]+|.", re.DOTALL)


def _atoms(text: str, keep: tuple[str, ...]) -> list[str]:
    """Cut a text into pieces that a line break may stand between."""
    pieces: list[str] = []
    last = ""  # of the piece before, without the spaces behind it
    for piece in _splitter(keep).findall(text):
        if pieces and (last in NO_END or piece[0] in NO_START or piece in _SPACE):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        if piece not in _SPACE:
            last = piece[-1]
    return pieces


def _room(width: float, size: float) -> int:
    """Return how many 1/1000 em of ``size`` pt fit into ``width`` pt: 105 pt hold 10 000 at 10.5 pt."""
    most = int(width * _PER_EM / size) + 1
    while most * size / _PER_EM > width:  # the quotient may be rounded up, or down
        most -= 1
    return most


def _hard_split(atom: str, measured: Sequence[int], room: int) -> list[str]:
    """Break an atom that is wider than the cell, character by character; 避头尾 holds where three characters back suffice."""
    lines: list[str] = []
    start = used = 0
    for at, advance in enumerate(measured):
        if at > start and atom[at] not in _SPACE and used + advance > room:
            cut = start + _good_cut(atom[start : at + 1])
            if sum(measured[cut : at + 1]) > room:  # what goes along to the next line would not fit there either
                cut = at
            lines.append(atom[start:cut])
            start, used = cut, sum(measured[cut:at])
        used += advance
    return [*lines, atom[start:]]


def _good_cut(text: str) -> int:
    """Return where to break a text whose last character does not fit: before it, or up to three characters earlier."""
    last = len(text) - 1
    places = range(last, max(last - 4, 0), -1)
    return next((at for at in places if text[at] not in _NEVER_FIRST and text[at - 1] not in NO_END), last)


def _wrap_paragraph(text: str, width: float, *, size: float, face: Face, keep: tuple[str, ...]) -> list[str]:
    measured, room = advances(text, face=face), _room(width, size)
    if sum(measured[: len(text.rstrip(_SPACE))]) <= room:
        return [text]
    lines: list[str] = []
    current, used, at = "", 0, 0
    for atom in _atoms(text, keep):
        end = at + len(atom)
        whole = body = measured[at] if end - at == 1 else sum(measured[at:end])
        if atom[-1] in _SPACE:  # spaces may hang over the edge
            body = sum(measured[at : at + len(atom.rstrip(_SPACE))])
        if current and used + body > room:
            lines.append(current)
            current, used = "", 0
        if body > room:
            *full, atom = _hard_split(atom, measured[at:end], room)  # noqa: PLW2901 - what is left of it
            lines += full
            whole = sum(measured[end - len(atom) : end])
        at = end
        current += atom
        used += whole
    return [*lines, current]


@lru_cache(maxsize=8192)
def wrap(
    text: str, width: float, *, size: float, face: Face = Face.SONG, keep: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Break ``text`` into the lines that fit ``width`` pt at ``size`` pt; a blank text has no line.

    ``keep`` are words never torn where the width allows it (满意度, 指标). A cell narrower than one character still gets one
    character a line.
    """
    if not text:
        return ()
    paragraphs = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(line for part in paragraphs for line in _wrap_paragraph(part, width, size=size, face=face, keep=keep))
