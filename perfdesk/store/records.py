"""Forms into rows and back: functions of a connection and model types; the caller owns the transaction.

What was typed comes back byte for byte. SQLite's TEXT holds everything but lone surrogates (half of a character outside the basic
plane, left over by broken programs); a text with one is kept as a BLOB instead and turned back on loading. Saving writes only the
rows that differ. No faults are translated here and nothing is decided about files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from perfdesk.amounts import MoneyUnit
from perfdesk.model import FundRow, Indicator, Record
from perfdesk.store import schema

Stored = str | bytes
"""A text as SQLite keeps it: TEXT, or a BLOB where TEXT cannot."""


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


def _put(text: str) -> Stored:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def _get(stored: Stored) -> str:
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")


def _texts(row: Sequence[Stored]) -> Iterable[str]:
    return map(_get, row) if bytes in map(type, row) else row  # type: ignore[return-value]  # no bytes: all str


class _Rows:
    """The rows of one child table: (record_id, key or position, texts…), with its statements made once."""

    def __init__(self, table: Table) -> None:
        self._owner, self._key, *texts = table.c
        self._names = [column.name for column in texts]
        self._texts_of = attrgetter(*self._names)
        mine = self._owner == bindparam("owner")
        self._of_one = select(self._key, *texts).where(mine)
        self._delete = delete(table).where(mine, self._key == bindparam("gone"))
        self._replace = insert(table).prefix_with("OR REPLACE")
        self._of_many = select(table).order_by(self._owner, self._key)

    def sync(self, connection: Connection, owner: Stored, wanted: Mapping[Any, tuple[Stored, ...]]) -> bool:
        """Make the rows of ``owner`` be ``wanted``; tell whether anything was written."""
        stored = {row[0]: tuple(row[1:]) for row in connection.execute(self._of_one, {"owner": owner})}
        gone = [{"owner": owner, "gone": key} for key in stored if key not in wanted]
        changed = [self._row(owner, key, texts) for key, texts in wanted.items() if stored.get(key) != texts]
        if gone:
            connection.execute(self._delete, gone)
        if changed:
            connection.execute(self._replace, changed)
        return bool(gone or changed)

    def _row(self, owner: Stored, key: Stored | int, texts: tuple[Stored, ...]) -> dict[str, Any]:
        named = dict(zip(self._names, texts, strict=True))
        return {self._owner.name: owner, self._key.name: key, **named}

    def numbered(self, parts: Sequence[object]) -> dict[int, tuple[Stored, ...]]:
        """Turn fund rows or indicators into rows by position; the columns bear the names of the fields."""
        return {number: tuple(map(_put, self._texts_of(part))) for number, part in enumerate(parts)}

    def of(self, connection: Connection, owners: Select[Any]) -> Mapping[Stored, list[tuple[Any, ...]]]:
        """Return the rows (key or position, texts…) of every record whose id ``owners`` selects, by record."""
        found: dict[Stored, list[tuple[Any, ...]]] = defaultdict(list)
        for row in connection.execute(self._of_many.where(self._owner.in_(owners))):
            found[row[0]].append(row[1:])
        return found


_VALUES: Final = _Rows(schema.value)
_STATED: Final = _Rows(schema.stated)
_FUNDS: Final = _Rows(schema.fund)
_INDICATORS: Final = _Rows(schema.indicator)

_R: Final = schema.record.c
_HEAD: Final = (_R.template_id, _R.year, _R.unit, _R.bureau, _R.extra)
_FIND: Final = select(*_HEAD, _R.trashed_at, _R.changed).where(_R.id == bindparam("one"))
_NEXT_PLACE: Final = select(func.coalesce(func.max(_R.position) + 1, 0)).where(_R.year == bindparam("of_year"))
_INSERT: Final = insert(schema.record)
_UPDATE: Final = update(schema.record).where(_R.id == bindparam("one"))


def save(connection: Connection, record: Record, *, moment: datetime) -> datetime:
    """Insert or update a form; return when it last changed: ``moment``, or earlier if nothing differs from what is stored.

    A new form goes to the end of its year. A form in the 回收站 comes out of it: what is worked on is not rubbish.
    """
    owner = _put(record.id)
    head = (_put(record.template_id), record.year, str(record.unit), _put(record.bureau), _put(record.extra))
    stored = connection.execute(_FIND, {"one": owner}).first()
    if stored is None:
        _insert(connection, owner, head, moment)
    rows_differ = _sync(connection, owner, record)
    if stored is None:
        return moment
    *old_head, trashed_at, changed = stored
    if not rows_differ and tuple(old_head) == head and trashed_at is None:
        return datetime.fromisoformat(changed)
    fresh = {column.name: text for column, text in zip(_HEAD, head, strict=True)}
    connection.execute(_UPDATE, {"one": owner, **fresh, "trashed_at": None, "changed": moment.isoformat()})
    return moment


def _insert(connection: Connection, owner: Stored, head: tuple[Stored | int, ...], moment: datetime) -> None:
    fresh: dict[str, Any] = {column.name: text for column, text in zip(_HEAD, head, strict=True)}
    place = connection.execute(_NEXT_PLACE, {"of_year": fresh["year"]}).scalar_one()
    times = {"created": moment.isoformat(), "changed": moment.isoformat(), "trashed_at": None}
    connection.execute(_INSERT, {"id": owner, **fresh, **times, "position": place})


def _sync(connection: Connection, owner: Stored, record: Record) -> bool:
    wanted = (
        (_VALUES, {_put(key): (_put(text),) for key, text in record.values.items()}),
        (_STATED, {_put(key): (_put(text),) for key, text in record.stated.items()}),
        (_FUNDS, _FUNDS.numbered(record.funds)),
        (_INDICATORS, _INDICATORS.numbered(record.indicators)),
    )
    written = [rows.sync(connection, owner, texts) for rows, texts in wanted]
    return any(written)


def load_one(connection: Connection, record_id: str) -> Record | None:
    """Return a form, also one in the 回收站; ``None`` when there is none of this id."""
    return next(_load(connection, _R.id == _put(record_id)), None)


def load_year(connection: Connection, year: int | None = None) -> tuple[Record, ...]:
    """Return the forms of a year (of all years, the latest first), in their order, without the 回收站."""
    return tuple(_load(connection, _in_use(year)))


def _in_use(year: int | None) -> ColumnElement[bool]:
    return _R.trashed_at.is_(None) & (true() if year is None else _R.year == year)


_ORDER: Final[tuple[ColumnElement[Any] | Column[Any], ...]] = (_R.year.desc(), _R.position, _R.id)


def _load(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[Record]:
    heads = connection.execute(select(_R.id, *_HEAD).where(chosen).order_by(*_ORDER)).all()
    ids = select(_R.id).where(chosen)
    values, stated = _VALUES.of(connection, ids), _STATED.of(connection, ids)
    funds, indicators = _FUNDS.of(connection, ids), _INDICATORS.of(connection, ids)
    for owner, template_id, year, unit, bureau, extra in heads:
        yield Record(
            id=_get(owner),
            template_id=_get(template_id),
            year=year,
            unit=MoneyUnit(unit),
            bureau=_get(bureau),
            values=dict(map(_texts, values.get(owner, ()))),  # type: ignore[arg-type]  # pairs
            funds=tuple(FundRow(*_texts(row[1:])) for row in funds.get(owner, ())),
            indicators=tuple(Indicator(*_texts(row[1:])) for row in indicators.get(owner, ())),
            stated=dict(map(_texts, stated.get(owner, ()))),  # type: ignore[arg-type]  # pairs
            extra=_get(extra),
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
        id=_get(record_id),
        template_id=_get(template_id),
        year=year,
        unit=MoneyUnit(unit),
        project_name=_get(project_name),
        title=_get(title),
        bureau=_get(bureau),
        changed=datetime.fromisoformat(changed),
        trashed_at=datetime.fromisoformat(trashed_at) if trashed_at else None,
    )


def _field(key: str) -> ColumnElement[Any]:
    value = schema.value.c
    text = select(value.text).where(value.record_id == _R.id, value.key == key).scalar_subquery()
    return func.coalesce(text, "").label(key)


def mark_trashed(connection: Connection, record_id: str, *, moment: datetime | None) -> bool:
    """Put a form into the 回收站 at ``moment``, or take it out (``None``); ``False`` when there is none of this id."""
    when = moment.isoformat() if moment else None
    return connection.execute(_UPDATE, {"one": _put(record_id), "trashed_at": when}).rowcount > 0
