"""Which vehicle a picture shows: the detector is asked once for each picture, then the cache answers. The history keeps
who asked when for what, never the picture.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heatmap_gui.core.classification import classify, vehicle_classes
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.image_bytes import read_header
from heatmap_gui.core.protocols import Broker
from heatmap_gui.services.health import Health
from heatmap_gui.services.inference import METADATA_S, Inference
from heatmap_gui.store import classifications
from heatmap_gui.store.classifications import Classified
from heatmap_gui.store.database import Database

ENDPOINT = "/api/vehicle/classify"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """label: None where no vehicle is in it. box: left, top, right, bottom in px of the picture; size: its width,
    height in px. cached: the same picture had been seen before. took_ms: from the question to the answer.
    """

    label: str | None
    confidence: float
    scores: dict[str, float]
    box: list[float] | None
    size: list[int]
    model: str
    sha256: str
    cached: bool
    took_ms: float


class Classifying:
    """confidence: weaker ones are no vehicle. clock: Unix time."""

    def __init__(
        self,
        inference: Inference,
        database: Database,
        broker: Broker,
        health: Health,
        confidence: Callable[[], float],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._inference, self._database, self._broker, self._health = inference, database, broker, health
        self._confidence, self._clock = confidence, clock

    def classify(self, who: str, content: bytes) -> Verdict:
        """Raises InputError on what is no picture, UnavailableError where no model knows vehicles, TryLaterError."""
        begin = time.perf_counter()
        read_header(content)
        sha256, confidence = hashlib.sha256(content).hexdigest(), self._confidence()
        known = self._known(sha256, confidence)
        said = self._asked(content, sha256, confidence) if known is None else known
        took_ms = round((time.perf_counter() - begin) * 1000, 3)
        verdict = Verdict(**said, sha256=sha256, cached=known is not None, took_ms=took_ms)
        self._keep(who, len(content), verdict)
        return verdict

    def _known(self, sha256: str, confidence: float) -> dict[str, Any] | None:
        model = self._inference.model()
        kept = self._broker.cached(_key(str(model["name"]), confidence, sha256)) if model else None
        self._health.add("vehicle_api_cache_misses_total" if kept is None else "vehicle_api_cache_hits_total")
        return None if kept is None else json.loads(kept)

    def _asked(self, content: bytes, sha256: str, confidence: float) -> dict[str, Any]:
        found = self._inference.look(content)
        if not vehicle_classes(found.detections.labels):
            raise UnavailableError(
                f"the model {found.model} knows no vehicles: fetch one that does (heatmap models fetch yolox_nano), "
                "and name it in `model`"
            )
        answer = classify(found.detections, confidence)
        said = {
            "label": answer.label,
            "confidence": round(answer.confidence, 4),
            "scores": {label: round(score, 4) for label, score in answer.scores.items()},
            "box": None if answer.box is None else [round(edge, 2) for edge in answer.box.tolist()],
            "size": list(found.size),
            "model": found.model,
        }
        self._broker.cache(_key(found.model, confidence, sha256), json.dumps(said), METADATA_S)
        return said

    def _keep(self, who: str, size_bytes: int, verdict: Verdict) -> None:
        width, height = verdict.size
        row = Classified(
            id=0,
            at=self._clock(),
            who=who,
            sha256=verdict.sha256,
            bytes=size_bytes,
            width=width,
            height=height,
            label=verdict.label,
            confidence=verdict.confidence,
            model=verdict.model,
            cached=verdict.cached,
            took_s=verdict.took_ms / 1000,
        )
        with self._database.write() as connection:
            classifications.add(connection, row)
        self._health.observe("vehicle_api_classification_latency_ms", verdict.took_ms)
        _log.info(
            "Classification successful",
            extra={"user": who, "endpoint": ENDPOINT, "duration_ms": verdict.took_ms},
        )


def _key(model: str, confidence: float, sha256: str) -> str:
    return f"classification:{model}:{confidence:g}:{sha256}"
