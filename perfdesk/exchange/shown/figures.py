"""A number in the digits of a format: 0.00, #,##0.00, 0.00%, 0.0E+00, and plainly as General."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final, NamedTuple

from perfdesk.exchange.shown.codes import Section, Token

_GENERAL: Final = 11  # characters that General shows of a number
_TYPED: Final = 4  # decimals that somebody typed and did not compute
_WIDE: Final = 400  # digits that a double may have


class _Plan(NamedTuple):
    """What a section asks for: how often by 100 and by 1/1000, digits before and behind the point, thousands."""

    percents: int
    thousandths: int
    whole: str
    decimals: str
    grouped: bool
    power: bool


def general(number: Decimal) -> str:
    """Show a number as General does: without zeros at the end, a long fraction cut to eleven characters.

    Whole numbers and amounts (up to four decimals) are kept whole even where a column would be too narrow for them: nobody chose
    to round them.
    """
    with localcontext() as context:
        context.prec = _WIDE
        plain = format(number, "f")
        whole, _, decimals = plain.lstrip("-").partition(".")
        if len(plain.lstrip("-")) <= _GENERAL or len(decimals) <= _TYPED:
            return plain
        room = max(_GENERAL - 1 - len(whole), _TYPED)
        text = format(number.quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP), "f").rstrip("0").rstrip(".")
        return text if Decimal(text) else f"{number.normalize():E}"


def figure_text(section: Section, number: Decimal) -> str:
    """Show a number in the digits of a section, its literals round them."""
    plan = _plan(section)
    if not plan.whole and not plan.decimals:
        return "".join(one.text for one in section.tokens)
    with localcontext() as context:
        context.prec = _WIDE
        figure, power = _scaled(plan, number)
        figure = figure.quantize(Decimal(1).scaleb(-len(plan.decimals)), ROUND_HALF_UP)
    return _written(section, plan, figure, power)


def rounded(section: Section, number: Decimal) -> bool:
    """Tell whether a section shows fewer digits than the number has."""
    plan = _plan(section)
    with localcontext() as context:
        context.prec = _WIDE
        figure, _ = _scaled(plan, number)
        return figure != figure.quantize(Decimal(1).scaleb(-len(plan.decimals)), ROUND_HALF_UP)


def _scaled(plan: _Plan, number: Decimal) -> tuple[Decimal, int]:
    figure = number.scaleb(2 * plan.percents - 3 * plan.thousandths)
    if not plan.power or not figure:
        return figure, 0
    power = figure.adjusted() - (len(plan.whole) - 1)
    return figure.scaleb(-power), power


def _plan(section: Section) -> _Plan:
    tokens = section.tokens
    texts = [one.text for one in tokens if one.kind in {"digit", "mark"}]
    power = any(one.kind == "power" for one in tokens)
    if power:
        end = next(index for index, one in enumerate(tokens) if one.kind == "power")
        texts = [one.text for one in tokens[:end] if one.kind in {"digit", "mark"}]
    code = "".join(texts).replace("@", "")
    percents = sum(one.text == "%" for one in tokens if one.kind == "mark")
    before, _, behind = code.replace("%", "").partition(".")
    trimmed = before.rstrip(",")
    thousandths = len(before) - len(trimmed) + len(behind) - len(behind.rstrip(","))
    whole = trimmed.replace(",", "")
    return _Plan(percents, thousandths, whole, behind.replace(",", "").replace(".", ""), "," in trimmed, power)


def _written(section: Section, plan: _Plan, figure: Decimal, power: int) -> str:
    """Write the digits where the first place-holder stands, everything else round them."""
    before, _, behind = format(abs(figure), "f").partition(".")
    before = before.lstrip("0").rjust(plan.whole.count("0"), "0")
    if plan.grouped:
        before = _grouped(before)
    optional = len(plan.decimals) - len(plan.decimals.rstrip("#?"))
    kept = len(plan.decimals) - optional
    behind = behind[:kept] + behind[kept:].rstrip("0")
    has_point = any(one == Token("mark", ".") for one in section.tokens)
    digits = before + ("." + behind if has_point and (behind or kept) else "")
    if plan.power:
        digits += f"E{'-' if power < 0 else '+'}{abs(power):02d}"
    sign = "-" if figure < 0 else ""
    return sign + _put(section.tokens, digits)


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".rjust(len(digits), "0") if digits else digits


def _put(tokens: tuple[Token, ...], digits: str) -> str:
    """Replace the place-holders, from the first to the last, by the digits; literals among them stand behind."""
    pieces: list[str] = []
    done = False
    skipping = False
    for one in tokens:
        place = one.kind in {"digit", "power"} or (one.kind == "mark" and one.text in ".,")
        if one.kind == "power":
            skipping = True
        if place and not done:
            pieces.append(digits)
            done = True
        elif not place and not (skipping and one.kind == "digit"):
            pieces.append(one.text)
    return "".join(pieces)
