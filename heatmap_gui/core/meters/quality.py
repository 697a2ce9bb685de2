"""How good a figure is: for how long which cameras delivered, of the time that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.meters.pieces import piece_of
from heatmap_gui.core.types import F8, Bool

DOWN = 0.5  # a camera that delivered for less of the time than this was down
COMPLETE = 0.8  # what was seen for less of the time than this is compared with nothing


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """exposed_s (cameras, k): how long each delivered in each piece. wanted_s (k,): how long each could have."""

    cameras: tuple[str, ...]
    exposed_s: F8
    wanted_s: F8

    @property
    def share(self) -> F8:
        """(k,) of the time that cameras delivered, all alike; 0 where there was nothing to deliver yet."""
        wanted = self.wanted_s * len(self.cameras)
        seen = np.minimum(self.exposed_s, self.wanted_s).sum(axis=0)
        return np.asarray(seen / np.where(wanted > 0, wanted, 1.0))

    @property
    def complete(self) -> Bool:
        """(k,) which pieces may be compared."""
        return np.asarray(self.share >= COMPLETE)

    def down(self, piece: int) -> list[str]:
        """The cameras that were down in a piece."""
        lost = self.exposed_s[:, piece] < DOWN * self.wanted_s[piece]
        return [camera for camera, gone in zip(self.cameras, lost.tolist(), strict=True) if gone]


def exposure(seconds: Mapping[tuple[str, int], float], cameras: Sequence[str], edges: F8, now: float) -> Exposure:
    """seconds: by camera and where its five minutes begin (Unix time). What is after `now` nobody can have seen."""
    of = {camera: number for number, camera in enumerate(cameras)}
    known = [(of[camera], start, value) for (camera, start), value in seconds.items() if camera in of]
    exposed_s = np.zeros((len(cameras), len(edges) - 1))
    if known:
        camera, start, value = (np.array(column) for column in zip(*known, strict=True))
        piece = piece_of(start.astype(np.float64), edges)
        inside = piece >= 0
        np.add.at(exposed_s, (camera[inside], piece[inside]), value[inside])
    return Exposure(tuple(cameras), exposed_s, np.diff(np.minimum(edges, now)))
