"""How many frames a second are too many, or too few, and that a burst after a pause is neither."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.services.conditions import Rate


def counted(announced: float | None, at: list[float], arrivals: list[float]) -> Rate:
    rate = Rate(announced)
    for index, (own, arrival) in enumerate(zip(at, arrivals, strict=True)):
        rate.count(index, own, arrival)
    return rate


@pytest.mark.parametrize(
    ("announced", "fps", "words"),
    [(10, 10, ""), (25, 12.5, ""), (None, 3, ""), (10, 2, "far fewer"), (10, 25, "far more")],
)
def test_a_rate_is_what_it_announced_or_not(announced: float | None, fps: float, words: str) -> None:
    times = (np.arange(60) / fps).tolist()
    rate = counted(announced, times, times)
    assert rate.fps == pytest.approx(fps)
    assert rate.complaint.count("far") == bool(words) and words in rate.complaint


def test_what_was_held_up_for_seconds_comes_at_once_and_that_is_fine() -> None:
    times = (np.arange(100) / 25).tolist()
    rate = counted(25, times, [*times[:20], *[4.0] * 80])
    assert rate.complaint == ""


def test_a_flood_is_refused() -> None:
    times = (np.arange(1000) / 1000).tolist()
    with pytest.raises(UnavailableError, match="floods"):
        counted(10, times, times)


def test_frames_that_were_passed_over_count() -> None:
    """Key frames alone are read of a camera that nobody looks at."""
    rate = Rate(10)
    for index in range(0, 200, 20):
        rate.count(index, index / 10, index / 10)
    assert rate.fps == pytest.approx(10)
    assert rate.complaint == ""
