"""Which records of intersections a question is about, as routes take it by annotation."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query
from pydantic import Field

from heatmap_gui.api.parts import checked_range, unix
from heatmap_gui.api.times import Instant
from heatmap_gui.store.traffic_reading import Chosen

NAME = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$"
_MOST = 50
_Name = Annotated[str, Field(pattern=NAME)]
SimulationPath = Annotated[str, Path(pattern=NAME)]
Simulation = Annotated[str | None, Query(pattern=NAME, description="Default: the one that was added to last.")]
Simulations = Annotated[list[_Name] | None, Query(max_length=_MOST)]
Bucket = Annotated[
    float | None,
    Query(
        ge=0.1, le=31_622_400, allow_inf_nan=False, description="Seconds a point stands for; default: about 200 points."
    ),
]
Confidence = Annotated[float, Query(gt=0, lt=1, description="Of intervals.")]


def _chosen(
    intersection_id: Annotated[list[_Name] | None, Query(max_length=_MOST, description="Default: all.")] = None,
    direction: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{1,32}$", description="Default: all.")] = None,
    start: Annotated[Instant | None, Query(alias="from", description="ISO 8601 with an offset.")] = None,
    end: Annotated[Instant | None, Query(alias="to", description="Not part of it any more.")] = None,
) -> Chosen:
    since = None if start is None else unix("from", start)
    until = None if end is None else unix("to", end)
    if since is not None and until is not None:
        checked_range(since, until)
    return Chosen((), tuple(intersection_id or ()), direction, since, until)


Of = Annotated[Chosen, Depends(_chosen)]
"""Of any simulation."""


def _chosen_of(
    of: Of, simulation_id: Annotated[list[_Name] | None, Query(max_length=_MOST, description="Default: all.")] = None
) -> Chosen:
    return Chosen(tuple(simulation_id or ()), of.intersection_ids, of.direction, of.start, of.end)


Choice = Annotated[Chosen, Depends(_chosen_of)]
