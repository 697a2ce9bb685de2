"""The API's server on PostgreSQL: how long its answers take at the worst, and what one client does to the others."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.app import App
from heatmap_gui.bench import api_history
from heatmap_gui.bench.server import api_server, postgresql
from heatmap_gui.bench.timing import Entry
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.resources import resource

_STORE = "demo"
_HEALTH, _REALTIME = "/health", f"/api/analytics/realtime?store_name={_STORE}"
_ASKED, _ATTACKED = 300, 200  # of each kind
_SETTLE_S = 3.0
_PAUSE_S = 0.02  # fewer requests a second than one client may send
_P99 = 99
_BY = Who("bench", Role.ADMIN)


def api(goals: tuple[float, float]) -> Iterator[Entry]:
    """goals: the longest answers in multiples of /health's, and under attack in multiples of those before."""
    with postgresql() as url, tempfile.TemporaryDirectory() as name:
        home = Path(name)
        config = _configure(home)
        environment = {"HEATMAP_HOME": name, "DATABASE_URL": url}
        with closing(App(config, ("api",), "", environment)) as app:
            site = app.catalog.site(_STORE)
            midnights = api_history.fill(app.database, site, time.time())
            scopes = (Scope.READ, Scope.INFER)
            ours, theirs = (
                app.accounts.make_token(_BY, who, Role.OPERATOR, scopes, 1.0)[1] for who in ("ours", "theirs")
            )
        zone = ZoneInfo(site.timezone)
        days = [datetime.fromtimestamp(at, zone).date().isoformat() for at in midnights]
        with api_server(config, environment) as port:
            client = _Client(port, ours)
            heat = [f"/api/v1/heatmap?store_name={_STORE}&day={day}" for day in days]
            calm = client.measure({"health": [_HEALTH], "realtime": [_REALTIME], "heatmap": heat}, _ASKED)
            for kind in ("realtime", "heatmap"):
                yield _entry(f"api-{kind}", goals[0], calm[kind], calm["health"], "p99 of answers; /health's")
            asked = {"health": [_HEALTH], "realtime": [_REALTIME]}
            for how in ("flood", "slow"):
                with _attacked(how, port, theirs):
                    held = client.measure(asked, _ATTACKED)
                note = f"p99 of {_REALTIME.partition('?')[0]} while another client attacks ({how}); before"
                yield _entry(f"api-{how}", goals[1], held["realtime"], calm["realtime"], note)


class _Client:
    """One that asks on one connection, one question after the other."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}"}
        self._random = np.random.default_rng(0)

    def measure(self, asked: Mapping[str, Sequence[str]], times: int) -> dict[str, list[float]]:
        """Seconds of each answer, by kind; kinds take turns, so that a busy moment hits all of them."""
        seconds: dict[str, list[float]] = {kind: [] for kind in asked}
        for number in range(-len(asked), times):
            for kind, paths in asked.items():
                took_s = self._ask(str(self._random.choice(paths)))
                if number >= 0:
                    seconds[kind].append(took_s)
                time.sleep(_PAUSE_S)
        return seconds

    def _ask(self, path: str) -> float:
        begin = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise UnavailableError(f"{path} answers {answer.status}: {body[:300]!r}")
        return time.perf_counter() - begin


def _configure(home: Path) -> Path:
    """The demo store's site, and nothing that watches it."""
    sites = home / "calibration_data"
    sites.mkdir()
    shutil.copy(resource("calibration_data") / "calibration_demo.json", sites)
    config = home / "production_config.json"
    config.write_text(json.dumps({"schedules": {}, "watch": [], "model": "motion"}), encoding="utf-8")
    return config


@contextmanager
def _attacked(how: str, port: int, token: str) -> Iterator[None]:
    command = [sys.executable, "-m", "heatmap_gui.bench.api_attacks", how, str(port), token]
    process = subprocess.Popen(command, env=os.environ)
    try:
        time.sleep(_SETTLE_S)
        if process.poll() is not None:
            raise UnavailableError(f"the attack ({how}) ended by itself with status {process.returncode}")
        yield
    finally:
        process.kill()
        process.wait()


def _entry(name: str, goal: float, ours: list[float], theirs: list[float], note: str) -> Entry:
    worst, median = (partial(np.percentile, q=q) for q in (_P99, 50))
    return Entry(
        name=name,
        goal=goal,
        at_most=True,
        ours_ms=float(worst(ours)) * 1e3,
        theirs_ms=float(worst(theirs)) * 1e3,
        ratio=float(worst(ours) / worst(theirs)),
        note=note,
        details={"answers": len(ours), "medians_ms": [round(float(median(side)) * 1e3, 3) for side in (ours, theirs)]},
    )
