"""Cameras and forbidden ROIs as a site, and every way in which the two documents go wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.core.site_rois import read_camera_site
from tests.core.roi_documents import cameras, rois

PATH = Path("mine/cameras.yaml")


def read(camera_document: Any, roi_document: Any = None) -> Site:
    roi_node = None if roi_document is None else Node(roi_document, "", "rois.yaml")
    return read_camera_site(Node(camera_document, "", PATH.name), roi_node, PATH)


def zones(*names: str, camera_id: int | str = "cam_nave3_hornos") -> dict[str, Any]:
    square = [[0, 0], [9, 0], [9, 9], [0, 9]]
    return {"cameras": [{"camera_id": camera_id, "forbidden_rois": [{"name": n, "points": square} for n in names]}]}


def test_cameras_keep_what_is_written_and_are_uncalibrated() -> None:
    site = read(cameras())
    [hall] = site.cameras
    assert (hall.id, hall.written_id, hall.name) == ("cam_nave3_hornos", "cam_nave3_hornos", "Nave 3 Hornos B CAM 3")
    assert hall.url == "rtsp://admin:password@192.168.1.10:554/Streaming/Channels/101"
    assert (hall.enabled, hall.fps_target, hall.calibration) == (True, 5.0, None)
    assert (site.name, site.timezone, site.zones, site.warnings) == ("cameras", "UTC", (), ())


def test_a_roi_is_a_forbidden_zone_where_box_centres_are_tested() -> None:
    [zone] = read(cameras(), rois()).zones
    assert (zone.id, zone.name, zone.type) == ("cam_nave3_hornos-loading_zone", "loading_zone", "forbidden")
    assert (zone.on, zone.anchor) == ("cam_nave3_hornos", "centre")
    assert (zone.allowed_classes, zone.alert_classes) == (("pine", "worker"), ("object",))
    assert zone.polygon.tolist() == [[100, 100], [500, 100], [500, 400], [100, 400]]


def test_the_document_is_a_site_file() -> None:
    site = read(cameras(), rois())
    again = read_site(site.document, Path("calibration_mine.json"))
    assert (again.hash, again.warnings) == (site.hash, ())
    assert [camera.url for camera in again.cameras] == [camera.url for camera in site.cameras]


def test_a_site_file_s_keys_may_be_there_and_relative_paths_start_at_the_file() -> None:
    document = cameras() | {"store": {"name": "Sawmill", "timezone": "Europe/Madrid"}}
    document["cameras"][0] |= {"id": 7, "rtsp_url": "clips/a.mp4", "frame_size": [640, 480]}
    site = read(document, zones("gate", camera_id="7"))
    assert (site.name, site.timezone, site.zones[0].on) == ("Sawmill", "Europe/Madrid", "7")
    assert (site.cameras[0].written_id, site.cameras[0].frame_size) == (7, (640, 480))
    assert site.cameras[0].url == str(Path("mine/clips/a.mp4"))


def test_zone_ids_depend_on_nothing_but_the_names() -> None:
    names = ["loading zone", "loading_zone", "Zona Nº 3", "装卸区", "loading/zone", "_"]
    ids = {zone.name: zone.id for zone in read(cameras(), zones(*names)).zones}
    assert list(ids) == names, "as written"
    assert len(set(ids.values())) == len(names)
    assert all(re.fullmatch(r"cam_nave3_hornos-[A-Za-z0-9_-]+", zone_id) for zone_id in ids.values())
    assert {zone.name: zone.id for zone in read(cameras(), zones(*names[::-1])).zones} == ids


def test_unknown_keys_are_said_with_their_file() -> None:
    camera_document, roi_document = cameras(), rois()
    camera_document["cameras"][0] |= {"calibration": {"is_calibrated": True}, "colour": "red"}
    camera_document["store"] = {"size": "large"}
    roi_document["cameras"][0]["forbidden_rois"][0]["active_hours"] = [["22:00", "06:00"]]
    roi_document["version"] = 2
    site = read(camera_document, roi_document)
    assert sorted(warning.split(" is not")[0] for warning in site.warnings) == [
        "cameras.yaml: cameras[0].calibration",
        "cameras.yaml: cameras[0].colour",
        "cameras.yaml: store.size",
        "rois.yaml: cameras[0].forbidden_rois[0].active_hours",
        "rois.yaml: version",
    ]
    assert site.zones[0].active_hours == (), "unknown is without effect"
    assert site.cameras[0].calibration is None


def test_cameras_without_rois_are_fine() -> None:
    assert read(cameras(), {"cameras": []}).zones == ()
    assert read(cameras(), {"cameras": [{"camera_id": "cam_nave3_hornos"}]}).zones == ()
    assert read(cameras(), {"cameras": [{"camera_id": "cam_nave3_hornos", "forbidden_rois": None}]}).zones == ()


NAN = float("nan")
FIRST = ("cameras", 0)
ROI = (*FIRST, "forbidden_rois", 0)
WRONG_CAMERAS: list[tuple[tuple[Any, ...], Any, str]] = [
    (("cameras",), None, "cameras is missing or empty: add at least one camera"),
    (("cameras",), [], "cameras is missing or empty"),
    (("cameras",), "cam_1", 'cameras is "cam_1": allowed: a list'),
    (FIRST, "cam_1", 'cameras[0] is "cam_1": allowed: an object'),
    ((*FIRST, "id"), None, "cameras[0].id is missing: allowed: a whole number or a text"),
    ((*FIRST, "id"), "nave 3", 'cameras[0].id is "nave 3": allowed: a whole number or'),
    ((*FIRST, "id"), "plan", 'cameras[0].id is "plan"'),
    ((*FIRST, "id"), True, "cameras[0].id is true"),
    ((*FIRST, "id"), 1.5, "cameras[0].id is 1.5"),
    (("cameras",), [{"id": 1}, {"id": "1"}], 'cameras[1].id is "1": allowed: each id once'),
    ((*FIRST, "name"), 3, "cameras[0].name is 3: allowed: a text"),
    ((*FIRST, "rtsp_url"), ["rtsp://a:secret@b"], "cameras[0].rtsp_url is wrong: allowed: an address"),
    ((*FIRST, "enabled"), "si", 'cameras[0].enabled is "si": allowed: true or false'),
    ((*FIRST, "fps_target"), 0, "cameras[0].fps_target is 0: allowed: a number above 0"),
    ((*FIRST, "fps_target"), "fast", 'cameras[0].fps_target is "fast"'),
    ((*FIRST, "frame_size"), [640], "cameras[0].frame_size is [640]"),
    (("store",), "mine", 'store is "mine": allowed: an object'),
    (("store",), {"timezone": "Mars"}, 'store.timezone is "Mars": allowed: an IANA time zone'),
]
WRONG_ROIS: list[tuple[tuple[Any, ...], Any, str]] = [
    (("cameras",), None, "cameras is missing: allowed: a list of cameras"),
    (("cameras",), {"cam": 1}, "cameras is {"),
    (FIRST, [1], "cameras[0] is [1]: allowed: an object"),
    ((*FIRST, "camera_id"), None, "cameras[0].camera_id is missing"),
    ((*FIRST, "camera_id"), "cam_9", 'camera_id is "cam_9": allowed: an id that cameras.yaml has: cam_nave3_hornos'),
    (("cameras",), rois()["cameras"] * 2, "another name: there is a zone cam_nave3_hornos-loading_zone already"),
    (("cameras",), [{"camera_id": "cam_nave3_hornos"}] * 2, "cameras[1].camera_id is "),
    ((*FIRST, "forbidden_rois"), {"name": "a"}, "cameras[0].forbidden_rois is {"),
    ((*FIRST, "allowed_classes"), "pine", 'cameras[0].allowed_classes is "pine": allowed: a list'),
    ((*FIRST, "alert_classes"), ["object", False], "cameras[0].alert_classes[1] is false: allowed: a class name"),
    ((*FIRST, "alert_classes"), [3], "alert_classes[0] is 3: allowed: a class name (in quotes where"),
    ((*ROI, "name"), None, "forbidden_rois[0].name is missing"),
    ((*ROI, "name"), 3, "forbidden_rois[0].name is 3: allowed: a text"),
    ((*ROI, "name"), " ", 'forbidden_rois[0].name is " ": allowed: a text that is not empty'),
    ((*FIRST, "forbidden_rois"), zones("a", "a")["cameras"][0]["forbidden_rois"], "forbidden_rois[1].name is"),
    ((*ROI, "points"), None, "forbidden_rois[0].points is missing: allowed: a list of at least 3"),
    ((*ROI, "points"), [[0, 0], [9, 9]], "forbidden_rois[0].points is [[0, 0], [9, 9]]: allowed: at least 3"),
    ((*ROI, "points"), [[0, 0], [9, 9], [0, 0], [0, 0]], "(there are 2)"),
    ((*ROI, "points"), [[0, 0], [9, 9], [9, 0], [0, 9]], "does not cross itself (its edges"),
    ((*ROI, "points"), [[0, 0], [5, 5], [9, 9]], "with an area"),
    ((*ROI, "points"), "all", 'points is "all": allowed: a list of [x, y]'),
    ((*ROI, "points", 1), [500], "points[1] is [500]: allowed: [x, y]"),
    ((*ROI, "points", 1), [500, 100, 1], "points[1] is [500, 100, 1]"),
    ((*ROI, "points", 2), [NAN, 1], "points[2][0] is NaN: allowed: a finite number"),
    ((*ROI, "points", 2), [float("inf"), 1], "points[2][0] is Infinity"),
    ((*ROI, "points", 2), ["500", 1], 'points[2][0] is "500"'),
]


def changed(document: Any, keys: tuple[Any, ...], value: Any) -> Any:
    at = document
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = value
    return document


def refusal(camera_document: Any, roi_document: Any) -> str:
    with pytest.raises(InputError) as caught:
        read(camera_document, roi_document)
    assert "secret" not in caught.value.message
    assert "\n" not in caught.value.message
    return caught.value.message


@pytest.mark.parametrize(("keys", "value", "fragment"), WRONG_CAMERAS, ids=[w[2][:40] for w in WRONG_CAMERAS])
def test_a_wrong_camera_is_named_with_what_is_allowed(keys: tuple[Any, ...], value: Any, fragment: str) -> None:
    document = changed(cameras(), keys, value)
    for message in (refusal(document, None), refusal(document, {"cameras": []})):
        assert message.startswith("cameras.yaml: ")
        assert fragment in message


@pytest.mark.parametrize(("keys", "value", "fragment"), WRONG_ROIS, ids=[w[2][:40] for w in WRONG_ROIS])
def test_a_wrong_roi_is_named_with_what_is_allowed(keys: tuple[Any, ...], value: Any, fragment: str) -> None:
    message = refusal(cameras(), changed(rois(), keys, value))
    assert message.startswith("rois.yaml: ")
    assert fragment in message


def test_two_pairs_of_names_that_give_one_zone_are_refused() -> None:
    both = {"cameras": [{"id": "a"}, {"id": "a-b"}]}
    drawn = {"cameras": zones("b-c", camera_id="a")["cameras"] + zones("c", camera_id="a-b")["cameras"]}
    assert 'cameras[1].forbidden_rois[0].name is "c": allowed: another name' in refusal(both, drawn)
