"""找回 (salvage): a damaged data file is set aside whole, and what can be had of its forms stands in a new one, form by form.

What is readable is read (``rescue``) and judged by the change log, which knows the digest of every form (``sources``). A form that
is not whole is taken from the edit journal, from a version or from the newest backup; what is found nowhere whole stays as far as
it was read and is marked. The new file takes the place of the old one when it is complete: until then nothing is changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select, update

from perfdesk import private
from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import Record, VersionKind
from perfdesk.snapshots import content_of, state_of
from perfdesk.store import backup, changelog, faults, records, schema
from perfdesk.store.asides import set_aside
from perfdesk.store.backups import found
from perfdesk.store.changelog import Deed
from perfdesk.store.engine import create_file, reading_engine, revision_of, writing_engine
from perfdesk.store.journal import journal_beside, read_journal
from perfdesk.store.keys import Key
from perfdesk.store.leftovers import passing_folder
from perfdesk.store.lock import Lock
from perfdesk.store.rescue import Rescued, rescue
from perfdesk.store.salvagelist import whole_text
from perfdesk.store.sources import Source, Sources, gather
from perfdesk.store.store import Store
from perfdesk.store.tables import get
from perfdesk.store.unlocking import key_of_damaged
from perfdesk.store.versions import Versions

PART_NAME: Final = "找回的，不全"
"""Name of the version that marks a form of which only a part was found."""

_EVERYTHING: Final = Rescued({}, frozenset(schema.metadata.tables), frozenset(), 0)


class Found(NamedTuple):
    """One form: what it is called (``""``: nobody knows any more), where it came from, how old that is, what is missing."""

    record_id: str
    name: str
    year: int | None
    source: Source
    moment: datetime | None = None
    missing: tuple[str, ...] = ()


class Salvaged(NamedTuple):
    """What came of it.

    ``aside`` is where the damaged file lies now; ``lines`` how many lines of the change log are there, ``cut`` how many were read
    and hang on nothing; ``backup`` the one that was used, ``refused`` those that could not be.
    """

    aside: Path
    forms: tuple[Found, ...]
    versions: int
    lines: int
    cut: int
    unread: int
    backup: Path | None
    refused: tuple[Path, ...]
    versions_lost: int = 0


def salvage(
    path: Path, *, now: Callable[[], datetime], backups: Sequence[tuple[Path, datetime]] | None = None
) -> Salvaged:
    """Put a new data file in the place of the damaged ``path``, which is set aside as ``….损坏-20261121-0930``.

    ``backups``, the newest first, are those in its two places unless others are named. Raises ``StoreBusy`` when another window has
    the file, ``StoreLocked`` when it was encrypted and its key is not here, and :class:`UserError` when nothing can be had at all
    or the disk does not take it; nothing is changed then.
    """
    moment = now()
    lock = Lock.take(path, moment=moment)
    try:
        key = key_of_damaged(path)
        with faults.in_plain_words(path), passing_folder(path.parent, moment) as place:
            fresh = place / "fresh.db"
            known = _known(path) if backups is None else backups
            done = _build(path, fresh, now=now, backups=known, key=key)
            if all(one.source is Source.NOWHERE for one in done.forms):
                raise UserError(
                    f"“{path}”里一张表也读不出来，旁边的改动流水和备份里也没有；没有改动它。"
                    "请在 U 盘和别的电脑上找一找备份，找到后用“打开别的文件”打开。"
                )
            aside = set_aside(path, moment)
            fresh.replace(path)
        done = done._replace(aside=aside)
        if key is None:  # else it would tell the names of the forms to everybody; the window shows them too
            with suppress(OSError):
                _write_list(aside.with_name(f"{aside.name}.txt"), done)
        return done
    finally:
        lock.release()


def _write_list(path: Path, done: Salvaged) -> None:
    with open(path, "w", encoding="utf-8-sig", opener=private.opener) as file:
        file.write(whole_text(done))


def _build(
    path: Path, fresh: Path, *, now: Callable[[], datetime], backups: Sequence[tuple[Path, datetime]], key: Key | None
) -> Salvaged:
    """Make the new file from all there is; encrypted with the key of the damaged one."""
    blank = fresh.with_name("blank.db")
    create_file(blank, moment=now())
    if key is not None:
        from perfdesk.store.resealing import reseal_file  # SQLCipher comes with it

        reseal_file(blank, key)
    rescued = rescue(path, fresh, blank=blank, key=key) if path.exists() else None
    if rescued is None:
        fresh.unlink(missing_ok=True)
        shutil.copy(blank, fresh)
        rescued = _EVERYTHING
    _bring_up(fresh, now())
    chosen, refused = _newest(backups, fresh.with_name("backup.db"), now)
    notes = {note.record_id: note for note in read_journal(journal_beside(path)).notes}
    with ExitStack() as stack:
        old = stack.enter_context(_reading(fresh.with_name("backup.db"))) if chosen else None
        connection = stack.enter_context(_writing(fresh))
        schema.origin.create(connection, checkfirst=True)  # no form needs it, and it may be what was damaged
        if old is not None:
            _fill(connection, old, schema.version)
            _fill(connection, old, schema.change)
            if schema.store.name in rescued.tables:
                _fill(connection, old, schema.store)
            _fill(connection, old, schema.origin)
        _mend_heads(connection, now())
        sources = gather(connection, rescued, notes, old=old, backup_moment=chosen[1] if chosen else None)
        _complete_schema(connection)
        cut = changelog.cut(connection)
        forms = tuple(_bring_back(connection, sources, key, now()) for key in sources.ids())
        _align(connection, now())
        lost = _lost_versions(connection)
        versions, lines = (len(connection.execute(select(one.c.id)).all()) for one in (schema.version, schema.change))
    return Salvaged(path, forms, versions, lines, cut, rescued.unread, chosen[0] if chosen else None, refused, lost)


def _known(path: Path) -> Sequence[tuple[Path, datetime]]:
    try:
        return [(one.path, one.moment) for one in found(path)]
    except UserError:
        return ()  # where the backups lie cannot be read either: the rest still can


def _bring_up(fresh: Path, moment: datetime) -> None:
    """Bring the rescued file to today's schema; whether its content makes sense is seen later."""
    with _reading(fresh) as connection:
        revision = revision_of(connection, fresh)
    if revision != schema.REVISION:
        from perfdesk.store.migrations import migrate  # Alembic is slow to import and hardly ever needed

        migrate(fresh, moment=moment)


