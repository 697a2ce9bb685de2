"""Records of intersections, written: each simulation, intersection and timestamp once, however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ARRAY, Connection, Double, Text, and_, bindparam, cast, delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from heatmap_gui.core.signals import Record, Signal
from heatmap_gui.store.bulk import add_rows
from heatmap_gui.store.tables import performance_metrics, signal_states, simulations, traffic_data

_AT_ONCE = 500
_STATE = ("direction", "signal_status", "signal_timer", "green_time_allocated", "emergency_vehicle_present")
_DATA = ("vehicle_counts", "vehicles_crossed", "avg_wait_time")


class Key(NamedTuple):
    """What there is one record of."""

    simulation_id: str
    intersection_id: str
    timestamp: float


class Added(NamedTuple):
    """records, signals: that are there now. replaced: of the records, those that were there before."""

    records: int
    signals: int
    replaced: int


_KEY = Key._fields
_METRICS = tuple(column.name for column in performance_metrics.c if column.name not in _KEY)


def add(connection: Connection, records: Sequence[Record], now: float) -> Added:
    """Adds records, those that are there already in place of them; of those with one key the last. Part of the
    caller's transaction. Who adds to a simulation makes others wait that do.
    """
    of_key = {Key(r.simulation_id, r.intersection_id, r.timestamp.timestamp()): r for r in records}
    _lock(connection, sorted({key.simulation_id for key in of_key}), now)
    replaced = _remove(connection, list(of_key))
    metrics = [
        key._asdict() | {name: getattr(record.metrics, name) for name in _METRICS} for key, record in of_key.items()
    ]
    add_rows(connection, performance_metrics, metrics)
    signals = [(key, signal) for key, record in of_key.items() for signal in record.signals]
    _add_signals(connection, signals)
    return Added(len(of_key), len(signals), replaced)


def _add_signals(connection: Connection, signals: Sequence[tuple[Key, Signal]]) -> None:
    numbers = _new_numbers(connection, len(signals))
    states, data = [], []
    for number, (key, signal) in zip(numbers, signals, strict=True):
        state = key._asdict() | {name: getattr(signal, name) for name in _STATE}
        states.append({"id": number} | state)
        data.append({"signal_id": number, "timestamp": key.timestamp} | {name: getattr(signal, name) for name in _DATA})
    add_rows(connection, signal_states, states)
    add_rows(connection, traffic_data, data)


def _lock(connection: Connection, ids: Sequence[str], now: float) -> None:
    """Notes that these simulations are added to, in one order for all: who does so at the same time takes turns."""
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = make(simulations)
    noted = new.on_conflict_do_update(index_elements=["simulation_id"], set_={"updated_at": new.excluded.updated_at})
    connection.execute(noted, [{"simulation_id": name, "created_at": now, "updated_at": now} for name in ids])


def _remove(connection: Connection, keys: Sequence[Key]) -> int:
    """Forgets records -> how many there were."""
    there = _there(connection, keys)
    for table in (performance_metrics, signal_states) if there else ():
        same = delete(table).where(*(table.c[name] == bindparam(f"of_{name}") for name in _KEY))
        connection.execute(same, [dict(zip((f"of_{name}" for name in _KEY), key, strict=True)) for key in there])
    return len(there)


def _there(connection: Connection, keys: Sequence[Key]) -> list[Key]:
    """Those of the keys that there are records of."""
    of = [performance_metrics.c[name] for name in _KEY]
    if connection.dialect.name == "sqlite":
        known = [
            select(*of).where(tuple_(*of).in_(keys[first : first + _AT_ONCE]))
            for first in range(0, len(keys), _AT_ONCE)
        ]
    else:  # three parameters, and not as many as there are keys: five times as quick
        columns = zip(zip(*keys, strict=True), (Text, Text, Double), strict=True)
        asked = func.unnest(*(cast(list(column), ARRAY(kind)) for column, kind in columns))
        wanted = asked.table_valued(*_KEY, name="asked").render_derived()
        known = [select(*of).join(wanted, and_(*(column == wanted.c[column.name] for column in of)))]
    return [Key(*row) for query in known for row in connection.execute(query)]


def _new_numbers(connection: Connection, count: int) -> list[int]:
    """Ids of signals that nobody has."""
    if connection.dialect.name == "sqlite":  # who writes is alone
        last = connection.scalar(select(func.max(signal_states.c.id))) or 0
        return list(range(last + 1, last + 1 + count))
    drawn = select(func.nextval("signal_states_id_seq")).select_from(func.generate_series(1, count))
    return list(connection.scalars(drawn))
