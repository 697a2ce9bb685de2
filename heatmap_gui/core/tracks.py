"""The tracker's table: one row a track, ascending by id, and the filtered state of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from heatmap_gui.core.types import F8, I8, U8, Bool


@dataclass(slots=True, eq=False)
class Tracks:
    """Mutable columns whose first dimension is the track; a camera is a column in the second of the box_* ones."""

    id: I8
    mean: F8  # (n, 4, 1): x, y and their rates, floor units
    cov: F8  # (n, 4, 4)
    scale: F8  # floor units a metre, as the track's size says where the floor has no scale
    first_at: F8
    seen_at: F8
    evidence: F8  # log odds that this is somebody
    confirmed: Bool
    votes: F8  # (n, labels): sum of scores by class
    box_mean: F8  # (n, cameras, 2, 4): left, top, right, bottom px and their rates
    box_cov: F8  # (n, cameras, 2, 2) in box heights
    box_at: F8  # (n, cameras): when this camera saw it last, -inf for never
    box_score: F8  # (n, cameras)

    @classmethod
    def new(cls, ids: I8, at: float, cameras: int, labels: int) -> Self:
        """Rows for new tracks, all else zero."""
        n = len(ids)
        return cls(
            id=ids,
            mean=np.zeros((n, 4, 1)),
            cov=np.zeros((n, 4, 4)),
            scale=np.ones(n),
            first_at=np.full(n, at),
            seen_at=np.full(n, at),
            evidence=np.zeros(n),
            confirmed=np.zeros(n, np.bool_),
            votes=np.zeros((n, labels)),
            box_mean=np.zeros((n, cameras, 2, 4)),
            box_cov=np.zeros((n, cameras, 2, 2)),
            box_at=np.full((n, cameras), -np.inf),
            box_score=np.zeros((n, cameras)),
        )

    def __len__(self) -> int:
        return len(self.id)

    def keep(self, rows: Bool) -> None:
        """Drops the other rows."""
        if not rows.all():
            for name in self.__slots__:
                setattr(self, name, getattr(self, name)[rows])

    def append(self, other: Tracks) -> None:
        for name in self.__slots__:
            setattr(self, name, np.concatenate([getattr(self, name), getattr(other, name)]))

    def seen(self, since: float) -> U8:
        """Which cameras saw each track after `since`, as bits (n,) uint64."""
        bits = np.left_shift(np.uint64(1), np.arange(self.box_at.shape[1], dtype=np.uint64))
        return np.asarray(((self.box_at > since) * bits).sum(axis=1, dtype=np.uint64))
