"""What there is to ask. A module of this folder offers `router`; naming it here adds it."""

from __future__ import annotations

ROUTES = (
    "login",
    "users",
    "audit",
    "ingest",
    "simulations",
    "traffic",
    "system",
    "cameras",
    "zones",
    "retail",
    "events",
    "counting",
    "inference",
    "classify",
    "models",
    "sites",
    "jobs",
    "alerts",
    "history",
    "live",
    "configuration",
    "operations",
    "docs",
)  # fmt: skip
