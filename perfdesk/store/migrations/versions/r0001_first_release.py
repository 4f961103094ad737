"""The schema of the first release: forms, their fields, fund rows, indicators and typed-over totals."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _texts(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names.split()]


def _child(name: str, key: sa.Column[str] | sa.Column[int], texts: str) -> None:
    op.create_table(
        name,
        sa.Column("record_id", sa.Text, nullable=False),
        key,
        *_texts(texts),
        sa.PrimaryKeyConstraint("record_id", key.name, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=f"fk_{name}_record_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table("store", *_texts("key value"), sa.PrimaryKeyConstraint("key", name="pk_store"))
    op.create_table(
        "record",
        *_texts("id template_id"),
        sa.Column("year", sa.Integer, nullable=False),
        *_texts("unit bureau extra created changed"),
        sa.Column("trashed_at", sa.Text),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
    )
    op.create_index("ix_record_year_position", "record", ["year", "position"])
    for name in ("value", "stated"):
        _child(name, sa.Column("key", sa.Text, nullable=False), "text")
    funds = "label initial_budget annual_budget executed weight execution_rate score"
    _child("fund", sa.Column("position", sa.Integer, nullable=False), funds)
    indicators = "level1 level1_weight level2 level2_weight name target actual weight score reason remark"
    _child("indicator", sa.Column("position", sa.Integer, nullable=False), indicators)
