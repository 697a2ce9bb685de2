"""Site files as people have them, and every way in which they go wrong."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import measurable, read_site
from tests.core.pinhole import Pinhole
from tests.core.site_documents import version_1, version_2

PATH = Path("shop/calibration_shop.json")


def test_version_1_loads_as_it_is() -> None:
    document = version_1()
    site = read_site(document, PATH)
    camera = site.cameras[0]
    assert (site.name, camera.id, camera.written_id, camera.name) == ("shop", "1", 1, "Door")
    assert site.floor.plan_path == Path("shop/plan.png")
    assert (site.floor.unit, site.timezone, site.warnings) == ("px", "UTC", ())
    assert camera.calibration is not None
    np.testing.assert_array_equal(camera.calibration.matrix, Pinhole().homography())
    assert site.document == version_1()


def test_version_2_has_everything() -> None:
    site = read_site(version_2(), PATH)
    door, till = site.cameras
    assert (site.floor.unit, site.floor.origin_m, site.timezone) == ("m", (-1.5, 2.0), "Europe/Madrid")
    assert [polygon.shape for polygon in site.floor.walkable] == [(4, 2)]
    assert (door.frame_size, door.fps_target, door.offset_s) == ((800, 600), 5.0, -1.25)
    assert door.calibration is not None
    assert door.calibration.lens is not None
    assert (door.calibration.lens.fy, door.calibration.lens.k1, door.calibration.error_m) == (601, -0.1, 0.08)
    assert (till.id, till.calibration, till.url) == ("till-2", None, str(Path("shop/clips/till.mp4")))
    queue, corner = site.zones
    assert (queue.type, queue.on, queue.polygon.shape) == ("queue", "plan", (4, 2))
    assert queue.active_hours == (("09:00", "22:00"), ("23:30", "24:00"))
    assert (queue.hold_s, queue.debounce_s) == (2.5, 60.0)
    assert (corner.hold_s, corner.debounce_s) == (0.0, None)
    assert (corner.id, corner.on, corner.type, corner.anchor) == ("7", "1", "general", "centre")
    entry, stop = site.lines
    assert (entry.in_side, entry.kind, entry.on) == ("right", "count", "plan")
    assert (stop.kind, stop.on, stop.direction, stop.speed_limit_kmh) == ("stop", "till-2", "N", 30.0)
    assert site.warnings == ()


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("clips/a.mp4", "shop/clips/a.mp4"),
        ("mot:det.txt?fps=25&width=1920&height=1080", "mot:shop/det.txt?fps=25&width=1920&height=1080"),
        ("rtsp://10.0.0.5/1", "rtsp://10.0.0.5/1"),
        ("synthetic:store?seed=1", "synthetic:store?seed=1"),
        ("/videos/a.mp4", "/videos/a.mp4"),
        ("0", "0"),
        (1, "1"),
    ],
)
def test_relative_addresses_start_at_the_file(url: str | int, resolved: str) -> None:
    site = version_1()
    site["cameras"][0]["rtsp_url"] = url
    assert read_site(site, PATH).cameras[0].url == resolved


def test_a_calibrated_camera_without_a_matrix_is_fitted() -> None:
    site = version_1()
    del site["cameras"][0]["calibration"]["homography_matrix"]
    calibration = read_site(site, PATH).cameras[0].calibration
    assert calibration is not None
    truth = Pinhole().homography()
    np.testing.assert_allclose(calibration.matrix / calibration.matrix[2, 2], truth / truth[2, 2], rtol=1e-6, atol=1e-9)


def test_a_camera_that_is_said_to_be_uncalibrated_is() -> None:
    site = version_1()
    site["cameras"][0]["calibration"]["is_calibrated"] = False
    assert read_site(site, PATH).cameras[0].calibration is None


def test_a_store_without_cameras_may_be_edited_but_not_measured() -> None:
    document = {"store": {"name": "new"}, "cameras": []}
    site = read_site(document, PATH)
    assert (site.name, site.cameras) == ("new", ())
    with pytest.raises(InputError, match="cameras is missing or empty: add at least one camera"):
        measurable(site, PATH.name)
    whole = read_site(version_1(), PATH)
    assert measurable(whole, PATH.name) is whole


def test_unknown_keys_are_kept_and_said() -> None:
    site = version_2()
    site["zones"][0]["colour"] = "red"
    site["extra"] = 1
    read = read_site(site, PATH)
    assert read.document["zones"][0]["colour"] == "red"
    assert sorted(warning.split(" is not")[0] for warning in read.warnings) == [
        "calibration_shop.json: extra",
        "calibration_shop.json: zones[0].colour",
    ]


def test_the_hash_is_of_the_geometry() -> None:
    def changed(*keys: Any, value: Any) -> Site:
        document = version_2()
        at: Any = document
        for key in keys[:-1]:
            at = at[key]
        at[keys[-1]] = value
        return read_site(document, PATH)

    same = read_site(version_2(), PATH).hash
    assert len(same) == 64
    for keys, value in [
        (("store", "name"), "renamed"),
        (("cameras", 0, "rtsp_url"), "other.mp4"),
        (("cameras",), version_2()["cameras"][::-1]),
        (("zones", 0, "name"), "Line"),
        (("cameras", 0, "camera_id"), "1"),
    ]:
        assert changed(*keys, value=value).hash == same, keys
    for keys, value in [
        (("store", "metres_per_pixel"), 0.021),
        (("zones", 0, "polygon", 1), [201, 10]),
        (("lines", 0, "in_side"), "left"),
        (("cameras", 0, "lens", "k1"), -0.11),
        (("cameras", 0, "calibration", "homography_matrix", 0, 0), 1.0),
    ]:
        assert changed(*keys, value=value).hash != same, keys


NAN = float("nan")
WRONG: list[tuple[tuple[Any, ...], Any, str]] = [
    (("metadata", "version"), "3.0", 'metadata.version is "3.0": allowed: 1.0, 2.0'),
    (("store",), None, "store is missing"),
    (("store", "plan_width"), None, "store.plan_width is missing"),
    (("store", "plan_height"), -5, "store.plan_height is -5: allowed: a number above 0"),
    (("store", "metres_per_pixel"), 0, "store.metres_per_pixel is 0: allowed: a number above 0"),
    (("store", "metres_per_pixel"), True, "store.metres_per_pixel is true"),
    (("store", "plan_origin_m"), [1], "store.plan_origin_m is [1]: allowed: [x, y]"),
    (("store", "timezone"), "Europe/Madird", 'store.timezone is "Europe/Madird": allowed: an IANA time zone'),
    (("store", "timezone"), "../etc/passwd", "store.timezone"),
    (("store", "walkable"), [[[0, 0], [1, 1]]], "store.walkable[0] is [[0, 0], [1, 1]]: allowed: at least 3"),
    (("cameras",), {"1": {}}, "cameras is {"),
    (("cameras", 1), 5, "cameras[1] is 5: allowed: an object"),
    (("cameras", 1, "camera_id"), 1, "cameras[1].camera_id is 1: allowed: each id once"),
    (("cameras", 1, "camera_id"), "1", 'cameras[1].camera_id is "1": allowed: each id once'),
    (("cameras", 1, "camera_id"), "plan", 'cameras[1].camera_id is "plan"'),
    (("cameras", 1, "camera_id"), "a b", 'cameras[1].camera_id is "a b": allowed: a whole number or'),
    (("cameras", 1, "camera_id"), None, "cameras[1].camera_id is missing"),
    (("cameras", 0, "enabled"), "yes", 'cameras[0].enabled is "yes": allowed: true or false'),
    (("cameras", 0, "rtsp_url"), ["rtsp://a:b@c"], "cameras[0].rtsp_url is wrong: allowed: an address"),
    (("cameras", 0, "frame_size"), [800], "cameras[0].frame_size is [800]: allowed: [width, height]"),
    (("cameras", 0, "frame_size"), [800, 0.5], "cameras[0].frame_size is [800, 0.5]"),
    (("cameras", 0, "lens", "fx"), None, "cameras[0].lens.fx is missing"),
    (("cameras", 0, "lens", "k2"), "a", 'cameras[0].lens.k2 is "a"'),
    (("cameras", 0, "fps_target"), 0, "cameras[0].fps_target is 0"),
    (("cameras", 0, "offset_s"), NAN, "cameras[0].offset_s is NaN"),
    (("cameras", 0, "calibration", "homography_matrix"), [[1, 0], [0, 1]], "homography_matrix is [[1, 0], [0, 1]]"),
    (("cameras", 0, "calibration", "homography_matrix", 1), [0, NAN, 1], "homography_matrix[1][1] is NaN"),
    (("cameras", 0, "calibration", "homography_matrix", 2), [1e400, 0, 1], "homography_matrix[2][0] is Infinity"),
    (("cameras", 0, "calibration", "homography_matrix"), [[1, 2, 3], [2, 4, 6], [0, 0, 1]], "singular"),
    (("cameras", 0, "calibration", "homography_matrix"), [[0, 0, 0]] * 3, "singular"),
    (("cameras", 0, "calibration", "camera_points"), [[1, 2]], "(there are 1 and 5)"),
    (("cameras", 0, "calibration", "plan_points", 3), [1, "2"], 'calibration.plan_points[3][1] is "2"'),
    (("cameras", 0, "calibration", "error_m"), -1, "cameras[0].calibration.error_m is -1"),
    (("cameras", 1, "calibration"), {"is_calibrated": True}, "cameras[1].calibration is"),
    (("zones", 0, "id"), 7, "zones[1].id is 7: allowed: each id once"),
    (("zones", 0, "type"), "till", 'zones[0].type is "till": allowed: entry, queue, shelf'),
    (("zones", 0, "polygon"), [[0, 0], [9, 9]], "zones[0].polygon is [[0, 0], [9, 9]]: allowed: at least 3"),
    (("zones", 0, "polygon"), [[0, 0], [9, 9], [0, 0], [0, 0]], "(there are 2)"),
    (("zones", 0, "polygon"), None, "zones[0].polygon is missing"),
    (("zones", 0, "polygon", 2), [NAN, 1], "zones[0].polygon[2][0] is NaN"),
    (("zones", 0, "polygon", 2), [1e999, 1], "zones[0].polygon[2][0] is Infinity"),
    (("zones", 0, "polygon"), [[0, 0], [9, 9], [9, 0], [0, 9]], "does not cross itself (its edges (0, 0)-(9, 9) and"),
    (("zones", 0, "polygon"), [[0, 0], [5, 5], [9, 9]], "with an area"),
    (("zones", 0, "on"), "till-9", 'zones[0].on is "till-9": allowed: 1, plan, till-2'),
    (("zones", 0, "anchor"), "head", 'zones[0].anchor is "head": allowed: foot, centre'),
    (("zones", 0, "allowed_classes"), "person", 'zones[0].allowed_classes is "person": allowed: a list'),
    (("zones", 0, "active_hours"), [["9:00", "22:00"]], "zones[0].active_hours[0]"),
    (("zones", 0, "active_hours"), [["09:00", "24:30"]], "zones[0].active_hours[0]"),
    (("zones", 0, "hold_s"), -1, "zones[0].hold_s is -1: allowed: seconds, 0 or more"),
    (("zones", 0, "debounce_s"), "30", 'zones[0].debounce_s is "30": allowed: seconds, 0 or more'),
    (("lines", 0, "b"), [100, 0], "lines[0] is"),
    (("lines", 0, "a"), [1, 2, 3], "lines[0].a is [1, 2, 3]: allowed: [x, y]"),
    (("lines", 0, "in_side"), "up", 'lines[0].in_side is "up": allowed: left, right'),
    (("lines", 0, "kind"), "speed", 'lines[0].kind is "speed": allowed: count, stop'),
    (("lines", 1, "id"), "door", 'lines[1].id is "door": allowed: each id once'),
    (("lines", 1, "on"), 3, "lines[1].on is 3: allowed: 1, plan, till-2"),
    (("lines", 1, "speed_limit_kmh"), -3, "lines[1].speed_limit_kmh is -3"),
]


@pytest.mark.parametrize(("keys", "value", "fragment"), WRONG, ids=[".".join(map(str, w[0])) for w in WRONG])
def test_a_wrong_value_is_named_with_what_is_allowed(keys: tuple[Any, ...], value: Any, fragment: str) -> None:
    document = copy.deepcopy(version_2())
    at: Any = document
    for key in keys[:-1]:
        at = at.setdefault(key, {}) if isinstance(at, dict) else at[key]
    at[keys[-1]] = value
    with pytest.raises(InputError) as caught:
        read_site(json.loads(json.dumps(document)), PATH)
    assert fragment in caught.value.message
    assert caught.value.message.startswith("calibration_shop.json: ")
    assert "secret" not in caught.value.message
    assert "\n" not in caught.value.message
