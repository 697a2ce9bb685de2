"""Traffic that others measured or simulated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy.dialects.postgresql import JSONB

_ROW = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade(op: Operations) -> None:
    """From r0003. It begins empty."""
    op.create_table(
        "simulations",
        sa.Column("simulation_id", sa.Text, primary_key=True),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
    )
    _signal_states(op)
    _traffic_data(op)
    op.create_table(
        "performance_metrics",
        _of_simulation(),
        sa.Column("intersection_id", sa.Text, nullable=False),
        sa.Column("timestamp", sa.Double, nullable=False),
        sa.Column("total_vehicles_passed", sa.Integer, nullable=False),
        sa.Column("avg_wait_time_all_sides", sa.Double, nullable=False),
        sa.Column("throughput", sa.Double, nullable=False),
        sa.Column("avg_speed", sa.Double, nullable=False),
        sa.Column("fuel_saved", sa.Double, nullable=False),
        sa.Column("co2_saved", sa.Double, nullable=False),
        sa.Column("emergency_overrides", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("simulation_id", "timestamp", "intersection_id"),
    )


def _of_simulation() -> sa.Column[str]:
    of = sa.ForeignKey("simulations.simulation_id", ondelete="CASCADE")
    return sa.Column("simulation_id", sa.Text, of, nullable=False)


def _signal_states(op: Operations) -> None:
    op.create_table(
        "signal_states",
        sa.Column("id", _ROW, primary_key=True),
        _of_simulation(),
        sa.Column("intersection_id", sa.Text, nullable=False),
        sa.Column("timestamp", sa.Double, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("signal_status", sa.Text, nullable=False),
        sa.Column("signal_timer", sa.Double, nullable=False),
        sa.Column("green_time_allocated", sa.Double, nullable=False),
        sa.Column("emergency_vehicle_present", sa.Boolean, nullable=False),
    )
    op.create_index("idx_signal_states_simulation_timestamp", "signal_states", ["simulation_id", "timestamp"])


def _traffic_data(op: Operations) -> None:
    op.create_table(
        "traffic_data",
        sa.Column("signal_id", _ROW, sa.ForeignKey("signal_states.id", ondelete="CASCADE"), nullable=False),
        sa.Column("timestamp", sa.Double, nullable=False),
        sa.Column("vehicle_counts", sa.JSON().with_variant(JSONB, "postgresql"), nullable=False),
        sa.Column("vehicles_crossed", sa.Integer, nullable=False),
        sa.Column("avg_wait_time", sa.Double, nullable=False),
    )
    op.create_index("idx_traffic_data_signal_timestamp", "traffic_data", ["signal_id", "timestamp"], unique=True)
    op.create_index(
        "idx_traffic_data_vehicle_counts",
        "traffic_data",
        ["vehicle_counts"],
        postgresql_using="gin",
        sqlite_where=sa.text("0"),
    )
