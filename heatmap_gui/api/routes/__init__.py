"""What there is to ask. A module of this folder offers `router`; naming it here adds it."""

from __future__ import annotations

ROUTES = (
    "ingest",
    "simulations",
    "system",
    "inference",
    "classify",
    "models",
)  # fmt: skip
