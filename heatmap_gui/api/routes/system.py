"""How the whole is: /health for everybody, /system/info for who is known, /metrics for Prometheus."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, PlainTextResponse

from heatmap_gui import __version__
from heatmap_gui.api.parts import Parts, Viewer, needs
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.services.health import Status
from heatmap_gui.services.prometheus import CONTENT_TYPE
from heatmap_gui.vision.models import network_there

router = APIRouter(tags=["system"])


class HealthAnswer(BaseModel):
    """redis_connected: false as well where none is configured, which is healthy."""

    status: Status
    timestamp: datetime
    redis_connected: bool
    database_healthy: bool
    models_loaded: bool = Field(description="Whether a network is at hand for what is configured.")


class DatabaseInfo(BaseModel):
    """kind: sqlite or postgresql. open_connections: of this process."""

    kind: str
    healthy: bool
    open_connections: int


class SystemInfo(BaseModel):
    """reasons: what is not as it should be, and what to do."""

    status: Status
    reasons: list[str]
    version: str
    python: str
    platform: str
    cpus: int
    roles: list[str]
    worker: str
    uptime_seconds: float
    database: DatabaseInfo
    redis_connected: bool
    disk_free_bytes: int
    environment: str = Field(description="production, or as ENVIRONMENT says.")


@router.get("/health", responses={503: {"model": HealthAnswer, "description": "Something fails that must not."}})
def health(parts: Parts) -> HealthAnswer:
    """How this process is. 503 when it does not do its work."""
    found = parts.health.document()
    answer = HealthAnswer(
        status=found["status"],
        timestamp=datetime.now(UTC),
        redis_connected=found["redis_connected"],
        database_healthy=found["database_healthy"],
        models_loaded=network_there(parts.settings.model, parts.settings.home / "models"),
    )
    if answer.status == "unhealthy":
        return JSONResponse(answer.model_dump(mode="json"), 503)  # type: ignore[return-value]  # FastAPI lets it pass
    return answer


@router.get("/system/info")
def system_info(parts: Parts, who: Viewer) -> SystemInfo:
    """What runs here, on what, and what is wrong with it."""
    found = parts.health.document()
    return SystemInfo(
        status=found["status"],
        reasons=found["reasons"],
        version=__version__,
        python=platform.python_version(),
        platform=sys.platform,
        cpus=os.cpu_count() or 1,
        roles=list(parts.roles),
        worker=parts.worker,
        uptime_seconds=found["uptime_seconds"],
        database=DatabaseInfo(
            kind="sqlite" if parts.database.sqlite else "postgresql",
            healthy=found["database_healthy"],
            open_connections=parts.database.open_connections,
        ),
        redis_connected=found["redis_connected"],
        disk_free_bytes=found["disk"]["free_bytes"],
        environment=parts.settings.environment,
    )


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(parts: Parts, who: Annotated[Who, Depends(needs(Role.ADMIN, Scope.METRICS))]) -> PlainTextResponse:
    """Figures for Prometheus."""
    return PlainTextResponse(parts.health.metrics(), media_type=CONTENT_TYPE)
