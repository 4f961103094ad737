"""对比 (comparing): two forms field by field: last year's and this year's, or two versions of one form.

Rows are recognised by their names (years and numbers aside, then by likeness), fund rows by their labels, single fields by their
keys, so that an inserted row does not make all below it differ. What is compared is what the forms print: typed texts as typed,
computed figures as computed. Nothing is judged and nothing is changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from types import MappingProxyType
from typing import Final, NamedTuple

from perfdesk.amounts import format_rate, format_score
from perfdesk.dataitems import plain
from perfdesk.derive import Derived
from perfdesk.editing import get_text
from perfdesk.gathering.last_year import Change, change
from perfdesk.gathering.matching import project_key
from perfdesk.model import Binding, Block, Severity, flatten
from perfdesk.sheet import Cell, Role

_BLOCKS: Final[Mapping[Block, str]] = MappingProxyType(
    {
        Block.VALUES: "表头和文字",
        Block.FUNDS: "资金",
        Block.INDICATORS: "绩效指标",
        Block.ROWS: "列表",
        Block.SECTIONS: "正文",
        Block.STATED: "合计",
    }
)
_ROWS: Final = (Block.FUNDS, Block.INDICATORS, Block.ROWS, Block.SECTIONS)
_NUMBERING: Final = re.compile(r"^[（(]?[一二三四五六七八九十0-9]+[)）]?[、．.]?")
_ALIKE: Final = 0.6  # share of two names that must be the same where no name fits
_TEXT: Final = "text"
CAME: Final = "新增"
WENT: Final = "没有了"
HEADING: Final = "标题"


class Line(NamedTuple):
    """One field in both forms. ``group`` 「绩效指标 · 分值」, ``name`` the row or the field, ``was`` and ``now`` its texts.

    ``old`` and ``new`` are its places; one of them is ``None`` where that form has no such row or field. ``change`` is there
    where both are figures that can be set against each other.
    """

    group: str
    name: str
    was: str
    now: str
    old: Binding | None
    new: Binding | None
    change: Change | None = None

    @property
    def differs(self) -> bool:
        """Tell whether the two texts are not the same."""
        return self.was != self.now

    @property
    def whole_row(self) -> bool:
        """Tell whether the line stands for a row that only one of the forms has."""
        return self.group.endswith((f"· {CAME}", f"· {WENT}"))


class Standing(NamedTuple):
    """How a form stands: 总分, 等级 and 执行率 as printed (``""`` where it has none), and its open findings."""

    total: str
    grade: str
    rate: str
    errors: int
    warnings: int


@dataclass(frozen=True)
class Comparison:
    """对比结果: every field of both forms in the order of the new one, what only the old one has behind it; how each stands."""

    lines: tuple[Line, ...]
    was: Standing
    now: Standing

    @cached_property
    def differing(self) -> tuple[Line, ...]:
        """The fields that are not the same."""
        return tuple(line for line in self.lines if line.differs)


class _Text(NamedTuple):
    """What a form prints in one place."""

    binding: Binding
    label: str
    name: str
    text: str


def compare(old: Derived, new: Derived) -> Comparison:
    """Compare two forms, the earlier one first; they may be of different templates, years and money units."""
    pairs = {block: _pairs(_names(old, block), _names(new, block)) for block in _ROWS}
    lines = (*_units(old, new), *_fields(old, new, pairs), *_whole_rows(old, new, pairs), *_sections(old, new, pairs))
    order = {group: at for at, group in enumerate(dict.fromkeys(line.group for line in lines))}
    return Comparison(tuple(sorted(lines, key=lambda line: order[line.group])), standing(old), standing(new))


def standing(form: Derived) -> Standing:
    """Say how a form stands."""
    result, stated = form.assessment, form.record.stated
    scored = form.template.is_scored
    count = Counter(one.severity for one in flatten(form.findings))
    return Standing(
        total=(stated.get("total_score", "").strip() or format_score(result.total)) if scored else "",
        grade=stated.get("grade", "").strip() or (result.grade or "" if scored else ""),
        rate="" if result.execution_rate is None else format_rate(result.execution_rate),
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
    )


# ---------------------------------------------------------------------------------------------------------------- rows
_Pairs = tuple[tuple[int | None, int | None], ...]


def _names(form: Derived, block: Block) -> tuple[str, ...]:
    """Return what each row of a block is called."""
    if block is Block.INDICATORS:
        return tuple(row.name.strip() for row in form.record.indicators)
    if block is Block.FUNDS:
        return tuple(row.label.strip() for row in form.record.funds)
    if block is Block.SECTIONS:
        return tuple(section.heading.strip() for section in form.record.sections)
    column = next((one.key for one in form.template.columns), "")
    return tuple(row.text(column).strip() for row in form.record.rows)


def _pairs(old: tuple[str, ...], new: tuple[str, ...]) -> _Pairs:
    """Pair the rows: by names as they stand, by names without numbers (n-th with n-th), by likeness; the rest came or went."""
    found: dict[int, int] = {}
    left = dict.fromkeys(range(len(old)))
    for key_of in (str, _key):
        before = {key: row for row, key in _counted(old, left, key_of)}
        for row, key in _counted(new, (one for one in range(len(new)) if one not in found), key_of):
            if key in before:
                found[row] = before[key]
                del left[before[key]]
    for row, name in enumerate(new):
        near = next((one for one in left if row not in found and _is_alike(old[one], name)), None)
        if near is not None:
            found[row] = near
            del left[near]
    return (*((found.get(row), row) for row in range(len(new))), *((row, None) for row in left))


def _key(name: str) -> str:
    return project_key(_NUMBERING.sub("", name)) or name


def _counted(
    names: tuple[str, ...], rows: Iterable[int], key_of: Callable[[str], str]
) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yield each of these rows with its name as it is compared, and the how-manieth of that name it is."""
    seen: Counter[str] = Counter()
    for row in rows:
        key = key_of(names[row])
        yield row, (key, seen[key])
        seen[key] += 1


