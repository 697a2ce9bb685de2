"""What the small loops that keep house report, take in and forget."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from heatmap_gui.loops import Loops
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.health import Health
from heatmap_gui.services.keeping import CameraHealthLoop, CatalogLoop, KeepLoop
from heatmap_gui.store import retention
from heatmap_gui.store.database import Database, open_database
from tests.core.site_documents import version_1
from tests.services.jobs.running import FailingDatabase, add, job, until

NOW = 1_766_325_600.0


def test_frames_are_counted_on_when_a_camera_begins_anew() -> None:
    health, cameras = Health("detector"), {"main/1": CameraState(processed=5)}
    loop = CameraHealthLoop(health, lambda: cameras)

    def frames() -> float:
        loop.step(NOW)
        return health.figures()["heatmap_frames_total", (("camera", "1"), ("store", "main"))]

    assert frames() == 5
    cameras["main/1"].processed = 7
    assert frames() == 7
    cameras = {"main/1": CameraState(processed=2)}
    assert frames() == 9
    cameras = {}
    loop.step(NOW)
    cameras = {"main/1": CameraState(processed=1)}
    assert frames() == 10


def test_a_camera_without_frames_is_in_trouble_until_nobody_watches_it() -> None:
    health = Health("detector")
    cameras = {"main/1": CameraState(frame_at=NOW, fps=10.0, condition=Condition(CameraStatus.OK, NOW))}
    loop = CameraHealthLoop(health, lambda: cameras)
    loop.step(NOW + 1)
    assert (health.troubles(), health.document()["cameras"]) == ({}, {"main/1": True})
    loop.step(NOW + 9)
    assert "no frame for" in health.troubles()["camera main/1"].reason
    assert health.document()["cameras"] == {"main/1": False}
    cameras = {}
    loop.step(NOW + 10)
    assert (health.troubles(), health.document()["cameras"]) == ({}, {})


def test_a_hangup_reads_anew_at_once_and_edits_are_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "production_config.json"
    config.write_text('{"schedules": {}, "confidence": 0.3}')
    catalog = Catalog(config, {"HEATMAP_HOME": str(tmp_path)})
    polled: list[bool] = []
    poll = catalog.poll

    def noted(*, anew: bool) -> bool:
        polled.append(anew)
        return poll(anew=anew)

    monkeypatch.setattr(catalog, "poll", noted)
    loop = CatalogLoop(catalog, Health("detector"), LocalBroker())
    with Loops() as loops:
        loops.start("catalog", loop)
        config.write_text('{"schedules": {}, "confidence": 0.4}')
        loop.anew.set()
        until(lambda: polled)
        loops.stopping.set()
        loop.anew.set()
    assert polled[0] is True
    assert catalog.settings.confidence == 0.4


def test_what_is_in_force_is_shown_without_secrets(tmp_path: Path) -> None:
    """Again when it changed, when it was lost, and before it is forgotten; else it is left alone."""
    (tmp_path / "calibration_data").mkdir()
    site = version_1() | {"store": {"name": "shop", "plan_path": "p.png", "plan_width": 10, "plan_height": 10}}
    site["cameras"] = [{"camera_id": 1, "name": "a", "rtsp_url": "rtsp://ann:hush@10.0.0.1/1", "enabled": True}]
    (tmp_path / "calibration_data" / "calibration_shop.json").write_text(json.dumps(site))
    schedule = {"store_name": "shop", "api_token": "hush", "webhook_url": "https://ann:hush@hooks.example/hush?a=1"}
    config = tmp_path / "production_config.json"
    config.write_text(json.dumps({"schedules": {"s": schedule}}))
    catalog = Catalog(config, {"HEATMAP_HOME": str(tmp_path)})
    catalog.site("shop")
    broker, now = _Kept(), [NOW]
    loop = CatalogLoop(catalog, Health("scheduler"), broker, clock=lambda: now[0])
    loop.step(anew=False)
    loop.step(anew=False)
    assert [key for key, _ in broker.kept] == ["config:production", "calibration:shop"]
    assert "hush" not in str(broker.kept)
    shown = json.loads(broker.kept[0][1])["schedules"]["s"]
    assert shown["webhook_url"] == "https://hooks.example/***"
    assert "ann:***@10.0.0.1" in broker.kept[1][1]
    config.write_text(json.dumps({"schedules": {}}))
    loop.step(anew=False)
    assert [key for key, _ in broker.kept[2:]] == ["config:production"]
    broker.generation = 1
    loop.step(anew=False)
    now[0] += 13 * 3600
    loop.step(anew=False)
    assert len(broker.kept) == 3 + 2 + 2


class _Kept(LocalBroker):
    """Notes what it is to keep."""

    generation = 0

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, str]] = []

    def cache(self, key: str, text: str, keep_s: float | None = None) -> None:
        assert keep_s == 86_400
        self.kept.append((key, text))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[FailingDatabase]:
    made = FailingDatabase(open_database("", tmp_path).engine)
    yield made
    made.close()


@pytest.mark.parametrize(("days", "left"), [(0, 2), (30, 1), (90, 2)])
def test_what_is_older_than_it_has_to_be_kept_is_forgotten(database: Database, days: int, left: int) -> None:
    """Of two jobs that were missed, one 60 days ago. 0 days: everything is kept."""
    for ago_s in (60 * 86_400, 600):
        add(database, job(due=NOW - ago_s, status="failed"))
    KeepLoop(database, Health("scheduler"), lambda: days).step(NOW)
    with database.read() as connection:
        assert len(connection.exec_driver_sql("SELECT id FROM jobs").all()) == left


def test_tracks_are_thinned_only_while_the_disk_is_nearly_full(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    thinned: list[float] = []

    def thin(_: Database, now: float) -> int:
        thinned.append(now)
        return 0

    monkeypatch.setattr(retention, "thin", thin)
    health = Health("scheduler")
    loop = KeepLoop(database, health, lambda: 365)
    for health.pressure in (0, 1, 2):
        loop.step(NOW + health.pressure)
    assert thinned == [NOW + 2]


def test_it_survives_a_database_that_is_away(database: FailingDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heatmap_gui.services.keeping._POLL_S", 0.001)
    add(database, job(due=NOW - 1e8, status="failed"))
    database.away, beats = True, list[float]()
    loop = KeepLoop(database, Health("scheduler"), lambda: 30, beat=lambda: beats.append(time.monotonic()))
    with Loops() as loops:
        loops.start("keep", loop)
        until(lambda: len(beats) > 2)
    loops.check()


def test_it_stops_at_once() -> None:
    stopping = threading.Event()
    stopping.set()
    CameraHealthLoop(Health("detector"), dict)(stopping)


def test_edits_that_are_refused_are_a_trouble_until_they_are_mended(tmp_path: Path) -> None:
    config, site = tmp_path / "production_config.json", tmp_path / "calibration_data/calibration_shop.json"
    site.parent.mkdir()
    good = json.dumps(version_1())
    config.write_text("{}")
    site.write_text(good)
    health = Health("detector")
    catalog = Catalog(config, {"HEATMAP_HOME": str(tmp_path)}, tmp_path / ".env")
    catalog.site("shop")
    loop = CatalogLoop(catalog, health, LocalBroker())
    loop.step(anew=True)
    assert health.troubles() == {}
    config.write_text("{")
    site.write_text("[")
    loop.step(anew=True)
    troubles = health.troubles()
    assert troubles.keys() == {"configuration", "site of shop"}
    assert "production_config.json: not JSON" in troubles["configuration"].reason
    assert health.status == "degraded"
    config.write_text("{}")
    site.write_text(good)
    loop.step(anew=True)
    assert health.troubles() == {}
