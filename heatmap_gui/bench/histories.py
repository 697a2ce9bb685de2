"""What happened, kept in SQL: packed tracks and tiles against a row a point."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from heatmap_gui.bench import plain_store
from heatmap_gui.bench.plain_store import Plain
from heatmap_gui.bench.server import postgresql
from heatmap_gui.bench.timing import Entry, Times, in_turn, milliseconds, ratio
from heatmap_gui.core.grid import Grid
from heatmap_gui.core.heatmap import TILE_S, Heatmap
from heatmap_gui.core.types import F8, PERSON, Bucket, Points
from heatmap_gui.store import history, history_reading
from heatmap_gui.store.database import Database, open_database

_STORE, _FLOOR = "bench", "plan"
_GRID = Grid((0.0, 0.0), 0.25, (80, 120))
_BEGIN = 1_766_325_600.0
_FPS, _STAY_S, _EVERY_S = 7.0, 120.0, 6.0  # twenty people at once
_ROUNDS = 3
_WRITTEN, _KEPT = 200_000, 1_000_000
_MOST_BYTES = 0.35
SITE_ROW = "INSERT INTO site_revisions VALUES ('', 'bench', 0, '{}') ON CONFLICT DO NOTHING"


def walks(count: int) -> Points:
    """So many rows, or a few more, of people who walk about a shop of 30 m x 20 m and stop now and then."""
    random = np.random.default_rng(0)
    rows = round(_STAY_S * _FPS)
    people = -(-count // rows)
    t = np.arange(rows) / _FPS
    legs = np.linspace(0, _STAY_S, 13)
    corners = random.uniform((1, 1), (29, 19), (people, 13, 2))
    corners[:, 1::2] = corners[:, :-1:2]  # every other leg is a stop
    places = np.stack([[np.interp(t, legs, axis) for axis in person.T] for person in corners])
    places += np.cumsum(random.normal(0, 0.01, places.shape), axis=2)
    velocities = np.gradient(places, 1 / _FPS, axis=2)
    at = _BEGIN + (np.arange(people) * _EVERY_S)[:, None] + t
    order = np.argsort(at.ravel(), kind="stable")
    n = at.size
    numbers = np.repeat(np.arange(1, people + 1), rows)
    x, y, vx, vy = (axis.ravel()[order] for axis in (*np.moveaxis(places, 1, 0), *np.moveaxis(velocities, 1, 0)))
    sigma, seconds = np.abs(random.normal(0.15, 0.01, n)), np.full(n, 1 / _FPS)
    cameras = random.choice(np.array([1, 3], np.uint64), n)
    return Points(
        at.ravel()[order], numbers[order], x, y, vx, vy, sigma, seconds, np.zeros(n, np.int16), cameras,
        np.zeros(n, np.bool_), (PERSON,),
    )  # fmt: skip


def sqlite(goal: float) -> Iterator[Entry]:
    """Points into a file, committed: the ORM's add_all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = open_database("", folder)
        plain = plain_store.open_file(folder / "plain.db")
        times = _writing(database, plain, plain_store.add_all)
        database.close()
        plain.dispose()
        share = (folder / "heatmap.db").stat().st_size / (folder / "plain.db").stat().st_size
        note = f"SQLite; the ORM's add_all; {share:.2f}x the bytes"
        yield _entry("store-sqlite", goal, times, note, {"bytes": round(share, 4)}, worse=share > _MOST_BYTES)


def on_postgresql(goal: float) -> Iterator[Entry]:
    """Points into a server, committed: Core's executemany."""
    with postgresql() as url, tempfile.TemporaryDirectory() as folder:
        database = open_database(url, Path(folder))
        times = _writing(database, database.engine, plain_store.executemany)
        database.close()
        yield _entry("store-postgresql", goal, times, "PostgreSQL; Core's executemany", {})


