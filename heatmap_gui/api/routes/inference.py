"""What is in an image, and whom it shows where nobody may be."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from heatmap_gui.api.parts import Parts, store_for
from heatmap_gui.api.problems import saying
from heatmap_gui.api.uploads import BODY, LARGEST_BYTES, Inferrer, Picture
from heatmap_gui.core.image_bytes import MOST_BYTES
from heatmap_gui.core.roi_answers import InZone
from heatmap_gui.core.types import F8
from heatmap_gui.services.looking import Looked, look

router = APIRouter(tags=["inference"], max_body_size=2 * MOST_BYTES)
CameraId = Annotated[
    str | None,
    Query(pattern="^[A-Za-z0-9_-]+$", max_length=100, description="Whose picture it is: its forbidden zones count."),
]


class Box(BaseModel):
    """In pixels of the image as it was sent, upright."""

    left: float
    top: float
    right: float
    bottom: float


class ImageSize(BaseModel):
    """In pixels, upright."""

    width: int
    height: int


class Detection(BaseModel):
    """class: its name. class_id: its number in the model."""

    label: str = Field(serialization_alias="class")
    class_id: int
    confidence: float
    box: Box


class RoiAnswer(BaseModel):
    """Something in a forbidden zone. detection: which of `detections`, from 0. alert: whether its class alerts there
    now; reason: why it does not.
    """

    detection: int
    zone_id: str
    roi: str
    alert: bool
    reason: str | None


class InferAnswer(BaseModel):
    """detections: the surest first. rois: empty without a `camera_id`. alert: whether any of them alerts.
    inference_ms: from the whole image to its answer.
    """

    model: str
    device: str
    inference_ms: float
    image: ImageSize
    detections: list[Detection]
    camera_id: str | None
    rois: list[RoiAnswer]
    alert: bool


@router.post("/infer", max_body_size=LARGEST_BYTES, openapi_extra=BODY, responses=saying(400, 404, 409))
def infer(
    parts: Parts,
    who: Inferrer,
    picture: Picture,
    camera_id: CameraId = None,
    store_name: Annotated[
        str | None,
        Query(min_length=1, max_length=100, description="The camera's (default: STORE_ID, or the only)."),
    ] = None,
) -> InferAnswer:
    """People, vehicles, or what else the model knows, in an image."""
    site = None if camera_id is None else parts.catalog.site(store_for(parts, who, store_name))
    confidence = parts.catalog.settings.confidence
    looked = look(parts.inference, picture, confidence, time.time(), site=site, camera=camera_id or "")
    return _answer(looked, camera_id)


def box_of(edges: F8 | list[float]) -> Box:
    """Left, top, right, bottom."""
    left, top, right, bottom = (round(float(edge), 2) for edge in edges)
    return Box(left=left, top=top, right=right, bottom=bottom)


def _answer(looked: Looked, camera_id: str | None) -> InferAnswer:
    found, seen = looked.found, looked.found.detections
    rows = zip(seen.class_ids.tolist(), seen.scores.tolist(), seen.boxes.astype(float), strict=True)
    return InferAnswer(
        model=found.model,
        device=found.device,
        inference_ms=round(found.took_s * 1000, 3),
        image=ImageSize(width=found.size[0], height=found.size[1]),
        detections=[
            Detection(label=seen.labels[number], class_id=number, confidence=round(score, 4), box=box_of(box))
            for number, score, box in rows
        ],
        camera_id=camera_id,
        rois=[_roi(one) for one in looked.in_zones],
        alert=looked.alert,
    )


def _roi(one: InZone) -> RoiAnswer:
    return RoiAnswer(
        detection=one.detection,
        zone_id=one.zone.id,
        roi=one.zone.name,
        alert=one.spared is None,
        reason=one.spared,
    )
