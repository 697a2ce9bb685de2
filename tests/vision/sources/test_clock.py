"""The clock of a live stream, on made-up arrivals."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.vision.sources.clock import StreamClock

START = 1_700_000_000.0


def stamps(own_s: list[float], arrivals: list[float]) -> list[float]:
    clock = StreamClock()
    found = []
    for own, arrival in zip(own_s, arrivals, strict=True):
        clock.observe(own, arrival)
        found.append(clock.stamp(own, arrival))
    return found


def test_jitter_on_the_way_does_not_reach_the_times() -> None:
    own = [i / 10 for i in range(600)]
    late = np.random.default_rng(1).exponential(0.05, 600)
    at = np.array(stamps(own, [START + s + d for s, d in zip(own, late, strict=True)]))

    settled = np.diff(at[100:])
    assert settled == pytest.approx(0.1, abs=0.01)
    assert (np.abs(at[100:] - START - own[100:]) < 0.01).all()


def test_a_stalled_reader_gets_the_times_of_the_pictures() -> None:
    own = [i / 10 for i in range(100)]
    arrivals = [START + s for s in own]
    arrivals[50:80] = [START + 8.0] * 30
    at = stamps(own, arrivals)

    assert at == pytest.approx([START + s for s in own], abs=0.02)


@pytest.mark.parametrize("jump_s", [-3600.0, -5.0, 40.0, 3600.0, -(2**32) / 90_000, -(2**33) / 90_000])
def test_a_stream_whose_own_clock_is_set_anew_stays_at_the_hosts_time(jump_s: float) -> None:
    own = [100 + i / 10 + (jump_s if i >= 50 else 0) for i in range(100)]
    arrivals = [START + i / 10 for i in range(100)]

    assert stamps(own, arrivals) == pytest.approx(arrivals, abs=0.05)


def test_a_camera_whose_clock_runs_slow_is_followed() -> None:
    own = [i * 0.9995 for i in range(3600)]
    arrivals = [START + i for i in range(3600)]

    assert stamps(own, arrivals) == pytest.approx(arrivals, abs=0.02)


def test_times_rise_always_and_none_counts_as_it_arrives() -> None:
    clock = StreamClock()
    assert clock.stamp(None, START) == START
    clock.observe(5.0, START + 1)
    assert clock.stamp(5.0, START + 1) == START + 1
    assert START + 1 < clock.stamp(4.9, START + 1) < START + 1.001
