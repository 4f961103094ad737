"""Reading what a form has several of: fund rows, indicators, list rows, sections of a report, answers to findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perfdesk.editing.levels import with_empty_rows
from perfdesk.exchange.exchange.intake import Intake
from perfdesk.exchange.exchange.keys import (
    ANSWER_EXTRAS,
    ANSWER_KEYS,
    EMPTY_ROWS,
    FUND_EXTRAS,
    INDICATOR_EXTRAS,
    INDICATOR_NAMES,
    MAX_ROWS,
    SECTION_EXTRAS,
    has_block,
    numbered,
    quoted,
)
from perfdesk.json_file import Json, Node
from perfdesk.labels import match_label
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Section
from perfdesk.template import FUND_KEYS, TERMS, BlockRole, Template

_HEADINGS: Final = ("1", "2", "3")


def read_funds(intake: Intake) -> tuple[FundRow, ...]:
    """Put the fund rows in the template's order; what it does not know is kept."""
    known = intake.template.funds
    places = {match_label(fund.label): index for index, fund in enumerate(known)}
    rows = [FundRow(label=fund.label) for fund in known]
    taken: set[int] = set()
    strangers: list[Json] = []
    rests: list[Json] = []
    for node in intake.root.nodes("funds", most=MAX_ROWS):
        label = intake.text(node, "label")
        if label is None:
            raise node.missing("label", "资金行的名称")
        row = FundRow(label, **{key: intake.text(node, key) or "" for key in FUND_KEYS})
        rest = node.rest()
        index = places.get(intake.known_as(label, places))
        if index is None or index in taken:
            strangers.append(
                {"label": label, **{key: node.get(key) for key in FUND_KEYS if key in node.names()}, **rest}
            )
            continue
        taken.add(index)
        rows[index] = row
        rests += [{"label": label, **rest}] if rest else []
    intake.keep("funds", strangers)
    intake.keep(FUND_EXTRAS, rests)
    if strangers:
        intake.stranger(f"资金行{quoted(one['label'] for one in strangers)}", "行")
    intake.unknown("资金行", rests, but="label")
    return tuple(rows)


def read_indicators(intake: Intake) -> tuple[Indicator, ...]:
    """Read the indicators; where the form keeps a row for every 二级指标, the empty ones stand between them."""
    rows: list[Indicator] = []
    rests: list[Json] = []
    for node in intake.root.nodes("indicators", most=MAX_ROWS):
        rows.append(Indicator(**{key: intake.text(node, name) or "" for key, name in INDICATOR_NAMES.items()}))
        rest = node.rest()
        rests += [{"level3": rows[-1].name, **rest}] if rest else []
    intake.keep(INDICATOR_EXTRAS, rests)
    intake.unknown("指标", rests, but="level3")
    _tell_hidden(intake, rows)
    if not intake.template.keep_level2:
        return tuple(rows)
    whole, strangers = with_empty_rows(intake.template, tuple(rows), intake.strings(intake.root, EMPTY_ROWS))
    intake.keep(EMPTY_ROWS, list(strangers))
    if strangers:
        intake.stranger(f"二级指标{quoted(strangers)}", "行")
    return whole


def _tell_hidden(intake: Intake, rows: list[Indicator]) -> None:
    shown = intake.template.indicator_columns
    hidden = [TERMS[key] for key in INDICATOR_NAMES if key not in shown and any(getattr(row, key) for row in rows)]
    if hidden:
        intake.notes.append(f"指标的{quoted(hidden)}在表样“{intake.template.title}”里没有栏，内容已随表保留。")


def column_names(template: Template) -> dict[str, str]:
    """Return the key of each list column -> its label in the file; of two alike the second goes by its key."""
    found: dict[str, str] = {}
    for one in template.columns:
        alike = match_label(one.label) in map(match_label, found.values())
        found[one.key] = one.key if alike else one.label
    return found


def read_list(intake: Intake) -> tuple[ListRow, ...]:
    """Read list rows, objects of label -> text or arrays in the order of ``columns``; an unknown column stays under its label."""
    if not has_block(intake.template, BlockRole.LIST):
        return ()
    root, names = intake.root, column_names(intake.template)
    labels = intake.strings(root, "columns")
    keys = {match_label(name): key for key, name in names.items()} | {match_label(key): key for key in names}
    rows = tuple(_list_row(intake, keys, labels, index) for index in range(_count(root, "rows")))
    strange = tuple(label for label in labels if match_label(label) not in keys)
    strange += tuple(key for row in rows for key, _ in row.cells if key not in names)
    intake.keep("columns", list(dict.fromkeys(strange)))
    if strange:
        intake.stranger(quoted(dict.fromkeys(strange)), "栏")
    return rows


def _count(root: Node, key: str) -> int:
    """Count a list whose parts are read later. Raises :class:`UserError` for what is no list or too long."""
    value = root.get(key)
    if isinstance(value, list) and len(value) <= MAX_ROWS:
        return len(value)
    return len(root.nodes(key, most=MAX_ROWS))


def _list_row(intake: Intake, keys: Mapping[str, str], labels: tuple[str, ...], index: int) -> ListRow:
    root = intake.root
    value, place = root.get("rows")[index], f"rows[{index}]"
    if isinstance(value, list):
        if len(value) > len(labels):
            raise root.fail(place, f" {len(labels)} 格，与 columns 一样多", f"{len(value)} 格")
        inner = Node({place: value}, file=root.file, place=root.place)
        given = dict(zip(labels, intake.strings(inner, place), strict=False))
    else:
        given = intake.texts(Node(value, file=root.file, place=root.at(place)))
    texts: dict[str, str] = {}
    for label, text in given.items():
        key = keys.get(match_label(label), label)
        texts[numbered(label, (*texts, *given)) if key in texts else key] = text
    return ListRow.of(texts)


def read_sections(intake: Intake) -> tuple[Section, ...]:
    """Read the sections of a report: heading, level 1–3, paragraphs."""
    if not has_block(intake.template, BlockRole.SECTIONS):
        return ()
    found: list[Section] = []
    rests: list[Json] = []
    for node in intake.root.nodes("sections", most=MAX_ROWS):
        level = intake.text(node, "level") or "1"
        if level not in _HEADINGS:
            raise node.fail("level", " 1、2 或 3", level)
        found.append(Section(int(level), intake.text(node, "heading") or "", intake.strings(node, "paragraphs")))
        rest = node.rest()
        rests += [{"heading": found[-1].heading, **rest}] if rest else []
    intake.keep(SECTION_EXTRAS, rests)
    intake.unknown("正文", rests, but="heading")
    return tuple(found)


def read_answers(intake: Intake) -> tuple[Answer, ...]:
    """Read the 说明 to findings; of which finding it is must be said, the rest may be blank."""
    found: list[Answer] = []
    rests: list[Json] = []
    for node in intake.root.nodes("answers", most=MAX_ROWS):
        code = node.get("code")
        if not code:
            raise node.missing("code", "所说明的审核提示的代码")
        found.append(Answer(**{key: intake.text(node, key) or "" for key in ANSWER_KEYS}))
        rest = node.rest()
        rests += [{"code": code, **rest}] if rest else []
    intake.keep(ANSWER_EXTRAS, rests)
    intake.unknown("说明", rests, but="code")
    return tuple(found)
