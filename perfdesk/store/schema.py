"""The tables of the data file as they are today, and what marks a file as ours.

Every text a person typed is TEXT, amounts included; a text that is no valid Unicode (a lone surrogate) is kept as a BLOB, see
``perfdesk.store.records``. A change here needs a migration step, a new :data:`REVISION` and a file in ``tests/old_databases``.
No queries here.

Promise to later versions: the tables ``store`` and ``alembic_version`` keep their shape for ever, so that every version can say
which version wrote a file.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

APPLICATION_ID: Final = 0x70664431
"""``pfD1`` in the header of the file: no other program's database is ever written to."""

REVISION: Final = "0004"
"""The schema below. Revisions are four digits and grow, so the newer of two files is known without Alembic."""

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata: Final = MetaData(naming_convention=_NAMES)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _owner() -> Column[str]:
    return Column("record_id", Text, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True, autoincrement=False)


def _key() -> Column[str]:
    return Column("key", Text, primary_key=True)


store: Final = Table("store", metadata, _key(), _text("value"))
"""What is known of the file itself: ``program`` (version that made the schema), ``created`` (ISO 8601)."""

alembic_version: Final = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

record: Final = Table(
    "record",
    metadata,
    Column("id", Text, primary_key=True),
    _text("template_id"),
    Column("year", Integer, nullable=False),
    _text("unit"),
    _text("bureau"),
    _text("extra"),
    _text("created"),
    _text("changed"),
    Column("trashed_at", Text),
    Column("position", Integer, nullable=False),
    Index("ix_record_year_position", "year", "position"),
)
"""表 (record): times are ISO 8601 texts, ``trashed_at`` is NULL unless the form lies in the 回收站; ``position`` orders a year."""

value: Final = Table("value", metadata, _owner(), _key(), _text("text"), sqlite_with_rowid=False)
"""Single fields, ``Record.values``."""

stated: Final = Table("stated", metadata, _owner(), _key(), _text("text"), sqlite_with_rowid=False)
"""Typed-over totals, ``Record.stated``."""

fund: Final = Table(
    "fund",
    metadata,
    _owner(),
    _position(),
    *map(_text, ("label", "initial_budget", "annual_budget", "executed", "weight", "execution_rate", "score")),
    sqlite_with_rowid=False,
)
"""资金行, ``Record.funds``."""

_INDICATOR: Final = "level1 level1_weight level2 level2_weight name target actual weight score reason remark"

indicator: Final = Table(
    "indicator", metadata, _owner(), _position(), *map(_text, _INDICATOR.split()), sqlite_with_rowid=False
)
"""绩效指标, ``Record.indicators``."""

detail: Final = Table(
    "detail",
    metadata,
    _owner(),
    Column("block", Text, primary_key=True),
    _position(),
    _key(),
    _text("text"),
    sqlite_with_rowid=False,
)
"""Texts of rows that only some forms have, by block (``funds``, ``indicators``, ``rows``) and position; blank ones are not here.

The 说明 to findings stand here too (``answers``). A list row is here once with the key ``""`` and no text, so that a blank row
is a row too.
"""

section: Final = Table(
    "section",
    metadata,
    _owner(),
    _position(),
    Column("level", Integer, nullable=False),
    *map(_text, ("heading", "paragraphs")),
    sqlite_with_rowid=False,
)
"""章节 of a report, ``Record.sections``; ``paragraphs`` is a JSON array of texts."""

version: Final = Table(
    "version",
    metadata,
    Column("id", Integer, primary_key=True),
    *map(_text, ("record_id", "kind", "name", "note", "code", "created", "content")),
    Index("ix_version_record_id", "record_id"),
    sqlite_autoincrement=True,
)
"""版本: ``content`` is the whole form as it stood (``perfdesk.snapshots``), ``code`` its 校验码.

No row is ever changed, and an 上报版 is never deleted, not even with its form: therefore no link to ``record``.
"""

change: Final = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    *map(_text, ("moment", "record_id", "deed", "changes", "state")),
    Column("noted", Integer, nullable=False),
    _text("digest"),
    Index("ix_change_record_id", "record_id"),
    Index("ix_change_noted", "noted"),
    sqlite_autoincrement=True,
)
"""改动记录, a line for each transaction on a form (``perfdesk.store.changelog``): ``changes`` is a JSON array of path, old, new,
``noted`` the number of the line of the edit journal that told of it first (0: none).

No row is ever changed or deleted; ``digest`` binds it to the row before. It outlives its form: no link to ``record``.
"""

origin: Final = Table(
    "origin",
    metadata,
    Column("id", Integer, primary_key=True),
    *map(_text, ("record_id", "moment", "file", "kind", "digest", "fields")),
    Index("ix_origin_record_id", "record_id"),
    sqlite_autoincrement=True,
)
"""来历: one row for each import into a form (``perfdesk.store.origins``); ``fields`` is a JSON array.

No link to ``record``: putting a form back after damage must not lose where it came from. It goes with the form for good.
"""

GUARDS: Final = (
    """CREATE TRIGGER version_is_never_changed BEFORE UPDATE ON version
    BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END""",
    """CREATE TRIGGER version_submitted_is_kept BEFORE DELETE ON version WHEN OLD.kind = 'submitted'
    BEGIN SELECT RAISE(ABORT, 'what was submitted is kept'); END""",
    """CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END""",
    """CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END""",
)
"""What a new file gets beside its tables."""
