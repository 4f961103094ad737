"""来历 (origin): which file a form was imported from, and in which cell of it each field was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.kinds import Block
from perfdesk.model.bindings import Binding

if TYPE_CHECKING:
    from perfdesk.model.records import Record


class Traced(NamedTuple):
    """One field as it was read: the ``text`` it had then, and the ``addresses`` of its cells (「自评表!C12」).

    ``row_name`` is what its row was called (三级指标, 资金行, 标题 of a section), so that it is found again after rows were moved;
    blank for single fields and rows without a name. Without addresses the text was inferred from the form alone (推定).
    """

    binding: Binding
    row_name: str
    text: str
    addresses: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The addresses in one line: 「自评表!C12、自评表!C13」."""
        return "、".join(self.addresses)


@dataclass(frozen=True, slots=True)
class Origin:
    """来历 (origin) of a form: the name of the file without its folder, its kind (``docx`` …) and SHA-256, what was read where.

    A file of our own format (JSON) has no cells: ``fields`` is ``()``.
    """

    file: str
    kind: str
    digest: str
    fields: tuple[Traced, ...] = ()

    def of(self, record: Record, binding: Binding) -> Traced | None:
        """Return where the field of a cell was read; ``None`` where it was not, as in a row that was put in since."""
        names = row_names(record, binding)
        return next((one for one in self.fields if _is_of(one, binding, names)), None)


def row_names(record: Record, binding: Binding) -> tuple[str, ...]:
    """Return what the rows of a binding are called, ``()`` where they have no names."""
    rows = range(max(binding.row, 0), binding.row + binding.count)
    if binding.block is Block.INDICATORS:
        return tuple(record.indicators[one].name for one in rows if one < len(record.indicators))
    if binding.block is Block.FUNDS:
        return tuple(record.funds[one].label for one in rows if one < len(record.funds))
    if binding.block is Block.SECTIONS:
        return tuple(record.sections[one].heading for one in rows if one < len(record.sections))
    return ()


def _is_of(one: Traced, binding: Binding, names: tuple[str, ...]) -> bool:
    if not one.row_name:
        return binding.covers(one.binding)
    return one.row_name in names and binding.covers(replace(one.binding, row=binding.row))
