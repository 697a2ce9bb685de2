"""What was said of pictures, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from heatmap_gui.store import classifications, retention
from heatmap_gui.store.classifications import Classified, Extent, Total
from heatmap_gui.store.database import Database

NOW = 1_766_325_600.0
ONE = Classified(0, NOW, "ann", "ab" * 32, 1234, 640, 480, "car", 0.75, "yolo", False, 0.25)


def filled(database: Database, *changes: dict[str, Any]) -> None:
    with database.write() as connection:
        for change in changes:
            classifications.add(connection, ONE._replace(**change))


def test_read_by_pages_and_by_who(database: Database) -> None:
    filled(database, {"at": NOW + 2}, {"who": "bob"}, {"label": None, "confidence": 0.0, "cached": True})
    with database.read() as connection:
        first = classifications.newest(connection, limit=2)
        second = classifications.newest(connection, limit=2, before=first[-1].id)
        assert [one.who for one in [*first, *second]] == ["ann", "bob", "ann"]
        assert first[0]._replace(id=0) == ONE._replace(label=None, confidence=0.0, cached=True)
        assert [one.at for one in classifications.newest(connection, limit=9, who="ann")] == [NOW, NOW + 2]
        assert [one.who for one in classifications.newest(connection, limit=9, who="bob")] == ["bob"]
        assert classifications.newest(connection, limit=9, who="eve") == []


def test_totals_by_class(database: Database) -> None:
    filled(database, {}, {"confidence": 0.25, "took_s": 0.75, "cached": True, "at": NOW + 9}, {"label": "bus"})
    with database.read() as connection:
        found, extent = classifications.totals(connection)
        assert found == [Total("car", 2, 0.5), Total("bus", 1, 0.75)]
        assert extent.took_s == pytest.approx(1.25 / 3)
        assert extent._replace(took_s=0.0) == Extent(1, 0.0, NOW, NOW + 9)
        assert classifications.totals(connection, "bob") == ([], Extent(0, 0.0, None, None))


def test_old_ones_are_forgotten(database: Database) -> None:
    filled(database, {"at": NOW - 86_400}, {})
    assert retention.expire(database, 1, NOW + 1) == 1
    with database.read() as connection:
        assert [one.at for one in classifications.newest(connection, limit=9)] == [NOW]
