"""Tracks of any range as CSV or Parquet, a piece at a time: nobody holds the database while somebody reads slowly."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from heatmap_gui.core.site import Site
from heatmap_gui.core.types import Points
from heatmap_gui.services.heat_query import floors_of
from heatmap_gui.store.database import Database
from heatmap_gui.store.history_reading import points

Form = Literal["csv", "parquet"]
_PIECE_S = 900.0


def track_file(database: Database, site: Site, floor: str, start: float, end: float, form: Form) -> Iterator[bytes]:
    """A row a track and instant, in the order of time. at: Unix seconds; x, y, sigma: floor units; cameras: how many
    saw it, 0 where a gap is bridged. Track ids are those of one measurement without a break.
    """
    unit = site.floor.unit if floor.startswith("plan") else "px"
    pieces = (rows for at in _steps(start, end) for rows in points(database, site.name, floor, at, _until(at, end)))
    return _csv(pieces, unit) if form == "csv" else _parquet(pieces, unit)


def floor_named(site: Site, floor: str) -> bool:
    """Whether a site has such a floor that has tracks of its own."""
    return floor in floors_of(site) and ":" not in floor


def _steps(start: float, end: float) -> Iterator[float]:
    at = start
    while at < end:
        yield at
        at = _until(at, end)


def _until(at: float, end: float) -> float:
    return min(end, at + _PIECE_S)


def _names(unit: str) -> list[str]:
    return ["at", "track_id", f"x_{unit}", f"y_{unit}", f"sigma_{unit}", "class", "cameras"]


def _columns(rows: Points) -> list[Any]:
    seen_by = np.array([bits.bit_count() for bits in rows.cameras.tolist()], np.int16)
    labels = [rows.labels[number] for number in rows.class_id.tolist()]
    numbers = (np.round(rows.at, 3), rows.track_id, *(np.round(v, 3) for v in (rows.x, rows.y, rows.sigma)))
    return [*numbers, labels, seen_by]


def _csv(pieces: Iterator[Points], unit: str) -> Iterator[bytes]:
    yield (",".join(_names(unit)) + "\n").encode()
    for rows in pieces:
        columns = [column if isinstance(column, list) else column.tolist() for column in _columns(rows)]
        yield "".join(",".join(map(str, row)) + "\n" for row in zip(*columns, strict=True)).encode()


def _parquet(pieces: Iterator[Points], unit: str) -> Iterator[bytes]:
    import pyarrow  # type: ignore[import-untyped]  # large: only who asks for it
    from pyarrow import parquet

    kinds = (pyarrow.float64(), pyarrow.int64(), *[pyarrow.float64()] * 3, pyarrow.string(), pyarrow.int16())
    schema = pyarrow.schema(list(zip(_names(unit), kinds, strict=True)))
    written = _Passing()
    with parquet.ParquetWriter(written, schema) as writer:
        for rows in pieces:
            writer.write_table(pyarrow.table(_columns(rows), schema=schema))
            yield written.take()
    yield written.take()


class _Passing(io.RawIOBase):
    """A file that is only written to, and given on as it grows."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._length += len(self._parts[-1])
        return len(self._parts[-1])

    def take(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
