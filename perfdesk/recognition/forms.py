"""Reading of one form: heads, repeated rows, funds, single fields; then what is left over and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from perfdesk.editing.levels import with_empty_rows
from perfdesk.labels import alike, match_label
from perfdesk.model import Binding, Block, Indicator, Record
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.budgetrow import take_budget_row
from perfdesk.recognition.choosing import Candidate
from perfdesk.recognition.funds import read_funds, read_strays
from perfdesk.recognition.heads import ask_unit, ask_year, read_heads, read_office_column, settle_bureau
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.plan import Plan, plan_of
from perfdesk.recognition.rows import read_rows
from perfdesk.recognition.sections import is_report, read_sections
from perfdesk.recognition.singles import read_month, read_singles, read_total_beside
from perfdesk.recognition.spots import apply, layout_of, spots_of
from perfdesk.recognition.types import Corrections, Leftover, Query, Reading, RecognisedForm
from perfdesk.recognition.words import is_blank
from perfdesk.template import Template

_NO_CORRECTIONS: Final[Corrections] = {}
_DOUBT: Final = 0.01
_PRINTED: Final = frozenset(
    {
        *(
            "绩效指标",
            "年度绩效指标",
            "年度总体目标",
            "年度绩效目标",
            "总体目标",
            "项目资金",
            "预算执行情况",
            "资金来源",
        ),
        *("资金情况", "项目基本情况", "基本情况", "序号", "填报年度", "年度", "自评年度"),
    }
)
"""Side labels and headings that most forms print and none has a field for."""
_LITTLE: Final = 0.65  # of a template's labels: with fewer, it is only the nearest


def read_form(
    lines: Sequence[Line],
    template: Template,
    names: Sequence[str],
    candidates: Sequence[Candidate],
    corrections: Corrections = _NO_CORRECTIONS,
) -> RecognisedForm:
    """Read these lines as a form of the template. ``names``: of the sheet and the file. Pure, and never raises on odd texts."""
    plan = plan_of(template)
    intake = Intake(plan)
    _read(intake, lines, names)
    apply(intake, lines, corrections)
    settle_bureau(intake)
    read_office_column(intake)
    ask_unit(intake)
    ask_year(intake)
    _ask_hidden(intake, lines)
    _ask_template(intake, template, candidates)
    leftovers = tuple(_leftovers(intake, lines))
    record, moved = with_level2_rows(template, intake.record())
    return RecognisedForm(
        template=template,
        record=record,
        readings=tuple(_moved(one, moved) for one in intake.readings.values()),
        leftovers=leftovers,
        queries=(*(_asked(one, moved) for one in intake.queries), *_about(leftovers)),
        parts=tuple(dict.fromkeys(one.part for one in lines)),
        rows=_extent(lines),
        candidates=tuple((one.template, one.share) for one in candidates),
        layout=layout_of(plan, lines),
    )


def _read(intake: Intake, lines: Sequence[Line], names: Sequence[str]) -> None:
    """Read all parts: the tables first, the single fields in what is left."""
    taken = read_rows(intake, lines)
    rest = tuple(line for index, line in enumerate(lines) if index not in taken.lines)
    read_heads(intake, rest, names)
    funded = read_funds(intake, rest)
    for row in taken.budget[:1]:
        take_budget_row(intake, row)
    read_month(intake, lines)
    single = tuple(line for index, line in enumerate(rest) if index not in funded)
    read_singles(intake, single)
    read_strays(intake, single)
    read_total_beside(intake, single)
    if is_report(intake.plan.template):
        read_sections(intake, rest)


def with_level2_rows(template: Template, record: Record) -> tuple[Record, Mapping[int, int]]:
    """Return the record with a row for every 二级指标 that the form prints even when it is empty, and where its rows went.

    A form whose 二级指标 are other ones than the template's stays as it is.
    """
    rows = record.indicators
    there = {_pair(one) for one in rows}
    wanted = dict.fromkeys(_pair(one) for one in template.kept_rows)
    missing = [one.level2 for one in template.kept_rows if _pair(one) not in there]
    if not missing or 2 * len(there & wanted.keys()) < len(there) or not rows:
        return record, {}
    whole, _ = with_empty_rows(template, rows, missing)
    places = {id(one): index for index, one in enumerate(whole)}
    moved = {index: places[id(one)] for index, one in enumerate(rows) if id(one) in places}
    return replace(record, indicators=whole), moved


def _pair(row: Indicator) -> tuple[str, str]:
    return match_label(row.level1), match_label(row.level2)


def _moved(reading: Reading, moved: Mapping[int, int]) -> Reading:
    return reading._replace(binding=_at(reading.binding, moved))


def _asked(query: Query, moved: Mapping[int, int]) -> Query:
    return query._replace(bindings=tuple(_at(one, moved) for one in query.bindings))


def _at(binding: Binding, moved: Mapping[int, int]) -> Binding:
    if binding.block is not Block.INDICATORS or not moved:
        return binding
    return replace(binding, row=moved.get(binding.row, binding.row))


def _leftovers(intake: Intake, lines: Sequence[Line]) -> Iterator[Leftover]:
    """Yield every text that nobody understood, with the labels it stands by; words the template prints itself are none."""
    left = [
        square
        for line in lines
        for square in line.own
        if intake.is_free(square) and not is_blank(square.text) and not _is_own(intake.plan, square)
    ]
    spots = spots_of(intake.plan, lines) if left else {}
    for square in left:
        spot = spots[square.key]
        labels = "、".join(f"“{one}”" for one in (spot.row_label, spot.column_label) if one)
        yield Leftover(square.text, square.place, f"在{labels}处，表样没有这一格" if labels else "")


def _is_own(plan: Plan, square: Square) -> bool:
    """Tell whether a text is nothing but printed words: the template's own, others for the same, or what all forms print."""
    if match_label(square.text) in plan.words:
        return True
    return any(form in _PRINTED or alike(form) & plan.words for form in square.forms)


