"""Watched stores: what SQL holds is what was true; a dead detector is followed; nothing is lost, nothing is doubled."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.services import live
from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.watched_store import lease_name
from heatmap_gui.services.watching import WatchLoop
from heatmap_gui.store import history_reading, leases
from heatmap_gui.store.database import Database, open_database
from heatmap_gui.store.tables import runs, tracks
from tests.replays import Replay, record
from tests.services.jobs.running import FailingDatabase
from tests.services.stage import NOW, Alerting, Quiet, Stage, Stores

_FPS, _DURATION_S = 5.0, 40.0


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return record(tmp_path_factory.mktemp("walkers"), "walkers", 1, _DURATION_S, _FPS)


@pytest.fixture(autouse=True)
def _cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "opener", lambda camera: lambda: Quiet(camera))


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[FailingDatabase]:
    made = FailingDatabase(open_database("", tmp_path).engine)
    yield made
    made.close()


class Mirror(LocalBroker):
    """Remembers what dashboards are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.lives: list[tuple[str, Mapping[str, str]]] = []

    def live(self, store_name: str, fields: Mapping[str, str]) -> None:
        self.lives.append((store_name, fields))


class Process:
    """A detector process that watches one store."""

    _names = itertools.count()

    def __init__(self, replay: Replay, database: Database) -> None:
        self.database = database
        self.stage = Stage(replay, Path())
        self.stores, self.alerting, self.mirror = Stores(self.stage.site), Alerting(), Mirror()
        self.reports: dict[str, str | None] = {}
        self.loop = WatchLoop(
            f"w{next(self._names)}",
            database,
            self.mirror,
            self.stores,
            self.stage.engine,
            self.alerting,
            confidence=0.5,
            clock=lambda: NOW + _DURATION_S,
            report=self.reports.__setitem__,
        )

    def watch(self, first_s: float, last_s: float) -> None:
        self.loop.step(NOW + first_s)
        self.stage.play(first_s, last_s, self.loop.step)


@pytest.fixture
def process(replay: Replay, sqlite: FailingDatabase) -> Iterator[Process]:
    made = Process(replay, sqlite)
    yield made
    sqlite.away = False
    made.loop.stop()


def crossings(database: Database) -> Counter[str]:
    found = history_reading.read_crossings(database, "walkers", NOW - 100, NOW + 1000)
    return Counter(one.direction for one in found)


def person_seconds(database: Database) -> float:
    with database.read() as connection:
        return float(connection.scalar(select(func.sum(tracks.c.seconds))) or 0.0)


def runs_of(database: Database) -> int:
    with database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(runs)) or 0)


def holder(database: Database, now: float) -> str | None:
    with database.read() as connection:
        return leases.holder(connection, lease_name("walkers"), now)


def true_crossings(replay: Replay, last_s: float) -> Counter[str]:
    """But for those at the very end, and those of somebody who turns back within a second."""
    found = [one for one in replay.truth.crossings if one.at < last_s - 1]
    near = [sum(b.track_id == a.track_id and abs(b.at - a.at) < 1 for b in found) for a in found]
    return Counter(one.direction for one, alike in zip(found, near, strict=True) if alike == 1)


def test_what_is_in_sql_is_what_was_true(replay: Replay, database: Database) -> None:
    process = Process(replay, database)
    process.watch(0, _DURATION_S)
    process.loop.stop()
    assert person_seconds(database) == pytest.approx(replay.person_seconds, rel=0.03)
    assert crossings(database) == true_crossings(replay, _DURATION_S)
    found = history_reading.read_visits(database, "walkers", NOW, NOW + _DURATION_S)
    assert {visit.zone_id for visit in found} == {"east"}
    true_s = sum(visit.dwell_s for visit in replay.truth.visits)
    assert sum(visit.dwell_s for visit in found) == pytest.approx(true_s, rel=0.05)
    assert runs_of(database) == 1
    assert holder(database, NOW + _DURATION_S) is None


