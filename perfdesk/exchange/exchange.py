"""The exchange format ``perfdesk-record/1`` (docs/exchange-format.md): records to JSON and back without losing a word.

Texts are taken as typed; a printed score, rate or total arrives as a stated value. What the form has no place for is kept in
``Record.extra`` and named in the notes. Nothing is half-read: a file is understood whole or refused in one sentence. This module
computes nothing and writes no file.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.json_file import NOTHING_DONE, Json, Node, Number, dump_json, parse_json, read_json
from perfdesk.model import FormKind, FundRow, Indicator, Record
from perfdesk.template import TERMS, Template

FORMAT = "perfdesk-record/1"
MAX_RECORDS = 2_000
MAX_INDICATORS = 2_000
MAX_TEXT = 100_000

_INDICATOR_NAMES = {"name": "level3", "reason": "deviation_note"}
_INDICATOR_KEYS = {one.name: _INDICATOR_NAMES.get(one.name, one.name) for one in fields(Indicator)}
"""Field of an indicator -> its key in the file, in the order they are written."""
_FUND_KEYS = tuple(one.name for one in fields(FundRow) if one.name != "label")
_TOP_VALUES = ("title", "annex", "conclusion")
_GOALS = {"expected": "goal_expected", "actual": "goal_actual"}
_TOTALS = {"weight": "total_weight", "score": "total_score"}
_PLACED = frozenset({*_TOP_VALUES, *_GOALS.values()})
"""Fields that have a key of their own in the file; the others stand in ``header`` under their label."""
_IGNORED = {ord(one): None for one in "()[]{}〔〕【】「」『』《》〈〉:"}
_HALF_PAIR = re.compile("[\ud800-\udfff]")  # JSON can write one half of a character, no file can keep it
_KEY_WORDS = {
    **TERMS,
    "title": "标题",
    "annex": "附件号",
    "conclusion": "自评结论",
    "goal_expected": "预期目标",
    "goal_actual": "目标实际完成情况",
    "fund_breakdown": "资金明细",
    "empty_level2_rows": "没有三级指标的二级指标",
    "sections": "正文",
    "columns": "各栏名称",
    "rows": "各行",
    "subtotal": "小计",
    "grade_bands": "等级划分",
    "explanation": "指标解释",
    "indicator_type": "指标类型",
    "measure_unit": "计量单位",
    "scoring_rule": "评分标准",
    "target_value": "目标值",
}
"""Keys of the format as a clerk knows them, for the notes."""
_OTHERS = "请选从本程序导出的数据文件。"
_FUND_EXTRAS, _INDICATOR_EXTRAS = "fund_extras", "indicator_extras"


class Import(NamedTuple):
    """What a file held: its records, and in Chinese sentences what the reader should know about them."""

    records: tuple[Record, ...]
    notes: tuple[str, ...]


def match_label(text: str) -> str:
    """Reduce a printed label to what is compared: NFKC, without white space, colons, 「其中」 and brackets.

    ``match_label("其中：当年财政拨款 ")`` is 「当年财政拨款」, ``match_label("单位(盖章)")`` is 「单位盖章」.
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_IGNORED).replace("其中", "")


def _new_id() -> str:
    return os.urandom(16).hex()


def read_records(path: Path, templates: Mapping[str, Template], *, new_id: Callable[[], str] = _new_id) -> Import:
    """Read a file of one record or an array of them. ``new_id`` gives each record its id.

    Raises :class:`UserError`, naming the file, the key and what was expected, for anything that does not fit the format; no record
    of the file is returned then.
    """
    content = read_json(path)
    items = content if isinstance(content, list) else [content]
    if not items:
        raise UserError(f"“{path.name}”里没有表。{NOTHING_DONE}")
    if len(items) > MAX_RECORDS:
        raise UserError(
            f"“{path.name}”里有 {len(items)} 张表，一次最多 {MAX_RECORDS} 张，请分成几个文件。{NOTHING_DONE}"
        )
    records: list[Record] = []
    notes: list[str] = []
    for index, item in enumerate(items):
        reader = _Reader(Node(item, file=path.name, place=f"[{index}]" if len(items) > 1 else ""), templates)
        records.append(reader.record(new_id()))
        notes += [f"第 {index + 1} 张表：{note}" if len(items) > 1 else note for note in reader.notes]
    return Import(tuple(records), tuple(notes))


