"""Which vehicle an image shows; what was answered before, and how often."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from heatmap_gui.api.paging import Page, Paging, page
from heatmap_gui.api.parts import Parts, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.api.routes.inference import Box, ImageSize, box_of
from heatmap_gui.api.uploads import BODY, LARGEST_BYTES, Inferrer, Picture
from heatmap_gui.core.image_bytes import MOST_BYTES
from heatmap_gui.services import classification_history
from heatmap_gui.services.classification_history import Statistics
from heatmap_gui.services.classifying import ENDPOINT, Verdict
from heatmap_gui.store.classifications import Classified

router = APIRouter(tags=["inference"], max_body_size=2 * MOST_BYTES)


class ClassifyAnswer(BaseModel):
    """vehicle_class: null where no vehicle is in it. scores: of each class of vehicle that the model knows, the best of
    a box that covers the same thing. cached: the same image was answered within a day.
    """

    vehicle_class: str | None
    confidence: float
    scores: dict[str, float]
    box: Box | None
    image: ImageSize
    image_sha256: str
    model: str
    cached: bool
    duration_ms: float


class PastClassification(BaseModel):
    """user: who asked. The image itself is not kept."""

    id: int
    created_at: datetime
    user: str
    image_sha256: str
    image_bytes: int
    image: ImageSize
    vehicle_class: str | None
    confidence: float
    model: str
    cached: bool
    duration_ms: float


class ClassTotal(BaseModel):
    """vehicle_class: null: images without a vehicle. confidence: their mean."""

    vehicle_class: str | None
    count: int
    confidence: float


class ClassificationStatistics(BaseModel):
    """Of who asks; of everybody for an administrator. average_confidence: of those that show a vehicle.
    database_bytes: null for who is no administrator.
    """

    total_classifications: int
    by_class: list[ClassTotal]
    cache_hits: int
    average_confidence: float
    average_duration_ms: float
    first_at: datetime | None
    last_at: datetime | None
    database_bytes: int | None


@router.post(ENDPOINT, max_body_size=LARGEST_BYTES, openapi_extra=BODY, responses=saying(400))
def classify(parts: Parts, who: Inferrer, picture: Picture) -> ClassifyAnswer:
    """The vehicle that an image is of."""
    return _answer(parts.classifying.classify(who.name, picture))


@router.get("/api/v1/classifications", responses=saying(403, 404))
def list_classifications(
    parts: Parts,
    who: Viewer,
    paging: Paging,
    user: Annotated[
        str | None,
        Query(
            min_length=1, max_length=100, pattern=r"^[^\x00]*$", description="Whose (others': administrators alone)."
        ),
    ] = None,
) -> Page[PastClassification]:
    """The latest first: one's own, or everybody's for an administrator."""
    key = paging.key(int)
    before = None if key is None else int(key[0])
    found = classification_history.read(parts.database, parts.audit, who, user, limit=paging.limit + 1, before=before)
    return page(found, paging, lambda one: (one.id,), _past)


@router.get("/api/v1/statistics")
def statistics(parts: Parts, who: Viewer) -> ClassificationStatistics:
    """How many images were classified as what, how surely and how fast."""
    return _statistics(classification_history.statistics(parts.database, who))


def _answer(verdict: Verdict) -> ClassifyAnswer:
    return ClassifyAnswer(
        vehicle_class=verdict.label,
        confidence=verdict.confidence,
        scores=verdict.scores,
        box=None if verdict.box is None else box_of(verdict.box),
        image=ImageSize(width=verdict.size[0], height=verdict.size[1]),
        image_sha256=verdict.sha256,
        model=verdict.model,
        cached=verdict.cached,
        duration_ms=verdict.took_ms,
    )


def _past(one: Classified) -> PastClassification:
    return PastClassification(
        id=one.id,
        created_at=datetime.fromtimestamp(one.at, UTC),
        user=one.who,
        image_sha256=one.sha256,
        image_bytes=one.bytes,
        image=ImageSize(width=one.width, height=one.height),
        vehicle_class=one.label,
        confidence=one.confidence,
        model=one.model,
        cached=one.cached,
        duration_ms=round(one.took_s * 1000, 3),
    )


def _statistics(found: Statistics) -> ClassificationStatistics:
    extent = found.extent
    return ClassificationStatistics(
        total_classifications=found.count,
        by_class=[
            ClassTotal(vehicle_class=one.label, count=one.images, confidence=round(one.confidence, 4))
            for one in found.totals
        ],
        cache_hits=extent.cached,
        average_confidence=round(found.confidence, 4),
        average_duration_ms=round(extent.took_s * 1000, 3),
        first_at=None if extent.first_at is None else datetime.fromtimestamp(extent.first_at, UTC),
        last_at=None if extent.last_at is None else datetime.fromtimestamp(extent.last_at, UTC),
        database_bytes=found.database_bytes,
    )
