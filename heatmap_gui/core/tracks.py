"""The tracker's table: one column a track, ascending by id, and the filtered state of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from heatmap_gui.core.types import F8, I8, U8, Bool


@dataclass(slots=True, eq=False)
class Tracks:
    """Mutable rows whose last axis is the track (n); the box_* ones have a row a camera."""

    id: I8
    mean: F8  # (4, n): x, y and their rates, floor units
    cov: F8  # (4, 4, n)
    scale: F8  # floor units a metre, as the track's size says where the floor has no scale
    first_at: F8
    seen_at: F8
    evidence: F8  # log odds that this is somebody
    confirmed: Bool
    votes: F8  # (labels, n): sum of scores by class
    class_id: I8  # that it was seen as most
    box_mean: F8  # (cameras, 2, 4, n): left, top, right, bottom px and their rates
    box_cov: F8  # (cameras, 2, 2, n) in box heights
    box_at: F8  # (cameras, n): when this camera saw it last, -inf for never
    box_score: F8  # (cameras, n)

    @classmethod
    def new(cls, ids: I8, at: float, cameras: int, labels: int) -> Self:
        """New tracks, all else zero."""
        n = len(ids)
        return cls(
            id=ids,
            mean=np.zeros((4, n)),
            cov=np.zeros((4, 4, n)),
            scale=np.ones(n),
            first_at=np.full(n, at),
            seen_at=np.full(n, at),
            evidence=np.zeros(n),
            confirmed=np.zeros(n, np.bool_),
            votes=np.zeros((labels, n)),
            class_id=np.zeros(n, np.int64),
            box_mean=np.zeros((cameras, 2, 4, n)),
            box_cov=np.zeros((cameras, 2, 2, n)),
            box_at=np.full((cameras, n), -np.inf),
            box_score=np.zeros((cameras, n)),
        )

    def __len__(self) -> int:
        return len(self.id)

    def keep(self, tracks: Bool) -> None:
        """Drops the others."""
        if not tracks.all():
            for name in self.__slots__:
                setattr(self, name, getattr(self, name)[..., tracks])

    def append(self, other: Tracks) -> None:
        for name in self.__slots__:
            setattr(self, name, np.concatenate([getattr(self, name), getattr(other, name)], axis=-1))

    def seen(self, since: float) -> U8:
        """Which cameras saw each track after `since`, as bits (n,) uint64."""
        bits = np.left_shift(np.uint64(1), np.arange(len(self.box_at), dtype=np.uint64))
        return np.asarray(bits @ (self.box_at > since))
