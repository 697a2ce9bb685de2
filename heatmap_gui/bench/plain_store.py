"""The plain way to keep points in SQL: a row a point, written by SQLAlchemy as its tutorials do, summed by GROUP BY."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, create_engine, func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from heatmap_gui.core.types import F8, Points

Plain = Engine  # as the measurements call what they pass on


class Base(DeclarativeBase):
    """What the one table hangs on."""


class Detection(Base):
    """A track's position at an instant."""

    __tablename__ = "detections"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(index=True)
    track_id: Mapped[int]
    label: Mapped[str]
    x: Mapped[float]
    y: Mapped[float]
    vx: Mapped[float]
    vy: Mapped[float]
    sigma: Mapped[float]
    seconds: Mapped[float]
    cameras: Mapped[int]
    interpolated: Mapped[bool]


def rows(points: Points) -> list[dict[str, Any]]:
    """A dict a point, by the table's columns."""
    names = ("at", "track_id", "x", "y", "vx", "vy", "sigma", "seconds", "cameras", "interpolated")
    columns = [getattr(points, name).tolist() for name in names]
    labels = [points.labels[number] for number in points.class_id.tolist()]
    return [
        dict(zip(names, row, strict=True)) | {"label": label}
        for row, label in zip(zip(*columns, strict=True), labels, strict=True)
    ]


def open_file(path: Path) -> Plain:
    """An SQLite file, as SQLAlchemy sets it up."""
    return create_engine(f"sqlite:///{path}")


def make(engine: Engine) -> None:
    """An empty table, whatever was there."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)


def add_all(engine: Engine, points: Sequence[dict[str, Any]]) -> None:
    """By the ORM: an object a point, all in one transaction."""
    with Session(engine) as session:
        session.add_all([Detection(**row) for row in points])
        session.commit()


def executemany(engine: Engine, points: Sequence[dict[str, Any]]) -> None:
    """By Core: one statement, all in one transaction."""
    with engine.begin() as connection:
        connection.execute(insert(Detection), points)


def heat_map(connection: Connection, start: float, end: float, cell: float, shape: tuple[int, int]) -> F8:
    """Person-seconds of the points from `start` to `end` in cells (rows, columns) of edge `cell` from the origin."""
    column, row = func.floor(Detection.x / cell).label("ix"), func.floor(Detection.y / cell).label("iy")
    wanted = select(row, column, func.sum(Detection.seconds)).where(Detection.at >= start, Detection.at < end)
    grid = np.zeros(shape)
    for iy, ix, seconds in connection.execute(wanted.group_by(row, column)):
        grid[min(max(int(iy), 0), shape[0] - 1), min(max(int(ix), 0), shape[1] - 1)] += seconds
    return grid
