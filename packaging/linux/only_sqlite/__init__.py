"""Stands in for ``alembic.ddl`` in the frozen program, which imports the dialects of five databases and needs one."""

from alembic.ddl import sqlite
from alembic.ddl.impl import DefaultImpl

__all__ = ["DefaultImpl", "sqlite"]
