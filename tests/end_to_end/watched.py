"""Stores that are watched by one process of the program, and what that costs."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from heatmap_gui.store.database import open_database
from heatmap_gui.store.tables import alerts, deliveries
from tests.end_to_end.production import MODEL, ROOT, Service, services
from tests.receivers import wait_for

FPS = 2.0  # looks a second at each camera
SHARE = 0.8  # of them that a camera has to get
CAMERAS = 4  # a store's
_ZONE = [[300, 100], [700, 100], [700, 900], [300, 900]]  # on the plan of the PETS clip: people walk in and out
_FRAMES = re.compile(r'heatmap_frames_total\{camera="(\w+)",store="(\w+)"\} (\S+)')
_START_S = 60.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """The running service, from outside."""

    def __init__(self, service: Service, cameras: int) -> None:
        self._service, self._cameras = service, cameras
        (address,) = re.findall(r"http://127\.0\.0\.1:\d+/", service.log.read_text())
        self._metrics = f"{address}metrics"

    @property
    def complete(self) -> bool:
        """Whether every camera has been looked at."""
        return sum(count > 0 for count in self.frames().values()) == self._cameras

    def frames(self) -> dict[str, float]:
        """How often each camera was looked at, `<store>/<camera>`."""
        with urllib.request.urlopen(self._metrics, timeout=10) as answer:
            text = answer.read().decode()
        return {f"{store}/{camera}": float(count) for camera, store, count in _FRAMES.findall(text)}

    def cpu_s(self) -> float:
        """Seconds of a core that its process has used."""
        fields = Path(f"/proc/{self._service.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS  # its own and its children's, user and system

    def resident_bytes(self) -> int:
        return int(Path(f"/proc/{self._service.process.pid}/statm").read_text().split()[1]) * _PAGE

    def looks(self, seconds: float) -> list[float]:
        """How many looks a second each camera gets from now on."""
        start, before = time.monotonic(), self.frames()
        time.sleep(seconds)
        took_s, after = time.monotonic() - start, self.frames()
        return [(count - before.get(camera, 0.0)) / took_s for camera, count in after.items()]


@contextmanager
def watched(test_data: Path, folder: Path, urls: Sequence[str], cameras: int) -> Iterator[Watch]:
    """So many cameras, four a store, each store on one of the addresses; all have been looked at, if they can be."""
    stores = [f"store_{number + 1}" for number in range(cameras // CAMERAS)]
    (folder / "calibration_data").mkdir(parents=True)
    for number, store in enumerate(stores):
        site = _site(test_data, store, urls[number % len(urls)])
        (folder / "calibration_data" / f"calibration_{store}.json").write_text(json.dumps(site))
    config: dict[str, Any] = {"schedules": {}, "watch": stores, "alerting_protocol": "stdout", "log_level": "INFO"}
    config["model"] = str(test_data / "models" / MODEL)
    (folder / "production_config.json").write_text(json.dumps(config))
    with services("all", folder=folder, home=folder / "home") as running:
        service = running["all"]
        wait_for(lambda: service.ready, _START_S)
        watch = Watch(service, cameras)
        until = time.monotonic() + _START_S
        while not watch.complete and time.monotonic() < until:
            time.sleep(0.5)
        yield watch
        service.stop()


def _site(test_data: Path, store: str, url: str) -> dict[str, Any]:
    """The site of the PETS clip with several cameras at one place, and a part where nobody may be."""
    pets = test_data / "data" / "pets09-s2l1"
    site: dict[str, Any] = json.loads((pets / "calibration_pets.json").read_text())
    site["store"] |= {"name": store, "plan_path": str(pets / "plan.png")}
    (camera,) = site["cameras"]
    camera |= {"rtsp_url": url, "fps_target": FPS}
    site["cameras"] = [camera | {"camera_id": number, "name": f"View {number}"} for number in range(1, CAMERAS + 1)]
    site["zones"] = [{"id": "stage", "type": "forbidden", "polygon": _ZONE, "debounce_s": 1}]
    return site


def event_latencies(home: Path, since: float, until: float) -> list[tuple[float, float]]:
    """Of each alert of somebody in a zone: seconds from the picture to its delivery in SQL, and to its end."""
    database = open_database("", home)
    try:
        with database.read() as connection:
            rows = connection.execute(
                alerts.join(deliveries, alerts.c.id == deliveries.c.alert_id)
                .select()
                .with_only_columns(alerts.c.at, deliveries.c.created_at, deliveries.c.done_at)
                .where(alerts.c.zone_id.is_not(None), alerts.c.at.between(since, until))
            ).all()
    finally:
        database.close()
    return [(created_at - at, done_at - at) for at, created_at, done_at in rows]


def plain_looks(test_data: Path, urls: Sequence[str], cameras: int, seconds: float) -> list[float]:
    """How many looks a second each camera gets in a plain loop."""
    chosen = [urls[number % len(urls)] for number in range(cameras)]
    command = [sys.executable, "-m", "heatmap_gui.bench.plain_watch", str(test_data / "models" / MODEL)]
    done = subprocess.run(
        [*command, str(FPS), str(seconds), *chosen], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(rate) for rate in json.loads(done.stdout)]


def percentile_95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
