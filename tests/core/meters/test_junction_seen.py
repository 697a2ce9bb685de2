"""The junction through boxes with errors and the tracker: counts within one, speeds and waits within per cent.

One limit is known and left out below: a bus that stands may be two for a while, one a camera, and is counted so.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from heatmap_gui.core.meters.passages_of_vehicles import KMH
from tests.core.meters.junction_day import measure, truth, waited
from tests.core.meters.seen_junction import tracked

LENGTH_S, FPS = 120.0, 5.0


def test_two_minutes_are_counted() -> None:
    true, found = truth(LENGTH_S), measure([(1, tracked(LENGTH_S, FPS))])
    lines = Counter((p.line_id, p.direction) for p in found.passages)
    true_lines = Counter((p.line, p.direction) for p in true.passages)
    assert all(abs(lines[key] - number) <= 1 for key, number in true_lines.items())
    labels, kinds = Counter(p.label for p in found.passages), Counter(p.kind for p in true.passages)
    assert all(abs(labels[kind] - number) <= 1 for kind, number in kinds.items() if kind != "bus")
    ours_kmh = np.mean([p.speed_kmh for p in found.passages if p.speed_kmh is not None])
    assert ours_kmh == pytest.approx(np.mean([p.speed * KMH for p in true.passages]), rel=0.03)
    ours_s, true_s = sum(waited(found.waits).values()), sum(waited(true.waits).values())
    assert ours_s == pytest.approx(true_s, rel=0.05)
