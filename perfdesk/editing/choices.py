"""Words chosen from a list and kept as one text, joined by 、."""

from __future__ import annotations

JOINT = "、"


def chosen(text: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words a text holds: the whole text where it is a choice itself, else its parts between 、.

    ``chosen("经费保障、其他", ("经费保障", "其他"))`` gives both. Words that are no choice stay: nothing typed is dropped.
    """
    whole = text.strip()
    if not whole or whole in choices:
        return (whole,) if whole else ()
    return tuple(part.strip() for part in whole.split(JOINT) if part.strip())


def toggle(text: str, word: str, choices: tuple[str, ...], *, many: bool) -> str:
    """Return the text with a word chosen, or no longer chosen. Where only one may be held, another one replaces it.

    Chosen words stand in the order of the choices; typed words that are no choice come last.
    """
    held = chosen(text, choices)
    added = [*held, word] if many else [word]
    kept = [one for one in held if one != word] if word in held else added
    order = {one: place for place, one in enumerate(choices)}
    return JOINT.join(sorted(kept, key=lambda one: order.get(one, len(order))))
