"""Which cameras saw whom, and how often somebody would have been counted twice: a person is one track of the floor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.store.database import Database
from heatmap_gui.store.sightings import Sighting, sightings

LONGEST_S = 86_400.0 + 3_600.0  # a day, also one on which clocks go back


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """person: a track, which is a number without a name. cameras: that saw him, by id, each for how long (s)."""

    person: str
    cameras: dict[str, float]
    seen_s: float


@dataclass(frozen=True, slots=True)
class Identity:
    """people: on the plan. by_camera: whom each camera saw; added up they are `counted_by_camera`, which is
    `double_counts_removed` more than there were. The same for person-seconds. by_number_of_cameras: people by how many
    cameras saw them.
    """

    people: int
    by_camera: dict[str, int]
    by_number_of_cameras: dict[str, int]
    counted_by_camera: int
    double_counts_removed: int
    person_seconds: float
    person_seconds_by_camera: dict[str, float]
    double_person_seconds_removed: float


def identity(database: Database, site: Site, start: float, end: float) -> tuple[Identity, list[SeenPerson]]:
    """Of a range of at most a day; and everybody, the one seen longest first."""
    found = sightings(database, site.name, PLAN, start, end)
    by_camera = Counter(camera for one in found for camera in one.seen_s)
    seconds: Counter[str] = Counter()
    for one in found:
        seconds.update(one.seen_s)
    together = sum(one.together_s for one in found)
    numbers = Counter(str(len(one.seen_s)) for one in found)
    summed = Identity(
        len(found),
        dict(sorted(by_camera.items())),
        dict(sorted(numbers.items())),
        by_camera.total(),
        by_camera.total() - len(found),
        round(together, 3),
        {camera: round(seen_s, 3) for camera, seen_s in sorted(seconds.items())},
        round(seconds.total() - together, 3),
    )
    return summed, [_person(one) for one in sorted(found, key=lambda one: (-one.together_s, one.run_id, one.track_id))]


def _person(one: Sighting) -> SeenPerson:
    seen = {camera: round(seconds, 3) for camera, seconds in sorted(one.seen_s.items())}
    return SeenPerson(f"{one.run_id}-{one.track_id}", seen, round(one.together_s, 3))
