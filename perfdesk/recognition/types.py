"""Types of recognition: which form a source table is, which of its cells holds which field, and what nobody understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from perfdesk.model import Binding, Record
from perfdesk.source import SourceFile
from perfdesk.template import Template


class Certainty(StrEnum):
    """确定程度 (certainty) of one field: its label was read, its place was reasoned out, or it may as well be something else."""

    SURE = "sure"
    INFERRED = "inferred"  # 推定
    DOUBTFUL = "doubtful"  # 存疑


class Place(NamedTuple):
    """A cell or paragraph of the source file: the number of its part, and the cell's row and column in it (-1: a paragraph).

    ``address`` is what a person calls it, with the sheet's name where the file has several: 「自评表!C12」, 「第12行第5列」.
    """

    part: int
    row: int
    column: int
    address: str


class Reading(NamedTuple):
    """One field as it was read: where it goes, its text, and every cell it comes from (none: inferred from the form alone).

    ``why`` says in words what an inferred or doubtful reading rests on: 「这一行没有一级指标，按表样推定为“效益指标”」.
    """

    binding: Binding
    text: str
    places: tuple[Place, ...]
    certainty: Certainty = Certainty.SURE
    why: str = ""


class Leftover(NamedTuple):
    """没有看懂的文字: a text that belongs to no field of the form; it is named, and kept unless somebody says no."""

    text: str
    place: Place
    why: str = ""


class Query(NamedTuple):
    """需要您看一眼: one point for a person to look at.

    ``title`` is its kind in a few words (「一级指标空白」), ``words`` what was found and what is done, ``places`` where,
    ``bindings`` the fields it is about. One with bindings is answered by 采用 or 留空, one about leftovers by 存为备注 or 不导入.
    """

    title: str
    words: str
    places: tuple[Place, ...]
    bindings: tuple[Binding, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


class Spot(NamedTuple):
    """A kind of cell by its labels, whatever its address: reduced row label and column label, and which of several alike."""

    row_label: str
    column_label: str
    number: int = 0


Corrections = Mapping[Spot, Binding | None]
"""What a person said a kind of cell is: a field, or nothing to be taken (``None``). A row of a binding counts from the first."""


@dataclass(frozen=True, slots=True)
class RecognisedForm:
    """识别结果 (recognised form): the record that would be made, and where every word of it comes from.

    ``parts`` are the numbers of the source's parts it covers, ``rows`` the first row and the end in the table where several forms
    stand in one sheet (``None``: the whole table). ``candidates`` are the templates it could be, best first, each with the share
    (0 to 1) of its labels that were found. ``layout`` names the arrangement of labels: equal in next year's file of the same
    office, so that corrections can be remembered by it.
    """

    template: Template
    record: Record
    readings: tuple[Reading, ...]
    leftovers: tuple[Leftover, ...]
    queries: tuple[Query, ...]
    parts: tuple[int, ...]
    rows: tuple[int, int] | None
    candidates: tuple[tuple[Template, float], ...]
    layout: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a source file holds: its forms in order, and what of it is no form (a 填报说明 sheet, a letter around the tables)."""

    source: SourceFile
    forms: tuple[RecognisedForm, ...]
    leftovers: tuple[Leftover, ...]
