"""Tiles as bytes: the cells that are not empty, counts as narrow integers, sums as 32-bit floats, exposure as runs.

Exposure is the same over all that a set of cameras sees, so it is kept as runs of cells with one value.
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.heatmap import LAYERS
from heatmap_gui.core.types import Sparse, Tile

_VERSION = 1
_HEAD = struct.Struct("<BB")
_COLUMN = struct.Struct("<BI")
_TYPES = tuple(np.dtype(name) for name in ("<u1", "<u2", "<u4", "<f4"))
_SUMS = len(_TYPES) - 1
_COUNTS = ("visits", "stops")


def pack_tile(tile: Tile) -> bytes:
    """The bytes of a tile, without its start."""
    pieces = [_HEAD.pack(_VERSION, len(tile.layers))]
    for label, part in tile.layers.items():
        name = label.encode()
        pieces += [bytes([len(name)]), name, _counts(part.cells)]
        pieces += [
            _counts(values) if layer in _COUNTS else _column(values, _SUMS)
            for layer, values in zip(LAYERS, part.values, strict=True)
        ]
    cells, values = tile.exposure.cells, tile.exposure.values[0]
    starts = np.flatnonzero(np.append(True, (np.diff(cells) != 1) | (np.diff(values) != 0))) if len(cells) else cells
    lengths = np.diff(np.append(starts, len(cells)))
    return b"".join([*pieces, _counts(cells[starts]), _counts(lengths), _column(values[starts], _SUMS)])


def unpack_tile(start_s: int, content: bytes) -> Tile:
    """The tile. Raises UnavailableError when it is damaged, or of a newer version."""
    try:
        version, count = _HEAD.unpack_from(content)
        if version > _VERSION:
            raise UnavailableError("the database holds tiles of a newer version of this program: update it")
        at, layers = _HEAD.size, {}
        for _ in range(count):
            end = at + 1 + content[at]
            label = content[at + 1 : end].decode()
            (cells, *values), at = _columns(content, end, 1 + len(LAYERS))
            layers[label] = Sparse(cells.astype(np.int32), np.array(values, np.float64))
        (starts, lengths, seconds), at = _columns(content, at, 3)
        if at != len(content):
            raise ValueError
    except (IndexError, ValueError, struct.error):
        raise UnavailableError("a tile in the database is damaged: restore a backup, or erase that time") from None
    total = int(lengths.sum())
    before = np.cumsum(lengths) - lengths
    cells = np.arange(total, dtype=np.int32) + np.repeat(starts.astype(np.int32) - before.astype(np.int32), lengths)
    return Tile(start_s, layers, Sparse(cells, np.repeat(seconds.astype(np.float64), lengths)[None]))


def _counts(values: NDArray[Any]) -> bytes:
    largest = int(values.max(initial=0))
    return _column(values, next(n for n, dtype in enumerate(_TYPES[:_SUMS]) if largest <= np.iinfo(dtype).max))


def _column(values: NDArray[Any], kind: int) -> bytes:
    return _COLUMN.pack(kind, len(values)) + values.astype(_TYPES[kind]).tobytes()


def _columns(content: bytes, at: int, count: int) -> tuple[list[NDArray[Any]], int]:
    """So many columns from `at` on, and where they end."""
    columns = []
    for _ in range(count):
        kind, length = _COLUMN.unpack_from(content, at)
        columns.append(np.frombuffer(content, _TYPES[kind], length, at + _COLUMN.size))
        at += _COLUMN.size + length * _TYPES[kind].itemsize
    return columns, at
