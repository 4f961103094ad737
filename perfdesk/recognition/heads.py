"""表头以上 (what stands above a form): title, annex number, year, money unit, the office; and what the file's name adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from perfdesk.labels import MAX_LABEL
from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.intake import NO_YEAR, Intake
from perfdesk.recognition.sections import is_report
from perfdesk.recognition.types import Certainty
from perfdesk.recognition.words import unit_in, untorn, year_in

_ANNEX: Final = re.compile(r"附\s*(?:件|表)\s*[\d一二三四五六七八九十]{0,3}(?:[-—－]\d{1,2})?\s*[:：]?")
_YEAR_LINE: Final = re.compile(
    r"[（(【\[]?\s*[\d〇零○一二三四五六七八九０-９\s_]{4,12}[)）]?\s*年?\s*度?\s*[)）】\]]?\s*年?\s*度?"
)
_UNIT_CELL: Final = re.compile(r"[（(]?(?:金额|货币|计量)?\s*单\s*位\s*[:：（(]\s*(?:人民币)?\s*(?:万元|元)\s*[)）]?")
_TITLE: Final = re.compile(r"(?:表|报告|目录|统计|清单)(?:[（(].{0,14}[)）])?$")
_NO_TITLE: Final = re.compile(r"[。；;!！?？]|见附|详见|如下|填写|填列|填表|填报说明")
_ABOUT: Final = re.compile(r"绩效|自评|目标|评价|监控|公开|支出|项目")
_OFFICE: Final = re.compile(
    r"[^\s，。：:；;]{2,24}?(?:局|委员会|厅|办公室|政府|中心|监狱|戒毒所|检察院|法院|公证处|司法所)"
)
_YEAR_LABELS: Final = frozenset({"填报年度", "年度", "自评年度", "预算年度", "评价年度", "所属年度", "项目年度"})
_LONGEST_YEAR: Final = 12
_BUREAUS: Final = ("局", "厅", "委员会")
_DOCUMENT: Final = re.compile(r"\S{1,12}[〔\[（(【]\d{4}[〕\])）】]\s*第?\d{1,4}号")
_CUT: Final = re.compile(r"(?:关于)?(?:\d{4}\s*年?度?|[（(]\d{4}\s*年度?[)）])")


class _Head(NamedTuple):
    """A line above a form: its cell, and the line without the breaks that tear its words."""

    square: Square
    text: str


def is_title(text: str) -> bool:
    """Tell whether a text, standing alone in its line, is the title of a form or report: 「昌吉州司法局…绩效自评表」."""
    short = untorn(text)
    if len(short) > MAX_LABEL or _NO_TITLE.search(short):
        return False
    return _TITLE.search(short) is not None and _ABOUT.search(short) is not None


def is_annex(text: str) -> bool:
    """Tell whether a text is an annex number and nothing else: 「附件1」, 「附表2-1：」."""
    return _ANNEX.fullmatch(text.strip()) is not None


def is_heading(text: str) -> bool:
    """Tell whether a line may stand above a form: annex number, year, money unit, office, number of the notice."""
    tight = untorn(text)
    return (
        is_annex(tight)
        or _YEAR_LINE.fullmatch(tight) is not None
        or _UNIT_CELL.fullmatch(tight) is not None
        or _OFFICE.fullmatch(tight) is not None
        or _DOCUMENT.fullmatch(tight) is not None
    )


def office_in(text: str) -> str:
    """Return the office a text begins with: 「昌吉州司法局法律援助项目支出绩效自评表」 is by 昌吉州司法局; ``""`` for none."""
    found = _OFFICE.match(_CUT.sub("", untorn(text), count=1).strip())
    return found.group() if found else ""


def read_heads(intake: Intake, lines: Sequence[Line], names: Sequence[str]) -> None:
    """Read title, annex number, year and unit. ``names`` are those of the sheet and the file, which may tell the year."""
    _read_units(intake, lines)
    titles: list[_Head] = []
    offices: list[_Head] = []
    for line in lines:
        _read_year_cell(intake, line)
        square = line.alone or (line.own[0] if len(line.own) == 1 else None)
        if square is None or square.cell.row != line.row or not intake.is_free(square):
            continue
        for text in _lines_in(square.text):
            _read_head(intake, _Head(square, text), titles, offices)
    if titles:
        above = offices if is_report(intake.plan.template) and titles[0].text[:1] != "附" else []
        _take_title(intake, [*above, titles[0]])
    for one in offices:
        intake.bureau = intake.bureau or one.text
        intake.use([one.square])
    _read_year(intake, lines, names)


def _lines_in(text: str) -> tuple[str, ...]:
    """Return the lines of a heading cell one by one where each is a heading of its own and one the title, else the text in one."""
    parts = tuple(untorn(one) for one in text.split("\n") if one.strip())
    titled = [is_title(one) for one in parts]
    each = all(title or is_heading(one) for title, one in zip(titled, parts, strict=True))
    return parts if len(parts) > 1 and any(titled) and each else (untorn(text),)


def _read_head(intake: Intake, head: _Head, titles: list[_Head], offices: list[_Head]) -> None:
    """Read one line of what stands above a form."""
    text = head.text if _UNIT_CELL.fullmatch(head.text) else _UNIT_CELL.sub("", head.text).strip(" 　,，;；")
    if is_annex(text):
        intake.take(Binding(Block.VALUES, "annex"), text.rstrip(":：").replace(" ", ""), [head.square])
    elif not titles and is_title(_without_annex(text)):
        titles.append(head)
    elif _YEAR_LINE.fullmatch(text) and (year := year_in(text, bare=True)):
        intake.year = intake.year or year
        intake.use([head.square])
    elif not titles and _OFFICE.fullmatch(text):
        offices.append(head)


def _has(intake: Intake, key: str) -> bool:
    return intake.plan.template.field(key) is not None


def _without_annex(text: str) -> str:
    found = _ANNEX.match(text)
    return text[found.end() :].strip() if found and found.end() < len(text) else text


def _read_year_cell(intake: Intake, line: Line) -> None:
    """Read 「填报年度 | 2020年」: a label and a year in two cells, or 「填报年度：2020年」 in one."""
    for square in line.own:
        word, _, behind = square.text.replace("：", ":").partition(":")
        told = year_in(behind, bare=True) if "".join(word.split()) in _YEAR_LABELS else None
        if told and len(behind) <= _LONGEST_YEAR:
            intake.year = intake.year or told
            intake.use([square])
    for label, value in pairwise(line.own):
        year = (
            year_in(value.text, bare=True)
            if _YEAR_LABELS & set(label.forms) and len(value.text) <= _LONGEST_YEAR
            else None
        )
        if year:
            intake.year = intake.year or year
            intake.use([label, value])


def _take_title(intake: Intake, heads: list[_Head]) -> None:
    """Take a title; that of a report may begin with the office in a line of its own."""
    squares = [one.square for one in heads]
    whole = "".join(one.text for one in heads)
    text = _without_annex(whole)
    if text != whole:
        intake.take(Binding(Block.VALUES, "annex"), whole[: len(whole) - len(text)].strip().rstrip(":："), squares)
    if _has(intake, "title"):
        intake.take(Binding(Block.VALUES, "title"), text, squares)
    intake.year = intake.year or year_in(text, bare=True) or NO_YEAR
    intake.bureau = intake.bureau or office_in(text)


def _read_units(intake: Intake, lines: Iterable[Line]) -> None:
    """Read the money unit where a label names it; a cell that says nothing else is used up."""
    for line in lines:
        for square in line.own:
            if len(square.text) > MAX_LABEL:
                continue
            unit = unit_in(square.text)
            if unit is None:
                continue
            intake.unit = intake.unit or unit
            if _UNIT_CELL.fullmatch(untorn(square.text)):
                intake.use([square])


def _read_year(intake: Intake, lines: Sequence[Line], names: Sequence[str]) -> None:
    """Find the year where no title names it: in the names of sheet and file, then in the texts; and ask."""
    if intake.year:
        return
    for name in names:
        year = year_in(name, bare=True)
        if year:
            intake.year = year
            intake.ask("年度", f"表上没有写年度，按名称“{name}”推定为 {year} 年。")
            return
    years = Counter(
        year for line in lines for one in line.own if (year := year_in(one.text[: 4 * MAX_LABEL])) is not None
    )
    if years:
        intake.year = max(years, key=lambda one: (years[one], one))
        intake.ask("年度", f"表上没有写年度，按正文里提到的年份推定为 {intake.year} 年，请核对。")


def settle_bureau(intake: Intake) -> None:
    """Decide whose form it is: the office that fills it in, else the one in charge, else the one the title names.

    A bureau counts before what belongs to one: of 司法局 and 法律援助中心 it is the 司法局.
    """
    texts = {one.key: reading.text for one, reading in intake.readings.items() if one.block is Block.VALUES}
    named = [
        text[text.rfind("]") + 1 :].strip() for key in ("agency", "seal", "department") if (text := texts.get(key, ""))
    ]
    offices = [one for one in named if _OFFICE.fullmatch(one)]
    bureaus = [one for one in offices if one.endswith(_BUREAUS)]
    intake.bureau = next(iter((*bureaus, *offices)), intake.bureau)


def ask_unit(intake: Intake) -> None:
    """Ask for the money unit where the form has money and says nowhere in which unit."""
    template = intake.plan.template
    if template.funds and intake.unit is None:
        intake.ask("金额单位", f"表上没有写金额单位，按表样取“{template.unit}”。")


def ask_year(intake: Intake) -> None:
    """Ask for the year where nothing tells it; the year the template was published for stands in."""
    if intake.year:
        return
    intake.year = year_in(intake.plan.template.source, bare=True) or _FIRST_YEAR
    intake.ask("年度", f"文件里没有写年度，暂记为 {intake.year} 年，请选定年度。")


def read_office_column(intake: Intake) -> None:
    """Take the office of a list from its rows, where they all name the same one."""
    named = {
        reading.text
        for binding, reading in intake.readings.items()
        if binding.block is Block.ROWS and binding.key == "agency" and reading.certainty is Certainty.SURE
    }
    if len(named) == 1 and not intake.bureau:
        intake.bureau = named.pop()


_FIRST_YEAR: Final = 2020  # 财预〔2020〕10号
