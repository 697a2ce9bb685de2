"""Alerts that come too many at once: some are delivered, the rest are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from heatmap_gui.core.rules import Alert, alert_id

WINDOW_S = 60.0
MOST = 20  # delivered of a store in a window
MOST_KEPT = 200  # of them and of those that say why they were not
FLOOD = "alert_flood"


class Flood:
    """Bounds the alerts of one store. Beyond MOST in a window they are suppressed, beyond MOST_KEPT only counted.

    When the window is over, one alert says how many there were. about: what kind of alerts, in a word.
    """

    def __init__(self, store_name: str, about: str) -> None:
        self._store_name, self._rule = store_name, f"{FLOOD}:{about}"
        self._start = -float("inf")
        self._kept = self._delivered = self._withheld = 0

    def admit(self, alerts: Sequence[Alert], now: float) -> list[Alert]:
        """What becomes of these, after what is to be said of the window before."""
        kept: list[Alert] = []
        if not 0 <= now - self._start < WINDOW_S:
            kept += self._summary(now)
            self._start, self._kept, self._delivered, self._withheld = now, 0, 0, 0
        for alert in alerts:
            fires = alert.suppressed is None
            if fires and self._delivered >= MOST:
                self._withheld += 1
                alert = replace(alert, suppressed=f"more than {MOST} alerts of the store within {WINDOW_S:g} s")
            elif fires:
                self._delivered += 1
            if self._kept < MOST_KEPT:
                self._kept += 1
                kept.append(alert)
        return kept

    def _summary(self, now: float) -> list[Alert]:
        if not self._withheld:
            return []
        said = f"{self._withheld} more were suppressed: {MOST} alerts were delivered within {WINDOW_S:g} s"
        return [
            Alert(
                id=alert_id(now, self._store_name, self._rule),
                store_name=self._store_name,
                kind=FLOOD,
                rule=self._rule,
                at=now,
                reason=said,
            )
        ]