def _about(leftovers: Sequence[Leftover]) -> tuple[Query, ...]:
    if not leftovers:
        return ()
    words = f"有 {len(leftovers)} 处文字不属于这张表的任何一格。"
    return (Query("没有看懂的文字", words, tuple(one.place for one in leftovers), leftovers=tuple(leftovers)),)


def _ask_hidden(intake: Intake, lines: Sequence[Line]) -> None:
    if any(line.hidden for line in lines):
        intake.ask(
            "隐藏的工作表", "这张表在隐藏的工作表里，平时看不到，请核对要不要导入。", [lines[0].squares[0].place]
        )
    hidden = [one for line in lines for one in line.own if one.cell.hidden and not is_blank(one.text)]
    if hidden:
        intake.ask("隐藏的行列", "有隐藏的行或列，里面的文字也读进来了，请核对。", [one.place for one in hidden])


def _ask_template(intake: Intake, template: Template, candidates: Sequence[Candidate]) -> None:
    """Ask when another template fits as well, or none fits well."""
    mine = next((one for one in candidates if one.template is template), None)
    if mine is None or candidates[0].template is not template:
        return  # a person chose it
    near = [
        f"“{one.template.title}”（{one.template.source}）"
        for one in candidates[1:]
        if mine.score - one.score < _DOUBT and mine.share - one.share < _DOUBT and mine.words <= one.words
    ]
    if mine.share < _LITTLE:
        intake.ask("表样", f"没有与这张表相同的表样，按最接近的“{template.title}”读入，请逐格核对。")
    elif near:
        mine_words = f"“{template.title}”（{template.source}）"
        intake.ask("表样", f"按{mine_words}读入；{'、'.join(near)}也同样像，请核对表样。")


def _extent(lines: Sequence[Line]) -> tuple[int, int] | None:
    rows = [one.row for one in lines if not one.is_text]
    parts = {one.part for one in lines if not one.is_text}
    return (min(rows), max(rows) + 1) if len(parts) == 1 and rows else None