def heatmap_range(goals: tuple[float, float]) -> Iterator[Entry]:
    """A heat map out of a million points in SQLite: GROUP BY. goals: any range, and whole pieces of five minutes."""
    points = walks(_KEPT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = open_database("", folder)
        plain = plain_store.open_file(folder / "plain.db")
        plain_store.make(plain)
        for start in range(0, len(points), _WRITTEN):
            plain_store.executemany(plain, plain_store.rows(points.take(slice(start, start + _WRITTEN))))
        _write(database, _buckets(points))
        end = float(points.at[-1])
        whole = _BEGIN, float(end // TILE_S * TILE_S)
        for entry, goal, what, (start_at, end_at) in (
            ("heatmap-range", goals[0], "any range", (whole[0] + 400.5, end - 400.5)),
            ("heatmap-tiles", goals[1], "whole pieces of 5 minutes", whole),
        ):
            results: dict[str, F8] = {}
            sides: dict[str, Callable[[], object]] = {
                "ours": partial(_ours, database, start_at, end_at, results),
                "theirs": partial(_theirs, plain, start_at, end_at, results),
            }
            times = in_turn(sides, _ROUNDS)
            if not np.allclose(results["ours"], results["theirs"], atol=1e-2):
                raise AssertionError("the two sides do not agree")
            yield Entry(
                name=entry,
                goal=goal,
                ours_ms=milliseconds(times, "ours"),
                theirs_ms=milliseconds(times, "theirs"),
                ratio=ratio(times, "theirs", "ours"),
                note=f"{what} out of {len(points)} points, {(end_at - start_at) / 60:.0f} minutes; SQLite's GROUP BY",
            )
        database.close()
        plain.dispose()


def _writing(database: Database, plain: Plain, add: Callable[[Plain, Sequence[dict[str, Any]]], None]) -> Times:
    """The same points on both sides; each keeps what all rounds wrote."""
    points = walks(_WRITTEN)
    bucket = Bucket(_FLOOR, points, (), (), (), (), {})
    rows = plain_store.rows(points)
    plain_store.make(plain)
    sides: dict[str, Callable[[], object]] = {
        "ours": lambda: _write(database, [bucket]),
        "theirs": lambda: add(plain, rows),
    }
    return in_turn(sides, _ROUNDS)


def _write(database: Database, buckets: Sequence[Bucket]) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(SITE_ROW)
        run_id = history.start_run(connection, _STORE, None, "", _BEGIN, {}, {_FLOOR: _GRID})
        history.write(connection, run_id, 0, buckets)


def _buckets(points: Points) -> list[Bucket]:
    """The points with the tiles that a pipeline makes of them."""
    whole = Heatmap(_GRID)
    for minute in np.array_split(np.arange(len(points)), len(points) // 8000):
        whole.add(points.take(minute))
    for at in range(int(_BEGIN), int(points.at[-1])):
        whole.expose(at, {"1": 1.0})
    return [Bucket(_FLOOR, points, (), (), (), tuple(whole.take_tiles()), {"1": points.at[-1] - _BEGIN})]


def _ours(database: Database, start: float, end: float, results: dict[str, F8]) -> None:
    results["ours"] = history_reading.heatmap(database, _STORE, _FLOOR, start, end, Heatmap(_GRID)).layer("presence_s")


def _theirs(plain: Plain, start: float, end: float, results: dict[str, F8]) -> None:
    with plain.connect() as connection:
        results["theirs"] = plain_store.heat_map(connection, start, end, _GRID.cell, _GRID.shape)


def _entry(name: str, goal: float, times: Times, note: str, details: dict[str, Any], *, worse: bool = False) -> Entry:
    thousands = _WRITTEN // 1000
    return Entry(
        name=name,
        goal=goal,
        ours_ms=milliseconds(times, "ours", thousands),
        theirs_ms=milliseconds(times, "theirs", thousands),
        ratio=ratio(times, "theirs", "ours"),
        note=f"a thousand points of {_WRITTEN} in one transaction, {note}",
        details=details,
        worse=worse,
    )
