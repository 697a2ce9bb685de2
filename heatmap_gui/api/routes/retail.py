"""Analytics of a store: now, over days, hour by hour, what was unusual, and stores side by side."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from heatmap_gui.api.parts import Parts, Range, StoreName, TimeRange, Viewer
from heatmap_gui.api.problems import saying
from heatmap_gui.core.errors import ConflictError, InputError
from heatmap_gui.services import retail
from heatmap_gui.services.identity import LONGEST_S, Identity, SeenPerson, identity
from heatmap_gui.services.live_state import live_state
from heatmap_gui.services.retail import Comprehensive, Realtime, StoreFigures
from heatmap_gui.services.retail_figures import Piece
from heatmap_gui.services.retail_spikes import Spikes, spikes
from heatmap_gui.services.written_summary import writer_of

router = APIRouter(prefix="/api/analytics", tags=["retail"])
_MOST_HOURS = 31 * 24 + 1
_MOST_PEOPLE = 1_000
DAY = r"^\d{4}-\d{2}-\d{2}$"
Days = Annotated[int, Query(ge=1, le=366, description="So many whole days before today.")]


class Asked(BaseModel):
    """days: so many whole days before today. include_zones: whether to tell what each zone counted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int = Field(default=30, ge=1, le=366, strict=True)
    include_zones: bool = Field(default=True, strict=True)


class IdentityAnswer(BaseModel):
    """people: the thousand that were seen longest."""

    summary: Identity
    people: list[SeenPerson]


@router.get("/realtime", responses=saying(404, 409))
def realtime(parts: Parts, who: Viewer, store_name: StoreName) -> Realtime:
    """How many are there now, and what today has brought."""
    now = time.time()
    live = live_state(parts.broker, parts.catalog, store_name, now)
    return retail.realtime(parts.today, parts.catalog.site(store_name), live, now)


@router.post("/comprehensive", responses=saying(404, 409))
def comprehensive(parts: Parts, who: Viewer, store_name: StoreName, body: Asked) -> Comprehensive:
    """Days, hours of the day, zones, trend, and all of it in words."""
    site = parts.catalog.site(store_name)
    found = retail.comprehensive(parts.database, site, body.days, time.time(), zones=body.include_zones)
    return retail.with_summary(found, writer_of(parts.settings, parts.broker))


@router.get("/hourly", responses=saying(404, 409))
def hourly(parts: Parts, who: Viewer, store_name: StoreName, asked: Range) -> list[Piece]:
    """Every clock hour of the store in a range of at most 31 days; the first and the last may be parts of one."""
    return _pieces(parts, store_name, asked, hourly=True)


@router.get("/daily", responses=saying(404, 409))
def daily(parts: Parts, who: Viewer, store_name: StoreName, asked: Range) -> list[Piece]:
    """Every day of the store in a range; the first and the last may be parts of one."""
    return _pieces(parts, store_name, asked, hourly=False)


@router.get("/spikes", responses=saying(404, 409))
def unusual_hours(
    parts: Parts,
    who: Viewer,
    store_name: StoreName,
    date: Annotated[str | None, Query(pattern=DAY, description="A day of the store (default: yesterday).")] = None,
) -> Spikes:
    """Hours of a day that are unlike the same hours of the same weekday in the eight weeks before."""
    site, now = parts.catalog.site(store_name), time.time()
    yesterday = datetime.fromtimestamp(now, ZoneInfo(site.timezone)).date() - timedelta(days=1)
    return spikes(parts.database, site, yesterday if date is None else read_day(date), now)


@router.get("/identity", responses=saying(404, 409))
def seen_by(parts: Parts, who: Viewer, store_name: StoreName, asked: Range) -> IdentityAnswer:
    """Which cameras saw whom in a range of at most a day, and how much double counting one track a person removed."""
    if asked.end - asked.start > LONGEST_S:
        raise ConflictError("from, to: at most a day at once")
    site = parts.catalog.site(store_name)
    summary, people = identity(parts.database, site, asked.start, asked.end)
    parts.audit(who, "tracks read", store_name, f"who was seen by which cameras, {asked.start:.0f} to {asked.end:.0f}")
    return IdentityAnswer(summary=summary, people=people[:_MOST_PEOPLE])


@router.get("/stores")
def side_by_side(parts: Parts, who: Viewer, days: Days = 30) -> list[StoreFigures]:
    """All stores that are theirs to see, each over its own whole days."""
    seen = [name for name in parts.catalog.stores() if who.sees(name)]
    now = time.time()
    return [retail.one_of_many(parts.database, parts.catalog.site(name), days, now) for name in seen]


def read_day(text: str) -> date:
    """Raises InputError where there is no such day, or it is out of all history."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"date {text}: there is no such day") from None
    if not 1971 <= day.year < 9000:
        raise InputError(f"date {text}: allowed: 1971-01-01 to 8999-12-31")
    return day


def _pieces(parts: Parts, store_name: str, asked: TimeRange, *, hourly: bool) -> list[Piece]:
    if hourly and asked.end - asked.start > _MOST_HOURS * 3600.0:
        raise ConflictError("from, to: at most 31 days by the hour")
    site = parts.catalog.site(store_name)
    return retail.in_pieces(parts.database, site, asked.start, asked.end, time.time(), hourly=hourly)
