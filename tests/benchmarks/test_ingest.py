"""Both sides take the same signals in: otherwise their times say nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heatmap_gui.api.routes.ingest import IntersectionRecord
from heatmap_gui.bench import ingest, plain_ingest
from heatmap_gui.services import traffic_analytics, traffic_ingest
from heatmap_gui.store.database import open_database
from heatmap_gui.store.traffic_reading import Chosen


def test_both_hold_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "RECORDS", 20)
    records = json.loads(ingest.batch(1))
    engine = plain_ingest.open_empty(f"sqlite:///{tmp_path / 'plain.db'}")
    plain_ingest.add_all(engine, records)
    database = open_database("", tmp_path)
    added = traffic_ingest.ingest(database, [IntersectionRecord.model_validate(record) for record in records])
    assert plain_ingest.signals(engine) == added.signals == 80
    assert traffic_analytics.wait_times(database, Chosen(), "direction").overall.records == 80
    engine.dispose()
    database.close()
