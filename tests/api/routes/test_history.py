"""Heat maps and tracks by HTTP: the numbers that the history has, in every form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from heatmap_gui.app import App
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import Heatmap
from heatmap_gui.core.types import Bucket
from heatmap_gui.store import history, sites
from heatmap_gui.store.audit import Wanted
from tests.api.conftest import Api, home_with_demo
from tests.services.histories import MONDAY, standing

HOUR = "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z"
START = MONDAY + 10 * 3600


@pytest.fixture
def measured(tmp_path: Path) -> Iterator[Api]:
    """Two people of the demo store: 100 s at one place, 200 s at another."""
    with closing(App(home_with_demo(tmp_path), ("api",), "", {"HEATMAP_HOME": str(tmp_path / "home")})) as app:
        site = app.catalog.site("demo")
        points = standing([(START, 100.0, 1.0, 1.0), (START + 50, 200.0, 3.0, 1.0)])
        heat = Heatmap(Grid.of(site.floor))
        heat.add(points)
        for at in np.arange(START, START + 600, 60.0):
            heat.expose(float(at), {"1": 60.0})
        bucket = Bucket("plan", points, (), (), (), tuple(heat.take_tiles()), {"1": 600.0})
        written(app, bucket, site.hash)
        yield Api(app)


def written(app: App, bucket: Bucket, site_hash: str) -> None:
    site = app.catalog.site("demo")
    about = {"cameras": {"plan": ["1"]}}
    with app.database.write() as transaction:
        sites.remember(transaction, site_hash, "demo", {}, START)
        grids = {"plan": Grid.of(site.floor)}
        run = history.start_run(transaction, "demo", None, site_hash, START, about, grids)
        history.write(transaction, run, 0, [bucket])


def asked(api: Api, path: str, **params: Any) -> Any:
    return api.viewer.get(f"/api/v1/{path}", params={"from": HOUR[0], "to": HOUR[1], **params})


def test_person_seconds_are_the_truth(measured: Api) -> None:
    answer = asked(measured, "heatmap")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["person_seconds"] == 300.0
    assert (found["unit"], found["floor_unit"], found["from"]) == ("person·s/m²", "m", HOUR[0])
    assert (len(found["values"]), len(found["values"][0])) == (found["rows"], found["columns"])
    assert max(map(max, found["exposed_s"])) == 600.0


def test_as_arrays_and_as_a_picture(measured: Api) -> None:
    arrays = np.load(io.BytesIO(asked(measured, "heatmap", format="npz").content))
    assert arrays["presence_s"].sum() == pytest.approx(300.0)
    picture = asked(measured, "heatmap", format="png", kind="visits")
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")


def test_where_nobody_was(measured: Api) -> None:
    answer = measured.viewer.get("/api/v1/heatmap", params={"day": "2026-05-01"})
    assert answer.json()["person_seconds"] == 0.0
    assert asked(measured, "heatmap", **{"class": "car"}).json()["person_seconds"] == 0.0


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"camera": "nowhere"}, 404),
        ({"kind": "odd"}, 422),
        ({"from": "2026-06-02T00:00:00Z"}, 409),
        ({"from": "1926-06-02T00:00:00Z"}, 409),
        ({"from": "2024-06-02T00:00:00Z"}, 409),
        ({"from": "2026-06-01T00:00:00"}, 422),
        ({"from": "yesterday"}, 422),
        ({"day": "2026-06-01"}, 409),
        ({"store_name": "nowhere"}, 404),
    ],
)
def test_what_cannot_be_asked(measured: Api, params: dict[str, str], status: int) -> None:
    for path in ("heatmap", "tracks"):
        if path == "tracks" and "kind" in params:
            continue
        answer = asked(measured, path, **params)
        expected = 409 if path == "tracks" and "camera" in params else status
        assert (answer.status_code, answer.headers["content-type"]) == (expected, "application/problem+json")


def test_a_day_is_the_stores(measured: Api) -> None:
    """10:00 UTC is 11:00 in London, within the day; the day before has nothing."""
    for day, seconds in (("2026-06-01", 300.0), ("2026-05-31", 0.0)):
        answer = measured.viewer.get("/api/v1/heatmap", params={"day": day})
        assert answer.json()["person_seconds"] == seconds


def test_tracks_are_every_row_and_who_read_them_is_noted(measured: Api) -> None:
    answer = asked(measured, "tracks")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 300
    assert {row["track_id"]: row["x_m"] for row in rows} == {"1": "1.0", "2": "3.0"}
    assert [float(row["at"]) for row in rows] == sorted(float(row["at"]) for row in rows)
    table = pq.read_table(io.BytesIO(asked(measured, "tracks", format="parquet").content))
    assert table.num_rows == 300 and table.column_names == list(rows[0])
    entries = measured.app.audit.newest(Wanted(action="tracks read"), 9)
    assert [(entry.who, entry.subject) for entry in entries] == [("vera", "demo")] * 2


def test_tracks_of_a_part_and_no_more_than_a_month(measured: Api) -> None:
    answer = asked(measured, "tracks", to="2026-06-01T10:00:10Z")
    assert len(answer.text.splitlines()) == 1 + 10
    assert asked(measured, "tracks", to="2026-07-10T10:00:00Z").status_code == 409


def test_floors(measured: Api) -> None:
    found = measured.viewer.get("/api/v1/heatmap/floors").json()
    assert [floor["camera"] for floor in found][:2] == ["plan", "plan:1"]
    assert asked(measured, "heatmap", camera="plan:1").json()["person_seconds"] == 300.0


def test_caches_are_cleared(measured: Api) -> None:
    asked(measured, "heatmap")
    answer = measured.admin.post("/api/v1/admin/clear-cache")
    assert answer.json() == {"cleared": {"heat maps": 1}}
    assert measured.operator.post("/api/v1/admin/clear-cache").status_code == 403
    assert asked(measured, "heatmap").json()["person_seconds"] == 300.0
