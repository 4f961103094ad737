"""The change log: what is done to each form from now on, each line bound to the one before. And where imported forms come from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def upgrade() -> None:
    """Make the tables and the guards; the forms that are there are logged from their next change on."""
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, nullable=False),
        *map(_text, ("moment", "record_id", "deed", "changes", "state")),
        sa.Column("noted", sa.Integer, nullable=False),
        _text("digest"),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_noted", "change", ["noted"])
    op.create_index("ix_change_record_id", "change", ["record_id"])
    op.execute(
        """CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END"""
    )
    op.execute(
        """CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END"""
    )
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer, nullable=False),
        *map(_text, ("record_id", "moment", "file", "kind", "digest", "fields")),
        sa.PrimaryKeyConstraint("id", name="pk_origin"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_origin_record_id", "origin", ["record_id"])
