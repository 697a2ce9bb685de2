"""However many alerts come, some are delivered, and somebody says how many were not."""

from __future__ import annotations

from dataclasses import replace

from heatmap_gui.core.flood import MOST, MOST_KEPT, Flood
from heatmap_gui.core.rules import Alert, alert_id


def some(count: int, at: float, suppressed: str | None = None) -> list[Alert]:
    alert = Alert(id="", store_name="bank", kind="forbidden_zone", rule="r", at=at, reason="", suppressed=suppressed)
    return [replace(alert, id=alert_id(at, number)) for number in range(count)]


def fired(alerts: list[Alert]) -> list[str]:
    return [alert.kind for alert in alerts if alert.suppressed is None]


def test_a_few_pass_as_they_are() -> None:
    flood = Flood("bank", "zones")
    for minute in range(5):
        alerts = some(MOST, 60.0 * minute)
        assert flood.admit(alerts, 60.0 * minute) == alerts


def test_the_rest_is_suppressed_and_summed_up_when_the_minute_is_over() -> None:
    flood = Flood("bank", "zones")
    first = flood.admit(some(MOST + 30, 0.0), 0.0)
    assert len(fired(first)) == MOST
    assert {alert.suppressed for alert in first[MOST:]} == {"more than 20 alerts of the store within 60 s"}
    assert fired(flood.admit(some(7, 30.0), 30.0)) == []
    assert flood.admit([], 59.0) == []
    (summary,) = flood.admit([], 60.0)
    assert (summary.kind, summary.rule, summary.store_name) == ("alert_flood", "alert_flood:zones", "bank")
    assert summary.reason == "37 more were suppressed: 20 alerts were delivered within 60 s"
    assert len(fired(flood.admit(some(5, 61.0), 61.0))) == 5


def test_what_is_kept_is_bounded_too() -> None:
    flood = Flood("bank", "zones")
    assert len(flood.admit(some(5000, 0.0, "person is allowed there"), 0.0)) == MOST_KEPT
    assert flood.admit([], 60.0) == [], "nothing that would have fired was withheld"
