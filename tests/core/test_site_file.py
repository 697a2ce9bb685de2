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
from heatmap_gui.core.site_file import find_site, load_site, read_site
from tests.core.pinhole import Pinhole

PATH = Path("shop/calibration_shop.json")
PLAN_M = np.array([[8.0, 2.0], [12.0, 1.5], [13.0, 9.0], [6.5, 8.5], [10.0, 5.0]])


def _pairs() -> dict[str, Any]:
    return {"camera_points": Pinhole().project(PLAN_M).tolist(), "plan_points": (PLAN_M / 0.02).tolist()}


def _version_1() -> dict[str, Any]:
    matrix = Pinhole().homography().tolist()
    return {
        "metadata": {"created_at": "2025-01-31T12:00:00", "version": "1.0", "store_name": "shop"},
        "store": {"name": "shop", "plan_path": "plan.png", "plan_width": 1000, "plan_height": 800},
        "cameras": [
            {
                "camera_id": 1,
                "name": "Door",
                "rtsp_url": "rtsp://user:secret@10.0.0.5/1",
                "enabled": True,
                "calibration": {**_pairs(), "homography_matrix": matrix, "is_calibrated": True},
            }
        ],
        "summary": {"total": 1},
    }


def _version_2() -> dict[str, Any]:
    site = _version_1()
    site["metadata"]["version"] = "2.0"
    site["store"] |= {
        "metres_per_pixel": 0.02,
        "plan_origin_m": [-1.5, 2.0],
        "timezone": "Europe/Madrid",
        "walkable": [[[0, 0], [900, 0], [900, 700], [0, 700]]],
    }
    site["cameras"][0] |= {
        "frame_size": [800, 600],
        "lens": {"fx": 600, "fy": 601, "cx": 400, "cy": 300, "k1": -0.1},
        "fps_target": 5,
        "detect_url": "rtsp://10.0.0.5/2",
        "offset_s": -1.25,
    }
    site["cameras"][0]["calibration"]["error_m"] = 0.08
    site["cameras"].append({"camera_id": "till-2", "name": "Till", "rtsp_url": "clips/till.mp4"})
    site["zones"] = [
        {
            "id": "queue",
            "name": "Queue",
            "type": "queue",
            "polygon": [[10, 10], [200, 10], [200, 90], [10, 90], [10, 10]],
            "on": "plan",
            "allowed_classes": ["person"],
            "alert_classes": ["car"],
            "anchor": "foot",
            "active_hours": [["09:00", "22:00"], ["23:30", "24:00"]],
        },
        {"id": 7, "polygon": [[0, 0], [50, 0], [50, 50]], "on": 1, "anchor": "centre"},
    ]
    site["lines"] = [
        {"id": "door", "a": [100, 0], "b": [100, 50], "in_side": "right"},
        {"id": 2, "kind": "stop", "a": [0, 1], "b": [9, 1], "on": "till-2", "direction": "N", "speed_limit_kmh": 30},
    ]
    return site


def test_version_1_loads_as_it_is() -> None:
    document = _version_1()
    site = read_site(document, PATH)
    camera = site.cameras[0]
    assert (site.name, camera.id, camera.written_id, camera.name) == ("shop", "1", 1, "Door")
    assert site.floor.plan_path == Path("shop/plan.png")
    assert (site.floor.unit, site.timezone, site.warnings) == ("px", "UTC", ())
    assert camera.calibration is not None
    np.testing.assert_array_equal(camera.calibration.matrix, Pinhole().homography())
    assert site.document == _version_1()


def test_version_2_has_everything() -> None:
    site = read_site(_version_2(), PATH)
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
    site = _version_1()
    site["cameras"][0]["rtsp_url"] = url
    assert read_site(site, PATH).cameras[0].url == resolved


def test_a_calibrated_camera_without_a_matrix_is_fitted() -> None:
    site = _version_1()
    del site["cameras"][0]["calibration"]["homography_matrix"]
    calibration = read_site(site, PATH).cameras[0].calibration
    assert calibration is not None
    truth = Pinhole().homography()
    np.testing.assert_allclose(calibration.matrix / calibration.matrix[2, 2], truth / truth[2, 2], rtol=1e-6, atol=1e-9)


