"""What synthetic people wear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Bgr = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What a person wears, as BGR colours. long_coat: the top reaches down to the thighs."""

    skin: Bgr
    hair: Bgr
    top: Bgr
    legs: Bgr
    shoes: Bgr
    long_hair: bool
    long_coat: bool
    bag: Bgr | None


_SKIN: tuple[Bgr, ...] = (
    (172, 196, 232), (150, 178, 222), (118, 150, 200), (84, 116, 166), (58, 80, 120), (44, 60, 92),
)  # fmt: skip
_HAIR: tuple[Bgr, ...] = ((28, 26, 30), (36, 44, 62), (48, 70, 104), (92, 142, 182), (150, 152, 156), (40, 50, 112))
_TOPS: tuple[Bgr, ...] = (
    (62, 62, 178), (146, 92, 44), (78, 120, 52), (60, 158, 214), (150, 138, 62), (62, 100, 196), (128, 72, 112),
    (214, 210, 206), (74, 70, 70), (112, 60, 48), (166, 160, 120), (110, 130, 210), (44, 108, 140), (190, 160, 130),
)  # fmt: skip
_LEGS: tuple[Bgr, ...] = ((66, 48, 40), (102, 74, 54), (50, 50, 54), (92, 116, 138), (36, 34, 36), (120, 104, 92))
_SHOES: tuple[Bgr, ...] = ((34, 32, 34), (52, 64, 92), (190, 190, 192), (60, 40, 36))
_BAGS: tuple[Bgr, ...] = ((48, 66, 110), (60, 60, 64), (70, 110, 90), (80, 70, 160))


def dress(rng: np.random.Generator) -> Look:
    """Somebody's clothes, hair and skin."""

    def one(colours: tuple[Bgr, ...]) -> Bgr:
        return colours[int(rng.integers(len(colours)))]

    return Look(
        one(_SKIN), one(_HAIR), one(_TOPS), one(_LEGS), one(_SHOES), bool(rng.random() < 0.4),
        bool(rng.random() < 0.2), one(_BAGS) if rng.random() < 0.35 else None,
    )  # fmt: skip
