"""Who changed what, and who looked at what people did."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from heatmap_gui.api.paging import Page, Paging, page
from heatmap_gui.api.parts import Admin, Parts
from heatmap_gui.api.problems import saying
from heatmap_gui.api.times import Instant
from heatmap_gui.store.audit import Entry, Wanted

router = APIRouter(prefix="/api/v1", tags=["accounts"])
Word = Annotated[str | None, Query(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class AuditEntry(BaseModel):
    """who: a user, `token:NAME` of a machine, or `local:NAME` of who ran a command."""

    at: datetime
    who: str
    action: str
    subject: str
    detail: str | None


@router.get("/audit", responses=saying(404))
def list_audit(
    parts: Parts,
    asks: Admin,
    paging: Paging,
    who: Word = None,
    action: Word = None,
    start: Annotated[Instant | None, Query(alias="from", description="ISO 8601 with an offset.")] = None,
    end: Annotated[Instant | None, Query(alias="to", description="Not part of it any more.")] = None,
) -> Page[AuditEntry]:
    """The latest first."""
    key = paging.key(int)
    wanted = Wanted(
        who=who,
        action=action,
        start=None if start is None else start.timestamp(),
        end=None if end is None else end.timestamp(),
        before=None if key is None else int(key[0]),
    )
    found = parts.audit.newest(wanted, paging.limit + 1)
    return page(found, paging, lambda entry: (entry.id,), _entry)


def _entry(entry: Entry) -> AuditEntry:
    at = datetime.fromtimestamp(entry.at, UTC)
    return AuditEntry(at=at, who=entry.who, action=entry.action, subject=entry.subject, detail=entry.detail)
