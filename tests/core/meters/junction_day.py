"""The demo junction's lines, and what the meters make of true tracks laid beside what is true."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from heatmap_gui.core.meters import passages_of_vehicles, stop_lines
from heatmap_gui.core.meters.crossings import LineRegion
from heatmap_gui.core.meters.passages_of_vehicles import KMH, Passage, Turn
from heatmap_gui.core.meters.stop_lines import Wait
from heatmap_gui.core.meters.vehicle_tracks import VehicleTracks, vehicle_tracks
from heatmap_gui.core.types import I8, PERSON, Points
from heatmap_gui.vision.synthetic import junction, junction_truth
from heatmap_gui.vision.synthetic.junction_truth import TruePassage, TrueWait
from heatmap_gui.vision.synthetic.vehicles import Vehicle, vehicles

Seconds = dict[tuple[str, int], float]
"""By line and vehicle."""


def _line(name: str, arm: str, distance_m: float, low_m: float, high_m: float) -> LineRegion:
    a, b = (np.array(end) for end in junction.across(arm, distance_m, low_m, high_m))
    return LineRegion(name, a, b, "left")


ARM_LINES = [_line(arm, arm, junction.LINE_M, -junction.LANE_M, junction.LANE_M) for arm in junction.ARMS]
STOP_LINES = [_line(f"stop-{arm}", arm, junction.STOP_M, 0.0, junction.LANE_M) for arm in junction.ARMS]
ARM_OF = {line.id: line.id.removeprefix("stop-") for line in ARM_LINES + STOP_LINES}


@dataclass(frozen=True, eq=False)
class Measured:
    """What the meters say of some rows."""

    tracks: VehicleTracks
    passages: list[Passage]
    turns: list[Turn]
    waits: list[Wait]

    @property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """By line, direction and class."""
        return Counter((p.line_id, p.direction, p.label) for p in self.passages)

    @property
    def turn_counts(self) -> Counter[tuple[str, str, str]]:
        return Counter((t.origin, t.destination, t.label) for t in self.turns)


@dataclass(frozen=True, eq=False)
class TrueFacts:
    """What is true of so many seconds."""

    everybody: tuple[Vehicle, ...]
    passages: list[TruePassage]
    waits: list[TrueWait]

    @property
    def counts(self) -> Counter[tuple[str, str, str]]:
        return Counter((p.line, p.direction, p.kind) for p in self.passages)

    @property
    def turn_counts(self) -> Counter[tuple[str, str, str]]:
        """Of those who went in and out again."""
        went = Counter(p.vehicle for p in self.passages if not p.line.startswith("stop"))
        return Counter(
            (v.route.origin, v.route.destination, v.kind.name) for v in self.everybody if went[v.id] == 2
        )  # fmt: skip


def measure(runs: Iterable[tuple[int, Points]]) -> Measured:
    tracks = vehicle_tracks(runs)
    found = passages_of_vehicles.passages(tracks, ARM_LINES + STOP_LINES)
    turned = passages_of_vehicles.turns(found, ARM_OF)
    return Measured(tracks, found, turned, stop_lines.waits(tracks, STOP_LINES))


@lru_cache(maxsize=2)
def truth(duration_s: float, seed: int = 1) -> TrueFacts:
    everybody = vehicles(seed, duration_s)
    found = junction_truth.passages(everybody, duration_s)
    return TrueFacts(everybody, found, junction_truth.waits(everybody, duration_s))


def pairs(measured: Sequence[Passage], true: Sequence[TruePassage]) -> list[tuple[Passage, TruePassage]]:
    """The same vehicle at the same line in both: by the order in which they went, which no lane changes."""
    ours: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    theirs: dict[tuple[str, str], list[TruePassage]] = defaultdict(list)
    for passage in measured:
        ours[passage.line_id, passage.direction].append(passage)
    for fact in true:
        theirs[fact.line, fact.direction].append(fact)
    assert {key: len(own) for key, own in ours.items()} == {key: len(own) for key, own in theirs.items()}
    return [pair for key, own in ours.items() for pair in zip(own, theirs[key], strict=True)]


def waited(of: Iterable[Wait] | Iterable[TrueWait]) -> dict[str, float]:
    """Seconds of all, by line."""
    seconds: dict[str, float] = defaultdict(float)
    for wait in of:
        if isinstance(wait, Wait):
            seconds[wait.line_id] += wait.end - wait.begin
        else:
            seconds[wait.line] += wait.end_s - wait.begin_s
    return dict(seconds)


def waits_by_vehicle(measured: Measured, true: TrueFacts) -> tuple[Seconds, Seconds]:
    """Seconds that each waited, by what tells vehicles of one stop line apart in both: when they went over it."""
    number = {
        (ours.line_id, ours.vehicle): (theirs.line, theirs.vehicle)
        for ours, theirs in pairs(measured.passages, true.passages)
        if ours.line_id.startswith("stop")
    }
    ours, theirs = defaultdict[tuple[str, int], float](float), defaultdict[tuple[str, int], float](float)
    for wait in measured.waits:
        if (wait.line_id, wait.vehicle) in number:  # the others still stand when time is over
            ours[number[wait.line_id, wait.vehicle]] += wait.end - wait.begin
    crossed = set(number.values())
    for fact in true.waits:
        if (fact.line, fact.vehicle) in crossed:
            theirs[fact.line, fact.vehicle] += fact.end_s - fact.begin_s
    return dict(ours), dict(theirs)


def differences(measured: Measured, true: TrueFacts) -> tuple[float, float]:
    """The largest of crossing times (s) and of speeds (km/h)."""
    both = pairs(measured.passages, true.passages)
    times = [abs(p.at - t.at_s) for p, t in both]
    speeds = [abs((p.speed_kmh or 0.0) - t.speed * KMH) for p, t in both]
    return max(times), max(speeds)


def with_ids(points: Points, track_id: I8) -> Points:
    return replace(points, track_id=track_id)


def as_people(points: Points) -> Points:
    return replace(points, class_id=np.zeros(len(points), np.int16), labels=(PERSON,))
