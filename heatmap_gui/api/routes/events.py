"""What a store did, such as promotions, and what it changed."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from heatmap_gui.api.paging import Page, Paging, page
from heatmap_gui.api.parts import Operator, Parts, StoreName, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.api.routes.cameras import Name
from heatmap_gui.api.routes.retail import DAY
from heatmap_gui.services import retail_events
from heatmap_gui.services.retail_events import EventImpact
from heatmap_gui.store.retail import Event

router = APIRouter(prefix="/api/events", tags=["retail"])
EventId = Annotated[int, Path(ge=1, lt=2**53)]
Day = Annotated[str, Field(pattern=DAY, json_schema_extra={"format": "date"})]


class NewEvent(BaseModel):
    """start_date, end_date: days of the store, both part of it; at most 92 days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    event_type: Name = "promotion"
    start_date: Day
    end_date: Day
    description: str = Field(default="", max_length=2000, pattern=r"^[^\x00]*$")


@router.get("", responses=saying(404, 409))
def list_events(parts: Parts, who: Viewer, store_name: StoreName, paging: Paging) -> Page[Event]:
    """All of a store's, the newest first."""
    after = paging.key(str, int)
    found = retail_events.listed(parts.database, store_name, after, paging.limit + 1)
    return page(found, paging, lambda event: (event.start_date, event.id), lambda event: event)


@router.post("", status_code=201, responses=saying(404, 409))
def add_event(parts: Parts, who: Operator, store_name: StoreName, body: NewEvent) -> Event:
    """One more."""
    made = retail_events.add(parts.database, store_name, body.model_dump(), time.time())
    parts.audit(who, "event added", f"{store_name}/{made.id}", made.name)
    return made


@router.get("/{event_id}", responses=saying(404, 409))
def show_event(parts: Parts, who: Viewer, store_name: StoreName, event_id: EventId) -> Event:
    """One of them."""
    return retail_events.event_of(parts.database, store_name, event_id)


@router.put("/{event_id}", responses=saying(404, 409))
def change_event(parts: Parts, who: Operator, store_name: StoreName, event_id: EventId, body: NewEvent) -> Event:
    """What it is from now on."""
    changed = retail_events.change(parts.database, store_name, event_id, body.model_dump())
    parts.audit(who, "event changed", f"{store_name}/{event_id}", changed.name)
    return changed


@router.delete("/{event_id}", status_code=204, responses=saying(404, 409))
def remove_event(parts: Parts, who: Operator, store_name: StoreName, event_id: EventId) -> Response:
    """It is gone; what was measured stays."""
    retail_events.remove(parts.database, store_name, event_id)
    parts.audit(who, "event removed", f"{store_name}/{event_id}")
    return Response(status_code=204)


@router.post("/{event_id}/analyze", responses=saying(404, 409))
def analyze_event(parts: Parts, who: Viewer, store_name: StoreName, event_id: EventId) -> EventImpact:
    """Its days, and those after it, against the same weekdays of the four weeks before."""
    event = retail_events.event_of(parts.database, store_name, event_id)
    return retail_events.analyze(parts.database, parts.catalog.site(store_name), event, time.time())
