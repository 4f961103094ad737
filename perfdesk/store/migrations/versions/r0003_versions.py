"""Versions of forms: kept whole, never changed; an 上报版 is never deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def upgrade() -> None:
    """Make the table and its guards; what is there stays as it is."""
    op.create_table(
        "version",
        sa.Column("id", sa.Integer, nullable=False),
        *map(_text, ("record_id", "kind", "name", "note", "code", "created", "content")),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_version_record_id", "version", ["record_id"])
    op.execute(
        """CREATE TRIGGER version_is_never_changed BEFORE UPDATE ON version
    BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END"""
    )
    op.execute(
        """CREATE TRIGGER version_submitted_is_kept BEFORE DELETE ON version WHEN OLD.kind = 'submitted'
    BEGIN SELECT RAISE(ABORT, 'what was submitted is kept'); END"""
    )