def _is_alike(first: str, second: str) -> bool:
    return bool(first and second) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


# -------------------------------------------------------------------------------------------------------------- fields
def _units(old: Derived, new: Derived) -> tuple[Line, ...]:
    was, now = old.record.unit.value, new.record.unit.value
    return (Line(_BLOCKS[Block.FUNDS], "金额单位", was, now, None, None),) if was != now else ()


def _fields(old: Derived, new: Derived, pairs: Mapping[Block, _Pairs]) -> Iterator[Line]:
    """Yield the fields of rows that both forms have, and all single fields."""
    before, after = _texts(old), _texts(new)
    any_before, any_after = _spread(before), _spread(after)
    row_before = {(block, row): one for block, both in pairs.items() for one, row in both if row is not None}
    row_after = {(block, one): row for block, both in pairs.items() for one, row in both if one is not None}
    met = set()
    for (block, key, row), text in after.items():
        place = row if row < 0 else row_before.get((block, row))
        if place is not None:
            met.add((block, key, place))
            yield _line(old, new, any_before.get((block, key, place)), text)
    for (block, key, row), text in before.items():
        place = row if row < 0 else row_after.get((block, row))
        if place is not None and (block, key, row) not in met:
            now = any_after.get((block, key, place))
            if now is None:
                yield _gone(text)
            elif now.text != text.text:  # else it is part of a merged cell that stands there already
                yield _line(old, new, text, now)


def _texts(form: Derived) -> dict[tuple[Block, str, int], _Text]:
    """Return what a form prints by its place; the squares of one field count once, a report's text is compared by section."""
    found: dict[tuple[Block, str, int], _Text] = {}
    for cell in form.sheet.cells:
        binding = cell.binding
        if binding is None or binding.block is Block.SECTIONS:
            continue
        text = _printed(form, cell, binding)
        label = cell.label or binding.key
        found.setdefault((binding.block, binding.key, binding.row), _Text(binding, label, cell.place, text))
    for field in form.template.fields:
        if field.raw:  # the raw figures of a rating stand beside the page
            binding = Binding(Block.VALUES, field.key)
            found[Block.VALUES, field.key, -1] = _Text(binding, field.label, "", form.record.value(field.key))
    return found


