"""Questions about vehicles of our own cameras are answered from their tracks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.types import Bucket
from heatmap_gui.store import history
from heatmap_gui.store.tables import site_revisions
from heatmap_gui.vision.synthetic import junction_truth
from heatmap_gui.vision.synthetic.junction_site import junction_document
from tests.api.conftest import Api
from tests.core.meters.junction_day import truth

START, LENGTH_S = 1_766_325_600.0, 300.0
SPAN = {
    "store_name": "crossing",
    "from": datetime.fromtimestamp(START, UTC).isoformat(),
    "to": datetime.fromtimestamp(START + LENGTH_S, UTC).isoformat(),
}
QUESTIONS = ("counts", "turns", "speeds", "waits", "headways", "records")


@pytest.fixture
def junction(api: Api, tmp_path: Path) -> Api:
    """Five minutes of the junction are in the history."""
    path = tmp_path / "calibration_data" / "calibration_crossing.json"
    path.write_text(json.dumps(junction_document("crossing", 1)))
    api.app.catalog.poll()
    rows = junction_truth.rows(truth(LENGTH_S).everybody, LENGTH_S, 5.0, START)
    rows = rows.take(np.argsort(rows.at, kind="stable"))
    with api.app.database.write() as connection:
        document = {"hash": "h", "store_name": "crossing", "created_at": 0, "document": "{}"}
        connection.execute(insert(site_revisions).values(document))
        grid = Grid.of(api.app.catalog.site("crossing").floor)
        run = history.start_run(connection, "crossing", None, "h", START, {}, {"plan": grid})
        history.write(connection, run, 0, [Bucket("plan", rows, (), (), (), (), {})])
    return api


def test_answers_are_the_truth(junction: Api) -> None:
    answers = {name: junction.viewer.get(f"/api/v1/traffic/{name}", params=SPAN) for name in QUESTIONS}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(QUESTIONS, 200)
    true = truth(LENGTH_S)
    counts = answers["counts"].json()["counts"]
    assert sum(count["vehicles"] for count in counts) == len(true.passages)
    assert {turn["origin"] for turn in answers["turns"].json()["turns"]} == {"north", "east", "south", "west"}
    cars = junction.viewer.get("/api/v1/traffic/speeds", params=SPAN | {"vehicle_class": "car"}).json()["lines"]
    own = sum(p.kind == "car" for p in true.passages)
    assert sum(line["speeds"]["vehicles"] for line in cars) == own
    assert "Argonne" in answers["waits"].json()["idling"]["source"]
    again = junction.operator.post("/api/v1/ingest/batch", json=answers["records"].json())
    assert again.json()["records"] == 5


def test_who_may_ask_about_what(junction: Api) -> None:
    assert junction.nobody.get("/api/v1/traffic/counts", params=SPAN).status_code == 401
    assert junction.elsewhere.get("/api/v1/traffic/counts", params=SPAN).status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"to": "2026-12-24T00:00:00Z"}, 409),
        ({"to": "soon"}, 422),
        ({"bucket_s": "0"}, 422),
        ({"bucket_s": "nan"}, 422),
        ({"store_name": "nowhere"}, 404),
    ],
)
def test_what_cannot_be_answered_is_said(junction: Api, more: dict[str, str], status: int) -> None:
    answer = junction.viewer.get("/api/v1/traffic/counts", params=SPAN | more)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_too_many_parts_are_refused(junction: Api) -> None:
    day = {"store_name": "crossing", "day": "2025-12-21", "bucket_s": "60"}
    assert junction.viewer.get("/api/v1/traffic/counts", params=day).status_code == 409
