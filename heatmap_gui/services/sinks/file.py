"""Writes results into files: JSON as it is posted, or its detections as CSV or Parquet.

target: `store` and `name` (of the file, without its ending), `format` (json, csv, parquet), and `folder` where it is
not `exports` in the data folder. A file is there whole or not at all; a second delivery writes the same file again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from heatmap_gui.core.errors import InputError, TryLaterError, UnavailableError
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.sinks import Reveal
from heatmap_gui.settings import Settings
from heatmap_gui.store.files import write_atomically

Row = dict[str, Any]
COLUMNS = (
    *("timestamp", "camera_id", "track_id", "class", "confidence"),
    *("camera_x", "camera_y", "plan_x", "plan_y", "floor_x_m", "floor_y_m"),
)
_POINTS = {"camera": ("camera_point", ""), "plan": ("plan_point", ""), "floor": ("floor_m", "_m")}
_NAME = re.compile(r"(?!\.{1,2}$)[^/\\\x00-\x1f]{1,200}")


def open_sink(settings: Settings, _reveal: Reveal) -> File:
    return File(settings.home / "exports")


class File:
    """The Sink. folder: where stores without one of their own have theirs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, delivery: Delivery) -> str:
        target = delivery.target
        store, name, ending = target["store"], target["name"], target["format"]
        if not (_NAME.fullmatch(store) and _NAME.fullmatch(name)):
            raise InputError(f"export of {name}: not a name for a file: rename the store")
        path = Path(target.get("folder") or self._folder) / store / f"{name}.{ending}"
        try:
            content = _WRITERS[ending](delivery.body)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
        except OSError as error:
            raise TryLaterError(f"{path}: cannot be written: {error.strerror}", answered=False) from None
        except (InputError, UnavailableError) as error:  # a disk that is full or closed may be opened
            raise TryLaterError(error.message, answered=False) from None
        return f"{path.name}, {len(content)} bytes"

    def close(self) -> None:
        """Nothing stays open."""


def rows(body: bytes) -> list[Row]:
    """The detections of a payload, flat: a row each, with COLUMNS."""
    return [_row(found) for found in json.loads(body)["detections"]]


def _row(found: Mapping[str, Any]) -> Row:
    row: Row = {name: found.get(name) for name in COLUMNS[:5]}
    row["camera_id"] = str(row["camera_id"])  # some sites number their cameras, some name them
    for prefix, (key, unit) in _POINTS.items():
        point = found.get(key) or {}
        row |= {f"{prefix}_{axis}{unit}": point.get(axis) for axis in "xy"}
    return row


def _csv(body: bytes) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows(body))
    return text.getvalue().encode()


def _parquet(body: bytes) -> bytes:
    # heavy, and few want it; it comes without types
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    kinds = {"timestamp": pa.string(), "camera_id": pa.string(), "track_id": pa.int64(), "class": pa.string()}
    schema = pa.schema([(name, kinds.get(name, pa.float64())) for name in COLUMNS])
    out = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows(body), schema), out)
    written: bytes = out.getvalue().to_pybytes()
    return written


_WRITERS: Mapping[str, Callable[[bytes], bytes]] = {"json": bytes, "csv": _csv, "parquet": _parquet}
