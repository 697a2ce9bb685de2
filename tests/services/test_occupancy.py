"""How many are in a zone now: on the plan by where they stand, on a picture by their boxes."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.site import Camera, Floor, Site, Zone
from heatmap_gui.services.board import Person, Shown
from heatmap_gui.services.occupancy import people_in_zones

SQUARE = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]])
FLOOR = Floor(None, 200, 200, metres_per_pixel=0.1)


def person(x: float, y: float, label: str = "person") -> Person:
    return Person(1, label, (x, y), 0.0, frozenset(), np.zeros((0, 2)))


def counts(*zones: Zone, people: tuple[Person, ...] = (), shown: Shown | None = None) -> dict[str, int]:
    site = Site("s", FLOOR, (Camera("1", "One", "", 1, frame_size=(200, 200)),), zones)
    return people_in_zones(site, people, {} if shown is None else {"1": shown})


def test_people_are_counted_in_metres() -> None:
    zone = Zone("z", "Z", "general", SQUARE)
    assert counts(zone, people=(person(5, 5), person(9.9, 0.1), person(11, 5))) == {"z": 2}
    assert counts(zone) == {"z": 0}


def test_only_the_classes_that_a_zone_is_for() -> None:
    zone = Zone("z", "Z", "general", SQUARE, allowed_classes=("car",))
    assert counts(zone, people=(person(5, 5), person(6, 6, "car"))) == {"z": 1}


def test_a_zone_on_a_picture_counts_feet_or_centres_whatever_the_frames_size() -> None:
    boxes = np.array([[20.0, 20.0, 60.0, 180.0]])  # feet at y = 180 of 400: 90 of 200
    shown = Shown("1", 0.0, (400, 400), None, boxes, np.array([1]), np.array([True]), ("person",))
    low = SQUARE * [1, 0.1] + [0, 85]  # 85 to 95
    assert counts(Zone("z", "Z", "general", low, on="1"), shown=shown) == {"z": 1}
    assert counts(Zone("z", "Z", "general", low, on="1", anchor="centre"), shown=shown) == {"z": 0}
    assert counts(Zone("z", "Z", "general", low, on="1")) == {}, "no picture, no count"
