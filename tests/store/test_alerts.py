"""The ledger of alerts, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.rules import Alert
from heatmap_gui.store import alerts
from heatmap_gui.store.database import Database

NOW = 1_766_325_600.0


def alert(name: str, at: float = NOW, **more: Any) -> Alert:
    values = {"store_name": "bank", "kind": "forbidden_zone", "rule": "forbidden_zone:vault", "reason": "…"} | more
    return Alert(id=name, at=at, **values)


def test_written_once_and_read_by_pages(database: Database) -> None:
    whole = alert(
        "b", camera="1", zone_id="vault", track_id=2**40, label="person", suppressed="person is allowed there"
    )
    with database.write() as connection:
        alerts.add(connection, [alert("a"), whole, alert("c", NOW + 1), alert("d", store_name="shop")])
        alerts.add(connection, [alert("a", reason="again")])
        alerts.add(connection, [])
    with database.read() as connection:
        first = alerts.newest(connection, limit=2)
        last = first[-1].alert
        second = alerts.newest(connection, limit=9, before=(last.at, last.id))
        assert [one.alert.id for one in [*first, *second]] == ["c", "d", "b", "a"]
        assert second[0].alert == whole
        assert second[1].alert == alert("a")
        assert [one.alert.id for one in alerts.newest(connection, limit=9, stores=["shop"])] == ["d"]
        assert [one.alert.id for one in alerts.newest(connection, limit=9, suppressed=True)] == ["b"]
        assert [one.alert.id for one in alerts.newest(connection, limit=9, suppressed=False)] == ["c", "d", "a"]


def test_seen_by_somebody(database: Database) -> None:
    with database.write() as connection:
        alerts.add(connection, [alert("a")])
        alerts.acknowledge(connection, "a", NOW + 5)
        alerts.acknowledge(connection, "a", NOW + 9)
        assert [one.acknowledged_at for one in alerts.newest(connection, limit=1)] == [NOW + 5]
        with pytest.raises(InputError, match="there is no alert b"):
            alerts.acknowledge(connection, "b", NOW)


def test_troubles_that_were_told_and_not_ended(database: Database) -> None:
    def down(name: str, camera: str, at: float, kind: str = "down", **more: Any) -> Alert:
        return alert(name, at, kind=kind, rule=f"down:{camera}", **more)

    with database.write() as connection:
        alerts.add(
            connection,
            [
                down("1", "door", NOW), down("2", "door", NOW + 1, "up"), down("3", "door", NOW + 2),
                down("4", "till", NOW), down("5", "till", NOW + 1, "up"),
                down("6", "yard", NOW, suppressed="told before"), down("7", "roof", NOW, store_name="shop"),
                down("8", "gate", NOW - 9),
            ],
        )  # fmt: skip
        assert alerts.unended(connection, "bank", ["down"], "up", NOW) == {"down:door": NOW + 2}
