"""Forms into rows and back: functions of a connection and model types; the caller owns the transaction.

What was typed comes back byte for byte, and saving writes only the rows that differ (``tables``). No faults are translated here
and nothing is decided about files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import FundRow, Indicator, Record
from perfdesk.snapshots import content_of, state_of
from perfdesk.store import changelog, details, schema, versions
from perfdesk.store.changelog import Deed
from perfdesk.store.changes import difference
from perfdesk.store.tables import Parts, Rows, Stored, get, put, texts


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of forms. ``project_name`` and ``title`` are the fields of that name; ``trashed_at`` when in 回收站."""

    id: str
    template_id: str
    year: int
    unit: MoneyUnit
    project_name: str
    title: str
    bureau: str
    changed: datetime
    trashed_at: datetime | None = None


_VALUES: Final = Rows(schema.value)
_STATED: Final = Rows(schema.stated)
_FUNDS: Final = Rows(schema.fund)
_INDICATORS: Final = Rows(schema.indicator)
_DETAILS: Final = Rows(schema.detail, keys=3)
_SECTIONS: Final = Rows(schema.section)

_R: Final = schema.record.c
_HEAD: Final = (_R.template_id, _R.year, _R.unit, _R.bureau, _R.extra)
_FIND: Final = select(_R.trashed_at, _R.changed).where(_R.id == bindparam("one"))
_HEAD_OF: Final = select(_R.id, *_HEAD).where(_R.id == bindparam("one"))
_NEXT_PLACE: Final = select(func.coalesce(func.max(_R.position) + 1, 0)).where(_R.year == bindparam("of_year"))
_INSERT: Final = insert(schema.record)
_TIMES_OF: Final = select(_R.created, _R.changed, _R.trashed_at, _R.position).where(_R.id == bindparam("one"))
_DELETE: Final = delete(schema.record).where(_R.id == bindparam("one"))
_UPDATE: Final = update(schema.record).where(_R.id == bindparam("one"))


def save(connection: Connection, record: Record, *, moment: datetime, noted: int = 0) -> datetime:
    """Insert or update a form; return when it last changed: ``moment``, or earlier if nothing differs from what is stored.

    A new form goes to the end of its year. A form in the 回收站 comes out of it: what is worked on is not rubbish. What was done
    goes into the change log, with the number of the line of the edit journal that told of it (``noted``).

    Raises :class:`UserError` when the form is 已上报 and something differs.
    """
    owner = put(record.id)
    stored = connection.execute(_FIND, {"one": owner}).first()
    if stored is None:
        _insert(connection, owner, _head(record), moment)
        _sync(connection, owner, None, record)
        changelog.write(
            connection, record.id, Deed.MADE, moment=moment, state=state_of(content_of(record)), noted=noted
        )
        return moment
    before = load_one(connection, record.id)
    if before == record and stored.trashed_at is None:
        return datetime.fromisoformat(stored.changed)
    if before != record:
        if versions.is_locked(connection, owner):
            raise UserError("本表已上报，改动没有存上。要改请先“退回修改”。")
        _sync(connection, owner, before, record)
    if stored.trashed_at is not None:
        changelog.write(connection, record.id, Deed.TAKEN_BACK, moment=moment)
    if before is not None and before != record:
        content = content_of(record)
        changes, state = difference(content_of(before), content), state_of(content)
        changelog.write(connection, record.id, Deed.EDITED, moment=moment, changes=changes, state=state, noted=noted)
    fresh = {column.name: text for column, text in zip(_HEAD, _head(record), strict=True)}
    connection.execute(_UPDATE, {"one": owner, **fresh, "trashed_at": None, "changed": moment.isoformat()})
    return moment


def put_back(connection: Connection, record: Record, *, moment: datetime, noted: int = 0) -> None:
    """找回: put a form in the place of what is stored of it, however broken that is; its place in the year and its times stay."""
    owner = put(record.id)
    kept = connection.execute(_TIMES_OF, {"one": owner}).first()
    connection.execute(_DELETE, {"one": owner})
    _insert(connection, owner, _head(record), moment)
    if kept is not None:
        connection.execute(_UPDATE, {"one": owner, **kept._asdict()})
    _sync(connection, owner, None, record)
    state = state_of(content_of(record))
    changelog.write(connection, record.id, Deed.SALVAGED, moment=moment, state=state, noted=noted)


def _head(record: Record) -> tuple[Stored | int, ...]:
    return put(record.template_id), record.year, str(record.unit), put(record.bureau), put(record.extra)


def _insert(connection: Connection, owner: Stored, head: tuple[Stored | int, ...], moment: datetime) -> None:
    fresh: dict[str, Any] = {column.name: text for column, text in zip(_HEAD, head, strict=True)}
    place = connection.execute(_NEXT_PLACE, {"of_year": fresh["year"]}).scalar_one()
    times = {"created": moment.isoformat(), "changed": moment.isoformat(), "trashed_at": None}
    connection.execute(_INSERT, {"id": owner, **fresh, **times, "position": place})


def _sync(connection: Connection, owner: Stored, before: Record | None, record: Record) -> None:
    """Write the rows in which a form differs from what is stored (``None``: nothing is)."""
    wanted, there = _parts(record), _parts(before) if before is not None else {}
    for rows, parts in wanted.items():
        rows.sync(connection, owner, there=there.get(rows, {}), wanted=parts)


