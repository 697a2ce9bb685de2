"""The composition root: each role is what it should be, and what cannot be is said in one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.app import ROLES, App
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.work import Job
from heatmap_gui.store import deliveries, jobs
from tests.services.jobs.running import NOW, add, get, job

CONFIG: dict[str, Any] = {"schedules": {}, "model": "motion", "watch": []}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "production_config.json"
    path.write_text(json.dumps(CONFIG))
    return path


def opened(config: Path, *roles: str, **more: Any) -> App:
    config.write_text(json.dumps(CONFIG | more))
    return App(config, roles, "", {"HEATMAP_HOME": str(config.parent / "home")})


@pytest.fixture
def app(config: Path) -> Iterator[App]:
    with closing(opened(config, *ROLES)) as made:
        yield made


def test_each_role_has_its_loops_and_all_are_watched(app: App) -> None:
    loops = app.loops()
    assert set(loops) == {
        "catalog", "health", "scheduler", "keep", "sums", "device", "jobs", "watch", "cameras", "exporter", "alerts",
        "system-alerts", "inference",
    }  # fmt: skip
    assert set(app.health.document()["loops"]) == set(loops)


def test_a_role_alone_loads_nothing_of_another(config: Path) -> None:
    with closing(opened(config, "exporter", model="missing.onnx")) as app:
        assert set(app.loops()) == {"catalog", "health", "exporter"}


def test_a_model_that_is_not_there_is_said(config: Path) -> None:
    with closing(opened(config, "detector", model="missing.onnx")) as app, pytest.raises(InputError, match="missing"):
        app.loops()


@pytest.mark.parametrize("roles", [("painter",), ("scheduler", ""), ()])
def test_roles_that_do_not_exist_are_refused(config: Path, roles: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="choose of all, scheduler, detector, exporter, alerts, api"):
        opened(config, *roles)


def test_a_database_that_is_away_leaves_nothing_open(config: Path) -> None:
    with pytest.raises(UnavailableError, match=r"127\.0\.0\.1"):
        opened(config, "exporter", database_url="postgresql://nobody@127.0.0.1:9/none?connect_timeout=2")


def test_who_looks_after_it_is_written_to_when_a_job_failed_for_good(config: Path) -> None:
    """A slot that is over is missed: the first look at it ends it."""
    with closing(
        opened(config, "detector", alert_email="admin@example.com", smtp_url="smtp://mail.example.com")
    ) as app:
        late: Job = job("measure", due=NOW - 9e6, store_name="store_1")
        (job_id,) = add(app.database, late)
        worker = app.loops()["jobs"]
        for _ in range(200):
            worker.step(NOW)  # type: ignore[attr-defined]
            if get(app.database, job_id).status == "failed":
                break
            app.broker.wait(("jobs",), 0.05)
        with app.database.read() as transaction:
            (mail,) = deliveries.newest(transaction, limit=9)
            assert str(jobs.get(transaction, job_id).error) in mail.body.decode()
    assert (mail.sink, mail.target["to"], mail.job_id) == ("mail", "admin@example.com", job_id)


def test_frame_rate_and_interval_reach_the_watched_stores(config: Path) -> None:
    variables = {"HEATMAP_HOME": str(config.parent), "FRAME_RATE": "12", "DETECTION_INTERVAL": "3"}
    with closing(App(config, ("detector",), "", variables)) as app:
        assert (app.settings.frame_rate, app.settings.detection_interval) == (12.0, 3)
