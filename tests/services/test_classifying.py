"""Which vehicle a picture shows, asked once and kept in the history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.classifying import Classifying
from heatmap_gui.services.health import Health
from heatmap_gui.services.inference import Inference
from heatmap_gui.store import classifications
from heatmap_gui.store.classifications import Classified
from heatmap_gui.store.database import Database, open_database
from tests.services.test_inference import RedFinder, picture, running

NOW = 1_766_325_600.0
CAR = picture(640, 480, (100, 50, 300, 250))
EMPTY = picture(640, 480, None)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database("", tmp_path)) as opened:
        yield opened


def kept(database: Database) -> list[Classified]:
    with database.read() as connection:
        return classifications.newest(connection, limit=9)


def test_the_same_picture_is_looked_at_once_and_kept_each_time(database: Database) -> None:
    detector, health, broker = RedFinder(), Health("api"), LocalBroker()
    inference = Inference(lambda: detector, broker)
    classifying = Classifying(inference, database, broker, health, lambda: 0.5, clock=lambda: NOW)
    with running(inference):
        first = classifying.classify("ann", CAR)
        again = classifying.classify("bob", CAR)
        other = classifying.classify("ann", EMPTY)
    assert (first.label, first.confidence, first.scores, first.size) == ("car", 0.9, {"car": 0.9}, [640, 480])
    assert first.box is not None and np.abs(np.array(first.box) - (100, 50, 300, 250)).max() <= 2
    assert first.sha256 == hashlib.sha256(CAR).hexdigest() and not first.cached
    assert again.cached and (again.label, again.box, again.scores) == (first.label, first.box, first.scores)
    assert (other.label, other.confidence, other.scores, other.box) == (None, 0.0, {"car": 0.0}, None)
    assert sum(detector.batches) == 2
    rows = [(row.who, row.label, row.cached, row.bytes, row.width, row.at) for row in reversed(kept(database))]
    assert rows == [
        ("ann", "car", False, len(CAR), 640, NOW),
        ("bob", "car", True, len(CAR), 640, NOW),
        ("ann", None, False, len(EMPTY), 640, NOW),
    ]
    figures = health.metrics()
    assert "vehicle_api_cache_hits_total 1\n" in figures and "vehicle_api_cache_misses_total 2\n" in figures
    assert "vehicle_api_classification_latency_ms_count 3\n" in figures


def test_what_is_refused_is_not_kept(database: Database) -> None:
    inference = Inference(RedFinder, LocalBroker())
    classifying = Classifying(inference, database, LocalBroker(), Health("api"), lambda: 0.5)
    with running(inference), pytest.raises(InputError, match="no image"):
        classifying.classify("ann", b"MZ")
    assert kept(database) == []


def test_a_model_without_vehicles_is_said(database: Database) -> None:
    class Workers(RedFinder):
        labels: tuple[str, ...] = ("pine", "worker")

        def detect(self, frames: Sequence[Frame]) -> list[Detections]:
            return [Detections.empty(self.labels) for _ in frames]

    inference = Inference(Workers, LocalBroker())
    classifying = Classifying(inference, database, LocalBroker(), Health("api"), lambda: 0.5)
    with running(inference), pytest.raises(UnavailableError, match="knows no vehicles"):
        classifying.classify("ann", CAR)
