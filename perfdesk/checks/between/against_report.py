"""报告与各表 (against report): what a report says of a figure or a fund, and what the department and project forms say.

Only what the text names as the forms do is compared (基本支出, 项目支出, 全年执行数, 自评得分 …, and the three budgets beside the
general one); sums within the text are another family. Data items are read as they stand in the text: ``derive`` has brought them
up to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import MoneyUnit, from_yuan, parse_amount, parse_score, same
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.report.paragraphs import all_paragraphs
from perfdesk.checks.wording import quote
from perfdesk.gathering.facts import Facts, money, of_kind
from perfdesk.model import Binding, Block, Finding, FormKind

#: The budgets beside the general one (四本预算): their word in a heading of a report and in the label of a fund.
_BUDGETS: Final = ("政府性基金", "国有资本经营", "社会保险基金")
_AMOUNT: Final = r"(?:为|是|共|合计|共计)?\s*([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(万元|元)"
_SCORE: Final = re.compile(r"自评(?:得分|总分|分)(?:为|是|：)?\s*([0-9]+(?:\.[0-9]+)?)\s*分(?!以)")
_NAMED: Final = ("年初预算数", "全年预算数", "全年执行数", "基本支出", "项目支出")
_NAMED_AMOUNT: Final = re.compile(rf"({'|'.join(_NAMED)}){_AMOUNT}")
_KEYS: Final = {"年初预算数": "initial_budget", "全年预算数": "annual_budget", "全年执行数": "executed"}


def with_report(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """cross-form between a report and the forms of its year, seen from either side."""
    yield from _fund_of_report(form, year)
    yield from _report_of_fund(form, year)
    yield from _text_of_report(form, year)


def _fund_of_report(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """A fund that the department form prints, and of which the report says 无."""
    for word in _BUDGETS if form.kind is FormKind.DEPARTMENT_SELF else ():
        field = form.breakdown(word)
        text = "" if field is None else form.record.value(field.key).strip()
        if field is None or not parse_amount(text, form.unit):
            continue
        for report in of_kind(year, FormKind.REPORT):
            said = next((heading for _, heading in _says_none(report) if word in heading), "")
            if said:
                yield finding(
                    "cross-form",
                    Place(field.label, Binding(Block.VALUES, field.key)),
                    title="表上有数，报告说没有",
                    message=f"{field.label}填的是 {text}，{quote(report.name)}的{quote(said)}写的是“无”。请核对后改其中一处。",
                    figures=Figures(text, "无"),
                )


def _report_of_fund(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """A section of the report that says 无 of a fund that the department form prints."""
    for at, heading in _says_none(form) if form.kind is FormKind.REPORT else ():
        for other in of_kind(year, FormKind.DEPARTMENT_SELF):
            field = next((other.breakdown(word) for word in _BUDGETS if word in heading), None)
            text = "" if field is None else other.record.value(field.key).strip()
            if field is not None and parse_amount(text, other.unit):
                yield finding(
                    "cross-form",
                    Place(heading, Binding(Block.SECTIONS, "0", row=at)),
                    title="报告说没有，表上有数",
                    message=f"这里写的是“无”，{quote(other.name)}的{field.label}是 {text}。请核对后改其中一处。",
                    figures=Figures("无", text),
                )


def _says_none(report: Facts) -> Iterator[tuple[int, str]]:
    """Yield the sections of a report whose whole text is 无."""
    for at, section in enumerate(report.record.sections):
        if "".join(section.paragraphs).strip(" 　。") == "无":
            yield at, section.heading.strip()


def _text_of_report(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """Figures typed into the text of a report under a name that the forms have too."""
    if form.kind is not FormKind.REPORT:
        return
    known = _known(year)
    for paragraph in all_paragraphs(form.record.sections):
        for said, found, source in _disagreeing(paragraph.text, known):
            yield finding(
                "cross-form",
                Place(paragraph.heading.strip(), paragraph.binding),
                title="报告的数与表上不一样",
                message=f"文中写的是{quote(said)}，{source}是 {found}。请核对后改其中一处。",
                figures=Figures(said, found),
            )


@dataclass(frozen=True, slots=True, eq=False)  # made once per change of the year's forms, cached by identity
class _Known:
    """What the department and project forms say: their amounts in 元 by the name a text gives them, and their 总分."""

    amounts: Mapping[str, tuple[tuple[Facts, Decimal], ...]]
    scores: tuple[tuple[Facts, Decimal], ...]


@lru_cache(maxsize=16)
def _known(year: tuple[Facts, ...]) -> _Known:
    forms = (*of_kind(year, FormKind.DEPARTMENT_SELF), *of_kind(year, FormKind.PROJECT_SELF))
    named = {name: [(one, _amount_named(one, name)) for one in forms] for name in _NAMED}
    return _Known(
        {name: tuple((one, yuan) for one, yuan in pairs if yuan is not None) for name, pairs in named.items()},
        tuple((one, score) for one in forms if (score := one.score) is not None),
    )


@lru_cache(maxsize=1024)  # at every keystroke, all paragraphs but one are the same as before
def _disagreeing(text: str, known: _Known) -> tuple[tuple[str, str, str], ...]:
    """Return what a paragraph says, what the forms say instead, and which form; a figure that any form confirms is right."""
    return (*_wrong_amounts(text, known), *_wrong_scores(text, known))


def _wrong_amounts(text: str, known: _Known) -> Iterator[tuple[str, str, str]]:
    for match in _NAMED_AMOUNT.finditer(text):
        unit, amounts = MoneyUnit(match[3]), known.amounts[match[1]]
        said = parse_amount(match[2] + match[3], unit)
        places = len(match[2].partition(".")[2])
        if said is None or not amounts or any(same(said, from_yuan(yuan, unit), places=places) for _, yuan in amounts):
            continue
        form, yuan = amounts[0]
        yield match.group(), f"{money(yuan, unit)} {unit.value}", f"{quote(form.name)}的{match[1]}"


def _wrong_scores(text: str, known: _Known) -> Iterator[tuple[str, str, str]]:
    for match in _SCORE.finditer(text):
        points = parse_score(match[1])
        if points is not None and known.scores and all(score != points for _, score in known.scores):
            form = known.scores[0][0]
            yield match.group(), f"{form.score_text} 分", f"{quote(form.name)}的总分"


def _amount_named(form: Facts, name: str) -> Decimal | None:
    """Return an amount of a form by the name that a text gives it, in 元."""
    if name in _KEYS:
        return form.amount(_KEYS[name])
    field = form.breakdown(name)
    return None if field is None else form.yuan(form.record.value(field.key))
