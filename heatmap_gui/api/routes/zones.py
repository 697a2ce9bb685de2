"""Zones on cameras' pictures, drawn on a screenshot: the picture says its size, and is not kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request

from heatmap_gui.api.parts import Operator, Parts, StoreName, Viewer
from heatmap_gui.api.problems import ProblemError, saying
from heatmap_gui.api.routes.cameras import ONE_LINE
from heatmap_gui.api.uploads import FIELD, LARGEST_BYTES, read_form
from heatmap_gui.core.document import parse
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import ZoneType
from heatmap_gui.services.site_edits import ScreenshotAnswer, SiteEdits, ZoneAnswer

router = APIRouter(prefix="/api/zones", tags=["retail"])
_ID = "^[A-Za-z0-9_-]+$"
_MOST_CORNERS = 1_000
_MOST_PX = 100_000
CameraForm = Annotated[str, Form(min_length=1, max_length=100, pattern=_ID)]
_NUMBER = {"type": "integer", "minimum": 1, "maximum": _MOST_PX}
_SCREENSHOT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["camera_id", FIELD],
                    "properties": {
                        "camera_id": {"type": "string", "pattern": _ID, "maxLength": 100},
                        FIELD: {"type": "string", "format": "binary", "description": "JPEG, PNG, WebP, BMP or GIF."},
                        "img_width": _NUMBER,
                        "img_height": _NUMBER,
                    },
                }
            }
        },
    }
}


@router.get("", responses=saying(404, 409))
def list_zones(
    parts: Parts,
    who: Viewer,
    store_name: StoreName,
    camera_id: Annotated[
        str | None, Query(max_length=100, pattern=_ID, description="Only those on its picture.")
    ] = None,
) -> list[ZoneAnswer]:
    """All of them, also those that are drawn on the plan."""
    return SiteEdits(parts.catalog, parts.seal).zones(store_name, camera_id)


@router.post("", status_code=201, responses=saying(404, 409))
def add_zone(
    parts: Parts,
    who: Operator,
    store_name: StoreName,
    camera_id: CameraForm,
    name: Annotated[str, Form(min_length=1, max_length=100, pattern=ONE_LINE)],
    ztype: Annotated[ZoneType, Form()],
    polygon_json: Annotated[
        str, Form(min_length=2, max_length=50_000, description="[[x, y], ...] in px of the camera's last screenshot.")
    ],
) -> ZoneAnswer:
    """One more zone on a camera's picture. Its polygon is scaled from the screenshot to the camera's frames."""
    polygon = parse(polygon_json, "polygon_json").points()
    if not 3 <= len(polygon) <= _MOST_CORNERS or abs(polygon).max() > _MOST_PX:
        raise InputError(f"polygon_json: allowed: 3 to {_MOST_CORNERS} corners within {_MOST_PX} px")
    made = SiteEdits(parts.catalog, parts.seal).add_zone(store_name, camera_id, name, ztype, polygon)
    parts.audit(who, "zone added", f"{store_name}/{made.id}", f"{ztype} {name} on camera {camera_id}")
    return made


async def _screenshot(request: Request) -> tuple[str, bytes, int | None, int | None]:
    form = await read_form(request)
    camera_id, file = form.get("camera_id"), form.get(FIELD)
    if not isinstance(camera_id, str) or file is None or isinstance(file, str):
        raise ProblemError(422, f"the form needs camera_id, and a picture in its field {FIELD!r}")
    content = await file.read()
    await form.close()
    return camera_id, content, _px(form.get("img_width")), _px(form.get("img_height"))


def _px(text: object) -> int | None:
    if text is None:
        return None
    if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= 6 and 0 < int(text) <= _MOST_PX:
        return int(text)
    raise ProblemError(422, f"img_width, img_height: allowed: whole px, 1 to {_MOST_PX}")


@router.post("/screenshot", responses=saying(404, 409), openapi_extra=_SCREENSHOT, max_body_size=LARGEST_BYTES)
def note_screenshot(
    parts: Parts,
    who: Operator,
    store_name: StoreName,
    sent: Annotated[tuple[str, bytes, int | None, int | None], Depends(_screenshot)],
) -> ScreenshotAnswer:
    """From now on this camera's polygons are in px of a picture of this size. The picture is not kept."""
    found = SiteEdits(parts.catalog, parts.seal).screenshot(store_name, *sent)
    parts.audit(who, "screenshot size", f"{store_name}/{found.camera_id}", f"{found.width} x {found.height} px")
    return found
