"""The measurement of the demo store: its order, and the truth beside it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from heatmap_gui.services import demo
from heatmap_gui.services.demo import demo_order, measure_demo
from heatmap_gui.settings import Settings


@pytest.mark.parametrize(("duration_s", "length_s"), [(None, 60.0), (400.0, 400.0)])
def test_the_truth_is_of_the_people_who_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, duration_s: float | None, length_s: float
) -> None:
    """Longer than the scene's own day, too."""
    truths: list[tuple[object, ...]] = []

    def written(*arguments: object) -> SimpleNamespace:
        truths.append(arguments)
        return SimpleNamespace(track_id=np.array([3, 3, 5]))

    monkeypatch.setattr(demo, "measure", lambda *_, **__: {"people": 2})
    monkeypatch.setattr(demo, "write_truth", written)
    order = demo_order(Settings(home=tmp_path), duration_s, tmp_path, every_frame=True)
    assert order.duration_s == length_s
    assert len(order.site.cameras) == 3
    assert all(f"&fps=15&duration_s={length_s}" in camera.url for camera in order.site.cameras)
    assert all(camera.url.startswith("synthetic:store?seed=1&") for camera in order.site.cameras)
    assert measure_demo(order, lambda _: None) == {"people": 2, "truth": {"people": 2, "person_seconds": 0.2}}
    assert truths == [(tmp_path / "truth", "store", 1, length_s, 15.0)]
