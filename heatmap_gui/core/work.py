"""Work that is written down before it is done: jobs (measure this store then) and deliveries (tell that endpoint)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEASE_S = 6.0  # how long a worker that shows no progress keeps its job
RENEW_S = 2.0
SEND_S = 10.0  # how long one try to deliver may take
MOST_CRASHES = 3  # a job that killed so many workers is not tried again


class Status(StrEnum):
    """Of a job, and the words that other systems read."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class DeliveryStatus(StrEnum):
    """PENDING: due at next_at. FAILED: final, or out of tries."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One measurement that is due. Times are Unix seconds (UTC).

    id: `job_<due>_<store>`. schedule: what made it, None for one made by hand. due, ends: what is to be measured.
    timeout_s: counts from `ends`. config: of the schedule (JSON; secrets are references or sealed). site: the store's
    document and where it came from, as it was when the job was made. fence: rises with each claim; only the newest
    claim may write. attempt: claims so far; crashes: of them, how many ended with their worker.
    """

    id: str
    store_name: str
    schedule: str | None
    kind: str
    due: float
    ends: float
    timeout_s: float
    config: Mapping[str, Any]
    site: Mapping[str, Any]
    created_at: float
    status: Status = Status.QUEUED
    run_after: float = 0.0
    started_at: float | None = None
    completed_at: float | None = None
    attempt: int = 0
    crashes: int = 0
    worker: str | None = None
    fence: int = 0
    lease_until: float | None = None
    progress: float = 0.0
    cancel_requested: bool = False
    detections_count: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a claimed job ended. retry_at: queued again for then, in place of `status`."""

    job_id: str
    fence: int
    status: Status
    detections_count: int = 0
    error: str | None = None
    retry_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message for one endpoint, kept until it is taken. id: stable over all tries.

    sink: webhook, mail, file, nvr or stdout. endpoint: its name for people, without secrets; those that share one wait
    for each other. target: what the sink needs to know (secrets as references or sealed). body: what is sent.
    deadline: not tried after it.
    """

    id: str
    sink: str
    endpoint: str
    target: Mapping[str, Any]
    body: bytes
    created_at: float
    job_id: str | None = None
    alert_id: str | None = None
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: int = 0
    most_attempts: int = 4
    next_at: float = 0.0
    deadline: float | None = None
    lease_until: float | None = None
    fence: int = 0
    done_at: float | None = None
    answer: str | None = None
