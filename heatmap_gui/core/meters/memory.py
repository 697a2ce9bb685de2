"""What meters remember of live tracks, as arrays: so one instant of all tracks costs a few numpy calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.types import I8

_TRACK = np.dtype([("seen", "?"), ("at", "f8"), ("x", "f8"), ("y", "f8"), ("seconds", "f8"), ("label", "i4")])
_FIRST_SLOTS = 64


class Memory:
    """Every live track's last row and, for each of `count` zones or lines, a record of dtype `record`.

    tracks: (slots,); records: (slots, count). A new track's slot is all zeros. label: into `labels`, names ever seen.
    """

    def __init__(self, count: int, record: list[tuple[str, str]]) -> None:
        self.labels: list[str] = []
        self.tracks = np.zeros(_FIRST_SLOTS, _TRACK)
        self.records = np.zeros((_FIRST_SLOTS, count), np.dtype(record))
        self._slots: dict[int, int] = {}
        self._free = list(range(_FIRST_SLOTS))[::-1]

    def slots(self, track_ids: I8) -> I8:
        """The slot of each row's track; new ones are made."""
        unique, row = np.unique(track_ids, return_inverse=True)
        return np.array([self._slot(track_id) for track_id in unique.tolist()], np.int64)[row]

    def drop(self, track_ids: Sequence[int]) -> list[tuple[int, int]]:
        """Forgets tracks: (track id, slot) of those that were known; the arrays keep the slots' last content."""
        known = [(t, self._slots.pop(t)) for t in map(int, track_ids) if t in self._slots]
        self._free += [slot for _, slot in known]
        return known

    def known(self) -> list[tuple[int, int]]:
        """(track id, slot) of every track."""
        return list(self._slots.items())

    def rearrange(self, records: Sequence[int | None]) -> None:
        """For each zone or line from now on which record of before it goes on with; None: it begins."""
        before = self.records
        self.records = np.zeros((len(before), len(records)), before.dtype)
        for number, one in enumerate(records):
            if one is not None:
                self.records[:, number] = before[:, one]

    def label_numbers(self, labels: Sequence[str]) -> NDArray[Any]:
        """Numbers of these names in `labels`."""
        self.labels += [label for label in labels if label not in self.labels]
        return np.array([self.labels.index(label) for label in labels], np.int32)

    def _slot(self, track_id: int) -> int:
        if track_id not in self._slots:
            if not self._free:
                size = len(self.tracks)
                self.tracks = np.concatenate([self.tracks, np.zeros_like(self.tracks)])
                self.records = np.concatenate([self.records, np.zeros_like(self.records)])
                self._free = list(range(size, 2 * size))[::-1]
            slot = self._slots[track_id] = self._free.pop()
            self.tracks[slot] = np.zeros((), self.tracks.dtype)
            self.records[slot] = np.zeros((), self.records.dtype)
        return self._slots[track_id]


def instants(track_ids: I8) -> list[I8]:
    """Row numbers in groups that hold at most one row a track: all first rows, all second ones, and so on."""
    order = np.argsort(track_ids, kind="stable")
    ordered = track_ids[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(first, np.diff(np.r_[first, len(order)]))
    return np.split(np.argsort(rank, kind="stable"), np.cumsum(np.bincount(rank))[:-1])
