"""Traffic from our own cameras: counts, turns, speeds, waits and headways at the lines of a site."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from heatmap_gui.api.parts import Parts, Range, StoreName, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.services import traffic_video as video
from heatmap_gui.services.traffic_video import Observed

router = APIRouter(prefix="/api/v1/traffic", tags=["traffic: cameras"], responses=saying(404, 409))
Label = Literal["car", "bus", "truck", "bike", "rickshaw", "vehicle"]


def _seen(parts: Parts, who: Viewer, store_name: StoreName, of: Range) -> Observed:
    """At most 25 hours."""
    return video.observe(parts.database, parts.catalog.site(store_name), of.start, of.end)


Seen = Annotated[Observed, Depends(_seen)]


class Counts(BaseModel):
    """vehicles: that were about, each once. Lines count as they are drawn now."""

    vehicles: int
    counts: list[video.Count]


class Turns(BaseModel):
    turns: list[video.TurnCount]


class SpeedsOfLines(BaseModel):
    lines: list[video.LineSpeeds]


class HeadwaysOfLines(BaseModel):
    lines: list[video.LineHeadways]


@router.get("/counts")
def traffic_counts(
    seen: Seen,
    who: Viewer,
    bucket_s: Annotated[float | None, Query(ge=1, le=90_000, description="Default: the whole time as one.")] = None,
) -> Counts:
    """Vehicles by line, direction and class, and how many that is an hour."""
    return Counts(vehicles=seen.vehicles, counts=video.counts(seen, bucket_s))


@router.get("/turns")
def traffic_turns(seen: Seen, who: Viewer) -> Turns:
    """From which arm into which: into the junction over one arm's line, out of it over another's."""
    return Turns(turns=video.turn_counts(seen))


@router.get("/speeds")
def traffic_speeds(seen: Seen, who: Viewer, vehicle_class: Label | None = None) -> SpeedsOfLines:
    """How fast vehicles were at each line, km/h, with what is uncertain about it."""
    return SpeedsOfLines(lines=video.line_speeds(seen, vehicle_class))


@router.get("/waits")
def traffic_waits(seen: Seen, who: Viewer) -> video.Waiting:
    """How long vehicles waited before each stop line, how many at once, and what idling took."""
    return video.waiting(seen)


@router.get("/headways")
def traffic_headways(seen: Seen, who: Viewer) -> HeadwaysOfLines:
    """Seconds from one vehicle to the next."""
    return HeadwaysOfLines(lines=video.line_headways(seen))


@router.get("/records")
def traffic_records(
    seen: Seen, who: Viewer, interval_s: Annotated[float, Query(ge=1, le=3600)] = 60
) -> list[video.MeasuredRecord]:
    """The junction in the words in which simulations tell of theirs, as `/api/v1/ingest/batch` takes them."""
    return video.measured_records(seen, interval_s)
