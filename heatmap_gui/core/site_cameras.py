"""The cameras of a site file: addresses, frame sizes, lenses, calibrations."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from heatmap_gui.core.calibration import Calibration, fit
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.site import PLAN, Camera
from heatmap_gui.core.types import F8, Bool

_SINGULAR = 1e-9


def read_cameras(root: Node, folder: Path, spare: Node) -> tuple[Camera, ...]:
    """The cameras of a site document. folder: where relative addresses start; spare: the matrices document.

    There may be none yet: a store is set up step by step (see `site_file.measurable`).
    """
    cameras = tuple(_camera(node, folder, spare) for node in root.list("cameras"))
    root.refuse_repeated("cameras", "camera_id")
    return cameras


def _camera(node: Node, folder: Path, spare: Node) -> Camera:
    node.warn_unknown(
        ("camera_id", "name", "rtsp_url", "enabled", "calibration", "frame_size", "lens", "fps_target", "detect_url",
         "offset_s", "screenshot_size")
    )  # fmt: skip
    camera_id = node.identifier("camera_id", PLAN)
    name, url, detect = node.get("name"), node.get("rtsp_url"), node.get("detect_url")
    enabled, fps, offset = node.get("enabled"), node.get("fps_target"), node.get("offset_s")
    size = read_frame_size(node)
    return Camera(
        id=camera_id,
        name=name.text() if name else f"Camera {camera_id}",
        url=_url(url, folder) if url else "",
        written_id=node.value["camera_id"],
        enabled=enabled.flag() if enabled else True,
        calibration=_calibration(node, size, _spare_matrix(spare, camera_id)),
        frame_size=size,
        fps_target=fps.positive("frames a second") if fps else None,
        detect_url=_url(detect, folder) if detect else None,
        offset_s=offset.number("a number (seconds)") if offset else 0.0,
    )


def _calibration(camera: Node, size: tuple[int, int] | None, spare: Node | None) -> Calibration | None:
    node = camera.get("calibration")
    lens = read_lens(camera)
    if node is None:
        empty = np.zeros((0, 2))
        return Calibration(_matrix(spare), empty, empty, lens) if spare else None
    node.warn_unknown(
        ("camera_points", "plan_points", "held_out", "names", "homography_matrix", "is_calibrated", "error_m",
         "reference")
    )  # fmt: skip
    clicked, wanted = node.get("camera_points"), node.get("plan_points")
    camera_points = clicked.points() if clicked else np.zeros((0, 2))
    plan_points = wanted.points() if wanted else np.zeros((0, 2))
    if len(camera_points) != len(plan_points):
        node.refuse(f"as many camera_points as plan_points (there are {len(camera_points)} and {len(plan_points)})")
    names = [name.text('a text, or ""') for name in node.list("names")]
    if names and len(names) != len(camera_points):
        node.refuse(f"as many names as camera_points (there are {len(names)} and {len(camera_points)})")
    used = _used(node, len(camera_points))
    camera_points, plan_points = camera_points[used], plan_points[used]
    stored, said, error = node.get("homography_matrix"), node.get("is_calibrated"), node.get("error_m")
    matrix = stored or spare
    calibrated = said.flag() if said else matrix is not None
    if not calibrated and (stored is not None or spare is None):
        return None
    return Calibration(
        matrix=_matrix(matrix) if matrix else _fitted(node, camera_points, plan_points, lens, size),
        camera_points=camera_points,
        plan_points=plan_points,
        lens=lens,
        error_m=error.number("a number, 0 or more (metres)", least=0.0) if error else None,
    )


def _used(node: Node, pairs: int) -> Bool:
    """Which pairs (n,) the fit is made of: all but those of `held_out`, which counts from 0."""
    used = np.ones(pairs, np.bool_)
    for held in node.list("held_out"):
        allowed = f"the number of a pair, 0 to {pairs - 1}"
        number = held.number(allowed, least=0.0)
        if not (number.is_integer() and number < pairs):
            held.refuse(allowed)
        used[int(number)] = False
    return used


def _fitted(node: Node, camera_points: F8, plan_points: F8, lens: Lens | None, size: tuple[int, int] | None) -> F8:
    if len(camera_points) < 4:
        node.refuse("is_calibrated true only with a homography_matrix or at least 4 pairs of points")
    try:
        return fit(camera_points, plan_points, metres_per_pixel=None, lens=lens, size=size).calibration.matrix
    except InputError as error:
        raise InputError(f"{node.name}: {node.path}: {error.message}") from None


def _matrix(node: Node) -> F8:
    allowed = "three rows of three finite numbers, image px -> plan px"
    rows = node.items(allowed)
    if len(rows) != 3:
        node.refuse(allowed)
    matrix = np.array([row.numbers(3, allowed) for row in rows])
    largest = np.abs(matrix).max(axis=1, keepdims=True)
    balanced = matrix / np.where(largest > 0, largest, 1.0)
    balanced = balanced / np.maximum(np.abs(balanced).max(axis=0), 1e-300)
    values = np.linalg.svd(balanced, compute_uv=False)
    if values[2] <= _SINGULAR * values[0]:
        node.refuse("a matrix that can be inverted; this one is singular: calibrate the camera again")
    return matrix


def _spare_matrix(spare: Node, camera_id: str) -> Node | None:
    matrices = spare.get("matrices")
    entry = matrices and matrices.get(f"camera_{camera_id}")
    return entry.get("matrix") if entry else None


def read_lens(camera: Node) -> Lens | None:
    """The `lens` of a camera, or of a file of pairs."""
    node = camera.get("lens")
    if node is None:
        return None
    optional = ("k1", "k2", "p1", "p2", "k3")
    node.warn_unknown(("fx", "fy", "cx", "cy", *optional))
    found = {key: value.number() for key in optional if (value := node.get(key))}
    focal = [node.need(key, "a number above 0 (px)").positive("px") for key in ("fx", "fy")]
    centre = [node.need(key, "a number (px)").number("a number (px)") for key in ("cx", "cy")]
    return Lens(focal[0], focal[1], centre[0], centre[1], **found)


def read_frame_size(camera: Node) -> tuple[int, int] | None:
    """The `frame_size` (width, height) px of a camera, or of a file of pairs."""
    node = camera.get("frame_size")
    if node is None:
        return None
    allowed = "[width, height] in whole px above 0"
    width, height = node.numbers(2, allowed)
    if not (width >= 1 and height >= 1 and width.is_integer() and height.is_integer()):
        node.refuse(allowed)
    return int(width), int(height)


def _url(node: Node, folder: Path) -> str:
    """A camera's address; relative paths, also those of `mot:` replays, start at the site file."""
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return str(node.value)
    url = node.text("an address, a path, or a webcam's number", secret=True)
    prefix, rest = ("mot:", url[4:]) if url.startswith("mot:") else ("", url)
    if rest.isdecimal() or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", rest):
        return url
    return f"{prefix}{folder / rest}"