def _check_format(root: Node) -> None:
    name = root.get("format")
    if name == FORMAT:
        return
    if isinstance(name, str) and name.startswith("perfdesk-record/"):
        raise UserError(
            f"“{root.file}”由更新的版本保存（格式 {name[:40]}，本程序读 {FORMAT}），"
            f"打开会丢内容，所以没有打开。请先升级程序。"
        )
    if isinstance(name, str) and name:
        raise UserError(f"“{root.file}”的格式是“{name[:40]}”，不是填报数据。{_OTHERS}{NOTHING_DONE}")
    raise UserError(f"“{root.file}”里没有写明格式，像是别的程序的文件。{_OTHERS}{NOTHING_DONE}")


def _year(root: Node) -> int:
    value = root.get("year")
    if value is None:
        raise root.missing("year", "四位年份，如 2024")
    if isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdigit() and "1949" <= value <= "2999":
        return int(value)
    raise root.fail("year", "四位年份，如 2024", value)


def _kind(root: Node) -> FormKind | None:
    word = root.text("form_kind")
    if not word:
        return None
    if word not in set(FormKind):
        raise UserError(f"“{root.file}”写的表种是“{word[:40]}”，本程序不认识。请检查是否选错了文件。{NOTHING_DONE}")
    return FormKind(word)


