"""What a job measures, on its way to SQL: a part at each checkpoint, and what no part covers is missing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from heatmap_gui.core.site import Site
from heatmap_gui.services import facts
from heatmap_gui.services.facts import Batch, Collected
from heatmap_gui.services.jobs import Claim
from heatmap_gui.services.payload import Found
from heatmap_gui.services.watched_store import lease_name
from heatmap_gui.store import jobs, leases
from heatmap_gui.store.database import Transaction

_GAP_S = 2.0  # a shorter one is not missing: it is how long a start takes
_LEAST_S = 1e-3


@dataclass(frozen=True, slots=True)
class Part:
    """What lies between two checkpoints (Unix times). cameras: that delivered; exposed_s: of each."""

    started: float
    ended: float
    found: Sequence[Found]
    cameras: Sequence[str]
    exposed_s: Mapping[str, float]

    def pack(self) -> bytes:
        kept = {"found": self.found, "cameras": list(self.cameras), "exposed_s": dict(self.exposed_s)}
        return zlib.compress(json.dumps(kept, separators=(",", ":")).encode(), 1)

    @classmethod
    def unpack(cls, started: float, ended: float, content: bytes) -> Part:
        kept = json.loads(zlib.decompress(content))
        found = [(at, detection) for at, detection in kept["found"]]
        return cls(started, ended, found, kept["cameras"], kept["exposed_s"])


def missing(parts: Sequence[Part], due: float, ends: float) -> list[tuple[float, float]]:
    """The times between `due` and `ends` that no part covers, but for what is too short to count."""
    gaps, until = [], due
    for part in sorted(parts, key=lambda one: one.started):
        gaps.append((until, part.started))
        until = max(until, part.ended)
    return [(a, b) for a, b in [*gaps, (until, ends)] if b - a > _GAP_S]


def exposed(parts: Sequence[Part]) -> dict[str, float]:
    """Seconds that each camera delivered in all of them."""
    cameras = dict.fromkeys(camera for part in parts for camera in part.exposed_s)
    return {camera: sum(part.exposed_s.get(camera, 0.0) for part in parts) for camera in cameras}


class Recording:
    """Writes parts of a claimed job. Each is in SQL once, also where only the answer of the database was lost.

    since: what was found from then on is not written yet (Unix time).
    """

    def __init__(self, claim: Claim, site: Site, collected: Collected, started: float) -> None:
        self._claim, self._site, self._collected = claim, site, collected
        self.since = started
        self._unsure: tuple[Sequence[Batch], Part] | None = None

    def save(self, now: float) -> None:
        """A checkpoint; one that failed before is made first, as it was. Raises UnavailableError and LostError."""
        if self._unsure is not None:
            self._write(*self._unsure)
        self._unsure = self._next(now)
        self._write(*self._unsure)

    def _next(self, now: float) -> tuple[Sequence[Batch], Part]:
        batches = self._collected.take()
        ended = max(min(now, self._claim.job.ends), self.since + _LEAST_S)  # the clock may have been set back
        exposed_s: dict[str, float] = {}
        for bucket in (bucket for batch in batches for bucket in batch.buckets):
            for camera, seconds in bucket.exposed_s.items():
                exposed_s[camera] = exposed_s.get(camera, 0.0) + seconds
        found = [one for batch in batches for one in batch.found]
        return batches, Part(self.since, ended, found, sorted(self._collected.cameras), exposed_s)

    def _write(self, batches: Sequence[Batch], part: Part) -> None:
        committed: list[Callable[[], None]] = []
        self._claim.checkpoint(lambda transaction: committed.append(self._keep(transaction, batches, part)))
        committed[-1]()
        self.since, self._unsure = part.ended, None

    def _keep(self, transaction: Transaction, batches: Sequence[Batch], part: Part) -> Callable[[], None]:
        job = self._claim.job
        there = jobs.has_part(transaction, job, part.started)
        if not there:
            jobs.add_part(transaction, job, part.started, part.ended, part.pack())
        if there or leases.holder(transaction, lease_name(job.store_name), part.ended) is not None:
            return partial(facts.written, batches, {})  # who watches a store writes its history
        return facts.write(transaction, batches, self._site, job.id, part.ended)