@contextmanager
def _writing(path: Path) -> Iterator[Connection]:
    engine = writing_engine(path)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _reading(path: Path) -> Iterator[Connection]:
    engine = reading_engine(path)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _newest(
    backups: Sequence[tuple[Path, datetime]], copy: Path, now: Callable[[], datetime]
) -> tuple[tuple[Path, datetime] | None, tuple[Path, ...]]:
    """Make a verified copy of the newest backup that is good, in today's version; say which were not."""
    refused: list[Path] = []
    for one, moment in backups:
        try:
            backup.copy_to(one, copy)
            Store.open(copy, now=now).close()
        except UserError:
            refused.append(one)
        else:
            return (one, moment), tuple(refused)
    return None, tuple(refused)


def _fill(connection: Connection, old: Connection, table: Table) -> None:
    """Take over the rows that only the backup still has; what reads of the damaged file comes first."""
    (key,) = table.primary_key.columns
    there = set(connection.execute(select(key)).scalars())
    missing = [row._asdict() for row in old.execute(select(table)) if row._asdict()[key.name] not in there]
    if missing:
        connection.execute(insert(table), missing)


def _bring_back(connection: Connection, sources: Sources, key: str, moment: datetime) -> Found:
    """Put one form right and say where it came from."""
    source, form, when = sources.choose(key)
    if form is None:
        return Found(key, "", None, source)
    missing = sources.rescued.gaps.get(key, ()) if source is Source.PART else ()
    if source is Source.PART:
        _mark(connection, form, missing, moment)
    elif source not in {Source.FILE, Source.READ}:
        note = sources.notes.get(key)
        records.put_back(connection, form, moment=moment, noted=note.number if note is not None else 0)
    name = form.values.get("project_name") or form.values.get("title") or form.template_id
    return Found(key, name, form.year, source, when, tuple(_WORDS[one] for one in missing))


_WORDS: Final[Mapping[str, str]] = {
    "value": "单个的格",
    "stated": "改写的合计",
    "fund": "资金行",
    "indicator": "指标行",
    "detail": "清单行、说明和各行其余的格",
    "section": "报告的章节",
}


def _mend_heads(connection: Connection, moment: datetime) -> None:
    """A form whose times make no sense any more gets this moment; one without unit cannot be read and is found elsewhere."""
    table = schema.record.c
    for key, unit, *times in connection.execute(
        select(table.id, table.unit, table.created, table.changed, table.trashed_at)
    ).all():
        mine = table.id == key
        if unit not in set(MoneyUnit):
            connection.execute(delete(schema.record).where(mine))
        bad = [
            name for name, text in zip(("created", "changed", "trashed_at"), times, strict=True) if not _is_moment(text)
        ]
        if bad:
            connection.execute(update(schema.record).where(mine).values(dict.fromkeys(bad, moment.isoformat())))


def _is_moment(text: object) -> bool:
    try:
        return text is None or bool(datetime.fromisoformat(str(text)))
    except ValueError:
        return False


def _complete_schema(connection: Connection) -> None:
    """Make the indexes and guards that could not be read."""
    for table in schema.metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    for guard in schema.GUARDS:
        if guard.split()[2] not in there:
            connection.exec_driver_sql(guard)


def _lost_versions(connection: Connection) -> int:
    """Count the versions that the log tells of and that are not there, of forms that are."""
    there = set(connection.execute(select(schema.version.c.id)).scalars())
    forms = {get(one) for one in connection.execute(select(schema.record.c.id)).scalars()}
    kept = (one for one in changelog.read_what_reads(connection) if one.deed is Deed.KEPT and one.record_id in forms)
    return sum(one.changes[0].path[1] not in there for one in kept)


def _mark(connection: Connection, form: Record, missing: tuple[str, ...], moment: datetime) -> None:
    """Keep a version of a form that is not whole, so that its list of versions says so for good."""
    words = "、".join(_WORDS[one] for one in missing)
    note = f"数据文件损坏后只读出一部分，缺：{words}" if words else "数据文件损坏后读出的内容与改动记录对不上"

    def same() -> AbstractContextManager[Connection]:
        return nullcontext(connection)

    Versions(same, same, _leave, lambda: moment).keep(form, VersionKind.KEPT, name=PART_NAME, note=note)


def _leave(_connection: Connection, _record: Record, _moment: datetime) -> None:
    """The form itself stands already."""


def _align(connection: Connection, moment: datetime) -> None:
    """Let the log go on from what is there now: a line for each form of which it knows another state."""
    now = {one.id: state_of(content_of(one)) for one in records.load_every(connection)}
    for key, state in changelog.states(connection).items():
        if key not in now and state is not None:
            changelog.write(connection, key, Deed.DELETED, moment=moment)
        elif key in now and now[key] != state:
            changelog.write(connection, key, Deed.SALVAGED, moment=moment, state=now[key])
