"""The meters are what the protocol says."""

from __future__ import annotations

import pytest

from heatmap_gui.core.meters.crossings import CrossingMeter
from heatmap_gui.core.meters.visits import VisitMeter
from heatmap_gui.core.protocols import Meter
from heatmap_gui.core.types import Points

METERS: dict[str, Meter] = {"visits": VisitMeter([]), "crossings": CrossingMeter([])}


@pytest.mark.parametrize("name", METERS)
def test_a_meter_without_anything_drawn_has_nothing_to_say(name: str) -> None:
    meter = METERS[name]
    meter.add(Points.empty())
    meter.end([1])
    assert isinstance(meter, Meter)
    assert list(meter.take()) == []
