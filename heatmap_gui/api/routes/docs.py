"""The API described: for people here, for programs at /openapi.json."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from heatmap_gui.api.reference import reference

router = APIRouter()


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """A page that needs no other machine."""
    page, policy = reference(request.app.openapi())
    return HTMLResponse(page, headers={"Content-Security-Policy": policy})
