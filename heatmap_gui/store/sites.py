"""Which geometry made which number: site revisions by content hash, each written once and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from heatmap_gui.store.tables import site_revisions


def remember(connection: Connection, site_hash: str, store: str, document: Mapping[str, Any], now: float) -> None:
    """Keeps a revision unless it is known. document: its snapshot, secrets sealed or as references."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {"hash": site_hash, "store_name": store, "created_at": now, "document": json.dumps(dict(document))}
    connection.execute(insert(site_revisions).values(row).on_conflict_do_nothing(index_elements=["hash"]))


def revision(connection: Connection, site_hash: str) -> dict[str, Any] | None:
    """The snapshot of a revision; None when it is not known."""
    found = connection.scalar(select(site_revisions.c.document).where(site_revisions.c.hash == site_hash))
    return None if found is None else dict(json.loads(found))
