"""Other zones and lines over what is stored, and minutes that people count to see how well lines do."""

from __future__ import annotations

import time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from heatmap_gui.api.parts import Operator, Parts, Range, StoreName, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.api.routes.cameras import Name
from heatmap_gui.core.document import Node
from heatmap_gui.core.site import PLAN, Line, Zone, ZoneType
from heatmap_gui.core.site_zones import read_lines, read_zones
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.services import hand_counts
from heatmap_gui.services.hand_counts import LineAgreement
from heatmap_gui.services.what_if import WhatIf, what_if
from heatmap_gui.store.retail import HandCount

router = APIRouter(prefix="/api/analytics", tags=["retail"])
_MOST_PX = 100_000.0
Id = Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$", max_length=100)]
Px = Annotated[float, Field(ge=-_MOST_PX, le=_MOST_PX, allow_inf_nan=False)]
Point = tuple[Px, Px]
Count = Annotated[int, Field(ge=0, le=100_000, strict=True)]


class OtherZone(BaseModel):
    """on: `plan`, or a calibrated camera, in px of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: Name = "Zone"
    type: ZoneType = "general"
    polygon: list[Point] = Field(min_length=3, max_length=1000)
    on: Id = PLAN


class OtherLine(BaseModel):
    """in_side: which hand of a walk from a to b is "in"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    name: Name = "Line"
    a: Point
    b: Point
    in_side: Literal["left", "right"] = "left"
    on: Id = PLAN


class OtherShapes(BaseModel):
    """zones, lines: in place of those of the site. days: so many whole days before today, and today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(default=30, ge=1, le=31, strict=True)
    zones: list[OtherZone] = Field(default=[], max_length=20)
    lines: list[OtherLine] = Field(default=[], max_length=20)


class NewCounts(BaseModel):
    """seed: another one chooses other minutes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line_id: Id
    minutes: int = Field(default=30, ge=1, le=hand_counts.MOST_MINUTES, strict=True)
    seed: int = Field(default=1, ge=0, lt=2**32, strict=True)


class Counted(BaseModel):
    """What a person saw in that minute."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inwards: Count
    outwards: Count


@router.post("/what-if", responses=saying(404, 409))
def other_shapes(parts: Parts, who: Viewer, store_name: StoreName, body: OtherShapes) -> WhatIf:
    """What these zones and lines would have counted of the stored tracks."""
    site, now = parts.catalog.site(store_name), time.time()
    root = Node(body.model_dump(mode="json"), "", "what-if")
    places = {PLAN, *(camera.id for camera in site.cameras)}
    drawn: list[Zone | Line] = [*read_zones(root, places), *read_lines(root, places)]
    start = midnight(now, ZoneInfo(site.timezone), -body.days)
    return what_if(parts.database, site, drawn, start, now, now)


@router.get("/counts", responses=saying(404, 409))
def list_counts(parts: Parts, who: Viewer, store_name: StoreName) -> list[HandCount]:
    """Minutes that somebody is to count, or has counted, by line."""
    return hand_counts.listed(parts.database, store_name)


@router.post("/counts", status_code=201, responses=saying(404, 409))
def choose_minutes(
    parts: Parts, who: Operator, store_name: StoreName, asked: Range, body: NewCounts
) -> list[HandCount]:
    """Minutes of a range at random, of those in which cameras were watching: count them, and say what you saw."""
    site = parts.catalog.site(store_name)
    found = hand_counts.choose(parts.database, site, body.line_id, asked.start, asked.end, body.minutes, body.seed)
    parts.audit(who, "minutes to count", f"{store_name}/{body.line_id}", f"{body.minutes} minutes, seed {body.seed}")
    return found


@router.put("/counts/{count_id}", status_code=204, responses=saying(404, 409))
def note_count(
    parts: Parts,
    who: Operator,
    store_name: StoreName,
    count_id: Annotated[int, Path(ge=1, lt=2**53)],
    body: Counted,
) -> Response:
    """What a person counted in that minute."""
    hand_counts.note(parts.database, store_name, count_id, body.inwards, body.outwards, who.name)
    parts.audit(who, "minute counted", f"{store_name}/{count_id}", f"{body.inwards} in, {body.outwards} out")
    return Response(status_code=204)


@router.get("/accuracy", responses=saying(404, 409))
def accuracy(parts: Parts, who: Viewer, store_name: StoreName) -> list[LineAgreement]:
    """How well each line counts, as far as somebody counted by hand."""
    return hand_counts.agreements(parts.database, store_name)
