"""Site files, versions 1.0 and 2.0: JSON -> Site. Every wrong value is refused with its path and what is allowed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core import document, geometry
from heatmap_gui.core.calibration import Calibration, fit
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.lens import Lens
from heatmap_gui.core.site import PLAN, ZONE_TYPES, Camera, Floor, Line, Site, Zone, ZoneType
from heatmap_gui.core.types import F8

VERSIONS = ("1.0", "2.0")
_ID = re.compile(r"[A-Za-z0-9_-]+")
_ID_ALLOWED = "a whole number or letters, digits, _ and - (but not 'plan')"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_SINGULAR = 1e-9


def find_site(folder: Path, store: str) -> Path:
    """The newest site file of a store, by metadata.created_at; a file that cannot be read passes for the newest.

    Raises InputError when the folder has none.
    """
    named = re.compile(rf"calibration_{re.escape(store)}(_\d{{8}}_\d{{6}})?\.json")
    files = [path for path in sorted(folder.glob("calibration_*.json")) if named.fullmatch(path.name)]
    if not files:
        raise InputError(f"{folder}: no site file calibration_{store}.json there: check the store's name")
    return max(files, key=_created_at)


def load_site(path: Path) -> Site:
    """Read a site file and, for cameras without a matrix, homography_matrices_<store>.json beside it.

    Raises InputError in one line for whatever is wrong with them.
    """
    root = _read(path)
    name = _site_name(root, path)
    matrices = path.with_name(f"homography_matrices_{name}.json")
    return read_site(root.value, path, _read(matrices).value if matrices.is_file() else None)


def read_site(content: dict[str, Any], path: Path, matrices: dict[str, Any] | None = None) -> Site:
    """The site of a parsed document. path: where it stands, for relative paths and messages; it is not opened.

    matrices: the parsed homography_matrices_<store>.json; it fills gaps only.
    """
    root = Node(content, "", path.name)
    root.warn_unknown(("metadata", "store", "cameras", "summary", "zones", "lines"))
    if (metadata := root.get("metadata")) and (version := metadata.get("version")):
        version.choice(VERSIONS)
    store = root.need("store", "an object with the plan's name and size")
    spare = Node(matrices or {}, "", f"homography_matrices_{_site_name(root, path)}.json")
    cameras = tuple(_camera(node, path.parent, spare) for node in root.list("cameras"))
    if not cameras:
        raise InputError(f"{path.name}: cameras is empty: add at least one camera")
    _unique(root.list("cameras"), "camera_id")
    floor = _floor(store, path.parent, any(camera.calibration for camera in cameras))
    places = {PLAN, *(camera.id for camera in cameras)}
    zones = tuple(_zone(node, places) for node in root.list("zones"))
    lines = tuple(_line(node, places) for node in root.list("lines"))
    _unique(root.list("zones"), "id")
    _unique(root.list("lines"), "id")
    return Site(
        name=_site_name(root, path),
        floor=floor,
        cameras=cameras,
        zones=zones,
        lines=lines,
        timezone=_timezone(store),
        path=path,
        hash=site_hash(floor, cameras, zones, lines),
        warnings=tuple(root.warnings),
        document=content,
    )


def site_hash(floor: Floor, cameras: Iterable[Camera], zones: Iterable[Zone], lines: Iterable[Line]) -> str:
    """SHA-256 (hex) of what decides a measurement's geometry; names, addresses and the order of things do not."""
    geometry_only = {
        "floor": [
            floor.width_px, floor.height_px, floor.metres_per_pixel, floor.origin_m,
            [polygon.tolist() for polygon in floor.walkable],
        ],
        "cameras": {c.id: [c.frame_size, _calibration_values(c.calibration)] for c in cameras},
        "zones": {
            z.id: [z.type, z.on, z.polygon.tolist(), z.allowed_classes, z.alert_classes, z.anchor, z.active_hours]
            for z in zones
        },
        "lines": {
            n.id: [n.kind, n.on, n.a.tolist(), n.b.tolist(), n.in_side, n.direction, n.speed_limit_kmh] for n in lines
        },
    }  # fmt: skip
    text = json.dumps(geometry_only, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _calibration_values(calibration: Calibration | None) -> list[Any] | None:
    if calibration is None:
        return None
    c, lens = calibration, calibration.lens
    shape = lens and [lens.fx, lens.fy, lens.cx, lens.cy, lens.k1, lens.k2, lens.p1, lens.p2, lens.k3]
    return [c.matrix.tolist(), c.camera_points.tolist(), c.plan_points.tolist(), shape]


def _read(path: Path) -> Node:
    try:
        return document.parse(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError:
        raise InputError(f"{path}: no such site file: check the path") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not a text in UTF-8 (byte {error.start}): a site file is JSON") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}: check the path and its permissions") from None


def _created_at(path: Path) -> datetime:
    try:
        metadata = _read(path).get("metadata")
        created = metadata and metadata.get("created_at")
        at = datetime.fromisoformat(created.text()) if created else datetime.min
    except (InputError, ValueError):
        return datetime.max  # better refused in words than silently passed over for an older one
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def _site_name(root: Node, path: Path) -> str:
    store, metadata = root.get("store"), root.get("metadata")
    name = (store and store.get("name")) or (metadata and metadata.get("store_name"))
    return name.text() if name else path.stem.removeprefix("calibration_")


def _timezone(store: Node) -> str:
    node = store.get("timezone")
    if node is None:
        return "UTC"
    try:
        return ZoneInfo(node.text()).key
    except (KeyError, ValueError, OSError):
        node.refuse("an IANA time zone such as Europe/London")


def _floor(store: Node, folder: Path, needed: bool) -> Floor:
    store.warn_unknown(
        ("name", "plan_path", "plan_width", "plan_height", "metres_per_pixel", "plan_origin_m", "timezone", "walkable")
    )
    plan, scale, origin = store.get("plan_path"), store.get("metres_per_pixel"), store.get("plan_origin_m")
    width, height = store.get("plan_width"), store.get("plan_height")
    if needed:
        width, height = (store.need(key, "a number above 0 (px)") for key in ("plan_width", "plan_height"))
    return Floor(
        plan_path=folder / plan.text("a path") if plan and plan.text("a path") else None,
        width_px=width.positive("px") if width else 0.0,
        height_px=height.positive("px") if height else 0.0,
        metres_per_pixel=scale.positive("metres") if scale else None,
        origin_m=origin.point() if origin else (0.0, 0.0),
        walkable=tuple(_polygon(node) for node in store.list("walkable")),
    )


def _camera(node: Node, folder: Path, spare: Node) -> Camera:
    node.warn_unknown(
        ("camera_id", "name", "rtsp_url", "enabled", "calibration", "frame_size", "lens", "fps_target", "detect_url",
         "offset_s")
    )  # fmt: skip
    camera_id = _id(node, "camera_id")
    name, url, detect = node.get("name"), node.get("rtsp_url"), node.get("detect_url")
    enabled, fps, offset = node.get("enabled"), node.get("fps_target"), node.get("offset_s")
    size = _frame_size(node)
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
    lens = _lens(camera)
    if node is None:
        empty = np.zeros((0, 2))
        return Calibration(_matrix(spare), empty, empty, lens) if spare else None
    node.warn_unknown(("camera_points", "plan_points", "homography_matrix", "is_calibrated", "error_m"))
    clicked, wanted = node.get("camera_points"), node.get("plan_points")
    camera_points = clicked.points() if clicked else np.zeros((0, 2))
    plan_points = wanted.points() if wanted else np.zeros((0, 2))
    if len(camera_points) != len(plan_points):
        node.refuse(f"as many camera_points as plan_points (there are {len(camera_points)} and {len(plan_points)})")
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
        error_m=error.number("a number, 0 or more (metres)", above=-1e-12) if error else None,
    )


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
    if values[2] < _SINGULAR * values[0]:
        node.refuse("a matrix that can be inverted; this one is singular: calibrate the camera again")
    return matrix