class _Reader:
    """Reads one record; lives only while it does. ``notes`` fill up on the way."""

    def __init__(self, root: Node, templates: Mapping[str, Template]) -> None:
        _check_format(root)
        self.notes: list[str] = []
        self._root = root
        self._extra: dict[str, Json] = {}
        self._values: dict[str, str] = {}
        self._year = _year(root)
        self._template = self._choose(_kind(root), templates)
        self._labels = _labels(self._template)

    def record(self, record_id: str) -> Record:
        """Return the record."""
        root = self._root
        unit, bureau = self._unit(), self._text(root, "bureau") or ""
        self._read_values()
        funds, indicators, stated = self._read_funds(), self._read_indicators(), self._read_total()
        rest = root.rest()
        if rest:
            self.notes.append(f"{_named(rest)}不属于表样“{self._template.title}”，内容已随表保留。")
        self._merge_extra(rest)
        extra = dump_json(dict(sorted(self._extra.items()))) if self._extra else ""
        return Record(
            record_id, self._template.id, self._year, unit, bureau, self._values, funds, indicators, stated, extra
        )

    def _choose(self, kind: FormKind | None, templates: Mapping[str, Template]) -> Template:
        """Return the template named in the file, else the closest one of the same kind."""
        name = self._root.text("template") or ""
        if name in templates:
            return templates[name]
        if kind is None:
            what = f"用的表样“{name[:40]}”不在本机，又没有" if name else "没有"
            raise UserError(f"“{self._root.file}”{what}写明是哪种表，不知道收进哪里。{_OTHERS}{NOTHING_DONE}")
        same = [one for one in templates.values() if one.kind is kind]
        if not same:
            raise UserError(
                f"“{self._root.file}”是{kind.words}，还没有这种表样。请等带有这种表样的版本再导入。{NOTHING_DONE}"
            )
        chosen = max(sorted(same, key=lambda one: one.id), key=self._closeness)
        why = f"没有表样“{name}”" if name else "文件里没有写明表样"
        self.notes.append(f"{why}，改用同类中最接近的“{chosen.title}”，请核对各格。")
        return chosen

    def _closeness(self, template: Template) -> tuple[int, int, bool]:
        """How alike the file and a template are: fund rows, header labels, money unit."""
        rows = {match_label(row.text("label") or "") for row in self._root.nodes("funds", most=MAX_INDICATORS)}
        known = {match_label(fund.label) for fund in template.funds}
        labels = {match_label(label) for label in self._root.node("header").names()}
        alike = len(rows & known) - len(rows ^ known) if rows else 0
        return alike, len(labels & _labels(template).keys()), self._root.text("unit") == template.unit

    def _unit(self) -> MoneyUnit:
        word = self._text(self._root, "unit")
        if not word:
            self.notes.append(f"没有写明金额单位，按表样取“{self._template.unit}”。")
            return self._template.unit
        if word not in set(MoneyUnit):
            raise self._root.fail("unit", "“元”或“万元”", word)
        return MoneyUnit(word)

    def _text(self, node: Node, key: str) -> str | None:
        """Take a text of bearable length; half a surrogate pair, which no disk can keep, becomes �."""
        text = node.text(key)
        if text is None or (text.isascii() and len(text) <= MAX_TEXT):
            return text
        if len(text) > MAX_TEXT:
            raise UserError(f"“{node.file}”的 {node.at(key)} 有 {len(text)} 个字，最多 {MAX_TEXT} 个。{NOTHING_DONE}")
        whole, halves = _HALF_PAIR.subn("\ufffd", text)
        if halves:
            self.notes.append(f"{node.at(key)} 里有残缺的字符，已换成“\ufffd”。")
        return whole

    def _read_values(self) -> None:
        """Read every single field: those with keys of their own, then header and signatures by their labels."""
        root = self._root
        goal = root.node("overall_goal")
        placed = {key: self._text(root, key) for key in _TOP_VALUES}
        placed |= {key: self._text(goal, name) for name, key in _GOALS.items()}
        further = root.node("values")
        placed |= {key: self._text(further, key) for key in further.names()}
        self._values.update({key: text for key, text in placed.items() if text is not None})
        self._keep("overall_goal", goal.rest())
        for place in ("header", "signatures"):
            self._read_labelled(place)
        homeless = [key for key in placed if self._values.get(key) and self._template.field(key) is None]
        if homeless:
            self.notes.append(f"表样“{self._template.title}”没有{_named(homeless)}的格，内容已随表保留。")

    def _read_labelled(self, place: str) -> None:
        node = self._root.node(place)
        left: dict[str, str | None] = {}
        for label in node.names():
            text = self._text(node, label)
            key = self._labels.get(match_label(label))
            if key is not None and key not in self._values:
                self._values[key] = text or ""
                continue
            left[label if key is None else _second(label, {*node.names(), *left})] = text or None
        self._keep(place, left)
        if left:
            names = _quoted(left)
            self.notes.append(f"{names}不是表样“{self._template.title}”的格，内容已随表保留。")

    def _read_funds(self) -> tuple[FundRow, ...]:
        """Put the fund rows in the template's order; what it does not know is kept."""
        places = {match_label(fund.label): index for index, fund in enumerate(self._template.funds)}
        rows = [FundRow(label=fund.label) for fund in self._template.funds]
        taken: set[int] = set()
        strangers: list[Json] = []
        rests: list[Json] = []
        for node in self._root.nodes("funds", most=MAX_INDICATORS):
            label = self._text(node, "label")
            if label is None:
                raise node.missing("label", "资金行的名称")
            row = FundRow(label, **{key: self._text(node, key) or "" for key in _FUND_KEYS})
            rest = node.rest()
            index = places.get(match_label(label))
            if index is None or index in taken:
                strangers.append(_fund_object(row) | rest)
                continue
            taken.add(index)
            rows[index] = row
            rests += [{"label": label, **rest}] if rest else []
        self._keep("funds", strangers)
        self._keep(_FUND_EXTRAS, rests)
        if strangers:
            names = _quoted(one["label"] for one in strangers)
            self.notes.append(f"资金行{names}不是表样“{self._template.title}”的行，内容已随表保留。")
        self._name_unknown("资金行", rests, but="label")
        return tuple(rows)

    def _read_indicators(self) -> tuple[Indicator, ...]:
        rows: list[Indicator] = []
        rests: list[Json] = []
        for node in self._root.nodes("indicators", most=MAX_INDICATORS):
            rows.append(Indicator(**{key: self._text(node, name) or "" for key, name in _INDICATOR_KEYS.items()}))
            rest = node.rest()
            rests += [{"level3": rows[-1].name, **rest}] if rest else []
        self._keep(_INDICATOR_EXTRAS, rests)
        self._name_unknown("指标", rests, but="level3")
        shown = self._template.indicator_columns
        hidden = [TERMS[key] for key in _INDICATOR_KEYS if key not in shown and any(getattr(r, key) for r in rows)]
        if hidden:
            self.notes.append(f"指标的{_quoted(hidden)}在表样“{self._template.title}”里没有栏，内容已随表保留。")
        return tuple(rows)

    def _read_total(self) -> dict[str, str]:
        node = self._root.node("total")
        texts = {key: self._text(node, name) or "" for name, key in _TOTALS.items()}
        self._keep("total", node.rest())
        return {key: text for key, text in texts.items() if text}

    def _keep(self, key: str, value: Json) -> None:
        if value:
            self._extra[key] = value

    def _name_unknown(self, what: str, rests: list[Json], *, but: str) -> None:
        keys = dict.fromkeys(key for rest in rests for key in rest if key != but)
        if keys:
            self.notes.append(f"{what}的{_named(keys)}不属于表样“{self._template.title}”，内容已随表保留。")

    def _merge_extra(self, rest: Mapping[str, Json]) -> None:
        """Add unknown keys; lists of left-over keys of rows, kept by an earlier import, come before the new ones."""
        for key, value in rest.items():
            kept = self._extra.get(key)
            self._extra[key] = value if kept is None else [*(value if isinstance(value, list) else [value]), *kept]


