"""Which vehicle a picture shows."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.classification import classify, vehicle_classes
from heatmap_gui.core.types import Detections

LABELS = ("person", "car", "bus", "truck")
Row = tuple[str, float, tuple[float, float, float, float]]


def found(*rows: Row) -> Detections:
    boxes = np.array([box for _, _, box in rows], np.float32).reshape(-1, 4)
    ids = np.array([LABELS.index(label) for label, _, _ in rows], np.int16)
    return Detections(boxes, np.array([score for _, score, _ in rows], np.float32), ids, LABELS)


WHOLE, ALMOST, SMALL = (0.0, 0.0, 100.0, 80.0), (5.0, 0.0, 100.0, 80.0), (80.0, 10.0, 100.0, 20.0)


def test_the_large_one_in_front_and_what_else_it_may_be() -> None:
    answer = classify(found(("truck", 0.6, WHOLE), ("bus", 0.35, ALMOST), ("car", 0.9, SMALL)), 0.5)
    assert answer.label == "truck" and answer.confidence == pytest.approx(0.6)
    assert answer.scores == {"car": 0.0, "bus": pytest.approx(0.35), "truck": pytest.approx(0.6)}
    assert answer.box is not None and answer.box.tolist() == list(WHOLE)


def test_people_and_weak_ones_are_no_answer() -> None:
    answer = classify(found(("person", 0.9, WHOLE), ("car", 0.3, SMALL)), 0.5)
    assert (answer.label, answer.confidence, answer.box) == (None, 0.0, None)
    assert answer.scores == {"car": 0.0, "bus": 0.0, "truck": 0.0}
    assert classify(found(), 0.5).label is None


def test_which_classes_are_vehicles() -> None:
    assert vehicle_classes(LABELS) == ("car", "bus", "truck")
    assert vehicle_classes(("pine", "worker", "object")) == ()
