"""Who is about in the small scenes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from heatmap_gui.vision.synthetic.clothes import dress
from heatmap_gui.vision.synthetic.people import Itinerary, Walker, keep_apart


@lru_cache(maxsize=4)
def stander(seed: int) -> tuple[Walker, ...]:
    """One person who stands on one spot from 10 s to 70 s."""
    rng = np.random.default_rng(seed)
    stay = Itinerary(10.0, (5.5, 3.5), 1.0)
    stay.stand(70.05, float(rng.uniform(0.0, 2.0 * np.pi)))
    return (stay.walker(1, float(rng.uniform(1.55, 1.9)), dress(rng)),)


@lru_cache(maxsize=4)
def strollers(seed: int, duration_s: float, number: int = 4) -> tuple[Walker, ...]:
    """People who walk about in the hall from before 0 until after duration_s, with a halt here and there."""
    walkers = []
    for k in range(1, number + 1):
        rng = np.random.default_rng([seed, k])
        start = float(rng.uniform(2.0, 8.0)), float(rng.uniform(2.0, 6.0))
        stroll = Itinerary(-5.0, start, float(rng.uniform(0.8, 1.4)))
        while stroll.at_s < duration_s + 5.0:
            stroll.walk([(float(rng.uniform(1.5, 8.5)), float(rng.uniform(1.5, 6.5)))])
            if rng.random() < 0.3:
                stroll.stand(stroll.at_s + float(rng.uniform(1.0, 4.0)), float(rng.uniform(0.0, 2.0 * np.pi)))
        walkers.append(stroll.walker(k, float(rng.uniform(1.55, 1.9)), dress(rng)))
    return keep_apart(walkers, ())