def _spare_matrix(spare: Node, camera_id: str) -> Node | None:
    matrices = spare.get("matrices")
    entry = matrices and matrices.get(f"camera_{camera_id}")
    return entry.get("matrix") if entry else None


def _lens(camera: Node) -> Lens | None:
    node = camera.get("lens")
    if node is None:
        return None
    optional = ("k1", "k2", "p1", "p2", "k3")
    node.warn_unknown(("fx", "fy", "cx", "cy", *optional))
    found = {key: value.number() for key in optional if (value := node.get(key))}
    focal = [node.need(key, "a number above 0 (px)").positive("px") for key in ("fx", "fy")]
    centre = [node.need(key, "a number (px)").number("a number (px)") for key in ("cx", "cy")]
    return Lens(focal[0], focal[1], centre[0], centre[1], **found)


def _frame_size(camera: Node) -> tuple[int, int] | None:
    node = camera.get("frame_size")
    if node is None:
        return None
    allowed = "[width, height] in whole px above 0"
    width, height = node.numbers(2, allowed)
    if not (width >= 1 and height >= 1 and width.is_integer() and height.is_integer()):
        node.refuse(allowed)
    return int(width), int(height)


def _zone(node: Node, places: set[str]) -> Zone:
    node.warn_unknown(
        ("id", "name", "type", "polygon", "on", "allowed_classes", "alert_classes", "anchor", "active_hours")
    )
    zone_id = _id(node, "id")
    name, kind, anchor = node.get("name"), node.get("type"), node.get("anchor")
    return Zone(
        id=zone_id,
        name=name.text() if name else zone_id,
        type=cast("ZoneType", kind.choice(ZONE_TYPES)) if kind else "general",
        polygon=_polygon(node.need("polygon", "a list of at least 3 corners [x, y]")),
        on=_place(node, places),
        allowed_classes=tuple(item.text() for item in node.list("allowed_classes")),
        alert_classes=tuple(item.text() for item in node.list("alert_classes")),
        anchor="centre" if anchor and anchor.choice(("foot", "centre")) == "centre" else "foot",
        active_hours=tuple(_hours(item) for item in node.list("active_hours")),
    )


