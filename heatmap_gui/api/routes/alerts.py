"""What was alarming, who has seen it, what they noted; and the rules that it comes from."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from heatmap_gui.api.paging import Page, Paging, page
from heatmap_gui.api.parts import Operator, Parts, StoreName, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.api.routes.jobs import stores_for
from heatmap_gui.app import App
from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.core.who import Who
from heatmap_gui.store import alerts
from heatmap_gui.store.alerts import Kept
from heatmap_gui.store.audit import Wanted

router = APIRouter(prefix="/api/v1", tags=["alerts"])
_MOST_NOTES = 100
_NOTED = "alert noted"
AlertId = Annotated[str, Path(min_length=1, max_length=200, pattern="^[A-Za-z0-9_.:-]+$")]


class AlertAnswer(BaseModel):
    """class: of who or what it is about. suppressed: why nobody was told; null: it was told."""

    id: str
    store_name: str
    kind: str
    rule: str
    at: datetime
    reason: str
    camera: str | None
    zone_id: str | None
    track_id: int | None
    label: str | None = Field(serialization_alias="class")
    suppressed: str | None
    acknowledged_at: datetime | None


class Note(BaseModel):
    """What somebody noted."""

    at: datetime
    who: str
    text: str


class NotedAlert(AlertAnswer):
    """notes: the newest first."""

    notes: list[Note]


class NewNote(BaseModel):
    """One line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f\x7f]+$")


class RuleAnswer(BaseModel):
    """Alerts when something of `alert_classes` (empty: of all but `allowed_classes`) is in the zone for hold_s, within
    active_hours (empty: always), and not again within debounce_s.
    """

    zone_id: str
    name: str
    on: str
    alert_classes: list[str]
    allowed_classes: list[str]
    active_hours: list[tuple[str, str]]
    hold_s: float
    debounce_s: float


@router.get("/alerts")
def list_alerts(
    parts: Parts,
    who: Viewer,
    paging: Paging,
    store_name: Annotated[str | None, Query(min_length=1, max_length=100, description="Only this store's.")] = None,
    suppressed: Annotated[bool | None, Query(description="Only those that nobody was told, or that were told.")] = None,
) -> Page[AlertAnswer]:
    """Alerts, the latest first."""
    with parts.database.read() as transaction:
        found = alerts.newest(
            transaction,
            limit=paging.limit + 1,
            stores=stores_for(who, store_name),
            suppressed=suppressed,
            before=paging.time_and_id(),
        )
    return page(found, paging, lambda one: (one.alert.at, one.alert.id), lambda one: AlertAnswer(**_said(one)))


@router.get("/alerts/{alert_id}", responses=saying(404))
def show_alert(parts: Parts, who: Viewer, alert_id: AlertId) -> NotedAlert:
    """One alert, and what was noted about it."""
    return _noted(parts, _seen(parts, who, alert_id))


@router.post("/alerts/{alert_id}/acknowledge", responses=saying(404))
def acknowledge(parts: Parts, who: Operator, alert_id: AlertId) -> NotedAlert:
    """Says that somebody has seen it; the first time counts."""
    _seen(parts, who, alert_id)
    with parts.database.write() as transaction:
        alerts.acknowledge(transaction, alert_id, time.time())
    parts.audit(who, "alert acknowledged", alert_id)
    return _noted(parts, _seen(parts, who, alert_id))


@router.post("/alerts/{alert_id}/notes", status_code=201, responses=saying(404))
def add_note(parts: Parts, who: Operator, alert_id: AlertId, note: NewNote) -> NotedAlert:
    """Notes something about it, for good."""
    found = _seen(parts, who, alert_id)
    parts.audit(who, _NOTED, alert_id, note.text)
    return _noted(parts, found)


@router.get("/rules", responses=saying(404, 409))
def list_rules(parts: Parts, who: Viewer, store_name: StoreName) -> list[RuleAnswer]:
    """A rule for each forbidden zone of a store; they are edited with its site."""
    site = parts.catalog.site(store_name)
    return [
        RuleAnswer(
            zone_id=zone.id,
            name=zone.name,
            on=zone.on,
            alert_classes=list(zone.alert_classes),
            allowed_classes=list(zone.allowed_classes),
            active_hours=list(zone.active_hours),
            hold_s=zone.hold_s,
            debounce_s=parts.catalog.settings.debounce_s if zone.debounce_s is None else zone.debounce_s,
        )
        for zone in site.zones
        if zone.type == "forbidden"
    ]


def _seen(parts: App, who: Who, alert_id: str) -> Kept:
    with parts.database.read() as transaction:
        kept = alerts.get(transaction, alert_id)
    if not who.sees(kept.alert.store_name):
        raise NotFoundError(f"there is no alert {alert_id}")
    return kept


def _noted(parts: App, kept: Kept) -> NotedAlert:
    entries = parts.audit.newest(Wanted(action=_NOTED, subject=kept.alert.id), _MOST_NOTES)
    notes = [Note(at=_time(one.at), who=one.who, text=one.detail or "") for one in entries]
    return NotedAlert(**_said(kept), notes=notes)


def _said(kept: Kept) -> dict[str, Any]:
    alert = kept.alert
    names = ("id", "store_name", "kind", "rule", "reason", "camera", "zone_id", "track_id", "label", "suppressed")
    acknowledged_at = None if kept.acknowledged_at is None else _time(kept.acknowledged_at)
    said = {name: getattr(alert, name) for name in names}
    return said | {"at": _time(alert.at), "acknowledged_at": acknowledged_at}


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
