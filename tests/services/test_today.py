"""Today's figures: from the store's own midnight, of its own visits, with what was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from heatmap_gui.core.rules import Alert
from heatmap_gui.core.site import Floor, Site
from heatmap_gui.services.today import midnight, read_today
from heatmap_gui.store import alerts
from heatmap_gui.store.database import open_database
from heatmap_gui.store.tables import runs, site_revisions, visits

TOKYO = Site("s", Floor(None, 10, 10), (), timezone="Asia/Tokyo")
NOW = datetime(2025, 11, 20, 1, 0, tzinfo=ZoneInfo("Asia/Tokyo")).timestamp()


def alert(name: str, at: float) -> Alert:
    return Alert(id=name, store_name="s", kind="forbidden_zone", rule="Staff", at=at, reason="somebody is there")


def test_the_day_begins_at_the_stores_midnight() -> None:
    assert NOW - midnight(TOKYO, NOW) == 3600
    assert NOW - midnight(replace(TOKYO, timezone="UTC"), NOW) == 16 * 3600


def test_visits_and_events_of_this_store_today(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'x.db'}", tmp_path)
    try:
        with database.write() as transaction:
            for run, store in ((1, "s"), (2, "other")):
                transaction.execute(
                    site_revisions.insert().values(hash=store, store_name=store, created_at=0, document="{}")
                )
                transaction.execute(
                    runs.insert().values(id=run, store_name=store, site_hash=store, started_at=0, about="{}")
                )
            for run, enter_at, dwell_s in ((1, NOW - 60, 10.0), (1, NOW - 30, 20.0), (1, NOW - 7200, 99), (2, NOW, 5)):
                values = {"zone_id": "queue", "track_id": 1, "label": "person", "leave_at": enter_at + dwell_s}
                row = visits.insert().values(run_id=run, enter_at=enter_at, dwell_s=dwell_s, **values)
                transaction.execute(row)
            told = [alert(str(n), NOW - n) for n in range(3)]
            alerts.add(transaction, [*told, replace(told[0], id="x", suppressed="too many")])
        today = read_today(database, TOKYO, NOW)
    finally:
        database.close()
    assert today.visits == {"queue": (2, 15.0)}
    assert [event.id for event in today.events] == ["0", "1", "2"]
