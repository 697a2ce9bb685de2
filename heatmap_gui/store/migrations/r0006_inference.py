"""What was said of the pictures that requests brought."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

_ROW = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade(op: Operations) -> None:
    """From the one before. It begins empty."""
    op.create_table(
        "classifications",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("cached", sa.Boolean, nullable=False),
        sa.Column("took_s", sa.Double, nullable=False),
    )
    op.create_index("classifications_by_time", "classifications", ["at"])
    op.create_index("classifications_by_who", "classifications", ["who", "id"])
