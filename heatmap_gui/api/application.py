"""The HTTP API as one ASGI application over the parts of a process."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from heatmap_gui import __version__
from heatmap_gui.api import problems
from heatmap_gui.api.answering import Answering
from heatmap_gui.api.doors import Doors, Refusing
from heatmap_gui.api.fairness import Fairness
from heatmap_gui.api.openapi import described
from heatmap_gui.api.reading import SMALL_BYTES, Reading
from heatmap_gui.api.routes import ROUTES
from heatmap_gui.app import App

TITLE = "Traffic Heatmap"
SUMMARY = "From camera pixels to a floor plan in person-seconds: what was measured, what is being measured."


def build(app: App, *, hosts: Sequence[str] = (), open_house: bool = False) -> FastAPI:
    """hosts: names by which it may be called; empty: any. open_house: who asks without a token is an administrator:
    for development, on loopback alone.
    """
    api = FastAPI(title=TITLE, summary=SUMMARY, version=__version__, docs_url=None, redoc_url=None)
    api.state.heatmap = app
    problems.install(api)
    for name in ROUTES:
        api.include_router(import_module(f"heatmap_gui.api.routes.{name}").router, max_body_size=SMALL_BYTES)
    api.openapi = lambda: described(api)  # type: ignore[method-assign]  # FastAPI's own way of extending it
    settings = app.settings  # the last one added is the outermost
    api.add_middleware(Reading)
    api.add_middleware(Fairness, per_s=settings.requests_per_second)
    api.add_middleware(Doors, accounts=app.accounts, hosts=hosts, open_house=open_house)
    api.add_middleware(Refusing)
    if settings.cors_origins:
        api.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
            allow_headers=("Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Request-ID"),
            expose_headers=("ETag", "Retry-After", "X-Process-Time", "X-Request-ID"),
        )
    api.add_middleware(Answering, health=app.health)
    return api
