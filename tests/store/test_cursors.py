"""Cursors: moved together, read by what their names begin with, forgotten."""

from __future__ import annotations

from heatmap_gui.store import cursors
from heatmap_gui.store.database import Database


def test_they_move_and_are_forgotten(database: Database) -> None:
    with database.write() as transaction:
        cursors.move(transaction, {"schedule:a": 1.0, "schedule:b": 2.0, "other": 3.0})
        cursors.move(transaction, {"schedule:a": 5.5, "schedule:c": 7.0})
        cursors.move(transaction, {})
    with database.read() as transaction:
        assert cursors.read(transaction, "schedule:") == {"schedule:a": 5.5, "schedule:b": 2.0, "schedule:c": 7.0}
    with database.write() as transaction:
        cursors.forget(transaction, ["schedule:a", "schedule:c", "schedule:nobody"])
        cursors.forget(transaction, [])
    with database.read() as transaction:
        assert cursors.read(transaction, "") == {"schedule:b": 2.0, "other": 3.0}


def test_a_prefix_is_taken_as_it_is_written(database: Database) -> None:
    with database.write() as transaction:
        cursors.move(transaction, {"s_1": 1.0, "sx1": 2.0, "s%1": 3.0})
        assert cursors.read(transaction, "s_") == {"s_1": 1.0}
        assert cursors.read(transaction, "s%") == {"s%1": 3.0}
