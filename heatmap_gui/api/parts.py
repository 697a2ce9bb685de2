"""What routes take by annotation: the parts of the process, who asks, which store, from when to when."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import Depends, Query
from fastapi.security import HTTPBearer
from starlette.requests import HTTPConnection, Request

from heatmap_gui.api.doors import DEVELOPER, caller
from heatmap_gui.api.times import Day, Instant
from heatmap_gui.app import App
from heatmap_gui.core.errors import ConflictError, ForbiddenError, NotFoundError, UnknownCallerError
from heatmap_gui.core.week_hours import midnight
from heatmap_gui.core.who import Role, Scope, Who

LONGEST_S = 366 * 86_400.0
_DAY_S = 86_400.0
_BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="Of `POST /auth/token`, or a machine's.")


def _app(connection: HTTPConnection) -> App:
    app: App = connection.app.state.heatmap
    return app


Parts = Annotated[App, Depends(_app)]


def _who(request: Request, bearer: Annotated[object, Depends(_BEARER)]) -> Who:
    """bearer: for OpenAPI; the token was looked up at the door."""
    return caller(request.state._state)


Caller = Annotated[Who, Depends(_who)]


@dataclass(frozen=True, slots=True)
class Needs:
    """A route's dependency: who asks has this role, and a machine's token this scope. Figures, which say nothing of
    anybody, a machine may see whatever its role.
    """

    role: Role
    scope: Scope

    def __call__(self, who: Caller) -> Who:
        if who is DEVELOPER and self.scope is Scope.METRICS:
            raise UnknownCallerError("figures need a token, here too")
        reads_figures = self.scope is Scope.METRICS and who.scopes is not None and self.scope in who.scopes
        if not (reads_figures or who.may(self.role, self.scope)):
            raise ForbiddenError(f"{who.name} may not do this: it needs the role {self.role}, and scope {self.scope}")
        return who


def needs(role: Role, scope: Scope) -> Needs:
    return Needs(role, scope)


LIVE = needs(Role.VIEWER, Scope.READ)  # as `Viewer`, for who asks over a WebSocket
Viewer = Annotated[Who, Depends(LIVE)]
Operator = Annotated[Who, Depends(needs(Role.OPERATOR, Scope.CHANGE))]
Admin = Annotated[Who, Depends(needs(Role.ADMIN, Scope.CHANGE))]


def store_for(parts: App, who: Who, store_name: str | None) -> str:
    """The store that is asked for. Raises NotFoundError where there is none, or it is not theirs to see."""
    seen = [name for name in parts.catalog.stores() if who.sees(name)]
    name = store_name or parts.settings.store_id or (seen[0] if len(seen) == 1 else "")
    if not name:
        raise ConflictError(
            f"store_name: there are several stores: say which: {', '.join(seen) or 'none is there yet'}"
        )
    if name not in seen:
        raise NotFoundError(f"store_name {name!r}: there is no such store: GET /api/v1/sites lists those there are")
    return name


def _store(
    parts: Parts,
    who: Caller,
    store_name: Annotated[
        str | None,
        Query(min_length=1, max_length=100, description="Whose (default: STORE_ID, or the only store)."),
    ] = None,
) -> str:
    return store_for(parts, who, store_name)


StoreName = Annotated[str, Depends(_store)]


class TimeRange(NamedTuple):
    """From start until end, Unix time."""

    start: float
    end: float


def _range(
    parts: Parts,
    store_name: StoreName,
    start: Annotated[Instant | None, Query(alias="from", description="ISO 8601 with an offset.")] = None,
    end: Annotated[Instant | None, Query(alias="to", description="Not part of it any more (default: now).")] = None,
    day: Annotated[Day | None, Query(description="In place of both: a day of the store, 2026-01-31.")] = None,
) -> TimeRange:
    if day is not None:
        if start is not None or end is not None:
            raise ConflictError("day: give either a day, or from and to")
        zone = ZoneInfo(parts.catalog.site(store_name).timezone)
        if not 1970 <= day.year < 9999:
            raise ConflictError(f"day {day}: allowed: 1970-01-01 to 9998-12-31")
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()
        return TimeRange(midnight(noon, zone), midnight(noon, zone, 1))
    until = time.time() if end is None else unix("to", end)
    since = until - _DAY_S if start is None else unix("from", start)
    return checked_range(since, until)


def checked_range(start: float, end: float) -> TimeRange:
    """Raises ConflictError where it is empty, or more than a year."""
    if end <= start:
        raise ConflictError("from, to: `to` has to be later than `from`")
    if end - start > LONGEST_S:
        raise ConflictError(f"from, to: {(end - start) / _DAY_S:.0f} days: at most 366 at once")
    return TimeRange(start, end)


def unix(name: str, at: datetime) -> float:
    """Raises ConflictError before 1970 and from 9999 on."""
    if not 1970 <= at.astimezone(UTC).year < 9999:
        raise ConflictError(f"{name}: {at:%Y}: allowed: 1970 to 9998")
    return at.timestamp()


Range = Annotated[TimeRange, Depends(_range)]
