"""Records of intersections: from simulations and signal controllers, one or many at once.

Fields that are not known are let pass and not kept: senders grow new ones, and what they say besides is still true.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, FailFast, Field

from heatmap_gui.api.parts import Parts, needs
from heatmap_gui.api.times import as_time
from heatmap_gui.app import App
from heatmap_gui.core.signals import Record
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.services.traffic_ingest import ingest

router = APIRouter(prefix="/api/v1/ingest", tags=["traffic: ingest"])
MOST_RECORDS = 10_000
LARGEST_BYTES = 16 << 20  # so many records of four signals each
Ingester = Annotated[Who, Depends(needs(Role.OPERATOR, Scope.INGEST))]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$")]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Seconds = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def _instant(at: datetime) -> datetime:
    """Without an offset it is UTC."""
    whole = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    if not _FIRST <= whole < _LAST:
        raise ValueError("allowed: 1970 to 9998")
    return whole


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SignalRecord(_Sent):
    """One direction: what waits by class, what crossed since the record before, and how long that had waited (s)."""

    direction: Word
    vehicle_counts: dict[Word, Count] = Field(max_length=32)
    emergency_vehicle_present: bool = False
    signal_status: Word = Field(description="GREEN, YELLOW, RED, or as the controller calls it.")
    signal_timer: Seconds
    vehicles_crossed: Count
    avg_wait_time: Seconds
    green_time_allocated: Seconds


class MetricsRecord(_Sent):
    """The whole intersection since the record before: waits in s, speed in km/h, fuel in litres, CO2 in kg."""

    total_vehicles_passed: Count
    avg_wait_time_all_sides: Seconds
    throughput: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
    avg_speed: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
    fuel_saved: Amount
    co2_saved: Amount
    emergency_overrides: Count = 0


def _different(signals: list[SignalRecord]) -> list[SignalRecord]:
    if len({signal.direction for signal in signals}) < len(signals):
        raise ValueError("each direction at most once")
    return signals


class IntersectionRecord(_Sent):
    """An intersection at an instant. There is one of a simulation, intersection and timestamp: the one sent last."""

    simulation_id: Name
    timestamp: Annotated[datetime, BeforeValidator(as_time), AfterValidator(_instant)]
    intersection_id: Name
    signals: Annotated[list[SignalRecord], Field(min_length=1, max_length=64), AfterValidator(_different)]
    metrics: MetricsRecord


class Ingested(BaseModel):
    """records, signals: that are there now. replaced: of the records, those that were there already."""

    status: Literal["success"] = "success"
    records: int
    signals: int
    replaced: int


@router.post("/simulation")
def ingest_simulation(parts: Parts, who: Ingester, body: IntersectionRecord) -> Ingested:
    """One record. Sent again it is replaced."""
    return _ingest(parts, who, [body])


@router.post("/batch", max_body_size=LARGEST_BYTES)
def ingest_batch(
    parts: Parts,
    who: Ingester,
    body: Annotated[list[IntersectionRecord], FailFast(), Body(min_length=1, max_length=MOST_RECORDS)],
) -> Ingested:
    """Many records: all of them, or none when one is wrong."""
    return _ingest(parts, who, body)


def _ingest(parts: App, who: Who, records: Sequence[Record]) -> Ingested:
    added = ingest(parts.database, records)
    of = sorted({record.simulation_id for record in records})
    subject = of[0] if len(of) == 1 else f"{len(of)} simulations"
    parts.audit(who, "ingest", subject, f"{added.records} records, {added.replaced} of them again")
    return Ingested(records=added.records, signals=added.signals, replaced=added.replaced)
