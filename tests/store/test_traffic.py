"""Records of intersections are there once, whole, and as they were sent last, on either database."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from heatmap_gui.core.signals import Record
from heatmap_gui.store import traffic
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import performance_metrics, signal_states, simulations, traffic_data
from tests.signal_records import IntersectionRow, records

NOW = 1_760_000_000.0


def send(database: Database, of: Sequence[Record], now: float = NOW) -> traffic.Added:
    with database.write() as connection:
        return traffic.add(connection, of, now)


def stored(database: Database) -> list[dict[str, Any]]:
    """All records as they were sent, in the order of their keys."""
    joined = signal_states.join(traffic_data, traffic_data.c.signal_id == signal_states.c.id)
    with database.read() as connection:
        rows = [row._mapping for row in connection.execute(select(performance_metrics))]
        signals = [row._mapping for row in connection.execute(select(joined).order_by(signal_states.c.id))]
    found = []
    for row in sorted(rows, key=lambda r: (r["simulation_id"], r["timestamp"], r["intersection_id"])):
        key = ("simulation_id", "timestamp", "intersection_id")
        own = [
            {name: value for name, value in one.items() if name not in (*key, "id", "signal_id", "timestamp_1")}
            for one in signals
            if all(one[name] == row[name] for name in key)
        ]
        metrics = {name: value for name, value in row.items() if name not in key}
        found.append({**{name: row[name] for name in key}, "signals": own, "metrics": metrics})
    return found


def sent(of: Sequence[IntersectionRow]) -> list[dict[str, Any]]:
    rows = [asdict(one) | {"timestamp": one.timestamp.timestamp()} for one in of]
    return sorted(rows, key=lambda r: (r["simulation_id"], r["timestamp"], r["intersection_id"]))


def test_what_was_sent_is_there(database: Database) -> None:
    of = [*records("a", 30, intersections=2), *records("b", 5, seed=2)]
    assert send(database, of) == traffic.Added(65, 260, 0)
    assert stored(database) == sent(of)


def test_sent_again_it_is_there_once(database: Database) -> None:
    of = records("a", 40)
    send(database, of)
    assert send(database, of) == traffic.Added(40, 160, 40)
    assert stored(database) == sent(of)


def test_the_last_of_one_key_counts(database: Database) -> None:
    of = records("a", 30)
    other = records("a", 30, seed=9)
    send(database, of)
    assert send(database, [of[3], *other[:10], other[3]]).replaced == 10
    assert stored(database) == sent([*other[:10], *of[10:]])


def test_the_order_does_not_matter(database: Database) -> None:
    of = [*records("a", 20, intersections=3), *records("b", 20, seed=2)]
    for part in (of[50:], of[:30], of[20:60][::-1]):
        send(database, part)
    assert stored(database) == sent(of)


def test_a_simulation_remembers_when_it_began_and_was_added_to(database: Database) -> None:
    of = records("a", 2)
    send(database, of[:1])
    send(database, of[1:], NOW + 60)
    with database.read() as connection:
        assert connection.execute(select(simulations)).all() == [("a", NOW, NOW + 60)]


def test_all_of_a_batch_or_nothing(database: Database) -> None:
    before, of = records("a", 30), records("a", 60, seed=5)
    send(database, before)
    wrong = replace(of[50].signals[2], direction=None)  # type: ignore[arg-type]  # what no database takes
    of[50] = replace(of[50], signals=[*of[50].signals[:2], wrong])
    with pytest.raises(IntegrityError):
        send(database, of)
    assert stored(database) == sent(before)


def test_batches_at_the_same_time_add_nothing_twice(database: Database) -> None:
    of = [*records("a", 60), *records("b", 60, seed=2)]
    wrong: list[BaseException] = []

    def run(part: list[IntersectionRow]) -> None:
        try:
            send(database, part)
        except BaseException as error:  # it is the test that has to fail
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(part,)) for part in (of, of[::-1], of[30:90], of)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert stored(database) == sent(of)


def test_who_forgets_a_simulation_forgets_all_of_it(database: Database) -> None:
    send(database, records("a", 10))
    with database.write() as connection:
        connection.execute(simulations.delete())
        for table in (signal_states, traffic_data, performance_metrics):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_indexes_are_those_that_queries_over_time_want(database: Database) -> None:
    with database.read() as connection:
        found = inspect(connection)
        names = {str(one["name"]) for table in ("signal_states", "traffic_data") for one in found.get_indexes(table)}
        kinds = {column["name"]: str(column["type"]) for column in found.get_columns("traffic_data")}
    assert names == {
        "idx_signal_states_simulation_timestamp",
        "idx_traffic_data_signal_timestamp",
        "idx_traffic_data_vehicle_counts",
    }
    assert kinds["vehicle_counts"] == ("JSON" if database.sqlite else "JSONB")


def test_postgresql_finds_classes_by_its_index(database: Database) -> None:
    if database.sqlite:
        pytest.skip("SQLite knows no index over JSON")
    send(database, records("a", 10))
    with database.write() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = "EXPLAIN SELECT * FROM traffic_data WHERE vehicle_counts @> '{\"car\": 7}'"
        plan = " ".join(row[0] for row in connection.exec_driver_sql(asked))
    assert "idx_traffic_data_vehicle_counts" in plan
