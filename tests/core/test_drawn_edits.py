"""What gestures write into a site's document."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from heatmap_gui.core import drawn_edits
from tests.core.site_documents import version_2

CORNERS = np.array([[1.23456, 2.0], [30.0, 2.0], [30.0, 40.0]])


def ids(document: dict[str, Any], kind: drawn_edits.Kind) -> list[str]:
    return [str(entry["id"]) for entry in document[kind]]


def test_shapes_are_added_with_ids_of_their_own() -> None:
    document: dict[str, Any] = {"cameras": [{"camera_id": 1}]}
    assert drawn_edits.add_shape(document, "zones", CORNERS, "plan", {"type": "queue"}) == "zone_1"
    assert drawn_edits.add_shape(document, "zones", CORNERS, "1", {}) == "zone_2"
    assert drawn_edits.add_shape(document, "lines", CORNERS[:2], "plan", {}) == "line_1"
    first, second = document["zones"]
    assert first == {"id": "zone_1", "on": "plan", "type": "queue", "polygon": [[1.235, 2], [30, 2], [30, 40]]}
    assert second["on"] == 1  # as the file writes it
    assert document["lines"][0]["b"] == [30, 2]


def test_the_size_that_is_drawn_in_is_written_down_once() -> None:
    document: dict[str, Any] = {"cameras": [{"camera_id": 1}, {"camera_id": "b", "frame_size": [8, 6]}]}
    drawn_edits.keep_frame_size(document, "1", (640, 360))
    drawn_edits.keep_frame_size(document, "b", (640, 360))
    assert [camera["frame_size"] for camera in document["cameras"]] == [[640, 360], [8, 6]]


def test_changes_touch_nothing_else() -> None:
    document = version_2()
    before = copy.deepcopy(document)
    name = ids(document, "zones")[0]
    drawn_edits.set_corners(document, "zones", name, CORNERS)
    drawn_edits.set_field(document, "zones", name, "name", "Till")
    assert drawn_edits.find(document, "zones", name)["name"] == "Till"
    drawn_edits.set_field(document, "zones", name, "name", None)
    drawn_edits.set_field(document, "zones", name, "name", None)
    assert "name" not in drawn_edits.find(document, "zones", name)
    document["zones"], before["zones"] = document["zones"][1:], before["zones"][1:]
    assert document == before


def test_a_duplicate_has_another_id_and_all_else() -> None:
    document = version_2()
    name = ids(document, "zones")[0]
    made = drawn_edits.duplicate_shape(document, "zones", name, "Twin", CORNERS, "plan")
    again = drawn_edits.duplicate_shape(document, "zones", made, "Twin", CORNERS, "plan")
    assert len(set(ids(document, "zones"))) == len(document["zones"])
    first, twin = drawn_edits.find(document, "zones", name), drawn_edits.find(document, "zones", again)
    assert {k: v for k, v in first.items() if k not in ("id", "name", "polygon", "on")}.items() <= twin.items()
    drawn_edits.delete_shape(document, "zones", made)
    assert made not in ids(document, "zones")