def _named(keys: Iterable[str]) -> str:
    """Name keys in Chinese where the format gives them a meaning, the others as they stand: 「“正文”、“备忘”」."""
    return _quoted(_KEY_WORDS.get(key, key) for key in keys)


def _quoted(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words)


def _labels(template: Template) -> dict[str, str]:
    """Label, reduced -> key of the field that carries it; the first of two alike."""
    found: dict[str, str] = {}
    for one in template.fields:
        found.setdefault(match_label(one.label), one.key)
    return found


def _second(label: str, taken: Iterable[str]) -> str:
    """Name a label that came twice, so that both texts stay: 「项目名称（2）」."""
    number = 2
    while f"{label}（{number}）" in taken:
        number += 1
    return f"{label}（{number}）"


def write_records(records: tuple[Record, ...], templates: Mapping[str, Template]) -> str:
    """Write records as one JSON text: one object, or an array of several.

    ``read_records`` gives the same records back (but for the id, which is the store's own). Raises :class:`UserError` when the
    template of a record is not among ``templates``.
    """
    items = [_record_object(record, _template_of(record, templates)) for record in records]
    return dump_json(items[0] if len(items) == 1 else items)


def _template_of(record: Record, templates: Mapping[str, Template]) -> Template:
    template = templates.get(record.template_id)
    if template is None:
        raise UserError(f"没有表样“{record.template_id}”，这张表不能导出。请先把表样放进表样文件夹。")
    return template


def _record_object(record: Record, template: Template) -> dict[str, Json]:
    extra = parse_json(record.extra, name="随表保留的内容") if record.extra else {}
    values = record.values
    labels = {key: template.field(key) for key in _labels(template).values() if key not in _PLACED}
    header = {one.label: values[key] or None for key, one in labels.items() if one is not None and key in values}
    further = {key: text or None for key, text in values.items() if key not in _PLACED and key not in labels}
    goal = {name: values[key] or None for name, key in _GOALS.items() if key in values}
    total = {name: record.stated.get(key) or None for name, key in _TOTALS.items()}
    written: dict[str, Json] = {
        "format": FORMAT,
        "template": template.id,
        "form_kind": template.kind.value,
        "bureau": record.bureau,
        **{key: values[key] or None for key in _TOP_VALUES if key in values},
        "year": Number(record.year),
        "unit": record.unit.value,
        "header": header | extra.get("header", {}),
        "signatures": extra.get("signatures", {}),
        "values": further,
        "funds": [*map(_fund_object, record.funds), *extra.get("funds", ())],
        "overall_goal": goal | extra.get("overall_goal", {}),
        "indicators": [
            {name: getattr(row, key) or None for key, name in _INDICATOR_KEYS.items()} for row in record.indicators
        ],
        "total": total | extra.get("total", {}),
    }
    optional = ("signatures", "values", "overall_goal")
    return {key: one for key, one in (extra | written).items() if one or key not in optional}


def _fund_object(row: FundRow) -> dict[str, Json]:
    return {"label": row.label, **{key: getattr(row, key) or None for key in _FUND_KEYS}}
