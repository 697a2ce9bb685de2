"""The plain way to take records of intersections in: an object a row, by SQLAlchemy's ORM, as its tutorials do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Engine, ForeignKey, Index, create_engine, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

_COUNTS = JSON().with_variant(JSONB, "postgresql")


class Base(DeclarativeBase):
    """What the tables hang on."""


class Simulation(Base):
    """Whose records they are."""

    __tablename__ = "simulations"

    simulation_id: Mapped[str] = mapped_column(primary_key=True)


class SignalState(Base):
    """A signal at an instant."""

    __tablename__ = "signal_states"

    id: Mapped[int] = mapped_column(primary_key=True)
    simulation_id: Mapped[str] = mapped_column(ForeignKey("simulations.simulation_id"))
    intersection_id: Mapped[str]
    timestamp: Mapped[float]
    direction: Mapped[str]
    signal_status: Mapped[str]
    signal_timer: Mapped[float]
    green_time_allocated: Mapped[float]
    emergency_vehicle_present: Mapped[bool]
    data: Mapped[TrafficData] = relationship(back_populates="signal")

    __table_args__ = (Index("idx_signal_states_simulation_timestamp", "simulation_id", "timestamp"),)


class TrafficData(Base):
    """What waited at it."""

    __tablename__ = "traffic_data"

    signal_id: Mapped[int] = mapped_column(ForeignKey("signal_states.id"), primary_key=True)
    timestamp: Mapped[float]
    vehicle_counts: Mapped[dict[str, int]] = mapped_column(_COUNTS)
    vehicles_crossed: Mapped[int]
    avg_wait_time: Mapped[float]
    signal: Mapped[SignalState] = relationship(back_populates="data")

    __table_args__ = (
        Index("idx_traffic_data_signal_timestamp", "signal_id", "timestamp"),
        Index("idx_traffic_data_vehicle_counts", "vehicle_counts", postgresql_using="gin"),
    )


class PerformanceMetrics(Base):
    """The intersection at that instant."""

    __tablename__ = "performance_metrics"

    simulation_id: Mapped[str] = mapped_column(ForeignKey("simulations.simulation_id"), primary_key=True)
    intersection_id: Mapped[str] = mapped_column(primary_key=True)
    timestamp: Mapped[float] = mapped_column(primary_key=True)
    total_vehicles_passed: Mapped[int]
    avg_wait_time_all_sides: Mapped[float]
    throughput: Mapped[float]
    avg_speed: Mapped[float]
    fuel_saved: Mapped[float]
    co2_saved: Mapped[float]
    emergency_overrides: Mapped[int]


_STATE = ("direction", "signal_status", "signal_timer", "green_time_allocated", "emergency_vehicle_present")
_DATA = ("vehicle_counts", "vehicles_crossed", "avg_wait_time")


def open_empty(url: str) -> Engine:
    """The tables, whatever was there."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    return engine


def add_all(engine: Engine, records: Sequence[Mapping[str, Any]]) -> None:
    """Records as they come out of JSON, all in one transaction. They must be new."""
    with Session(engine) as session:
        session.add_all([Simulation(simulation_id=name) for name in {record["simulation_id"] for record in records}])
        session.flush()
        for record in records:
            key: dict[str, Any] = {name: record[name] for name in ("simulation_id", "intersection_id")}
            key["timestamp"] = datetime.fromisoformat(record["timestamp"]).timestamp()
            states = [SignalState(**key, **{name: signal[name] for name in _STATE}) for signal in record["signals"]]
            for state, signal in zip(states, record["signals"], strict=True):
                state.data = TrafficData(timestamp=key["timestamp"], **{name: signal[name] for name in _DATA})
            session.add_all(states)
            session.add(PerformanceMetrics(**key, **record["metrics"]))
        session.commit()


def signals(engine: Engine) -> int:
    """How many there are."""
    with engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(TrafficData)) or 0)
