"""What is alarming in what the cameras show: rules over live tracks, and why each alert fired or did not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that somebody should know, or that would have been one. at: Unix time.

    id: stable, its deliveries are named after it. kind: forbidden_zone, or a trouble of a camera or of the system.
    rule: its name for people. reason: what happened, in words. suppressed: why it is not delivered; None: it is.
    """

    id: str
    store_name: str
    kind: str
    rule: str
    at: float
    reason: str
    camera: str | None = None
    zone_id: str | None = None
    track_id: int | None = None
    label: str | None = None
    suppressed: str | None = None