def _spread(texts: Mapping[tuple[Block, str, int], _Text]) -> dict[tuple[Block, str, int], _Text]:
    """Return the texts by every row that they cover: of a merged cell, all of them."""
    return {
        (block, key, row + below): text
        for (block, key, row), text in texts.items()
        for below in range(text.binding.count)
    }


def _printed(form: Derived, cell: Cell, binding: Binding) -> str:
    typed = get_text(form.record, binding).strip()
    return typed or (cell.text.strip() if cell.role is Role.COMPUTED else "")


def _gone(was: _Text) -> Line:
    """Return the line of a field that the new form does not have."""
    return Line(_group(was), _name(was), was.text, "", was.binding, None)


def _line(old: Derived, new: Derived, was: _Text | None, now: _Text) -> Line:
    """Return the line of a field of the new form."""
    text = was.text if was is not None else ""
    same_unit = now.binding.block is not Block.FUNDS or old.record.unit is new.record.unit
    changed = change(new.record, now.binding, text, now.text) if same_unit else None
    place = was.binding if was is not None else None
    return Line(_group(now), _name(now), text, now.text, place, now.binding, changed)


def _group(text: _Text) -> str:
    words = _BLOCKS[text.binding.block]
    return f"{words} · {text.label}" if text.binding.block in _ROWS else words


def _name(text: _Text) -> str:
    if text.binding.block in _ROWS:
        return text.name or text.label
    return "，".join(filter(None, (text.name, text.label)))


# ------------------------------------------------------------------------------------------- rows that came, went; texts
def _whole_rows(old: Derived, new: Derived, pairs: Mapping[Block, _Pairs]) -> Iterator[Line]:
    """Yield a line for each row that only one of the forms has, with all it holds."""
    for block in (Block.FUNDS, Block.INDICATORS, Block.ROWS):
        for was, now in pairs[block]:
            if was is None and now is not None:
                name, text, binding = _whole_row(new, block, now)
                yield Line(f"{_BLOCKS[block]} · {CAME}", name, "", text, None, binding)
            elif now is None and was is not None:
                name, text, binding = _whole_row(old, block, was)
                yield Line(f"{_BLOCKS[block]} · {WENT}", name, text, "", binding, None)


def _whole_row(form: Derived, block: Block, row: int) -> tuple[str, str, Binding]:
    """Return the name of a row, what it holds in one line, and its first place: 「年度指标值 ≥20件；分值 10」."""
    cells = [one for (its, _, at), one in _texts(form).items() if (its, at) == (block, row)]
    name = _names(form, block)[row] or f"第 {row + 1} 行"
    text = "；".join(f"{one.label} {one.text}" for one in cells if one.text and one.text != name)
    first = cells[0].binding if cells else Binding(block, "name", row=row)
    return name, text or name, first


def _sections(old: Derived, new: Derived, pairs: Mapping[Block, _Pairs]) -> Iterator[Line]:
    """Yield the headings and texts of reports, section by section, data items as they are printed."""
    group = _BLOCKS[Block.SECTIONS]
    for was, now in pairs[Block.SECTIONS]:
        (first, before), (second, after) = _section(old, was), _section(new, now)
        old_place, new_place = _section_place(was), _section_place(now)
        if first != second:
            yield Line(f"{group} · {HEADING}", second or first, first, second, old_place, new_place)
        if before or after:
            yield Line(group, second or first, before, after, old_place, new_place)


def _section_place(row: int | None) -> Binding | None:
    return None if row is None else Binding(Block.SECTIONS, _TEXT, row=row)


def _section(form: Derived, row: int | None) -> tuple[str, str]:
    if row is None:
        return "", ""
    section = form.record.sections[row]
    return section.heading, "\n".join(map(plain, section.paragraphs))
