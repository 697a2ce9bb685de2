"""The audit by pages, filtered, on both databases."""

from __future__ import annotations

from heatmap_gui.store import audit
from heatmap_gui.store.audit import Wanted
from heatmap_gui.store.database import Database


def test_pages_and_filters(database: Database) -> None:
    said = [
        (float(n), "ann" if n % 2 else "bob", f"act {n % 3}", f"subject {n}", None if n % 4 else "é") for n in range(12)
    ]
    with database.write() as connection:
        for entry in said:
            audit.note(connection, *entry)
    with database.read() as connection:
        first = audit.newest(connection, Wanted(), 5)
        second = audit.newest(connection, Wanted(before=first[-1].id), 99)
        assert [tuple(entry)[1:] for entry in [*first, *second]] == said[::-1]
        assert [e.at for e in audit.newest(connection, Wanted(who="ann", action="act 0"), 99)] == [9.0, 3.0]
        assert [e.at for e in audit.newest(connection, Wanted(start=2.0, end=5.0), 99)] == [4.0, 3.0, 2.0]
        assert audit.newest(connection, Wanted(who="act 0"), 99) == []
