"""What `--demo` asks of the measurement, what it says of it, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.cli import main
from heatmap_gui.commands import demo
from heatmap_gui.services.measurement import Measurement, Progress
from tests.replays import left_in


@pytest.mark.parametrize("duration", ["0", "-5", "nan", "inf", "20000"])
def test_durations_that_there_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], duration: str) -> None:
    assert main(["--demo", "--headless", f"--duration={duration}", "--out", str(tmp_path / "out")]) == 2
    assert "choose more than 0 s, at most" in capsys.readouterr().err
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(("more", "skip"), [([], 3), (["--every-frame"], 1)])
def test_what_is_asked_for_is_ordered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], skip: int
) -> None:
    orders: list[Measurement] = []

    def measured(order: Measurement, _: Callable[[Progress], object]) -> dict[str, Any]:
        orders.append(order)
        return {"warnings": [], "truth": {"people": 2, "person_seconds": 3.0}}

    monkeypatch.setattr(demo, "measure_demo", measured)
    assert main(["--demo", "--headless", "--json", "--duration", "400", "--out", str(tmp_path), *more]) == 0
    [order] = orders
    assert (order.duration_s, order.frame_skip, order.out) == (400.0, skip, tmp_path)


def test_out_and_the_rest_belong_to_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--duration", "5"]) == 2
    assert "belong to --demo" in capsys.readouterr().err
