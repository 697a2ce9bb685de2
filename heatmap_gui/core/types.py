"""The values that travel between the parts: frozen, struct-of-arrays, read-only.

Times are seconds as float: `at` is Unix time (UTC) and, for files started at the epoch, the media time `t_s` itself.
Image coordinates are pixels of the frame as delivered. Floor coordinates are metres on the plan, or plan pixels where
the plan has no scale; `Site.floor.unit` says which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
F4 = NDArray[np.float32]
I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
I2 = NDArray[np.int16]
U1 = NDArray[np.uint8]
U8 = NDArray[np.uint64]
Bool = NDArray[np.bool_]

PERSON = "person"
VEHICLE_HEIGHTS_M = {
    "bicycle": 1.7, "car": 1.5, "motorcycle": 1.6, "bus": 3.1, "train": 3.8, "truck": 3.0, "rickshaw": 1.8,
    "vehicle": 1.5,
}  # fmt: skip
"""Usual ones, with who rides on top."""
VEHICLES = frozenset(VEHICLE_HEIGHTS_M)


class _Columns:
    """Base of the struct-of-arrays values: rows are selected and joined column by column.

    Every NDArray field has the same first dimension; other fields are shared by all rows.
    """

    def __post_init__(self) -> None:
        for value in self._arrays().values():
            value.setflags(write=False)

    def _arrays(self) -> dict[str, NDArray[Any]]:
        values = {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]
        return {name: value for name, value in values.items() if isinstance(value, np.ndarray)}

    def __len__(self) -> int:
        return len(next(iter(self._arrays().values())))

    def take(self, rows: NDArray[Any] | slice) -> Self:
        """The rows at these indices, or under this mask."""
        return replace(self, **{n: v[rows] for n, v in self._arrays().items()})  # type: ignore[type-var]

    @classmethod
    def join(cls, parts: list[Self]) -> Self:
        """All rows of at least one part, in order; shared fields come from the first."""
        if len(parts) == 1:
            return parts[0]
        names = parts[0]._arrays()
        columns = {n: np.concatenate([getattr(p, n) for p in parts]) for n in names}
        return replace(parts[0], **columns)  # type: ignore[type-var]


@dataclass(frozen=True, slots=True, eq=False)
class Detections(_Columns):
    """What a detector saw in one frame, best first not promised.

    boxes (n, 4) left, top, right, bottom in px of the frame; scores (n,) 0..1; class_ids (n,) into `labels`.
    hidden (n,): where the detector knows it, that feet were not seen and the lower edge is where they should be.
    """

    boxes: F4
    scores: F4
    class_ids: I2
    labels: tuple[str, ...]
    hidden: Bool | None = None

    @staticmethod
    def empty(labels: tuple[str, ...] = (PERSON,)) -> Detections:
        return Detections(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int16), labels)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One instant of one camera.

    image: (height, width, 3) uint8 BGR, read-only; None where a recording replays detections without a picture.
    index: 0-based number of the frame in its source (skipped ones count). size: width, height in px.
    detections: given when the source already knows them (a replay); the detector is then not asked. damaged: the
    decoder had to guess at parts of the image.
    """

    camera: str
    index: int
    at: float
    image: U1 | None
    size: tuple[int, int]
    detections: Detections | None = None
    damaged: bool = False

    def __post_init__(self) -> None:
        if self.image is not None:
            self.image.setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class Points(_Columns):
    """Settled positions on the floor: one row a track and instant, `seconds` of presence each.

    x, y, vx, vy: floor units (per second); sigma: one-dimensional standard deviation in floor units;
    class_id into `labels`; cameras: bit i set when the floor's camera number i saw it at this instant (0 when
    interpolated); interpolated: bridged between two sightings of one track.
    """

    at: F8
    track_id: I8
    x: F8
    y: F8
    vx: F8
    vy: F8
    sigma: F8
    seconds: F8
    class_id: I2
    cameras: U8
    interpolated: Bool
    labels: tuple[str, ...]

    @staticmethod
    def empty(labels: tuple[str, ...] = (PERSON,)) -> Points:
        z = np.zeros(0)
        return Points(
            z, np.zeros(0, np.int64), z, z, z, z, z, z, np.zeros(0, np.int16), np.zeros(0, np.uint64),
            np.zeros(0, np.bool_), labels,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Boxes(_Columns):
    """Settled boxes of one camera: one row a track and frame. box (n, 4) left, top, right, bottom px.

    frame: 0-based number of the source's frame. seconds: that the row stands for. The rest is as in Points.
    """

    camera: str
    at: F8
    frame: I8
    track_id: I8
    box: F8
    score: F8
    seconds: F8
    class_id: I2
    interpolated: Bool
    labels: tuple[str, ...]

    @staticmethod
    def empty(camera: str, labels: tuple[str, ...] = (PERSON,)) -> Boxes:
        z, i = np.zeros(0), np.zeros(0, np.int64)
        return Boxes(camera, z, i, i, np.zeros((0, 4)), z, z, i.astype(np.int16), np.zeros(0, np.bool_), labels)


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay of one track in one zone. dwell_s leaves out what was not seen and not bridged."""

    zone_id: str
    track_id: int
    label: str
    enter_at: float
    leave_at: float
    dwell_s: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """One track over one line, `direction` 'in' or 'out' as the line's in_side says."""

    line_id: str
    track_id: int
    label: str
    at: float
    direction: str


@dataclass(frozen=True, slots=True, eq=False)
class Visits(_Columns):
    """Many visits as columns (n,). zone: into `zones`. person: a number that is one person's in all of them."""

    zone: I8
    person: I8
    enter_at: F8
    leave_at: F8
    dwell_s: F8
    zones: tuple[str, ...]

    def of(self, zone_ids: Collection[str]) -> Visits:
        """Those to any of these zones."""
        return self.take(np.isin(self.zone, [n for n, zone in enumerate(self.zones) if zone in zone_ids]))


@dataclass(frozen=True, slots=True, eq=False)
class Crossings(_Columns):
    """Many crossings as columns (n,). line: into `lines`. inwards: in the line's own sense."""

    line: I8
    person: I8
    at: F8
    inwards: Bool
    lines: tuple[str, ...]

    def of(self, line_ids: Collection[str]) -> Crossings:
        """Those of any of these lines."""
        return self.take(np.isin(self.line, [n for n, line in enumerate(self.lines) if line in line_ids]))


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """The tracks that are alive at one instant, for the wall and the plan: rows as in Points, box in one camera."""

    track_id: I8
    x: F8
    y: F8
    box: F8
    seen: Bool
    class_id: I2
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What one step of the pipeline shows of one camera at once (the settled facts come later, by Bucket)."""

    frame: Frame
    detections: Detections
    live: Live


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """Some layers where they are not zero: values (layers, k) of the cells (k,)."""

    cells: I4
    values: F8

    @classmethod
    def of(cls, dense: F8) -> Sparse:
        cells = np.flatnonzero(dense.any(axis=0)).astype(np.int32)
        return cls(cells, dense[:, cells])


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """Five minutes of a heat map: `layers` by class (in the order of LAYERS, velocities times seconds), exposure.

    start_s: Unix time, a multiple of 300. Several tiles of one start add up.
    """

    start_s: int
    layers: Mapping[str, Sparse]
    exposure: Sparse


@dataclass(frozen=True, slots=True, eq=False)
class Bucket:
    """Facts of one floor that are settled since the last one was taken: they add up and never change.

    floor: "plan", or the id of an uncalibrated camera, whose picture is a floor of its own. tiles: of the heat map.
    exposed_s: by camera.
    """

    floor: str
    points: Points
    boxes: tuple[Boxes, ...]
    visits: tuple[Visit, ...]
    crossings: tuple[Crossing, ...]
    tiles: tuple[Tile, ...]
    exposed_s: Mapping[str, float]
