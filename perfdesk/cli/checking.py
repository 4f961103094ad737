"""``perfdesk check``: every form's scores and findings, for people or as JSON (docs/exchange-format.md).

It judges nothing: what is said comes from ``perfdesk.derive``. Files are not changed and no data file is touched unless asked for.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfdesk.amounts import format_score, plain
from perfdesk.checksheet import NAME, lay_out_check_sheet
from perfdesk.cli import forms
from perfdesk.cli.exporting import folder_of, stem_of
from perfdesk.cli.terminal import Exit
from perfdesk.derive import Derived, derive
from perfdesk.errors import UserError
from perfdesk.exchange.files import write_atomically
from perfdesk.exchange.rendering import render
from perfdesk.model import Assessment, Finding, Score, Severity, Verdict, flatten

if TYPE_CHECKING:
    from perfdesk.cli.arguments import Arguments
    from perfdesk.cli.forms import Form
    from perfdesk.cli.terminal import Terminal


def run(arguments: Arguments, terminal: Terminal) -> None:
    """Check the chosen forms and print the result."""
    known = forms.templates(terminal)
    chosen = forms.chosen(arguments, known, terminal)
    usable = list(forms.with_templates(chosen, known, terminal))
    around = forms.around(usable, forms.year_before(arguments, known))
    checked = [(form, derive(template, form.record, around[form.record.year])) for form, template in usable]
    if arguments.json:
        found = [as_json(form, derived) for form, derived in checked]
        terminal.say(json.dumps(found, ensure_ascii=not terminal.is_utf8, indent=2))
    else:
        for form, derived in checked:
            terminal.say("\n".join(_report(form, derived)) + "\n")
        if len(checked) > 1:
            terminal.say(_summary([derived for _, derived in checked]))
    _write_sheets(arguments, checked, terminal)
    if any(one.severity is Severity.ERROR for _, derived in checked for one in flatten(derived.findings)):
        terminal.reach(Exit.FLAWED)


def _write_sheets(arguments: Arguments, checked: list[tuple[Form, Derived]], terminal: Terminal) -> None:
    """Write the 审核单 of every form, when they are asked for; one that cannot be written is a trouble."""
    if not arguments.to:
        return
    folder, made, taken = folder_of(arguments.out), forms.now(), set[str]()
    for form, derived in checked:
        stem = stem_of(form.record, taken)
        layout = lay_out_check_sheet(derived, made=made.date())
        for kind in arguments.to:
            path = folder / f"{stem}-{NAME}.{kind}"
            try:
                data, _ = render((layout,), kind, title=path.stem, made=made, author=form.record.bureau)
                write_atomically(path, data)
            except UserError as error:
                terminal.trouble(error)
            else:
                terminal.note(f"审核单已写到 {path}")


# ------------------------------------------------------------------------------------------------------------ JSON


def as_json(form: Form, derived: Derived) -> dict[str, Any]:
    """Return a form's result as the JSON object of ``check --json``: figures are texts, ``None`` where there is none."""
    return {
        "file": str(form.source),
        "template": derived.template.id,
        "title": derived.sheet.title,
        "assessment": _assessment(derived.assessment),
        "findings": [_finding(one) for one in flatten(derived.findings)],
    }


def _assessment(found: Assessment) -> dict[str, Any]:
    return {
        "execution_rate": _figure(found.execution_rate),
        "budget_score": _figure(found.budget.computed if found.budget else None),
        "total": _figure(found.total),
        "total_explanation": found.total_explanation or None,
        "weight_total": plain(found.weight_total),
        "grade": found.grade,
        "scores": [_score(one) for one in found.scores],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "indicator": score.label,
        "weight": None if score.weight is None else plain(score.weight),
        "score": _figure(score.computed),
        "stated": score.stated or None,
        "explanation": score.explanation,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": finding.where,
        "cell": finding.binding.key if finding.binding else None,
        "message": f"{finding.title}。{finding.message}",
        "stated": finding.stated or None,
        "computed": finding.computed or None,
        "answer": finding.answer or None,
        "stale": finding.is_stale,
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else format_score(value)


# ----------------------------------------------------------------------------------------------------- for people


def _report(form: Form, derived: Derived) -> list[str]:
    """Return the lines about one form."""
    record, found = form.record, derived.assessment
    rate = "—" if found.execution_rate is None else f"{found.execution_rate}%"
    figures = (
        f"执行率 {rate}",
        f"得 {_figure(found.budget.effective if found.budget else None) or '—'} 分",
        f"总分 {_figure(found.total)}",
        f"等级 {found.grade or '—'}",
        f"分值 {plain(found.weight_total)}/{plain(derived.template.policy.total_weight)}",
    )
    return [
        f"{forms.name_of(record)}（{record.year} 年，{derived.template.title}，{form.source.name}）",
        f"{derived.verdict}：{derived.sentence}。",
        " · ".join(figures),
        *([f"总分：{found.total_explanation}。"] if found.total_explanation else []),
        *(line for finding in derived.findings for line in _lines(finding)),
    ]


def _lines(finding: Finding) -> list[str]:
    """Return the lines of a finding: the fact, the arithmetic, the place, and what only follows from it (连带)."""
    return [
        f"  {finding.severity.words}  {finding.title}",
        f"        {finding.message}",
        f"        位置：{finding.where or '整张表'}",
        *_answer_lines(finding),
        *(f"        连带{one.severity.words}：{one.title}" for one in flatten(finding.consequences)),
    ]


def _answer_lines(finding: Finding) -> list[str]:
    return [f"        {'说明（过时）' if finding.is_stale else '说明'}：{finding.answer}"] if finding.answer else []


def _summary(checked: list[Derived]) -> str:
    verdicts = Counter(one.verdict for one in checked)
    severities = Counter(finding.severity for one in checked for finding in flatten(one.findings))
    stand = "，".join(f"{verdict} {verdicts[verdict]}" for verdict in Verdict if verdicts[verdict])
    found = "，".join(f"{one.words} {severities[one]} 处" for one in Severity)
    return f"共 {len(checked)} 张表：{stand}。{found}。"
