"""Points at which a simulated process may fail, counted as it comes to them, and the ways in which it fails there."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from typing import Any

from heatmap_gui.store.database import Database


class Fault(StrEnum):
    """CRASH: the process dies before it is done; after it is the same as before the next point.

    HANG: it stands still, maybe for longer than leases last. LOST: it is done, and yet an error is all that comes back.
    """

    CRASH = "crash"
    HANG = "hang"
    BUSY = "busy"
    FULL = "full"
    LOST = "lost"
    AWAY = "away"
    FLUSHED = "flushed"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    ERROR = "500"
    GARBAGE = "garbage"


PLACES: Mapping[str, tuple[Fault, ...]] = {
    "begin": (Fault.CRASH, Fault.HANG, Fault.BUSY, Fault.AWAY),
    "statement": (Fault.CRASH, Fault.FULL),
    "commit": (Fault.CRASH, Fault.FULL, Fault.LOST),
    "redis": (Fault.CRASH, Fault.HANG, Fault.AWAY, Fault.FLUSHED),
    "connect": (Fault.CRASH, Fault.HANG, Fault.REFUSED),
    "send": (Fault.CRASH, Fault.RESET, Fault.TIMEOUT),
    "answer": (Fault.CRASH, Fault.HANG, Fault.RESET, Fault.TIMEOUT, Fault.ERROR, Fault.GARBAGE),
    "file": (Fault.CRASH, Fault.HANG, Fault.FULL),
    "work": (Fault.CRASH, Fault.HANG),
}
_SAID = {
    Fault.BUSY: "database is locked",
    Fault.FULL: "database or disk is full",
    Fault.LOST: "disk I/O error",
    Fault.AWAY: "unable to open database file",
}
Choice = Callable[[int, str], Fault | None]


class KilledError(BaseException):
    """A process dies: nothing in it may handle that."""


def one(point: int, fault: Fault) -> Choice:
    """This, at the point of this number if it can happen there, and nothing else."""
    return lambda number, place: fault if number == point and fault in PLACES[place] else None


def many(seed: int, share: float) -> Choice:
    """A share of the points fails, in any way that there is."""
    rng = random.Random(seed)
    return lambda _, place: rng.choice(PLACES[place]) if rng.random() < share else None


class Faults:
    """Where the world's processes come by. points: the places, in order; still: nothing is counted and nothing fails.

    hang: makes the process that runs stand still.
    """

    def __init__(self, choice: Choice, hang: Callable[[], None]) -> None:
        self.points: list[str] = []
        self.happened: dict[int, Fault] = {}
        self.still = False
        self._choice, self._hang = choice, hang

    def at(self, place: str) -> Fault | None:
        """One more point -> what is to go wrong there; what is the same everywhere is done here."""
        if self.still:
            return None
        number = len(self.points)
        self.points.append(place)
        fault = self._choice(number, place)
        if fault is None:
            return None
        self.happened[number] = fault
        if fault == Fault.CRASH:
            raise KilledError
        if fault == Fault.HANG:
            self._hang()
        return fault

    @contextmanager
    def none(self) -> Iterator[None]:
        """Meanwhile nothing fails."""
        before, self.still = self.still, True
        try:
            yield
        finally:
            self.still = before


class FaultyDriver:
    """Under a database: each statement and each commit is a point. An AWAY lasts until `away()` says otherwise."""

    def __init__(self, database: Database, patch: Callable[[object, str, object], None]) -> None:
        self.faults = Faults(lambda *_: None, lambda: None)
        self.away: Callable[[bool], bool] = lambda _: False
        dialect = database.engine.dialect
        for name in ("do_execute", "do_executemany"):
            patch(dialect, name, partial(self._execute, getattr(dialect, name)))
        patch(dialect, "do_commit", partial(self._commit, dialect.do_commit))

    def _execute(self, real: Callable[..., None], cursor: Any, statement: str, *more: Any) -> None:
        begins = statement.startswith("BEGIN")
        fault = self.faults.at("begin" if begins else "statement")
        if begins and not self.faults.still and self.away(fault == Fault.AWAY):
            fault = Fault.AWAY
        if fault in _SAID:
            raise sqlite3.OperationalError(_SAID[fault])
        real(cursor, statement, *more)

    def _commit(self, real: Callable[[Any], None], connection: Any) -> None:
        fault = self.faults.at("commit")
        if fault == Fault.FULL:
            raise sqlite3.OperationalError(_SAID[fault])
        real(connection)
        if fault == Fault.LOST:
            raise sqlite3.OperationalError(_SAID[fault])
