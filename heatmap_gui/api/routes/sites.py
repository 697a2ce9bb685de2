"""Stores' site files: plan, cameras, zones and lines, as the console edits them; nobody's edit is lost to another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Response
from pydantic import BaseModel, Field

from heatmap_gui.api.parts import Operator, Parts, Viewer
from heatmap_gui.api.problems import ProblemError, saying
from heatmap_gui.app import App
from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.core.who import Who
from heatmap_gui.services.site_documents import SiteDocument, SiteDocuments, StaleError

_LARGEST_BYTES = 8 << 20
router = APIRouter(prefix="/api/v1/sites", tags=["sites"], max_body_size=_LARGEST_BYTES)
_NAME = r"^[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*$"  # of a file beside others
StoreInPath = Annotated[str, Path(min_length=1, max_length=100, pattern=_NAME)]
VersionInPath = Annotated[str, Path(min_length=1, max_length=200, pattern=_NAME)]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", max_length=100, description="The ETag that the site was read with; * is any.")
]
_ETAG = {"ETag": {"description": "What the site says now, for If-Match.", "schema": {"type": "string"}}}
_SAID: dict[int | str, dict[str, Any]] = {200: {"headers": _ETAG}}


class SiteSummary(BaseModel):
    """What is in force. refused: why the newest file is not."""

    store_name: str
    title: str = Field(description="STORE_NAME, of the store that STORE_ID names; else its name.")
    timezone: str = "UTC"
    scaled: bool = Field(default=False, description="Whether lengths are in metres.")
    cameras: int = 0
    calibrated: int = 0
    zones: int = 0
    lines: int = 0
    hash: str = ""
    refused: str | None


class SiteAnswer(BaseModel):
    """document: a site file of version 1.0 or 2.0; a password in it is ***, and stays what it is if it is saved so."""

    store_name: str
    hash: str
    warnings: list[str]
    document: dict[str, Any]


class Version(BaseModel):
    """written_at: when it was the newest."""

    name: str
    written_at: datetime


@router.get("")
def list_sites(parts: Parts, who: Viewer) -> list[SiteSummary]:
    """All stores."""
    return [_summary(parts, name) for name in parts.catalog.stores() if who.sees(name)]


@router.get("/{store_name}", responses=_SAID | saying(404, 409))
def show_site(parts: Parts, who: Viewer, store_name: StoreInPath, response: Response) -> SiteAnswer:
    """A store's site, and the ETag to save it with."""
    _see(parts, who, store_name)
    return _said(_documents(parts).read(store_name), response)


@router.put("/{store_name}", responses=_SAID | saying(404, 409, 412, 428))
def save_site(
    parts: Parts,
    who: Operator,
    store_name: StoreInPath,
    response: Response,
    document: Annotated[dict[str, Any], Body(description="A whole site file.")],
    if_match: IfMatch = None,
    if_none_match: Annotated[
        str | None, Header(alias="If-None-Match", max_length=10, description="* adds a store that has no site yet.")
    ] = None,
) -> SiteAnswer:
    """In place of what was read with that ETag; what it said before is kept as a version."""
    now, documents = datetime.now(UTC), _documents(parts)
    if if_none_match == "*":
        if not who.sees(store_name):
            raise NotFoundError(f"there is no store {store_name!r}")
        saved = _saving(lambda: documents.add(store_name, document, now))
    else:
        _see(parts, who, store_name)
        etag = _needed(if_match)
        saved = _saving(lambda: documents.save(store_name, document, etag, now))
    parts.audit(who, "site saved", store_name, saved.etag)
    return _said(saved, response)


@router.get("/{store_name}/versions", responses=saying(404))
def list_versions(parts: Parts, who: Viewer, store_name: StoreInPath) -> list[Version]:
    """What the site said before, the newest first."""
    _see(parts, who, store_name)
    return [Version(name=name, written_at=at) for name, at in _documents(parts).versions(store_name)]


@router.get("/{store_name}/versions/{version}", responses=saying(404, 409))
def show_version(
    parts: Parts, who: Viewer, store_name: StoreInPath, version: VersionInPath, response: Response
) -> SiteAnswer:
    """What the site said then."""
    _see(parts, who, store_name)
    return _said(_documents(parts).version(store_name, version), response)


@router.post("/{store_name}/versions/{version}/restore", responses=_SAID | saying(404, 409, 412, 428))
def restore_version(
    parts: Parts,
    who: Operator,
    store_name: StoreInPath,
    version: VersionInPath,
    response: Response,
    if_match: IfMatch = None,
) -> SiteAnswer:
    """Makes it what the site says; what it says now becomes a version."""
    _see(parts, who, store_name)
    etag, documents = _needed(if_match), _documents(parts)
    saved = _saving(lambda: documents.restore(store_name, version, etag, datetime.now(UTC)))
    parts.audit(who, "site restored", store_name, version)
    return _said(saved, response)


def _summary(parts: App, store_name: str) -> SiteSummary:
    settings = parts.catalog.settings
    title = (settings.store_name if store_name == settings.store_id else "") or store_name
    try:
        site = parts.catalog.site(store_name)
    except InputError as error:
        return SiteSummary(store_name=store_name, title=title, refused=error.message)
    return SiteSummary(
        store_name=store_name,
        title=title,
        timezone=site.timezone,
        scaled=site.floor.metres_per_pixel is not None,
        cameras=len(site.cameras),
        calibrated=sum(camera.calibration is not None for camera in site.cameras),
        zones=len(site.zones),
        lines=len(site.lines),
        hash=site.hash,
        refused=parts.catalog.refused_sites.get(store_name),
    )


def _documents(parts: App) -> SiteDocuments:
    return SiteDocuments(parts.catalog, parts.seal)


def _see(parts: App, who: Who, store_name: str) -> None:
    if not who.sees(store_name) or store_name not in parts.catalog.stores():
        raise NotFoundError(f"there is no store {store_name!r}: GET /api/v1/sites lists those there are")


def _needed(if_match: str | None) -> str:
    if if_match is None:
        raise ProblemError(428, "If-Match: send the ETag that you read the site with")
    return if_match.removeprefix("W/").strip('"')


def _saving(save: Callable[[], SiteDocument]) -> SiteDocument:
    try:
        return save()
    except StaleError as error:
        raise ProblemError(412, error.message) from None


def _said(found: SiteDocument, response: Response) -> SiteAnswer:
    response.headers["ETag"] = f'"{found.etag}"'
    site = found.site
    return SiteAnswer(
        store_name=found.store_name, hash=site.hash, warnings=list(site.warnings), document=found.document
    )