def _line(node: Node, places: set[str]) -> Line:
    node.warn_unknown(("id", "name", "kind", "a", "b", "on", "in_side", "direction", "speed_limit_kmh"))
    line_id = _id(node, "id")
    name, kind, in_side = node.get("name"), node.get("kind"), node.get("in_side")
    direction, limit = node.get("direction"), node.get("speed_limit_kmh")
    a, b = (node.need(key, "[x, y]").point() for key in ("a", "b"))
    if a == b:
        node.refuse("two different ends a and b")
    return Line(
        id=line_id,
        name=name.text() if name else line_id,
        a=np.array(a),
        b=np.array(b),
        on=_place(node, places),
        kind="stop" if kind and kind.choice(("count", "stop")) == "stop" else "count",
        in_side="right" if in_side and in_side.choice(("left", "right")) == "right" else "left",
        direction=direction.text() if direction else None,
        speed_limit_kmh=limit.positive("km/h") if limit else None,
    )


def _polygon(node: Node) -> F8:
    """Corners (n, 2), without those that repeat the one before (a ring may be written closed)."""
    corners = node.points()
    polygon = corners[np.any(corners != np.roll(corners, 1, axis=0), axis=1)] if len(corners) > 1 else corners
    if len(polygon) < 3:
        node.refuse(f"at least 3 different corners [x, y] (there are {len(polygon)})")
    crossing = geometry.self_crossing(polygon)
    if crossing:
        i, j = crossing
        n = len(polygon)
        ends = f"{_corner(polygon[i])}-{_corner(polygon[(i + 1) % n])} and {_corner(polygon[j])}-" + _corner(
            polygon[(j + 1) % n]
        )
        node.refuse(f"a polygon that does not cross itself (its edges {ends} meet)")
    if abs(geometry.area(polygon)) < 1e-9 * float(np.ptp(polygon, axis=0).max()) ** 2:
        node.refuse("a polygon with an area (its corners lie on one line)")
    return polygon


def _corner(point: F8) -> str:
    return f"({point[0]:g}, {point[1]:g})"


def _id(node: Node, key: str) -> str:
    found = node.need(key, _ID_ALLOWED)
    value = found.value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not (isinstance(value, str) and _ID.fullmatch(value)) or value == PLAN:
        found.refuse(_ID_ALLOWED)
    return str(value)


def _unique(nodes: list[Node], key: str) -> None:
    seen: set[str] = set()
    for node in nodes:
        value = _id(node, key)
        if value in seen:
            node.need(key, _ID_ALLOWED).refuse("each id once; an earlier one is the same")
        seen.add(value)


def _place(node: Node, places: set[str]) -> str:
    on = node.get("on")
    if on is None:
        return PLAN
    if isinstance(on.value, bool) or str(on.value) not in places:
        on.refuse(", ".join(sorted(places)))
    return str(on.value)


def _hours(node: Node) -> tuple[str, str]:
    allowed = '["HH:MM", "HH:MM"], two different times'
    times = [item.text(allowed) for item in node.items(allowed)]
    if len(times) != 2 or not all(_CLOCK.fullmatch(time) for time in times) or times[0] == times[1]:
        node.refuse(allowed)
    return times[0], times[1]


def _url(node: Node, folder: Path) -> str:
    """A camera's address; relative paths, also those of `mot:` replays, start at the site file."""
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return str(node.value)
    url = node.text("an address, a path, or a webcam's number", secret=True)
    prefix, rest = ("mot:", url[4:]) if url.startswith("mot:") else ("", url)
    if rest.isdecimal() or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", rest):
        return url
    return f"{prefix}{folder / rest}"
