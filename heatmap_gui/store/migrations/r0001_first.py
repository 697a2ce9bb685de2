"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

_ROW = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade(op: Operations) -> None:
    """From an empty database."""
    for make in (
        _alembic_version,
        _alerts,
        _audit,
        _cursors,
        _deliveries,
        _endpoints,
        _facts,
        _jobs,
        _leases,
        _site_revisions,
        _workers,
        _job_parts,
        _runs,
        _crossings,
        _exposures,
        _tiles,
        _tracks,
        _visits,
    ):
        make(op)


def _alembic_version(op: Operations) -> None:
    op.create_table(
        "alembic_version",
        sa.Column("version_num", sa.Text, primary_key=True),
    )


def _alerts(op: Operations) -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("store_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("camera", sa.Text),
        sa.Column("zone_id", sa.Text),
        sa.Column("track_id", sa.BigInteger),
        sa.Column("label", sa.Text),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("suppressed", sa.Text),
        sa.Column("acknowledged_at", sa.Double),
    )
    op.create_index("alerts_by_time", "alerts", ["at"])


def _audit(op: Operations) -> None:
    op.create_table(
        "audit",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text),
    )
    op.create_index("audit_by_time", "audit", ["at"])


def _cursors(op: Operations) -> None:
    op.create_table(
        "cursors",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.Double, nullable=False),
    )


def _deliveries(op: Operations) -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("sink", sa.Text, nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("job_id", sa.Text),
        sa.Column("alert_id", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("most_attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Double, nullable=False),
        sa.Column("deadline", sa.Double),
        sa.Column("lease_until", sa.Double),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("done_at", sa.Double),
        sa.Column("answer", sa.Text),
    )
    op.create_index("deliveries_by_job", "deliveries", ["job_id"])
    op.create_index("deliveries_to_do", "deliveries", ["status", "next_at", "id", "endpoint"])


def _endpoints(op: Operations) -> None:
    op.create_table(
        "endpoints",
        sa.Column("endpoint", sa.Text, primary_key=True),
        sa.Column("disabled_at", sa.Double, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def _facts(op: Operations) -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _jobs(op: Operations) -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("store_name", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due", sa.Double, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        sa.Column("timeout_s", sa.Double, nullable=False),
        sa.Column("config", sa.Text, nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("run_after", sa.Double, nullable=False),
        sa.Column("started_at", sa.Double),
        sa.Column("completed_at", sa.Double),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("crashes", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.Double),
        sa.Column("progress", sa.Double, nullable=False),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("detections_count", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.UniqueConstraint("schedule", "due", name="one_job_a_slot"),
    )
    op.create_index("jobs_by_due", "jobs", ["due"])
    op.create_index("jobs_to_do", "jobs", ["status", "run_after", "due"])


def _leases(op: Operations) -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
    )


def _site_revisions(op: Operations) -> None:
    op.create_table(
        "site_revisions",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("store_name", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("site_revisions_by_store", "site_revisions", ["store_name", "created_at"])


def _workers(op: Operations) -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("started_at", sa.Double, nullable=False),
        sa.Column("seen_at", sa.Double, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )


def _job_parts(op: Operations) -> None:
    op.create_table(
        "job_parts",
        sa.Column("job_id", sa.Text, sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("started", sa.Double, nullable=False),
        sa.Column("ended", sa.Double, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _runs(op: Operations) -> None:
    op.create_table(
        "runs",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("store_name", sa.Text, nullable=False),
        sa.Column("job_id", sa.Text),
        sa.Column("site_hash", sa.Text, sa.ForeignKey("site_revisions.hash"), nullable=False),
        sa.Column("started_at", sa.Double, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
    )
    op.create_index("runs_by_job", "runs", ["job_id"])
    op.create_index("runs_by_store", "runs", ["store_name", "started_at"])


def _crossings(op: Operations) -> None:
    op.create_table(
        "crossings",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("run_id", _ROW, sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("line_id", sa.Text, nullable=False),
        sa.Column("track_id", sa.BigInteger, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
    )
    op.create_index("crossings_by_run", "crossings", ["run_id"])
    op.create_index("crossings_by_time", "crossings", ["at"])


def _exposures(op: Operations) -> None:
    op.create_table(
        "exposures",
        sa.Column("run_id", _ROW, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("camera", sa.Text, primary_key=True),
        sa.Column("start_s", sa.BigInteger, primary_key=True),
        sa.Column("exposed_s", sa.Double, nullable=False),
    )


def _tiles(op: Operations) -> None:
    op.create_table(
        "tiles",
        sa.Column("run_id", _ROW, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("floor", sa.Text, primary_key=True),
        sa.Column("length_s", sa.Integer, primary_key=True),
        sa.Column("start_s", sa.BigInteger, primary_key=True),
        sa.Column("chunk", sa.LargeBinary, nullable=False),
    )
    op.create_index("tiles_by_start", "tiles", ["length_s", "start_s"])


def _tracks(op: Operations) -> None:
    op.create_table(
        "tracks",
        sa.Column("run_id", _ROW, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("floor", sa.Text, primary_key=True),
        sa.Column("hour", sa.BigInteger, primary_key=True),
        sa.Column("track_id", sa.BigInteger, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("label", sa.Text, primary_key=True),
        sa.Column("first_at", sa.Double, nullable=False),
        sa.Column("last_at", sa.Double, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("chunk", sa.LargeBinary, nullable=False),
    )
    op.create_index("tracks_by_hour", "tracks", ["hour"])


def _visits(op: Operations) -> None:
    op.create_table(
        "visits",
        sa.Column("id", _ROW, primary_key=True),
        sa.Column("run_id", _ROW, sa.ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
        sa.Column("zone_id", sa.Text, nullable=False),
        sa.Column("track_id", sa.BigInteger, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("enter_at", sa.Double, nullable=False),
        sa.Column("leave_at", sa.Double, nullable=False),
        sa.Column("dwell_s", sa.Double, nullable=False),
    )
    op.create_index("visits_by_run", "visits", ["run_id"])
    op.create_index("visits_by_time", "visits", ["enter_at"])
