"""What a Dramatiq worker imports: an actor that does nothing, on the Redis that PLAIN_REDIS_URL names."""

from __future__ import annotations

import os

import dramatiq
from dramatiq.brokers.redis import RedisBroker

dramatiq.set_broker(RedisBroker(url=os.environ.get("PLAIN_REDIS_URL", "redis://127.0.0.1:6379/0")))  # type: ignore[no-untyped-call]


@dramatiq.actor
def nothing() -> None:
    """The job."""
