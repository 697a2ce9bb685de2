"""Records of intersections that others send: whole batches, each record once."""

from __future__ import annotations

import time
from collections.abc import Sequence

from heatmap_gui.core.signals import Record
from heatmap_gui.store import traffic
from heatmap_gui.store.database import Database
from heatmap_gui.store.traffic import Added


def ingest(database: Database, records: Sequence[Record]) -> Added:
    """All of them, or nothing when anything goes wrong. Sent again they are replaced. Raises UnavailableError."""
    with database.write() as connection:
        return traffic.add(connection, records, time.time())
