"""Tracks as bytes: a chunk holds the rows of one track, hour and class, column by column, as differences of integers.

Times are cut to milliseconds, so that no row leaves its five minutes; positions to the middle of a 1/1024 of a floor
unit, so that no row leaves a cell whose edges are multiples of that; velocities and sigma are rounded to 1/1024 of a
unit (per second), seconds to 10 us. Each column takes the narrowest integer that all its differences fit, and no byte
where they are zero: about 10 bytes a row. (zlib on top would halve that, and take twice as long as all the rest.) All
columns of all tracks are quantised and differenced at once; what is done a track is slicing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.types import F8, I8, Points

HOUR_S = 3600
TIME_STEP_S = 1e-3
STEP = 1 / 1024
SECONDS_STEP = 1e-5

_VERSION = 1
_NARROW = tuple(np.dtype(name) for name in ("<i1", "<i2", "<i4", "<i8"))
_SIZES = np.array([0, *(dtype.itemsize for dtype in _NARROW)])
_COLUMNS = ("at", "x", "y", "vx", "vy", "sigma", "seconds", "cameras", "interpolated")
_HEAD = np.dtype(
    [("version", "u1"), ("width", "u1", (9,)), ("rows", "<u4"), ("first", "<i4", (8,)), ("cameras", "<i8")]
)
_OF_HEAD = tuple(number for number, name in enumerate(_COLUMNS) if name != "cameras")
_CAMERAS = _COLUMNS.index("cameras")
_HOUR_STEPS = round(HOUR_S / TIME_STEP_S)
_LARGEST = 2.0**31 - 1
_SLACK = 1e-3  # of a time step: 0.57 s is 569.999… ms


class Chunk(NamedTuple):
    """One row of the table of tracks, but for what it belongs to. first_at, last_at: as they are read back."""

    hour: int
    track_id: int
    label: str
    first_at: float
    last_at: float
    seconds: float
    chunk: bytes


def pack(points: Points) -> list[Chunk]:
    """Rows of tracks (those of one track in time order) as chunks, by track, hour and class."""
    if len(points) == 0:
        return []
    steps = np.floor(points.at / TIME_STEP_S + _SLACK).astype(np.int64)
    hour = steps // _HOUR_STEPS
    order, starts = _groups(points, hour)
    ends = np.append(starts[1:], len(points))
    head = np.zeros(len(starts), _HEAD)
    head["version"], head["rows"] = _VERSION, ends - starts
    pieces: list[list[memoryview | bytes]] = [[] for _ in starts]
    for number, name in enumerate(_COLUMNS):
        values = (steps - hour * _HOUR_STEPS if name == "at" else _integers(points, name))[order]
        if name == "cameras":
            head["cameras"] = values[starts]
        else:
            head["first"][:, _OF_HEAD.index(number)] = values[starts]
        head["width"][:, number] = _slices(values, starts, ends, pieces)
    firsts = order[starts]
    heads, size = head.tobytes(), _HEAD.itemsize
    chunks = [b"".join([heads[number * size : (number + 1) * size], *slices]) for number, slices in enumerate(pieces)]
    return list(
        map(
            Chunk,
            hour[firsts].tolist(),
            points.track_id[firsts].tolist(),
            [points.labels[number] for number in points.class_id[firsts].tolist()],
            (steps[firsts] * TIME_STEP_S).tolist(),
            (steps[order[ends - 1]] * TIME_STEP_S).tolist(),
            np.add.reduceat(points.seconds[order], starts).tolist(),
            chunks,
        )
    )


def unpack(chunks: Sequence[bytes], hours: Sequence[int], track_ids: Sequence[int], names: Sequence[str]) -> Points:
    """The rows of chunks, in the order of the chunks; names: the class of each.

    Raises UnavailableError on chunks of a newer version, or damaged ones.
    """
    if not chunks:
        return Points.empty()
    labels = tuple(dict.fromkeys(names))
    head = _heads(chunks)
    rows = head["rows"].astype(np.int64)
    starts = np.cumsum(rows) - rows
    values = _differences(chunks, head, starts, int(rows.sum()))
    for number, column in enumerate(values):
        np.cumsum(column, out=column)
        first = head["cameras"] if number == _CAMERAS else head["first"][:, _OF_HEAD.index(number)]
        column += np.repeat(first - column[starts], rows)
    at, x, y, vx, vy, sigma, seconds, cameras, interpolated = values
    at += np.repeat(np.array(hours, np.int64) * _HOUR_STEPS, rows)
    class_of = {label: number for number, label in enumerate(labels)}
    return Points(
        at * TIME_STEP_S, np.repeat(np.array(track_ids, np.int64), rows), (x + 0.5) * STEP, (y + 0.5) * STEP,
        vx * STEP, vy * STEP, sigma * STEP, seconds * SECONDS_STEP,
        np.repeat(np.array([class_of[name] for name in names], np.int16), rows), cameras.view(np.uint64),
        interpolated.astype(np.bool_), labels,
    )  # fmt: skip


def _groups(points: Points, hour: I8) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The order that brings rows of one track, hour and class together, and where in it each group starts."""
    hours = hour - hour.min()
    key = (points.track_id - points.track_id.min()) * (hours.max() + 1) + hours
    key = key * len(points.labels) + points.class_id
    if key.max() < 2**16:
        key = key.astype(np.uint16)  # sorted by radix: several times quicker
    order = np.argsort(key, kind="stable")
    key = key[order]
    return order, np.flatnonzero(np.append(True, key[1:] != key[:-1]))


