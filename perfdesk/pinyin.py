"""拼音 (pinyin): finds Chinese words by what is typed on a keyboard without switching the input method.

「法律援助」 is found by its characters, by its pinyin (falvyuanzhu), by initials (flyz), and by any mixture of them (falyz).
A character has all its readings: 「重」 is found by z(hong) and by c(hong), 「调解」 by tj and by dj. ü is typed v or u. Nothing is
ranked and nothing is guessed from neighbouring characters; who searches must not be told that a word is not there.

The readings are those of single characters of pypinyin (MIT). They are loaded when letters are first looked for, not before.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DOUBLE: Final = ("zh", "ch", "sh")  # initials of two letters: 社会 is found by sh(e) h(ui) as by s h
_DIAERESIS: Final = "\N{COMBINING DIAERESIS}"


@lru_cache(maxsize=8192)  # the names of a year are compared and searched again and again
def reduce(text: str) -> str:
    """Reduce a text to what is compared: NFKC, lower case, letters and digits alone. 「ＡＢ （1）号」 gives 「ab1号」."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).lower() if letter.isalnum())


def finds(text: str, wanted: str) -> bool:
    """Tell whether ``wanted`` stands in ``text``: as characters, pinyin, initials or a mixture, from any character on.

    What holds neither letter nor digit finds everything. 「法律援助工作经费」 is found by ``flyz``, ``falv``, ``falu``,
    ``yuanz``, ``法律yz``, ``gzjf``; not by ``fyz``, because no character may be left out.
    """
    return _finds(reduce(text), reduce(wanted))


@lru_cache(maxsize=8192)  # the names of a year, for the word being typed
def _finds(text: str, wanted: str) -> bool:
    if wanted in text:
        return True
    if not any(letter.isascii() and letter.isalpha() for letter in wanted):
        return False
    return any(_begins(text, start, wanted) for start in range(len(text)))


def _begins(text: str, start: int, wanted: str) -> bool:
    """Walk along the characters, with every length of ``wanted`` that they can have used up."""
    used = {0}
    for character in text[start:]:
        after: set[int] = set()
        for at in used:
            for length in _lengths(character, wanted, at):
                if at + length >= len(wanted):
                    return True
                after.add(at + length)
        if not after:
            return False
        used = after
    return False


def _lengths(character: str, wanted: str, at: int) -> Iterator[int]:
    """Yield how many letters from ``at`` on a character can stand for; at the end the beginning of a reading will do."""
    if wanted[at] == character:
        yield 1
    left = len(wanted) - at
    for reading in readings(character):
        if reading[0] != wanted[at]:
            continue
        yield 1
        if reading[:2] in _DOUBLE and wanted.startswith(reading[:2], at):
            yield 2
        if wanted.startswith(reading, at):
            yield len(reading)
        elif reading.startswith(wanted[at:]):
            yield left


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character in plain letters, without tones, each once: 重 gives chong, tong and zhong.

    A reading with ü is given with v and with u: 律 gives lu and lv. ``()`` for what has none.
    """
    marked = _dictionary().get(ord(character), "").split(",")
    spelt = (letters for one in marked if one for letters in _spellings(one))
    return tuple(sorted(set(filter(None, spelt))))


def _spellings(marked: str) -> Iterator[str]:
    """Yield a reading without its tone: lǜ gives lv and lu."""
    letters = "".join(
        "v" if letter == _DIAERESIS else letter
        for letter in unicodedata.normalize("NFD", marked)
        if letter == _DIAERESIS or not unicodedata.combining(letter)
    )
    with_v = letters.replace("uv", "v")
    yield with_v
    if "v" in with_v:
        yield with_v.replace("v", "u")


@cache
def _dictionary() -> Mapping[int, str]:
    """Load the readings by code point: 「zhòng,chóng,tóng」."""
    import os

    # pypinyin loads its dictionary of phrases with the package; that takes 0.2 s and 40 MB, and only characters are asked for
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    found: Mapping[int, str] = pinyin_dict
    return found
