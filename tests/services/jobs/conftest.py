"""Workers without a broker, on a SQLite of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.jobs import JobKind, JobsLoop
from heatmap_gui.store.database import open_database
from tests.services.jobs.running import (
    Clock,
    FailingDatabase,
    Inline,
    Lasting,
    Worker,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[FailingDatabase]:
    made = FailingDatabase(open_database("", tmp_path).engine)
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lasting() -> Iterator[Lasting]:
    kind = Lasting()
    yield kind
    kind.release()


@pytest.fixture
def inline() -> Inline:
    return Inline()


@pytest.fixture
def worker(database: FailingDatabase, clock: Clock, lasting: Lasting, inline: Inline) -> Worker:
    """Makes workers by name."""
    kinds: dict[str, JobKind] = {"lasting": lasting, "inline": inline}
    broker = LocalBroker()
    return lambda name="w", room=4: JobsLoop(name, database, broker, kinds, room=lambda: room, clock=clock)