def _integers(points: Points, name: str) -> I8:
    values: NDArray[Any] = getattr(points, name)
    if name == "cameras":
        return values.view(np.int64)
    if name == "interpolated":
        return values.astype(np.int64)
    scaled: F8 = values * (1 / (SECONDS_STEP if name == "seconds" else STEP))
    (np.floor if name in ("x", "y") else np.rint)(scaled, out=scaled)
    return np.clip(scaled, -_LARGEST, _LARGEST, out=scaled).astype(np.int64)


def _slices(
    values: I8, starts: NDArray[np.intp], ends: NDArray[np.intp], pieces: list[list[memoryview | bytes]]
) -> NDArray[np.uint8]:
    """Appends a column's differences to every group's pieces -> the width of each: 0 for none, else 1 + its dtype."""
    differences = np.diff(values, prepend=0)
    differences[starts] = 0
    low, high = np.minimum.reduceat(differences, starts), np.maximum.reduceat(differences, starts)
    width: NDArray[np.uint8] = ((low != 0) | (high != 0)).astype(np.uint8)
    for dtype in _NARROW[:-1]:
        width += (low < np.iinfo(dtype).min) | (high > np.iinfo(dtype).max)
    for number, dtype in enumerate(_NARROW, 1):
        chosen = np.flatnonzero(width == number)
        if len(chosen) == 0:
            continue
        content = differences.astype(dtype).data.cast("B")
        size = dtype.itemsize
        for group, start, end in zip(chosen.tolist(), starts[chosen].tolist(), ends[chosen].tolist(), strict=True):
            pieces[group].append(content[start * size : end * size])
    return width


def _heads(chunks: Sequence[bytes]) -> NDArray[Any]:
    """Raises UnavailableError where a chunk is newer than this program, or not as long as it says itself."""
    size = _HEAD.itemsize
    whole = b"".join([chunk[:size].ljust(size, b"\0") for chunk in chunks])
    head = np.frombuffer(whole, _HEAD)
    if (head["version"] > _VERSION).any():
        raise UnavailableError("the database holds tracks of a newer version of this program: update it")
    row_sizes = _SIZES[np.minimum(head["width"], len(_NARROW))].sum(axis=1)
    if ((head["rows"] == 0) | (size + head["rows"] * row_sizes != [len(chunk) for chunk in chunks])).any():
        raise UnavailableError("a track in the database is damaged: restore a backup, or erase that time")
    return head


def _differences(chunks: Sequence[bytes], head: NDArray[Any], starts: I8, count: int) -> I8:
    """(columns, count) differences of all chunks; 0 at each start."""
    values = np.zeros((len(_COLUMNS), count), np.int64)
    facts = zip(chunks, starts.tolist(), head["rows"].tolist(), head["width"].tolist(), strict=True)
    for chunk, start, rows, widths in facts:
        offset = _HEAD.itemsize
        for column, width in enumerate(widths):
            if width:
                dtype = _NARROW[width - 1]
                values[column, start : start + rows] = np.frombuffer(chunk, dtype, rows, offset)
                offset += rows * dtype.itemsize
    return values
