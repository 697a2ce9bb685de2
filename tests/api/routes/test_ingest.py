"""Records come in as printed, once each; what is wrong is said and nothing of it kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from heatmap_gui.core.who import Role, Scope
from heatmap_gui.services import traffic_analytics
from heatmap_gui.store.traffic_reading import Chosen
from tests.api.conftest import Api, machine
from tests.api.seeds import RECORD

SINGLE, BATCH = "/api/v1/ingest/simulation", "/api/v1/ingest/batch"


def at(second: int, **more: Any) -> dict[str, Any]:
    return RECORD | {"timestamp": f"2025-09-10T23:20:{second:02}Z"} | more


def there(api: Api) -> int:
    return traffic_analytics.wait_times(api.app.database, Chosen(), "direction").overall.records


def test_the_printed_record_comes_in(api: Api) -> None:
    answer = api.operator.post(SINGLE, json=RECORD)
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "success", "records": 1, "signals": 1, "replaced": 0},
    )
    assert api.operator.post(SINGLE, json=RECORD).json()["replaced"] == 1
    found = traffic_analytics.summary(api.app.database, RECORD["simulation_id"])
    assert found.performance.total_vehicles_passed == 104 and found.performance.avg_speed == 28.3
    assert found.waits_by_direction[0].avg_wait_time == 12.5
    assert found.mean_vehicles_waiting["car"] == 78


def test_a_batch_comes_in_whole_or_not_at_all(api: Api) -> None:
    assert api.operator.post(BATCH, json=[at(0), at(1), at(2), at(1)]).json() == {
        "status": "success", "records": 3, "signals": 3, "replaced": 0,
    }  # fmt: skip
    answer = api.operator.post(BATCH, json=[at(3), at(4, metrics={})])
    assert answer.status_code == 422 and "metrics" in answer.json()["detail"]
    assert there(api) == 3


def test_who_may_send(api: Api) -> None:
    assert api.nobody.post(SINGLE, json=RECORD).status_code == 401
    assert api.viewer.post(SINGLE, json=RECORD).status_code == 403
    sender = api.client(machine(api.app, Scope.INGEST, role=Role.OPERATOR))
    assert sender.post(SINGLE, json=RECORD).status_code == 200
    assert api.client(machine(api.app, Scope.READ, role=Role.OPERATOR)).post(SINGLE, json=RECORD).status_code == 403


def test_more_than_is_known_is_let_pass(api: Api) -> None:
    more = at(0, weather="rain", signals=[RECORD["signals"][0] | {"lanes": 3}])
    assert api.operator.post(SINGLE, json=more).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        RECORD | {"simulation_id": ""},
        RECORD | {"simulation_id": "a/b"},
        RECORD | {"timestamp": "yesterday"},
        RECORD | {"timestamp": "0001-01-01T00:00:00+23:59"},
        RECORD | {"timestamp": 1e300},
        RECORD | {"signals": []},
        RECORD | {"signals": RECORD["signals"] * 2},
        RECORD | {"signals": [RECORD["signals"][0] | {"vehicles_crossed": -1}]},
        RECORD | {"signals": [RECORD["signals"][0] | {"vehicle_counts": {"car": "many"}}]},
        RECORD | {"signals": [RECORD["signals"][0] | {"avg_wait_time": None}]},
        RECORD | {"metrics": RECORD["metrics"] | {"avg_speed": 1e999}},
        RECORD | {"metrics": RECORD["metrics"] | {"total_vehicles_passed": 10**30}},
    ],
)
def test_what_is_wrong_is_said(api: Api, wrong: Any) -> None:
    for path, body in ((SINGLE, wrong), (BATCH, [wrong])):
        answer = api.operator.request(
            "POST", path, content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 422 and answer.json()["detail"], body
    assert there(api) == 0


def test_an_instant_without_an_offset_is_utc(api: Api) -> None:
    assert api.operator.post(SINGLE, json=RECORD | {"timestamp": "2025-09-10T23:20:00"}).status_code == 200
    assert api.operator.post(SINGLE, json=RECORD | {"timestamp": "2025-09-11T01:20:00+02:00"}).json()["replaced"] == 1
