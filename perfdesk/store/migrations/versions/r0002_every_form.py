"""Goal tables, monitoring, ratings, lists and reports: further texts of rows, and the sections of a report."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _child(
    name: str, keys: tuple[sa.Column[str] | sa.Column[int], ...], *columns: sa.Column[str] | sa.Column[int]
) -> None:
    op.create_table(
        name,
        sa.Column("record_id", sa.Text, nullable=False),
        *keys,
        *columns,
        sa.PrimaryKeyConstraint("record_id", *(one.name for one in keys), name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=f"fk_{name}_record_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def upgrade() -> None:
    """Make the two tables; what is there stays as it is."""
    _child("detail", (_text("block"), _integer("position"), _text("key")), _text("text"))
    _child("section", (_integer("position"),), _integer("level"), _text("heading"), _text("paragraphs"))
