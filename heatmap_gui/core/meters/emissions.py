"""Fuel and CO2 of engines that idle: every factor with its source, and nothing for classes that have none.

Idling: L. Gaines and others, Argonne National Laboratory, Idling Reduction Savings Calculator, as in US Department of
Energy, Vehicle Technologies Fact #861 (2015), gallons an hour without load: compact sedan, 2.0 l, petrol 0.16; transit
bus 0.97; delivery truck, diesel 0.84. CO2: US EPA, Greenhouse Gas Emissions from a Typical Passenger Vehicle
(EPA-420-F-11-041): 8,887 g a gallon of petrol, 10,180 g a gallon of diesel. A US gallon is 3.785411784 l.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LITRES_PER_GALLON = 3.785411784
SOURCE = (
    "idling: Argonne National Laboratory, in US Department of Energy Fact #861 (2015); "
    "CO2 of a litre: US EPA, EPA-420-F-11-041"
)
Fuel = Literal["petrol", "diesel"]
CO2_KG_PER_LITRE: Mapping[Fuel, float] = {"petrol": 8.887 / LITRES_PER_GALLON, "diesel": 10.180 / LITRES_PER_GALLON}
IDLING: Mapping[str, tuple[Fuel, float]] = {  # litres an hour
    "car": ("petrol", 0.16 * LITRES_PER_GALLON),
    "bus": ("diesel", 0.97 * LITRES_PER_GALLON),
    "truck": ("diesel", 0.84 * LITRES_PER_GALLON),
}


@dataclass(frozen=True, slots=True)
class Idled:
    """What engines that idled took and gave off. unknown_s: vehicle-seconds of classes that no factor is known of."""

    fuel_l: float
    co2_kg: float
    unknown_s: float
    source: str = SOURCE


def idled(seconds: Mapping[str, float]) -> Idled:
    """seconds: that vehicles of each class stood with their engines running."""
    fuel_l = co2_kg = unknown_s = 0.0
    for label, idle_s in seconds.items():
        if label in IDLING:
            fuel, litres_per_hour = IDLING[label]
            litres = litres_per_hour * idle_s / 3600
            fuel_l, co2_kg = fuel_l + litres, co2_kg + litres * CO2_KG_PER_LITRE[fuel]
        else:
            unknown_s += idle_s
    return Idled(fuel_l, co2_kg, unknown_s)
