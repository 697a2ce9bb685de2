"""Sites by HTTP: nobody's edit is lost, no password is shown, and none is lost either."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.app import App
from tests.api.conftest import Api, home_with_demo

PATH = "/api/v1/sites/demo"
SECRET = "rtsp://admin:hunter22@10.0.0.5:554/1"


def read(api: Api) -> tuple[dict[str, Any], str]:
    answer = api.operator.get(PATH)
    assert answer.status_code == 200, answer.text
    return answer.json()["document"], answer.headers["etag"]


def saved(api: Api, document: dict[str, Any], etag: str) -> int:
    return int(api.operator.put(PATH, json=document, headers={"If-Match": etag}).status_code)


def test_listed(api: Api) -> None:
    (site,) = api.viewer.get("/api/v1/sites").json()
    assert (site["store_name"], site["cameras"], site["calibrated"], site["scaled"]) == ("demo", 3, 3, True)
    assert site["title"] == "demo"
    assert api.elsewhere.get("/api/v1/sites").json() == []


def test_a_store_is_called_as_the_environment_says(tmp_path: Path) -> None:
    environ = {"HEATMAP_HOME": str(tmp_path / "home"), "STORE_ID": "demo", "STORE_NAME": "Demo Street"}
    with closing(App(home_with_demo(tmp_path), ("api",), "", environ)) as app:
        (site,) = Api(app).viewer.get("/api/v1/sites").json()
        assert (site["store_name"], site["title"]) == ("demo", "Demo Street")


def test_an_edit_is_in_force_at_once(api: Api) -> None:
    document, etag = read(api)
    document["zones"][0]["name"] = "door"
    assert saved(api, document, etag) == 200
    assert api.app.catalog.site("demo").zones[0].name == "door"
    again, newer = read(api)
    assert again["zones"] == document["zones"] and newer != etag


def test_two_who_edit_at_once(api: Api) -> None:
    document, etag = read(api)
    document["zones"][0]["name"] = "mine"
    assert saved(api, document, etag) == 200
    document["zones"][0]["name"] = "yours"
    answer = api.operator.put(PATH, json=document, headers={"If-Match": etag})
    assert (answer.status_code, answer.headers["content-type"]) == (412, "application/problem+json")
    assert api.operator.put(PATH, json=document).status_code == 428
    assert api.app.catalog.site("demo").zones[0].name == "mine"


def test_passwords_are_kept_and_not_shown(api: Api) -> None:
    document, etag = read(api)
    document["cameras"][0]["rtsp_url"] = SECRET
    assert saved(api, document, etag) == 200
    answer = api.operator.get(PATH)
    assert "hunter22" not in answer.text
    shown = answer.json()["document"]["cameras"][0]["rtsp_url"]
    assert shown == "rtsp://admin:***@10.0.0.5:554/1"
    (file,) = Path(api.app.settings.calibration_dir).glob("calibration_demo.json")
    assert "hunter22" not in file.read_text()
    document, etag = read(api)
    document["cameras"][0]["name"] = "another"
    assert saved(api, document, etag) == 200
    camera = api.app.catalog.site("demo").cameras[0]
    assert (camera.name, camera.url) == ("another", SECRET)
    document, etag = read(api)
    document["cameras"][1]["rtsp_url"] = "rtsp://admin:***@10.0.0.6/1"
    assert saved(api, document, etag) == 422


def test_versions_come_back(api: Api) -> None:
    document, etag = read(api)
    first = document["zones"][0]["name"]
    document["zones"][0]["name"] = "door"
    assert saved(api, document, etag) == 200
    (version,) = api.viewer.get(f"{PATH}/versions").json()
    path = f"{PATH}/versions/{version['name']}"
    assert api.viewer.get(path).json()["document"]["zones"][0]["name"] == first
    assert api.operator.post(f"{path}/restore").status_code == 428
    assert api.operator.post(f"{path}/restore", headers={"If-Match": etag}).status_code == 412
    _, newest = read(api)
    assert api.operator.post(f"{path}/restore", headers={"If-Match": newest}).status_code == 200
    assert api.app.catalog.site("demo").zones[0].name == first
    assert api.viewer.get(f"{PATH}/versions/none").status_code == 404


def test_a_store_is_added_once(api: Api) -> None:
    document = {"metadata": {"version": "2.0"}, "store": {"name": "new"}, "cameras": []}
    new = {"If-None-Match": "*"}
    assert api.operator.put("/api/v1/sites/new", json=document, headers=new).status_code == 200
    assert api.operator.put("/api/v1/sites/new", json=document, headers=new).status_code == 412
    assert api.operator.put("/api/v1/sites/newer", json=document, headers=new).status_code == 409
    assert api.elsewhere.put("/api/v1/sites/third", json=document, headers=new).status_code == 404
    assert {site["store_name"] for site in api.viewer.get("/api/v1/sites").json()} == {"demo", "new"}


@pytest.mark.parametrize("document", [{}, {"store": []}, {"cameras": 1}, {"store": {"name": "demo"}, "cameras": [{}]}])
def test_what_is_no_site_changes_nothing(api: Api, document: dict[str, Any]) -> None:
    before, etag = read(api)
    assert saved(api, document, etag) in (409, 422)
    assert read(api) == (before, etag)


def test_others_have_nothing_here(api: Api) -> None:
    document, etag = read(api)
    for client, status in ((api.nobody, 401), (api.viewer, 403), (api.elsewhere, 404)):
        assert client.put(PATH, json=document, headers={"If-Match": etag}).status_code == status
    for name in ("..", "%2e%2e%2fx", "none"):
        assert api.operator.get(f"/api/v1/sites/{name}").status_code in (404, 422)
    assert json.dumps(api.operator.get("/api/v1/sites/none").json())