def _parts(record: Record) -> Mapping[Rows, Parts]:
    return {
        _VALUES: {(put(key),): (put(text),) for key, text in record.values.items()},
        _STATED: {(put(key),): (put(text),) for key, text in record.stated.items()},
        _FUNDS: _FUNDS.numbered(record.funds),
        _INDICATORS: _INDICATORS.numbered(record.indicators),
        _DETAILS: details.of_record(record),
        _SECTIONS: details.of_sections(record.sections),
    }


def load_one(connection: Connection, record_id: str) -> Record | None:
    """Return a form, also one in the 回收站; ``None`` when there is none of this id."""
    owner = put(record_id)
    return next(_load(connection, connection.execute(_HEAD_OF, {"one": owner}).all(), owner), None)


def load_year(connection: Connection, year: int | None = None) -> tuple[Record, ...]:
    """Return the forms of a year (of all years, the latest first), in their order, without the 回收站."""
    return _load_many(connection, _in_use(year))


def load_every(connection: Connection) -> tuple[Record, ...]:
    """Return the forms of all years, the 回收站 included."""
    return _load_many(connection, true())


def _load_many(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Record, ...]:
    heads = connection.execute(select(_R.id, *_HEAD).where(chosen).order_by(*_ORDER)).all()
    return tuple(_load(connection, heads, select(_R.id).where(chosen)))


def _in_use(year: int | None) -> ColumnElement[bool]:
    return _R.trashed_at.is_(None) & (true() if year is None else _R.year == year)


_ORDER: Final[tuple[ColumnElement[Any] | Column[Any], ...]] = (_R.year.desc(), _R.position, _R.id)


def _load(
    connection: Connection, heads: Iterable[Row[Any, Any, Any, Any, Any, Any]], ids: Select[Any] | Stored
) -> Iterator[Record]:
    """Make the records of their heads and of the rows of ``ids``: one id, or the query of all."""
    values, stated = _VALUES.of(connection, ids), _STATED.of(connection, ids)
    funds, indicators = _FUNDS.of(connection, ids), _INDICATORS.of(connection, ids)
    further, sections = _DETAILS.of(connection, ids), _SECTIONS.of(connection, ids)
    for owner, template_id, year, unit, bureau, extra in heads:
        more = details.read(further[owner]) if owner in further else details.NONE
        yield Record(
            id=get(owner),
            template_id=get(template_id),
            year=year,
            unit=MoneyUnit(unit),
            bureau=get(bureau),
            values=dict(map(texts, values.get(owner, ()))),  # type: ignore[arg-type]  # pairs
            funds=tuple(FundRow(*texts(row[1:]), **more.funds.get(row[0], {})) for row in funds.get(owner, ())),
            indicators=tuple(
                Indicator(*texts(row[1:]), **more.indicators.get(row[0], {})) for row in indicators.get(owner, ())
            ),
            stated=dict(map(texts, stated.get(owner, ()))),  # type: ignore[arg-type]  # pairs
            extra=get(extra),
            rows=more.rows,
            answers=more.answers,
            sections=details.read_sections(sections.get(owner, ())),
        )


def entries(connection: Connection, *, year: int | None = None) -> tuple[Entry, ...]:
    """Return the list of forms in use, the latest year first, each year in its order."""
    return _entries(connection, _in_use(year), _ORDER)


def trashed(connection: Connection) -> tuple[Entry, ...]:
    """Return the forms in the 回收站, the latest first."""
    return _entries(connection, _R.trashed_at.is_not(None), (_R.trashed_at.desc(), *_ORDER))


def _entries(
    connection: Connection, chosen: ColumnElement[bool], order: tuple[ColumnElement[Any] | Column[Any], ...]
) -> tuple[Entry, ...]:
    query = select(_R.id, _R.template_id, _R.year, _R.unit, _field("project_name"), _field("title"), _R.bureau)
    rows = connection.execute(query.add_columns(_R.changed, _R.trashed_at).where(chosen).order_by(*order))
    return tuple(map(_entry, rows))


def _entry(row: Sequence[Any]) -> Entry:
    record_id, template_id, year, unit, project_name, title, bureau, changed, trashed_at = row
    return Entry(
        id=get(record_id),
        template_id=get(template_id),
        year=year,
        unit=MoneyUnit(unit),
        project_name=get(project_name),
        title=get(title),
        bureau=get(bureau),
        changed=datetime.fromisoformat(changed),
        trashed_at=datetime.fromisoformat(trashed_at) if trashed_at else None,
    )


def _field(key: str) -> ColumnElement[Any]:
    value = schema.value.c
    text = select(value.text).where(value.record_id == _R.id, value.key == key).scalar_subquery()
    return func.coalesce(text, "").label(key)


def mark_trashed(connection: Connection, record_id: str, *, moment: datetime, into: bool) -> bool:
    """Put a form into the 回收站, or take it out; ``False`` when there is none of this id."""
    when = moment.isoformat() if into else None
    found = connection.execute(_UPDATE, {"one": put(record_id), "trashed_at": when}).rowcount > 0
    if found:
        changelog.write(connection, record_id, Deed.TRASHED if into else Deed.TAKEN_BACK, moment=moment)
    return found
