"""Records of intersections as a simulation would send them, made from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

START = datetime(2025, 9, 10, 8, tzinfo=UTC)
DIRECTIONS = ("north", "south", "east", "west")
CLASSES = ("car", "bus", "truck", "bike", "rickshaw")


@dataclass(frozen=True)
class SignalRow:
    direction: str
    vehicle_counts: Mapping[str, int]
    emergency_vehicle_present: bool
    signal_status: str
    signal_timer: float
    vehicles_crossed: int
    avg_wait_time: float
    green_time_allocated: float


@dataclass(frozen=True)
class MetricsRow:
    total_vehicles_passed: int
    avg_wait_time_all_sides: float
    throughput: float
    avg_speed: float
    fuel_saved: float
    co2_saved: float
    emergency_overrides: int


@dataclass(frozen=True)
class IntersectionRow:
    simulation_id: str
    timestamp: datetime
    intersection_id: str
    signals: list[SignalRow]
    metrics: MetricsRow


def signal(random: np.random.Generator, direction: str, green: bool, wait_s: float = 20.0) -> SignalRow:
    """In about every fifth nobody crosses; every twentieth has an emergency vehicle."""
    crossed = int(random.integers(0, 20)) * bool(random.random() < 0.8)
    return SignalRow(
        direction,
        {label: int(random.integers(0, 30)) for label in CLASSES},
        bool(random.random() < 0.05),
        "GREEN" if green else "RED",
        float(random.integers(0, 30)),
        crossed,
        round(float(random.exponential(wait_s)), 2),
        20.0,
    )


def records(
    simulation_id: str, count: int, *, seed: int = 1, step_s: float = 10.0, intersections: int = 1, wait_s: float = 20.0
) -> list[IntersectionRow]:
    """So many of each intersection, `step_s` apart."""
    random = np.random.default_rng(seed)
    found = []
    for number in range(count):
        for intersection in range(intersections):
            signals = [signal(random, d, k == number % 4, wait_s) for k, d in enumerate(DIRECTIONS)]
            passed = sum(one.vehicles_crossed for one in signals)
            metrics = MetricsRow(
                passed,
                round(float(random.exponential(wait_s)), 2),
                passed / step_s,
                round(float(random.normal(30, 5)), 2),
                round(float(random.normal(1, 0.5)), 3),
                round(float(random.normal(3, 1)), 3),
                sum(one.emergency_vehicle_present for one in signals),
            )
            at = START + timedelta(seconds=number * step_s)
            found.append(IntersectionRow(simulation_id, at, f"INT_{intersection + 1:03}", signals, metrics))
    return found
