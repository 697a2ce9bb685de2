"""Heat maps of whole days and of four weeks, added up beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From r0001. It begins empty: sums are made when they are missed."""
    op.create_table(
        "sums",
        sa.Column("store_name", sa.Text, primary_key=True),
        sa.Column("floor", sa.Text, primary_key=True),
        sa.Column("start_s", sa.BigInteger, primary_key=True),
        sa.Column("end_s", sa.BigInteger, primary_key=True),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("person_s", sa.Double, nullable=False),
        sa.Column("seen_s", sa.Double, nullable=False),
        sa.Column("chunk", sa.LargeBinary, nullable=False),
    )
