"""Baseline against AI: what is better, by how much, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core.meters import ratios
from heatmap_gui.core.types import F8
from heatmap_gui.services.traffic_analytics import Performance, Status, performance
from heatmap_gui.store import traffic_reading
from heatmap_gui.store.database import Database
from heatmap_gui.store.traffic_reading import Chosen, MetricSums, Parts, Span

Verdict = Literal["ai", "baseline", "no clear difference", "not enough data"]
BASELINE = "baseline"  # what the ids of simulations without AI have in them, where nobody says which they are
_UNITS = 20  # of each side


@dataclass(frozen=True, slots=True)
class Metric:
    """How one figure differs. difference: of AI less baseline, low and high where it lies with the confidence."""

    unit: str
    baseline: float | None
    ai: float | None
    difference: float | None
    low: float | None
    high: float | None
    change_percent: float | None
    better: Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """units: what its error was taken from."""

    simulation_ids: list[str]
    units: int
    performance: Performance


@dataclass(frozen=True, slots=True)
class Comparison:
    """Metrics by the names of the records."""

    status: Status
    confidence: float
    method: str
    baseline: Side
    ai: Side
    metrics: dict[str, Metric]


@dataclass(frozen=True, slots=True)
class _Measured:
    """How one metric is taken from sums: its unit, the sign of what is better, its sums and their weights."""

    unit: str
    better: int
    sums: str
    weights: str


_METRICS = {
    "avg_wait_time": _Measured("s", -1, "wait", "vehicles"),
    "avg_speed": _Measured("km/h", 1, "speed", "vehicles"),
    "throughput": _Measured("vehicles/s", 1, "throughput", "records"),
    "fuel_saved": _Measured("l/record", 1, "fuel_saved", "records"),
    "co2_saved": _Measured("kg/record", 1, "co2_saved", "records"),
}


def compare(
    database: Database, baseline: Sequence[str] | None, ai: Sequence[str] | None, chosen: Chosen, confidence: float
) -> Comparison:
    """Simulations without AI against others. A side that nobody names: of all others those with, and without,
    `baseline` in their id. Raises NotFoundError.
    """
    named = None if baseline is None or ai is None else [*baseline, *ai]
    spans = traffic_reading.spans(database, named)
    rest = {span.simulation_id for span in spans}.difference(baseline or (), ai or ())
    without = sorted(name for name in rest if BASELINE in name.lower()) if baseline is None else list(baseline)
    with_ai = sorted(name for name in rest if BASELINE not in name.lower()) if ai is None else list(ai)
    before, after = (
        _groups(database, [s for s in spans if s.simulation_id in of], chosen) for of in (without, with_ai)
    )
    metrics = {name: _metric(how, before, after, confidence) for name, how in _METRICS.items()}
    enough = any(metric.low is not None for metric in metrics.values())
    return Comparison(
        "ok" if enough else "not enough data",
        confidence,
        ratios.METHOD,
        Side(without, len(before), performance(before)),
        Side(with_ai, len(after), performance(after)),
        metrics,
    )


def _groups(database: Database, spans: Sequence[Span], chosen: Chosen) -> list[MetricSums]:
    """About as many groups of records as a side has units, none of which is of two simulations."""
    found: list[MetricSums] = []
    each = math.ceil(_UNITS / max(len(spans), 1))
    for span in spans:
        start = max(span.start, chosen.start or span.start)
        end = min(span.end, chosen.end or span.end)
        if start <= end:
            of = Chosen((span.simulation_id,), chosen.intersection_ids, None, start, chosen.end)
            # a little longer, so that the last record is not a part of its own
            parts = Parts(start, max((end - start) / each * (1 + 1e-9), 1e-3))
            found += traffic_reading.metric_sums(database, of, parts=parts)
    return found


def _metric(how: _Measured, baseline: list[MetricSums], ai: list[MetricSums], confidence: float) -> Metric:
    before, after = (ratios.ratio(_column(side, how.sums), _column(side, how.weights)) for side in (baseline, ai))
    gap = ratios.gap(after, before, confidence)
    difference = None if before is None or after is None else after.value - before.value
    verdict: Verdict = "not enough data"
    if gap is not None:
        verdict = "no clear difference"
        if gap.low > 0 or gap.high < 0:
            verdict = "ai" if gap.value * how.better > 0 else "baseline"
    return Metric(
        how.unit,
        _rounded(before.value if before else None),
        _rounded(after.value if after else None),
        _rounded(difference),
        _rounded(gap.low if gap else None),
        _rounded(gap.high if gap else None),
        _rounded(100 * difference / abs(before.value) if difference is not None and before and before.value else None),
        verdict,
    )


def _column(groups: Sequence[MetricSums], name: str) -> F8:
    return np.array([getattr(group, name) for group in groups], np.float64)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
