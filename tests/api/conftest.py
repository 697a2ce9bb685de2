"""The API over a data folder of the test's own with the demo store; somebody of each role asks."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from heatmap_gui.api.application import build
from heatmap_gui.app import App
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.resources import resource
from heatmap_gui.services.tokens import Signing
from heatmap_gui.store import accounts
from heatmap_gui.store.accounts import User

CONFIG: dict[str, Any] = {"schedules": {}, "model": "motion", "watch": [], "calibration_dir": "calibration_data"}
SECRET_KEY = "what is derived from one key is derived once"
ADA = Who("ada", Role.ADMIN)


def person(app: App, name: str, role: Role, *stores: str) -> str:
    """Somebody's token, as a log-in gives it, without the time that a password takes."""
    now = time.time()
    limits = frozenset(stores) or None
    user = User(name=name, role=role, stores=limits, password="-", stamp=name, created_at=now, changed_at=now)
    with app.database.write() as transaction:
        accounts.add_user(transaction, user)
    return Signing(app.seal, app.database.deployment).sign(name, user.stamp, now, 3600.0)


def machine(app: App, *scopes: Scope, role: Role = Role.VIEWER) -> str:
    """A machine's token."""
    return app.accounts.make_token(ADA, "-".join(scopes), role, scopes, 1.0)[1]


class Api:
    """app: the parts behind it. nobody, viewer, operator, admin, elsewhere, machine: clients, by who asks.

    elsewhere: an operator of another store. machine: a token with scope metrics.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self.application: FastAPI = build(app)
        self.nobody = self.client(None)
        self.viewer = self.client(person(app, "vera", Role.VIEWER))
        self.operator = self.client(person(app, "otto", Role.OPERATOR))
        self.admin = self.client(person(app, ADA.name, Role.ADMIN))
        self.elsewhere = self.client(person(app, "eve", Role.OPERATOR, "elsewhere"))
        self.machine = self.client(machine(app, Scope.METRICS))

    def client(self, token: str | None) -> TestClient:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return TestClient(self.application, headers=headers, raise_server_exceptions=False)


def home_with_demo(folder: Path, **more: Any) -> Path:
    """production_config.json in a folder that has the demo store's site file."""
    sites = folder / "calibration_data"
    sites.mkdir(parents=True, exist_ok=True)
    shutil.copy(resource("calibration_data") / "calibration_demo.json", sites)
    config = folder / "production_config.json"
    config.write_text(json.dumps(CONFIG | more))
    return config


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    config = home_with_demo(tmp_path)
    environ = {"HEATMAP_HOME": str(tmp_path / "home"), "SECRET_KEY": SECRET_KEY}
    with closing(App(config, ("api",), "", environ)) as app:
        yield Api(app)
