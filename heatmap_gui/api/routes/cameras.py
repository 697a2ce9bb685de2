"""The cameras of a store, as its site file has them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from heatmap_gui.api.parts import Operator, Parts, StoreName, Viewer, store_for
from heatmap_gui.api.problems import saying
from heatmap_gui.services.site_edits import CameraAnswer, SiteEdits

router = APIRouter(prefix="/api/cameras", tags=["retail"])
ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=ONE_LINE)]


class NewCamera(BaseModel):
    """rtsp_url: with user and password where it needs them; they are sealed, and shown to nobody again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    rtsp_url: str = Field(min_length=1, max_length=2000, pattern=r"^[\x21-\x7e]+$", repr=False)
    enabled: bool = Field(default=True, strict=True)


def _own_store(
    parts: Parts,
    who: Operator,
    store_name: Annotated[
        str | None, Query(min_length=1, max_length=100, description="Whose (default: STORE_ID, or the only store).")
    ] = None,
) -> str:
    """As StoreName; STORE_ID may be a store that has no site file yet, which it gets with its first camera."""
    own = parts.settings.store_id
    if own and store_name in (None, own) and who.sees(own):
        return own
    return store_for(parts, who, store_name)


@router.get("", responses=saying(404, 409))
def list_cameras(parts: Parts, who: Viewer, store_name: StoreName) -> list[CameraAnswer]:
    """All of them."""
    return SiteEdits(parts.catalog, parts.seal).cameras(store_name)


@router.post("", status_code=201, responses=saying(404, 409))
def add_camera(
    parts: Parts, who: Operator, store_name: Annotated[str, Depends(_own_store)], body: NewCamera
) -> CameraAnswer:
    """One more. It is measured from the next look at the site file on, a second later."""
    made = SiteEdits(parts.catalog, parts.seal).add_camera(store_name, body.name, body.rtsp_url, body.enabled)
    parts.audit(who, "camera added", f"{store_name}/{made.id}", made.rtsp_url)
    return made
