"""Facts on their way: events first, rows later, each once; nothing that nobody wants is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from heatmap_gui.services import facts
from heatmap_gui.services.facts import Collected
from heatmap_gui.store.database import Database
from heatmap_gui.store.tables import crossings, runs, tiles, tracks, visits
from tests.replays import Replay, record
from tests.services.stage import NOW, Stage

_LASTS_S = 12.0


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return record(tmp_path_factory.mktemp("walkers"), "walkers", 1, _LASTS_S, 5.0)


class Measured:
    """A run that has seen everything, and what its facts went into."""

    def __init__(self, replay: Replay, confidence: float | None) -> None:
        self.stage = Stage(replay, Path())
        self.site = self.stage.site
        self.collected = Collected(self.site, confidence)
        self.run = self.stage.engine.live("run", self.site, self.collected, start=NOW, confidence=0.5)
        self.stage.engine.device.join("run", self.run)

    def play(self, first_s: float, last_s: float) -> None:
        self.stage.play(first_s, last_s, lambda _: None)


def test_events_come_without_rows_and_are_not_given_again(replay: Replay) -> None:
    measured = Measured(replay, None)
    measured.play(0, _LASTS_S)
    (early,) = measured.collected.take(events_only=True)
    assert (early.buckets, early.found) == ([], [])
    assert all(not len(bucket.points) and not bucket.tiles and not bucket.boxes for bucket in early.events)
    assert measured.collected.take(events_only=True) == []
    measured.run.end()
    (rest,) = measured.collected.take()
    assert rest.stretch is early.stretch
    both = [*early.events, *rest.events]
    assert sum(len(bucket.crossings) for bucket in both) == 5  # as the truth's, but for one who turns back at once
    seconds = sum(float(bucket.points.seconds.sum()) for bucket in rest.buckets)
    assert seconds == pytest.approx(replay.person_seconds, rel=0.03)
    assert measured.collected.take() == []


def test_a_payload_is_made_only_where_somebody_wants_it_and_boxes_are_never_kept(replay: Replay) -> None:
    with_payload, without = Measured(replay, 0.5), Measured(replay, None)
    for measured, wanted in ((with_payload, True), (without, False)):
        measured.play(0, 4)
        (batch,) = measured.collected.take()
        assert bool(batch.found) is wanted
        assert not any(bucket.boxes for bucket in batch.buckets)
        assert measured.collected.cameras == {"1", "2"}


def test_what_nobody_takes_stays_in_the_pipeline(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_MOST_BUCKETS", 5)
    measured = Measured(replay, None)
    measured.play(0, 6)
    assert not measured.collected.room()
    (first,) = measured.collected.take()
    assert len(first.buckets) == 5
    assert measured.collected.room()
    measured.play(6, _LASTS_S)
    measured.run.end()
    (second,) = measured.collected.take()
    seconds = sum(float(bucket.points.seconds.sum()) for bucket in [*first.buckets, *second.buckets])
    assert seconds == pytest.approx(replay.person_seconds, rel=0.03)


def test_a_stretch_is_one_run_and_a_rollback_leaves_it_unbegun(replay: Replay, database: Database) -> None:
    measured = Measured(replay, None)
    measured.play(0, 6)
    first = measured.collected.take()
    with pytest.raises(ZeroDivisionError), database.write() as transaction:
        facts.write(transaction, first, measured.site, None, NOW)
        raise ZeroDivisionError
    assert first[0].stretch.run_id is None
    measured.play(6, _LASTS_S)
    measured.run.end()
    for batches in (first, measured.collected.take()):
        with database.write() as transaction:
            committed = facts.write(transaction, batches, measured.site, None, NOW)
        committed()
    assert first[0].stretch.parts == 2
    with database.read() as connection:
        count = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in (runs, crossings)}
        seconds = connection.scalar(select(func.sum(tracks.c.seconds)))
        assert (connection.scalar(select(func.count()).select_from(visits)) or 0) >= 2
        assert connection.scalar(select(func.count()).select_from(tiles)) == 2  # of five minutes and of an hour
    assert count == {"runs": 1, "crossings": 5}
    assert seconds == pytest.approx(replay.person_seconds, rel=0.03)


def test_what_was_written_without_an_answer_goes_on_in_a_run_of_its_own(replay: Replay, database: Database) -> None:
    measured = Measured(replay, None)
    measured.play(0, 6)
    batches = measured.collected.take()
    with database.write() as transaction:
        facts.write(transaction, batches, measured.site, None, NOW)
    facts.written(batches, {})  # all that is known of it
    measured.play(6, _LASTS_S)
    measured.run.end()
    with database.write() as transaction:
        facts.write(transaction, measured.collected.take(), replace(measured.site), None, NOW)
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(runs)) == 2
        seconds = connection.scalar(select(func.sum(tracks.c.seconds)))
    assert seconds == pytest.approx(replay.person_seconds, rel=0.03)
