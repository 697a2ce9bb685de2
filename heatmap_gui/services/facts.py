"""Facts on their way from a live run to SQL: the device's thread adds them, whoever writes them takes them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import Bucket, Points
from heatmap_gui.services.payload import Found, Payload
from heatmap_gui.store import history, sites
from heatmap_gui.store.database import Transaction

_MOST_BUCKETS = 1_000  # beyond it the pipeline keeps its facts, where they add up


@dataclass(slots=True, eq=False)
class Stretch:
    """The facts of one pipeline, which are one run of the history once they are written."""

    about: Mapping[str, Any]
    grids: Mapping[str, Grid]
    run_id: int | None = None
    parts: int = 0


@dataclass(slots=True, eq=False)
class Batch:
    """What a stretch found since the last batch. events: buckets of visits and crossings alone, which do not wait for
    the others, as rows of tracks and tiles are the smaller in number the more time each holds. found: for the payload.
    """

    stretch: Stretch
    events: list[Bucket] = field(default_factory=list)
    buckets: list[Bucket] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


class Collected:
    """The Facts (see `live`) of one site. confidence: of what goes into the payload; None: nobody wants one.

    cameras: that delivered.
    """

    def __init__(self, site: Site, confidence: float | None = None) -> None:
        self.cameras: frozenset[str] = frozenset()
        self._site, self._confidence = site, confidence
        self._lock = threading.Lock()
        self._payload: Payload | None = None
        self._batches: list[Batch] = []
        self._waiting = 0

    def begin(self, pipeline: Pipeline) -> None:
        floors = pipeline.floors
        projections = {c: p for f in floors.values() for c, p in zip(f.cameras, f.projections, strict=True)}
        cameras = {name: list(floor.cameras) for name, floor in floors.items()}
        about = {"labels": list(pipeline.labels), "cameras": cameras}
        with self._lock:
            self.cameras |= projections.keys()
            if self._confidence is not None:
                self._payload = Payload(self._site, projections, self._confidence)
            self._batches.append(Batch(Stretch(about, {name: floor.grid for name, floor in floors.items()})))

    def add(self, bucket: Bucket) -> None:
        with self._lock:
            batch = self._batches[-1]
            if self._payload is not None:
                for boxes in bucket.boxes:
                    self._payload.add(boxes)
                batch.found += self._payload.take()
            if bucket.visits or bucket.crossings:
                batch.events.append(_without_rows(bucket))
            batch.buckets.append(replace(bucket, visits=(), crossings=(), boxes=()))
            self._waiting += 1

    def room(self) -> bool:
        return self._waiting < _MOST_BUCKETS

    def take(self, *, events_only: bool = False) -> list[Batch]:
        """What was found since the last call, at most one batch a stretch."""
        with self._lock:
            if events_only:
                taken = [Batch(batch.stretch, batch.events) for batch in self._batches if batch.events]
                for batch in self._batches:
                    batch.events = []
                return taken
            taken = [batch for batch in self._batches if batch.events or batch.buckets]
            self._batches = [Batch(batch.stretch) for batch in self._batches[-1:]]
            self._waiting = 0
        return taken


def _without_rows(bucket: Bucket) -> Bucket:
    return replace(bucket, points=Points.empty(bucket.points.labels), boxes=(), tiles=(), exposed_s={})


def write(
    transaction: Transaction, batches: Sequence[Batch], site: Site, job_id: str | None, now: float
) -> Callable[[], None]:
    """Adds batches to the history -> what is to be called once the transaction is committed."""
    ids: dict[int, int] = {}
    for batch in batches:
        stretch = batch.stretch
        run_id = stretch.run_id
        if run_id is None:
            sites.remember(transaction, site.hash, site.name, site.document, now)
            run_id = history.start_run(transaction, site.name, job_id, site.hash, now, stretch.about, stretch.grids)
            ids[id(stretch)] = run_id
        history.write(transaction, run_id, stretch.parts, [*batch.events, *batch.buckets])
    return partial(written, batches, ids)


def written(batches: Sequence[Batch], ids: Mapping[int, int]) -> None:
    """Notes that batches are in the history. ids: of the runs that began with them, as far as they are known."""
    for batch in batches:
        batch.stretch.run_id = ids.get(id(batch.stretch), batch.stretch.run_id)
        batch.stretch.parts += bool(batch.buckets)