def test_events_do_not_wait_for_tracks(process: Process, replay: Replay) -> None:
    process.watch(0, 20)
    assert crossings(process.database).total() == true_crossings(replay, 20).total()
    assert person_seconds(process.database) == 0
    process.stage.play(20, 31, process.loop.step)
    assert person_seconds(process.database) == pytest.approx(4 * 30, rel=0.05)


def test_a_detector_that_dies_is_followed_within_ten_seconds_and_nothing_is_doubled(
    process: Process, replay: Replay
) -> None:
    """The first one is asleep from 31 s on; when it wakes up, with facts of its own, it is told that it is over."""
    database, second = process.database, Process(replay, process.database)
    process.watch(0, 31)
    process.stage.play(31, 36, lambda _: None)
    taken = None
    for tenth in range(310, 420):
        second.loop.step(NOW + tenth / 10)
        if second.stage.runs and taken is None:
            taken = tenth / 10
    assert taken is not None
    assert 6 <= taken - 31 <= 10
    second.stage.play(31, 40, second.loop.step)
    process.loop.step(NOW + 50)
    assert process.loop.cameras() == {}
    second.loop.stop()
    assert person_seconds(database) == pytest.approx(4 * (30 + 9), rel=0.06)
    assert runs_of(database) == 2


def test_two_processes_never_watch_one_store(process: Process, replay: Replay) -> None:
    second = Process(replay, process.database)
    for second_s in range(20):
        process.loop.step(NOW + second_s)
        second.loop.step(NOW + second_s + 0.1)
    assert (len(process.stage.runs), len(second.stage.runs)) == (1, 0)
    process.loop.stop()
    second.loop.step(NOW + 22)
    assert len(second.stage.runs) == 1  # it was given back: nobody had to wait for the end of a lease
    second.loop.stop()


def test_what_a_database_does_not_take_is_written_when_it_is_back(process: Process, replay: Replay) -> None:
    database = process.database
    assert isinstance(database, FailingDatabase)

    def step(at: float) -> None:
        database.away = 10 < at - NOW < 25
        try:
            process.loop.step(at)
        except UnavailableError:
            assert database.away

    process.loop.step(NOW)
    process.stage.play(0, _DURATION_S, step)
    process.loop.stop()
    assert person_seconds(database) == pytest.approx(replay.person_seconds, rel=0.03)
    assert crossings(database).total() == true_crossings(replay, _DURATION_S).total()


@pytest.mark.parametrize("failure", ["at_commit", "after_commit"])
def test_each_fact_is_written_once_whatever_answer_is_lost(process: Process, replay: Replay, failure: str) -> None:
    database = process.database

    def step(at: float) -> None:
        setattr(database, failure, 1)
        for _ in range(9):
            try:
                process.loop.step(at)
            except UnavailableError:
                continue
            break
        setattr(database, failure, 0)

    process.loop.step(NOW)
    process.stage.play(0, _DURATION_S, step)
    process.loop.stop()
    assert person_seconds(database) == pytest.approx(replay.person_seconds, rel=0.03)
    assert crossings(database).total() == true_crossings(replay, _DURATION_S).total()


def test_an_edited_store_goes_on_anew_and_loses_nothing(process: Process) -> None:
    process.watch(0, 10)
    site = process.stage.site
    process.stores.sites["walkers"] = replace(site, document=site.document | {"edited": True})
    process.loop.step(NOW + 12.5)
    first, second = process.stage.runs
    assert first.readers == second.readers, "pictures go on"
    assert person_seconds(process.database) == pytest.approx(40, rel=0.1)
    process.stage.play(13, 20, process.loop.step)
    process.loop.stop()
    assert person_seconds(process.database) == pytest.approx(40 + 28, rel=0.1)


