"""Changes of the zones and lines in a site's document: what the console writes for each gesture."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from heatmap_gui.core.types import F8

Kind = Literal["zones", "lines"]
Document = dict[str, Any]
_DIGITS = 3  # of px: far below what anybody can see


def add_shape(document: Document, kind: Kind, corners: F8, on: str, fields: Mapping[str, Any]) -> str:
    """A new zone with an outline (n, 2), or a line with two ends, px of `on`; what else it says -> its id."""
    stem = "zone" if kind == "zones" else "line"
    entry = (
        {"id": fresh_id(document, kind, stem), "on": _written(document, on)} | dict(fields) | _corners(kind, corners)
    )
    document.setdefault(kind, []).append(entry)
    return str(entry["id"])


def keep_frame_size(document: Document, camera_id: str, size: tuple[int, int]) -> None:
    """What is drawn on a camera's picture is in px of this size: written down, unless the file says one already."""
    camera = next(camera for camera in document["cameras"] if str(camera["camera_id"]) == camera_id)
    camera.setdefault("frame_size", list(size))


def set_corners(document: Document, kind: Kind, shape_id: str, corners: F8) -> None:
    find(document, kind, shape_id).update(_corners(kind, corners))


def set_field(document: Document, kind: Kind, shape_id: str, field: str, value: Any) -> None:
    """None takes the field away: what it is by itself holds again."""
    entry = find(document, kind, shape_id)
    entry.pop(field, None)
    if value is not None:
        entry[field] = value


def delete_shape(document: Document, kind: Kind, shape_id: str) -> None:
    document[kind].remove(find(document, kind, shape_id))


def duplicate_shape(document: Document, kind: Kind, shape_id: str, name: str, corners: F8, on: str) -> str:
    """The same under another name, with these corners on `on` -> its id."""
    entry = copy.deepcopy(find(document, kind, shape_id))
    entry |= {"id": fresh_id(document, kind, shape_id), "name": name, "on": _written(document, on)}
    document[kind].append(entry | _corners(kind, corners))
    return str(entry["id"])


def fresh_id(document: Document, kind: Kind, stem: str) -> str:
    """An id that no other of the kind has: the stem with a number."""
    stem = stem.rstrip("0123456789").rstrip("_") or stem
    taken = {str(entry["id"]) for entry in document.get(kind, ())}
    return next(name for number in range(1, len(taken) + 2) if (name := f"{stem}_{number}") not in taken)


def find(document: Document, kind: Kind, shape_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in document[kind] if str(entry["id"]) == shape_id)
    return found


def _corners(kind: Kind, corners: F8) -> dict[str, Any]:
    points: Sequence[list[float]] = np.round(corners, _DIGITS).tolist()
    return {"polygon": points} if kind == "zones" else {"a": points[0], "b": points[1]}


def _written(document: Document, on: str) -> Any:
    """What a place is called in this file: a camera's id as it is written."""
    cameras = (camera["camera_id"] for camera in document.get("cameras", ()))
    return next((written for written in cameras if str(written) == on), on)
