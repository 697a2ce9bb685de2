"""All tables on one screen. Times are Unix seconds (UTC); what JSON and packed columns hold, their module says."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

METADATA = sa.MetaData()
JSON_TEXT = sa.JSON().with_variant(JSONB, "postgresql")
_ROW = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by INTEGER PRIMARY KEY alone

# what this deployment is
facts = Table("facts", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
alembic_version = Table(  # the schema; Alembic's own name for it
    "alembic_version", METADATA, Column("version_num", Text, primary_key=True),
)  # fmt: skip
site_revisions = Table(
    "site_revisions", METADATA,
    Column("hash", Text, primary_key=True), Column("store_name", Text, nullable=False),
    Column("created_at", Double, nullable=False), Column("document", Text, nullable=False),
    Index("site_revisions_by_store", "store_name", "created_at"),
)  # fmt: skip

# work
jobs = Table(
    "jobs", METADATA,
    Column("id", Text, primary_key=True), Column("store_name", Text, nullable=False), Column("schedule", Text),
    Column("kind", Text, nullable=False), Column("due", Double, nullable=False), Column("ends", Double, nullable=False),
    Column("timeout_s", Double, nullable=False), Column("config", Text, nullable=False),
    Column("site", Text, nullable=False), Column("created_at", Double, nullable=False),
    Column("status", Text, nullable=False), Column("run_after", Double, nullable=False),
    Column("started_at", Double), Column("completed_at", Double), Column("attempt", Integer, nullable=False),
    Column("crashes", Integer, nullable=False), Column("worker", Text), Column("fence", Integer, nullable=False),
    Column("lease_until", Double), Column("progress", Double, nullable=False),
    Column("cancel_requested", sa.Boolean, nullable=False), Column("detections_count", Integer, nullable=False),
    Column("error", Text),
    sa.UniqueConstraint("schedule", "due", name="one_job_a_slot"),
    Index("jobs_to_do", "status", "run_after", "due"), Index("jobs_by_due", "due"),
)  # fmt: skip
job_parts = Table(  # what a job had measured at each checkpoint
    "job_parts", METADATA,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("part", Integer, primary_key=True), Column("fence", Integer, nullable=False),
    Column("started", Double, nullable=False), Column("ended", Double, nullable=False),
    Column("content", LargeBinary, nullable=False),
)  # fmt: skip
deliveries = Table(
    "deliveries", METADATA,
    Column("id", Text, primary_key=True), Column("sink", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("target", Text, nullable=False), Column("body", LargeBinary, nullable=False),
    Column("created_at", Double, nullable=False), Column("job_id", Text), Column("alert_id", Text),
    Column("status", Text, nullable=False), Column("attempts", Integer, nullable=False),
    Column("most_attempts", Integer, nullable=False), Column("next_at", Double, nullable=False),
    Column("deadline", Double), Column("lease_until", Double), Column("fence", Integer, nullable=False),
    Column("done_at", Double), Column("answer", Text),
    Index("deliveries_to_do", "status", "next_at", "id", "endpoint"), Index("deliveries_by_job", "job_id"),
)  # fmt: skip
endpoints = Table(  # those that said that they are gone
    "endpoints", METADATA,
    Column("endpoint", Text, primary_key=True), Column("disabled_at", Double, nullable=False),
    Column("reason", Text, nullable=False),
)  # fmt: skip
leases = Table(  # who leads, who watches a store
    "leases", METADATA,
    Column("name", Text, primary_key=True), Column("holder", Text, nullable=False),
    Column("fence", Integer, nullable=False), Column("until", Double, nullable=False),
)  # fmt: skip
workers = Table(
    "workers", METADATA,
    Column("id", Text, primary_key=True), Column("role", Text, nullable=False), Column("host", Text, nullable=False),
    Column("started_at", Double, nullable=False), Column("seen_at", Double, nullable=False),
    Column("state", Text, nullable=False),
)  # fmt: skip
cursors = Table(  # how far a loop has come in what it goes through once
    "cursors", METADATA, Column("name", Text, primary_key=True), Column("at", Double, nullable=False),
)  # fmt: skip

# who may ask
users = Table(
    "users", METADATA,
    Column("name", Text, primary_key=True), Column("role", Text, nullable=False), Column("stores", Text),
    Column("password", Text, nullable=False), Column("stamp", Text, nullable=False),
    Column("created_at", Double, nullable=False), Column("changed_at", Double, nullable=False),
)  # fmt: skip
api_tokens = Table(
    "api_tokens", METADATA,
    Column("name", Text, primary_key=True), Column("digest", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False), Column("scopes", Text, nullable=False), Column("stores", Text),
    Column("made_by", Text, nullable=False), Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
)  # fmt: skip
ended_sessions = Table(  # log-ins that were ended before their time, until then
    "ended_sessions", METADATA,
    Column("session", Text, primary_key=True), Column("until", Double, nullable=False),
    Index("ended_sessions_by_time", "until"),
)  # fmt: skip
login_tries = Table(  # account, address: digests
    "login_tries", METADATA,
    Column("account", Text, primary_key=True), Column("address", Text, primary_key=True),
    Column("failures", Integer, nullable=False), Column("tried_at", Double, nullable=False),
    Column("succeeded_at", Double), Index("login_tries_by_address", "address", "tried_at"),
    Index("login_tries_by_time", "tried_at"),
)  # fmt: skip

# history: a run is one measuring without a break; its track ids are its own
runs = Table(
    "runs", METADATA,
    Column("id", _ROW, primary_key=True), Column("store_name", Text, nullable=False), Column("job_id", Text),
    Column("site_hash", Text, ForeignKey("site_revisions.hash"), nullable=False),
    Column("started_at", Double, nullable=False), Column("about", Text, nullable=False),
    Index("runs_by_store", "store_name", "started_at"), Index("runs_by_job", "job_id"),
)  # fmt: skip


def _of_run(*, key: bool = False) -> Column[int]:
    return Column("run_id", _ROW, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=key, nullable=False)


tracks = Table(  # one row a track, hour and class (and checkpoint)
    "tracks", METADATA,
    _of_run(key=True), Column("floor", Text, primary_key=True),
    Column("hour", BigInteger, primary_key=True), Column("track_id", BigInteger, primary_key=True),
    Column("part", Integer, primary_key=True), Column("label", Text, primary_key=True),
    Column("first_at", Double, nullable=False), Column("last_at", Double, nullable=False),
    Column("seconds", Double, nullable=False), Column("chunk", LargeBinary, nullable=False),
    Index("tracks_by_hour", "hour"),
)  # fmt: skip
tiles = Table(  # of five minutes, and their sums by the hour
    "tiles", METADATA,
    _of_run(key=True), Column("floor", Text, primary_key=True),
    Column("length_s", Integer, primary_key=True), Column("start_s", BigInteger, primary_key=True),
    Column("chunk", LargeBinary, nullable=False), Index("tiles_by_start", "length_s", "start_s"),
)  # fmt: skip
sums = Table(  # tiles of a store's days, and of four weeks, added up: made from them again whenever one is missing
    "sums", METADATA,
    Column("store_name", Text, primary_key=True), Column("floor", Text, primary_key=True),
    Column("start_s", BigInteger, primary_key=True), Column("end_s", BigInteger, primary_key=True),
    Column("basis", Text, nullable=False), Column("person_s", Double, nullable=False),
    Column("seen_s", Double, nullable=False), Column("chunk", LargeBinary, nullable=False),
)  # fmt: skip
visits = Table(
    "visits", METADATA,
    Column("id", _ROW, primary_key=True), _of_run(),
    Column("zone_id", Text, nullable=False), Column("track_id", BigInteger, nullable=False),
    Column("label", Text, nullable=False), Column("enter_at", Double, nullable=False),
    Column("leave_at", Double, nullable=False), Column("dwell_s", Double, nullable=False),
    Index("visits_by_time", "enter_at"), Index("visits_by_run", "run_id"),
)  # fmt: skip
crossings = Table(
    "crossings", METADATA,
    Column("id", _ROW, primary_key=True), _of_run(),
    Column("line_id", Text, nullable=False), Column("track_id", BigInteger, nullable=False),
    Column("label", Text, nullable=False), Column("at", Double, nullable=False),
    Column("direction", Text, nullable=False), Index("crossings_by_time", "at"), Index("crossings_by_run", "run_id"),
)  # fmt: skip
exposures = Table(  # seconds that a healthy camera delivered
    "exposures", METADATA,
    _of_run(key=True), Column("camera", Text, primary_key=True),
    Column("start_s", BigInteger, primary_key=True), Column("exposed_s", Double, nullable=False),
    Index("exposures_by_start", "start_s"),
)  # fmt: skip
alerts = Table(
    "alerts", METADATA,
    Column("id", Text, primary_key=True), Column("store_name", Text, nullable=False),
    Column("kind", Text, nullable=False), Column("rule", Text, nullable=False), Column("camera", Text),
    Column("zone_id", Text), Column("track_id", BigInteger), Column("label", Text),
    Column("at", Double, nullable=False), Column("reason", Text, nullable=False),
    Column("suppressed", Text), Column("acknowledged_at", Double),
    Index("alerts_by_time", "at"),
)  # fmt: skip
audit = Table(
    "audit", METADATA,
    Column("id", _ROW, primary_key=True), Column("at", Double, nullable=False), Column("who", Text, nullable=False),
    Column("action", Text, nullable=False), Column("subject", Text, nullable=False), Column("detail", Text),
    Index("audit_by_time", "at"), Index("audit_by_who", "who", "id"),
)  # fmt: skip

# traffic that others measured or simulated, by the names of whoever sends it
simulations = Table(
    "simulations", METADATA,
    Column("simulation_id", Text, primary_key=True), Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
)  # fmt: skip


def _of_simulation() -> Column[str]:
    return Column("simulation_id", Text, ForeignKey("simulations.simulation_id", ondelete="CASCADE"), nullable=False)


signal_states = Table(  # one row a signal of a record
    "signal_states", METADATA,
    Column("id", _ROW, primary_key=True), _of_simulation(), Column("intersection_id", Text, nullable=False),
    Column("timestamp", Double, nullable=False), Column("direction", Text, nullable=False),
    Column("signal_status", Text, nullable=False), Column("signal_timer", Double, nullable=False),
    Column("green_time_allocated", Double, nullable=False),
    Column("emergency_vehicle_present", sa.Boolean, nullable=False),
    Index("idx_signal_states_simulation_timestamp", "simulation_id", "timestamp"),
)  # fmt: skip
traffic_data = Table(  # what waited at it, and what went
    "traffic_data", METADATA,
    Column("signal_id", _ROW, ForeignKey("signal_states.id", ondelete="CASCADE"), nullable=False),
    Column("timestamp", Double, nullable=False), Column("vehicle_counts", JSON_TEXT, nullable=False),
    Column("vehicles_crossed", Integer, nullable=False), Column("avg_wait_time", Double, nullable=False),
    Index("idx_traffic_data_signal_timestamp", "signal_id", "timestamp", unique=True),
    # SQLite knows no such index: there it is one of no rows
    Index("idx_traffic_data_vehicle_counts", "vehicle_counts", postgresql_using="gin", sqlite_where=sa.text("0")),
)  # fmt: skip
performance_metrics = Table(  # one row a record: an intersection at an instant
    "performance_metrics", METADATA,
    _of_simulation(), Column("intersection_id", Text, nullable=False), Column("timestamp", Double, nullable=False),
    Column("total_vehicles_passed", Integer, nullable=False), Column("avg_wait_time_all_sides", Double, nullable=False),
    Column("throughput", Double, nullable=False), Column("avg_speed", Double, nullable=False),
    Column("fuel_saved", Double, nullable=False), Column("co2_saved", Double, nullable=False),
    Column("emergency_overrides", Integer, nullable=False),
    sa.PrimaryKeyConstraint("simulation_id", "timestamp", "intersection_id"),
)  # fmt: skip

# pictures that requests brought: what was said of them, never they themselves
classifications = Table(
    "classifications", METADATA,
    Column("id", _ROW, primary_key=True), Column("at", Double, nullable=False), Column("who", Text, nullable=False),
    Column("sha256", Text, nullable=False), Column("bytes", Integer, nullable=False),
    Column("width", Integer, nullable=False), Column("height", Integer, nullable=False), Column("label", Text),
    Column("confidence", Double, nullable=False), Column("model", Text, nullable=False),
    Column("cached", sa.Boolean, nullable=False), Column("took_s", Double, nullable=False),
    Index("classifications_by_time", "at"), Index("classifications_by_who", "who", "id"),
)  # fmt: skip

# what people say of a store
events = Table(  # dates: ISO 8601, days of the store, both included
    "events", METADATA,
    Column("id", _ROW, primary_key=True), Column("store_name", Text, nullable=False),
    Column("name", Text, nullable=False), Column("event_type", Text, nullable=False),
    Column("start_date", Text, nullable=False), Column("end_date", Text, nullable=False),
    Column("description", Text, nullable=False), Column("created_at", Double, nullable=False),
    Index("events_by_store", "store_name", "start_date"),
)  # fmt: skip
hand_counts = Table(  # minutes of a line that a person counts, to see how well the cameras do
    "hand_counts", METADATA,
    Column("id", _ROW, primary_key=True), Column("store_name", Text, nullable=False),
    Column("line_id", Text, nullable=False), Column("start_s", Double, nullable=False),
    Column("inwards", Integer), Column("outwards", Integer), Column("counted_by", Text),
    sa.UniqueConstraint("store_name", "line_id", "start_s", name="a_minute_once"),
)  # fmt: skip