def test_an_edit_after_which_there_is_nothing_to_watch_ends_all_readers(process: Process) -> None:
    process.watch(0, 5)
    site = process.stage.site
    off = tuple(replace(camera, enabled=False) for camera in site.cameras)
    process.stores.sites["walkers"] = replace(site, cameras=off, document={"edited": True})
    process.loop.step(NOW + 8)
    assert process.loop.cameras() == {}
    assert "no camera is enabled" in str(process.reports["store walkers"])
    assert all(reader.ended for reader in process.stage.runs[-1].readers.values())
    assert person_seconds(process.database) == pytest.approx(20, rel=0.15)


def test_a_store_that_is_not_wanted_any_more_is_let_go(process: Process) -> None:
    process.watch(0, 5)
    process.stores.sites.clear()
    process.loop.step(NOW + 8)
    assert process.loop.cameras() == {}
    assert person_seconds(process.database) == pytest.approx(20, rel=0.15)


def test_a_clock_that_is_set_back_begins_anew_at_the_time_that_is_now(process: Process) -> None:
    process.watch(0, 10)
    process.loop.step(NOW - 3600)
    assert [run.start - NOW for run in process.stage.runs] == [0, -3600]
    process.stage.play(10, 20, process.loop.step)
    process.loop._clock = lambda: NOW - 3590
    process.loop.stop()
    assert person_seconds(process.database) == pytest.approx(80, rel=0.1)


def test_a_store_that_breaks_ends_alone_and_is_begun_again_after_a_minute(
    process: Process, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(process.stage.site, name="other")
    process.loop.step(NOW)
    process.stores.sites["other"] = other
    process.loop.step(NOW + 2)
    broken, good = process.stage.runs
    broken.fail(RuntimeError("no such luck"))
    process.loop.step(NOW + 3)
    assert {name.partition("/")[0] for name in process.loop.cameras()} == {"other"}
    assert "no such luck" in str(process.reports["store walkers"])
    process.loop.step(NOW + 62)
    assert len(process.stage.runs) == 2
    process.loop.step(NOW + 64)
    assert len(process.stage.runs) == 3
    assert process.reports["store walkers"] is None
    assert good is process.stage.runs[1]


def test_configurations_that_cannot_be_read_change_nothing_and_are_reported(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.loop.step(NOW)

    def broken(_: object = None) -> None:
        raise InputError("cameras.yaml: line 3: what is this?")

    monkeypatch.setattr(process.stores, "watched", broken)
    monkeypatch.setattr(process.stores, "site", broken)
    process.loop.step(NOW + 3)
    assert len(process.loop.cameras()) == 2
    assert process.reports["watched stores"] == "cameras.yaml: line 3: what is this?"


def test_a_full_detector_leaves_a_store_to_others_and_takes_it_when_they_do_not(process: Process) -> None:
    engine = process.stage.engine
    engine.reserve("a job", replace(process.stage.site, cameras=process.stage.site.cameras * 50))
    assert engine.full()
    process.loop.step(NOW)
    assert process.loop.cameras() == {}
    process.loop.step(NOW + 2.5)
    assert len(process.loop.cameras()) == 2


def test_nobody_watches_what_is_far_too_much_and_says_so(process: Process) -> None:
    process.stage.engine.reserve("a job", replace(process.stage.site, cameras=process.stage.site.cameras * 100))
    for second in range(10):
        process.loop.step(NOW + second)
    assert process.loop.cameras() == {}
    assert "too much to do" in str(process.reports["store walkers"])


def test_dashboards_see_how_many_are_there_while_cameras_are_well(process: Process) -> None:
    process.watch(0, 5)
    store, fields = process.mirror.lives[-1]
    assert (store, fields["people"]) == ("walkers", "4")
    assert {camera["status"] for camera in json.loads(fields["cameras"]).values()} == {"ok"}
    for state in process.stage.runs[-1].states.values():
        state.suspend("moved")
    process.loop.step(NOW + 7)
    assert process.mirror.lives[-1][1]["people"] == "0"
