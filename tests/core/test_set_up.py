"""Which steps of a set-up are done by what the document says, and what each step writes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.core import set_up
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.scale_editing import ScaleEditor
from heatmap_gui.core.set_up import NewCamera, add_cameras, put_empty_floor, put_plan, remove_camera
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from tests.core.site_documents import version_2


def site(document: dict[str, Any]) -> Site:
    return read_site(document, Path("shop/calibration_shop.json"))


def steps(document: dict[str, Any]) -> list[str]:
    return [step for step, is_done in set_up.done(site(document), measured=False).items() if is_done]


def test_each_step_is_done_by_what_it_writes() -> None:
    assert not any(set_up.done(None, measured=False).values())
    document = set_up.new_document("Harbour Street", "Europe/Paris")
    assert steps(document) == ["store"]
    assert (site(document).name, site(document).timezone) == ("Harbour Street", "Europe/Paris")
    put_plan(document, "plan.png", (1000, 700))
    assert steps(document) == ["store", "plan"]
    document["store"]["metres_per_pixel"] = 0.02
    assert steps(document) == ["store", "plan", "scale"]
    add_cameras(document, [NewCamera("1", "Door", "0")])
    assert steps(document) == ["store", "plan", "scale", "cameras"]
    whole = version_2()
    whole["cameras"] = whole["cameras"][:1]
    whole["zones"], whole["lines"] = [zone for zone in whole["zones"] if zone.get("on", "plan") == "plan"], []
    assert set_up.done(site(whole), measured=True) == dict.fromkeys(set_up.STEPS, True)


def test_another_plan_has_no_scale_yet_and_an_empty_floor_has_one() -> None:
    document = set_up.new_document("a", "UTC")
    put_empty_floor(document, 24.0, 16.5)
    floor = site(document).floor
    assert floor.metres_per_pixel is not None
    assert floor.width_px * floor.metres_per_pixel == pytest.approx(24.0)
    assert floor.height_px * floor.metres_per_pixel == pytest.approx(16.5)
    put_plan(document, "plan.png", (100, 50))
    assert site(document).floor.metres_per_pixel is None
    put_empty_floor(document, 24.0, 16.5)
    assert site(document).floor.plan_path is None


def test_a_camera_that_is_added_again_keeps_its_calibration() -> None:
    document = version_2()
    before = document["cameras"][0]["calibration"]
    add_cameras(
        document, [NewCamera("1", "Door", "rtsp://new/1", "rtsp://new/2", (99, 99)), NewCamera("x-1", "X", "1")]
    )
    first, last = document["cameras"][0], document["cameras"][-1]
    assert (first["rtsp_url"], first["detect_url"]) == ("rtsp://new/1", "rtsp://new/2")
    assert first["calibration"] is before
    assert first.get("frame_size") != [99, 99]
    assert (last["camera_id"], last["rtsp_url"]) == ("x-1", "1")
    assert site(document).camera("x-1").url == "1"


def test_a_camera_goes_with_what_was_drawn_in_its_picture() -> None:
    document = version_2()
    document["zones"].append({"id": "t", "name": "T", "type": "queue", "on": 1, "polygon": [[0, 0], [9, 0], [9, 9]]})
    remove_camera(document, "1")
    assert "1" not in [camera.id for camera in site(document).cameras]
    assert "t" not in [zone["id"] for zone in document["zones"]]


@pytest.mark.parametrize("name", ["Harbour Street", " Épicerie 2 ", "north-1"])
def test_names_that_files_can_have(name: str) -> None:
    assert set_up.check_store_name(name) == name.strip()


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", "a.", "C:", "a\nb", "x" * 61, "shop_20250101_120000"])
def test_names_that_no_file_can_have(name: str) -> None:
    with pytest.raises(InputError, match="store name"):
        set_up.check_store_name(name)


def test_two_clicks_and_a_length_are_a_scale() -> None:
    editor = ScaleEditor()
    assert editor.metres_per_pixel(4.0) is None
    editor.press((100, 100), 5)
    editor.release()
    assert editor.metres_per_pixel(4.0) is None
    editor.press((400, 500), 5)
    editor.release()
    assert editor.metres_per_pixel(4.0) == pytest.approx(4.0 / 500)
    assert editor.metres_per_pixel(0.0) is None
    assert editor.relative_error == pytest.approx(math.sqrt(2) / 500)


def test_ends_are_dragged_moved_by_a_third_click_and_taken_back() -> None:
    editor = ScaleEditor()
    for at in ((0, 0), (100, 0)):
        editor.press(at, 5)
        editor.release()
    editor.press((97, 2), 5)
    editor.move((110, 0))
    editor.release()
    editor.move((500, 500))
    assert editor.ends == [(0, 0), (110, 0)]
    editor.press((20, 0), 5)
    assert editor.ends == [(20, 0), (110, 0)]
    assert editor.take_back()
    assert editor.ends == [(20, 0)]
    assert editor.take_back()
    assert not editor.take_back()


def test_two_clicks_on_one_spot_are_no_length() -> None:
    editor = ScaleEditor()
    editor.ends = [(5.0, 5.0), (5.5, 5.0)]
    assert editor.metres_per_pixel(3.0) is None
