"""Habits mixed at random: a bureau that does several odd things at once. The same seed gives the same bureaus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.house_styles.style import DOCX, XLSX, Style
from tests.house_styles.words import broken, narrowed, numbered, other_word, spaced, stood_up, widened, with_formula

_LABELS: tuple[Callable[[str], str], ...] = (
    str,
    broken,
    spaced,
    widened,
    narrowed,
    numbered,
    other_word,
    with_formula,
    lambda text: spaced(other_word(text)),
    lambda text: broken(widened(text)),
    lambda text: narrowed(with_formula(text)),
)


def mixed(seed: int, count: int) -> Iterator[Style]:
    """Yield so many bureaus; what cannot be drawn together is left out."""
    dice = Random(seed)  # noqa: S311 - styles, no secrets
    for number in range(count):
        style = _style(dice, number)
        if not (style.bands and style.levels == "repeat"):
            yield style


def _style(dice: Random, number: int) -> Style:
    def now_and_then(share: float) -> bool:
        return dice.random() < share

    kind = dice.choice((DOCX, XLSX))
    label = dice.choice(_LABELS)
    return Style(
        f"mixed-{number}",
        "several habits at once",
        kinds=(kind,),
        is_listed=False,
        label=label,
        side=dice.choice((str, stood_up, label)),
        title=dice.choice(("plain", "office above", "office before", "torn")),
        year=dice.choice(("line", "title", "cell", "torn", "spelt")),
        annex=dice.choice(("", "", "附件3-1")),
        levels=dice.choice(("merged", "blank", "repeat")),
        merge_wide=now_and_then(0.7),
        numbers=now_and_then(0.4),
        thousands=now_and_then(0.4),
        points=dice.choice(("", "", "分")),
        dash=dice.choice(("—", "", "/", "-", "——")),
        weight_first=now_and_then(0.3),
        extra_column=dice.choice((("", ""), ("", ""), ("数据来源", "科室台账"))),
        index=now_and_then(0.25),
        drop_blank_rows=now_and_then(0.3),
        notes=now_and_then(0.3),
        header_every=dice.choice((0, 0, 0, 4, 7)),
        funds=dice.choice(("table", "table", "table", "turned", "lines")),
        inline=now_and_then(0.15),
        signs_inside=now_and_then(0.3),
        unit_line=now_and_then(0.3),
        goals=dice.choice(("two", "rows")),
        pieces=kind == DOCX and now_and_then(0.15),
        deep=now_and_then(0.2),
        shuffled=now_and_then(0.15),
        extended=now_and_then(0.2),
        reviewed=now_and_then(0.15),
        split_target=now_and_then(0.15),
        document=now_and_then(0.2),
        inside=now_and_then(0.2),
        offset=dice.choice(((0, 0), (0, 0), (2, 1), (1, 2))),
        merge_lines=now_and_then(0.6),
        padded=now_and_then(0.2),
        sign_cells=now_and_then(0.2),
        gaps=now_and_then(0.2),
        bands=now_and_then(0.1),
        rated=now_and_then(0.15),
        hidden_row=kind == XLSX and now_and_then(0.2),
        guide=kind == XLSX and now_and_then(0.2),
        together=dice.choice(("alone", "alone", "alone", "stacked", "sheets" if kind == XLSX else "stacked")),
    )
