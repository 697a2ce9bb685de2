"""What was measured: heat maps of any range, and tracks as files."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from heatmap_gui.api.parts import Parts, Range, StoreName, TimeRange, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.core.errors import ConflictError
from heatmap_gui.core.heat_values import Kind, Scale
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.site import PLAN
from heatmap_gui.services import heat_files
from heatmap_gui.services.heat_picture import HeatPicture
from heatmap_gui.services.heat_query import Range as Pieces
from heatmap_gui.services.heat_query import floors_of
from heatmap_gui.services.track_files import Form, floor_named, track_file

router = APIRouter(prefix="/api/v1", tags=["history"])
_MOST_DAYS = 31
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
Floor = Annotated[
    str,
    Query(
        alias="camera", min_length=1, max_length=100, pattern="^[A-Za-z0-9_:-]+$",
        description="plan; plan:CAMERA for what one camera saw of it; or a camera that is not calibrated.",
    ),
]  # fmt: skip


class FloorSummary(BaseModel):
    """camera: as the other routes here take it. name: of the camera, empty for the whole plan."""

    camera: str
    name: str


class HeatAnswer(BaseModel):
    """values: a row of the floor after the other from the top, null where nobody looked or nobody may walk.
    cell: of the floor in `floor_unit`; origin: of the first cell's corner. exposed_s: how long each cell was seen.
    """

    store_name: str
    camera: str
    start: datetime = Field(serialization_alias="from")
    end: datetime = Field(serialization_alias="to")
    kind: Kind
    unit: str
    floor_unit: Literal["m", "px"]
    cell: float
    origin: tuple[float, float]
    rows: int
    columns: int
    person_seconds: float
    classes: list[str]
    values: list[list[float | None]]
    exposed_s: list[list[float]]


@router.get("/heatmap/floors", responses=saying(404, 409))
def floors(parts: Parts, who: Viewer, store_name: StoreName) -> list[FloorSummary]:
    """What there are heat maps of."""
    return [FloorSummary(camera=key, name=name) for key, name in floors_of(parts.catalog.site(store_name)).items()]


@router.get(
    "/heatmap",
    response_model=HeatAnswer,
    responses={200: {"content": {"image/png": _FILE, "application/x-npz": _FILE}}, **saying(404, 409)},
)
def heatmap(
    parts: Parts,
    who: Viewer,
    store_name: StoreName,
    of: Range,
    floor: Floor = PLAN,
    kind: Annotated[Kind, Query(description="What is shown.")] = "presence",
    scale: Annotated[Scale, Query(description="Of a picture's colours.")] = "linear",
    label: Annotated[
        str | None, Query(alias="class", min_length=1, max_length=100, description="Only of this class.")
    ] = None,
    form: Annotated[Literal["json", "png", "npz"], Query(alias="format", description="Of the answer.")] = "json",
) -> Any:
    """Where people were, of whole pieces of five minutes that hold the range."""
    site = parts.catalog.site(store_name)
    pieces = Pieces.around(of.start, of.end)
    heat, picture = parts.heat.heat(site, floor, pieces, kind, label, scale, time.time())
    if form == "npz":
        return Response(heat_files.arrays_npz(heat, label), media_type="application/x-npz")
    if form == "png":
        note = f"{_time(pieces.start):%Y-%m-%d %H:%M} to {_time(pieces.end):%Y-%m-%d %H:%M} UTC"
        content = heat_files.picture_png(picture, site, title=f"{site.name}: {kind}", note=note)
        return Response(content, media_type="image/png")
    return _answer(store_name, floor, pieces, heat, picture, label)


@router.get(
    "/tracks",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": _FILE, "application/vnd.apache.parquet": _FILE}}, **saying(404, 409)},
)
def tracks(
    parts: Parts,
    who: Viewer,
    store_name: StoreName,
    of: Range,
    floor: Floor = PLAN,
    form: Annotated[Form, Query(alias="format", description="Of the file.")] = "csv",
) -> StreamingResponse:
    """Who was where: a row a track and instant. It is personal data: that it was read is noted."""
    site = parts.catalog.site(store_name)
    _check_tracks(of)
    if not floor_named(site, floor):
        raise ConflictError(f"camera {floor}: tracks are those of plan, or of a camera that is not calibrated")
    parts.audit(who, "tracks read", store_name, f"{floor} {_time(of.start).isoformat()} {_time(of.end).isoformat()}")
    media = "text/csv; charset=utf-8" if form == "csv" else "application/vnd.apache.parquet"
    name = f"tracks_{_time(of.start):%Y%m%d_%H%M}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(
        track_file(parts.database, site, floor, of.start, of.end, form), media_type=media, headers=headers
    )


def _check_tracks(of: TimeRange) -> None:
    if of.end - of.start > _MOST_DAYS * 86_400:
        raise ConflictError(f"from, to: at most {_MOST_DAYS} days of tracks at once")


def _answer(
    store_name: str, floor: str, pieces: Pieces, heat: Heatmap, picture: HeatPicture, label: str | None
) -> HeatAnswer:
    values, grid = picture.values, picture.grid
    shown = np.where(np.isfinite(values), np.round(values, 4), np.nan).tolist()
    return HeatAnswer(
        store_name=store_name,
        camera=floor,
        start=_time(pieces.start),
        end=_time(pieces.end),
        kind=picture.kind,
        unit=picture.unit,
        floor_unit=picture.floor.unit,
        cell=grid.cell,
        origin=(float(grid.origin[0]), float(grid.origin[1])),
        rows=values.shape[0],
        columns=values.shape[1],
        person_seconds=round(float(heat.layer("presence_s", label).sum()), 3),
        classes=list(heat.labels),
        values=[[None if value != value else value for value in row] for row in shown],
        exposed_s=np.round(heat.exposure_s, 1).tolist(),
    )


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
