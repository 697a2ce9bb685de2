"""So many at once, then at a rate; nobody takes from another."""

from __future__ import annotations

import pytest

from heatmap_gui.core.token_bucket import TokenBuckets


def test_a_burst_then_the_rate() -> None:
    buckets = TokenBuckets(per_s=2.0, burst=3.0)
    assert [buckets.take("a", 10.0) for _ in range(3)] == [0.0] * 3
    assert buckets.take("a", 10.0) == pytest.approx(0.5)
    assert buckets.take("a", 10.5) == 0.0
    assert buckets.take("a", 10.5) > 0.0


def test_over_a_minute_it_is_the_rate() -> None:
    buckets = TokenBuckets(per_s=2.0, burst=3.0)
    assert sum(buckets.take("a", at / 10) == 0.0 for at in range(600)) == pytest.approx(3 + 2 * 60, abs=1)


def test_nobody_takes_from_another() -> None:
    buckets = TokenBuckets(per_s=1.0, burst=1.0)
    assert buckets.take("a", 0.0) == buckets.take("b", 0.0) == 0.0
    assert buckets.take("a", 0.0) > 0.0


def test_it_remembers_a_bounded_number() -> None:
    buckets = TokenBuckets(per_s=1.0, burst=1.0)
    for number in range(20_000):
        buckets.take(str(number), 0.0)
    assert len(buckets._empty_at) == 10_000
