"""Site revisions: once by their hash, whoever writes them, and never changed."""

from __future__ import annotations

from heatmap_gui.store import sites
from heatmap_gui.store.database import Database


def test_a_revision_is_kept_as_it_was_first(database: Database) -> None:
    with database.write() as transaction:
        sites.remember(transaction, "a1", "shop", {"store": "shop", "n": 1}, 100.0)
        sites.remember(transaction, "a1", "shop", {"store": "shop", "n": 2}, 200.0)
        sites.remember(transaction, "b2", "shop", {"store": "shop", "n": 3}, 200.0)
    with database.read() as transaction:
        assert sites.revision(transaction, "a1") == {"store": "shop", "n": 1}
        assert sites.revision(transaction, "b2") == {"store": "shop", "n": 3}
        assert sites.revision(transaction, "c3") is None
