"""What a store did, and minutes that people counted by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

_ROW = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade(op: Operations) -> None:
    """From r0004. Exposures are looked for by their time as well."""
    op.create_index("exposures_by_start", "exposures", ["start_s"])
    op.create_table(
        "events",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("store_name", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("start_date", sa.Text, nullable=False),
        sa.Column("end_date", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_index("events_by_store", "events", ["store_name", "start_date"])
    op.create_table(
        "hand_counts",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("store_name", sa.Text, nullable=False),
        sa.Column("line_id", sa.Text, nullable=False),
        sa.Column("start_s", sa.Double, nullable=False),
        sa.Column("inwards", sa.Integer),
        sa.Column("outwards", sa.Integer),
        sa.Column("counted_by", sa.Text),
        sa.UniqueConstraint("store_name", "line_id", "start_s", name="a_minute_once"),
    )
