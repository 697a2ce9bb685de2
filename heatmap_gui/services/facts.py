"""Facts on their way from a live run to SQL: the device's thread adds them, whoever writes them takes them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.site import Site
from heatmap_gui.core.types import Bucket
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


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What a stretch found since the last batch. found: for the payload."""

    stretch: Stretch
    buckets: Sequence[Bucket]
    found: Sequence[Found]


class Collected:
    """The Facts (see `live`) of one site. Batches that could not be written are given back, and come first again."""

    def __init__(self, site: Site, confidence: float) -> None:
        self.site, self._confidence = site, confidence
        self.cameras: set[str] = set()
        self._lock = threading.Lock()
        self._payload: Payload | None = None
        self._stretches: list[tuple[Stretch, list[Bucket], list[Found]]] = []
        self._waiting = 0

    def begin(self, pipeline: Pipeline) -> None:
        floors = pipeline.floors
        projections = {c: p for f in floors.values() for c, p in zip(f.cameras, f.projections, strict=True)}
        cameras = {name: list(floor.cameras) for name, floor in floors.items()}
        about = {"labels": list(pipeline.labels), "cameras": cameras}
        with self._lock:
            self.cameras |= projections.keys()
            self._payload = Payload(self.site, projections, self._confidence)
            stretch = Stretch(about, {name: floor.grid for name, floor in floors.items()})
            self._stretches.append((stretch, [], []))

    def add(self, bucket: Bucket) -> None:
        with self._lock:
            if self._payload is None:
                raise ValueError("begin comes first")
            for boxes in bucket.boxes:
                self._payload.add(boxes)
            _, buckets, found = self._stretches[-1]
            buckets.append(bucket)
            found += self._payload.take()
            self._waiting += 1

    def room(self) -> bool:
        return self._waiting < _MOST_BUCKETS

    def take(self) -> list[Batch]:
        """All that was found since the last call, at most one batch a stretch."""
        with self._lock:
            taken = [Batch(stretch, buckets, found) for stretch, buckets, found in self._stretches if buckets]
            self._stretches = [(stretch, [], []) for stretch, _, _ in self._stretches[-1:]]
            self._waiting = 0
        return taken

    def give_back(self, batches: Sequence[Batch]) -> None:
        """They could not be written: they come with the next ones."""
        with self._lock:
            for batch in reversed(batches):
                known = next((one for one in self._stretches if one[0] is batch.stretch), None)
                if known is None:
                    self._stretches.insert(0, (batch.stretch, list(batch.buckets), list(batch.found)))
                else:
                    known[1][:0], known[2][:0] = batch.buckets, batch.found
                self._waiting += len(batch.buckets)


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
        history.write(transaction, run_id, stretch.parts, batch.buckets)

    def committed() -> None:
        for batch in batches:
            batch.stretch.run_id = ids.get(id(batch.stretch), batch.stretch.run_id)
            batch.stretch.parts += 1

    return committed