def test_the_matrices_file_fills_gaps_only(tmp_path: Path) -> None:
    site = _version_2()
    matrix = [[1, 0, 5], [0, 1, 6], [0, 0, 1]]
    entry = {"name": "", "matrix": matrix}
    matrices = {"store_name": "shop", "matrices": {"camera_1": entry, "camera_till-2": entry}}
    (tmp_path / "calibration_shop.json").write_text(json.dumps(site))
    (tmp_path / "homography_matrices_shop.json").write_text(json.dumps(matrices))
    door, till = load_site(tmp_path / "calibration_shop.json").cameras
    assert door.calibration is not None
    assert till.calibration is not None
    np.testing.assert_array_equal(door.calibration.matrix, Pinhole().homography())
    np.testing.assert_array_equal(till.calibration.matrix, matrix)


def test_a_camera_that_is_said_to_be_uncalibrated_is() -> None:
    site = _version_1()
    site["cameras"][0]["calibration"]["is_calibrated"] = False
    assert read_site(site, PATH).cameras[0].calibration is None


def test_unknown_keys_are_kept_and_said() -> None:
    site = _version_2()
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
        document = _version_2()
        at: Any = document
        for key in keys[:-1]:
            at = at[key]
        at[keys[-1]] = value
        return read_site(document, PATH)

    same = read_site(_version_2(), PATH).hash
    assert len(same) == 64
    for keys, value in [
        (("store", "name"), "renamed"),
        (("cameras", 0, "rtsp_url"), "other.mp4"),
        (("cameras",), _version_2()["cameras"][::-1]),
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
    (("cameras",), [], "cameras is missing or empty"),
    (("cameras",), {"1": {}}, "cameras is {"),
    (("cameras", 1), 5, "cameras[1] is 5: allowed: an object"),
    (("cameras", 1, "camera_id"), 1, "cameras[1].camera_id is 1: allowed: each id once"),
    (("cameras", 1, "camera_id"), "1", 'cameras[1].camera_id is "1": allowed: each id once'),
    (("cameras", 1, "camera_id"), "plan", 'cameras[1].camera_id is "plan"'),
    (("cameras", 1, "camera_id"), "a b", 'cameras[1].camera_id is "a b": allowed: a whole number or'),
    (("cameras", 1, "camera_id"), None, "cameras[1].camera_id is missing"),
    (("cameras", 0, "enabled"), "yes", 'cameras[0].enabled is "yes": allowed: true or false'),
    (("cameras", 0, "rtsp_url"), ["rtsp://a:b@c"], "cameras[0].rtsp_url: allowed: an address"),
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
    document = copy.deepcopy(_version_2())
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


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        (b'{"store": {\n "name": }', "line 2, column 10"),
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not a text in UTF-8"),
        (b"[1]", "the document is [1]: allowed: an object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"store": {"plan_width": ' + b"9" * 5000 + b"}}", "a number too long"),
        (None, "no such file"),
    ],
)
def test_a_file_that_is_no_site_is_refused(tmp_path: Path, content: bytes | None, fragment: str) -> None:
    path = tmp_path / "calibration_shop.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_site(path)
    assert fragment in caught.value.message


def test_a_folder_is_no_site_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_site(tmp_path)


def _save(folder: Path, name: str, created_at: str | None) -> Path:
    document = _version_1()
    document["metadata"]["created_at"] = created_at
    (folder / name).write_text(json.dumps(document))
    return folder / name


def test_the_newest_file_of_a_store_is_found_by_its_date(tmp_path: Path) -> None:
    _save(tmp_path, "calibration_shop.json", "2025-01-31T12:00:00")
    newest = _save(tmp_path, "calibration_shop_20240101_000000.json", "2025-02-01T12:00:00+09:00")
    _save(tmp_path, "calibration_shop_two.json", "2026-01-01T00:00:00")
    _save(tmp_path, "calibration_shop_20260101_000000.json", None)
    assert find_site(tmp_path, "shop") == newest
    with pytest.raises(InputError, match=r"calibration_kiosk\.json"):
        find_site(tmp_path, "kiosk")


def test_a_broken_file_is_not_passed_over_for_an_older_one(tmp_path: Path) -> None:
    _save(tmp_path, "calibration_shop_20240101_000000.json", "2025-02-01T12:00:00")
    broken = tmp_path / "calibration_shop.json"
    broken.write_text("{")
    assert find_site(tmp_path, "shop") == broken


def test_the_real_sites_load(test_data: Path) -> None:
    folder = test_data / "data"
    new, old = (load_site(folder / "pets09-s2l1" / f"calibration_pets{v}.json") for v in ("", "_v1"))
    assert (new.floor.unit, old.floor.unit) == ("m", "px")
    assert new.floor.plan_path is not None
    assert new.floor.plan_path.is_file()
    assert len(load_site(folder / "wildtrack/calibration_wildtrack.json").cameras) == 7
