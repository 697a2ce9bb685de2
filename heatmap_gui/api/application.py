"""The HTTP API as one ASGI application over the parts of a process."""

from __future__ import annotations

from importlib import import_module

from fastapi import FastAPI

from heatmap_gui import __version__
from heatmap_gui.api import problems
from heatmap_gui.api.openapi import described
from heatmap_gui.api.routes import ROUTES
from heatmap_gui.app import App

TITLE = "Traffic Heatmap"
SUMMARY = "From camera pixels to a floor plan in person-seconds: what was measured, what is being measured."


def build(app: App, *, open_house: bool = False) -> FastAPI:
    """open_house: who asks without a token is an administrator: for development, on loopback alone."""
    api = FastAPI(title=TITLE, summary=SUMMARY, version=__version__, docs_url=None, redoc_url=None)
    api.state.heatmap = app
    api.state.open_house = open_house
    problems.install(api)
    for name in ROUTES:
        api.include_router(import_module(f"heatmap_gui.api.routes.{name}").router)
    api.openapi = lambda: described(api)  # type: ignore[method-assign]  # FastAPI's own way of extending it
    return api
