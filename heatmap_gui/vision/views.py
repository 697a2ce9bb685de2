"""What a picture has in common with another one: thumbnails, their detail, their edges, and the shift between two."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from heatmap_gui.core.types import U1

SIZE = (128, 72)  # of the thumbnail in px, whatever the picture's shape
_SAMPLES = 320  # across a picture
_NEIGHBOURHOOD_PX = 2.0
_SOFT = 4.0  # grey levels from which on an edge is an edge, however strong
_STREAK_PX = 10
_NEAR_PX = 1  # of no shift
_WINDOW = cv2.createHanningWindow(SIZE, cv2.CV_32F)
_FAINT = 0.1  # of the mean: weaker frequencies say nothing of a shift


class View(NamedTuple):
    """One look at a picture.

    detail: by how many grey levels a pixel of the thumbnail differs from its neighbourhood, on average. streaks: the
    share of the thumbnail that repeats what is above it. spectrum (72, 65) of its edges.
    """

    detail: float
    streaks: float
    spectrum: NDArray[np.complex64]

    def towards(self, other: View, share: float) -> View:
        """This one, with so much of the other in it."""
        return View(
            self.detail + share * (other.detail - self.detail),
            self.streaks + share * (other.streaks - self.streaks),
            self.spectrum + share * (other.spectrum - self.spectrum),
        )


def sampled(image: U1) -> U1:
    """Every so many pixels' green of an image (height, width, 3): nothing is averaged, so noise stays what it is."""
    step = max(1, round(image.shape[1] / _SAMPLES))
    return np.ascontiguousarray(image[::step, ::step, 1])


def view(sample: U1) -> View:
    """A look at a sampled picture (rows, columns)."""
    small = cv2.resize(sample, SIZE, interpolation=cv2.INTER_AREA)
    relief = small.astype(np.float32)
    relief -= cv2.GaussianBlur(relief, (0, 0), _NEIGHBOURHOOD_PX)
    strength = np.abs(relief)
    repeats = (cv2.absdiff(small[1:], small[:-1]) <= 1).astype(np.uint8)
    streaks = float(cv2.erode(repeats, np.ones((_STREAK_PX, 1), np.uint8)).mean())
    edges = relief / (strength + _SOFT) * _WINDOW
    return View(float(strength.mean()), streaks, np.asarray(np.fft.rfft2(edges), np.complex64))


def shift(reference: View, now: View) -> tuple[float, float, tuple[int, int]]:
    """How well two views agree where they are, how well at best, and by how many thumbnail px x, y they are apart then.

    Phase correlation (Kuglin and Hines, 1975): 1 for the same picture, about 0.05 by chance at some shift.
    """
    cross = now.spectrum * np.conj(reference.spectrum)
    strength = np.abs(cross)
    surface = np.fft.irfft2(cross / (strength + _FAINT * strength.mean()), SIZE[::-1])
    row, column = divmod(int(surface.argmax()), SIZE[0])
    near = np.roll(surface, (_NEAR_PX, _NEAR_PX), (0, 1))[: 2 * _NEAR_PX + 1, : 2 * _NEAR_PX + 1].max()
    x, y = (column + SIZE[0] // 2) % SIZE[0] - SIZE[0] // 2, (row + SIZE[1] // 2) % SIZE[1] - SIZE[1] // 2
    return float(near), float(surface[row, column]), (x, y)
