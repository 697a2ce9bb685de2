"""What changes something, and what shows what people did, is noted in the audit: every route, from the routes."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from fastapi.routing import iter_route_contexts

from heatmap_gui.core.who import Role, Who
from heatmap_gui.store.audit import Wanted
from tests.api.conftest import Api

ANSWERS = {  # asked by POST for the size of the question; they change nothing
    "POST /api/analytics/comprehensive",
    "POST /api/analytics/what-if",
    "POST /api/events/{event_id}/analyze",
    "POST /infer",
    "POST /api/vehicle/classify",  # kept in a history of its own, with who asked
}
PERSONAL = {"GET /api/v1/tracks", "GET /api/v1/classifications"}
_NOTES = re.compile(r"\.audit\b|\.accounts\.")  # the service of accounts notes each change itself


def routes(api: Api) -> Iterator[tuple[str, Callable[..., Any]]]:
    for route in iter_route_contexts(api.application.routes):
        if (route.path or "").startswith("/") and route.endpoint is not None:
            yield from ((f"{method} {route.path}", route.endpoint) for method in (route.methods or set()) - {"HEAD"})


def noted(endpoint: Callable[..., Any]) -> bool:
    """Whether it notes something, itself or by a function of its module."""
    module, source = sys.modules[endpoint.__module__], inspect.getsource(endpoint)
    own = [getattr(module, name, None) for name in set(re.findall(r"\b_\w+(?=\()", source))]
    sources = [source, *(inspect.getsource(one) for one in own if inspect.isfunction(one))]
    return any(map(_NOTES.search, sources))


def test_every_change_and_every_look_at_people_is_noted(api: Api) -> None:
    found = dict(routes(api))
    assert found.keys() >= ANSWERS | PERSONAL
    wanted = {name for name in found if not name.startswith("GET ")} - ANSWERS | PERSONAL
    assert len(wanted) > 20
    assert not [name for name in sorted(wanted) if not noted(found[name])]
    assert not noted(found["GET /health"])


def test_no_secret_is_noted(api: Api) -> None:
    api.app.audit(Who("otto", Role.OPERATOR), "camera added", "demo/1", "rtsp://admin:secret-of-door@10.0.0.5/1")
    (entry,) = api.app.audit.newest(Wanted(action="camera added"), 9)
    assert entry.detail == "rtsp://admin:***@10.0.0.5/1"
