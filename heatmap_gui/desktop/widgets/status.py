"""The status bar: what a person asks first. Are the cameras well, is there enough machine, is it saved."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QLocale
from PyQt6.QtWidgets import QFrame, QHBoxLayout

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import Symbol, hairline, label
from heatmap_gui.services.picture_state import Sight

_SMOOTH = 0.3  # of the newest value


class StatusBar(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "status")
        self.setFixedHeight(tokens.STATUS_BAR)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.PAD, 0, tokens.PAD, 0)
        layout.setSpacing(tokens.GAP)
        self._symbol = Symbol(size_px=tokens.ICON_SMALL)
        self._cameras, self._rate, self._cost = label(kind="caption"), label(kind="caption"), label(kind="caption")
        self._saved, self._clock = label(kind="caption"), label(kind="caption")
        for widget in (self._symbol, self._cameras, hairline(vertical=True), self._rate, self._cost):
            layout.addWidget(widget)
        layout.addStretch(1)
        for widget in (self._saved, hairline(vertical=True), self._clock):
            layout.addWidget(widget)
        self._before: tuple[float, int] | None = None
        self._per_s = 0.0
        self._cpu = (time.monotonic(), _cpu_s())
        self._share = 0.0

    def say_saved(self, text: str) -> None:
        self._saved.setText(text)

    def show_state(
        self,
        sights: Mapping[str, Sight],
        detections: int | None,
        now: float,
        timezone: str | None,
        here: datetime,
    ) -> None:
        """sights: of the cameras that are switched on, as tiles show them. now: Unix time.

        detections: frames looked at since the start; None: nothing is measured.
        """
        self._show_cameras(sights)
        locale = QLocale()
        if detections is None:
            self._before = None
            self._rate.setText("")
        else:
            if self._before is not None and now > self._before[0]:
                rate = (detections - self._before[1]) / (now - self._before[0])
                self._per_s += _SMOOTH * (rate - self._per_s)
            self._before = (now, detections)
            self._rate.setText(self.tr("%1 detections/s").replace("%1", locale.toString(self._per_s, "f", 0)))
        self._show_cost(locale)
        zone = ZoneInfo(timezone) if timezone else None
        at = datetime.fromtimestamp(now, zone) if zone else here
        self._clock.setText(self.tr("Store time %1").replace("%1", f"{at:%H:%M:%S}"))

    def _show_cameras(self, sights: Mapping[str, Sight]) -> None:
        how = list(sights.values())
        live = how.count(Sight.LIVE)
        if live + how.count(Sight.OFF) == len(how) and not live:
            self._symbol.show_symbol("")
            self._cameras.setText(self.tr("Not measuring"))
            return
        begins = live + how.count(Sight.WAITING) == len(how)
        symbol = ("done", "ok") if live == len(how) else ("again",) if begins else ("warning", "warn")
        self._symbol.show_symbol(*symbol)
        words = self.tr("%1 of %2 cameras live") if len(how) > 1 else self.tr("%1 of 1 camera live")
        said = [words.replace("%1", str(live)).replace("%2", str(len(how)))]
        for sight, words in (
            (Sight.STALE, self.tr("%1 stale")),
            (Sight.UNFIT, self.tr("%1 not usable")),
            (Sight.GONE, self.tr("%1 lost")),
            (Sight.WAITING, self.tr("%1 connecting")),
        ):
            if number := how.count(sight):
                said.append(words.replace("%1", str(number)))
        self._cameras.setText(", ".join(said))

    def _show_cost(self, locale: QLocale) -> None:
        at, spent = time.monotonic(), _cpu_s()
        (before_at, before), self._cpu = self._cpu, (at, spent)
        took = at - before_at
        share = (spent - before) / max(took, 0.1) / (os.cpu_count() or 1)
        self._share += _SMOOTH * (share - self._share)
        words = self.tr("Costs %1 % of this computer, %2 GB memory")
        memory = locale.toString(_resident_bytes() / 1e9, "f", 1)
        self._cost.setText(words.replace("%1", locale.toString(100 * self._share, "f", 0)).replace("%2", memory))


def _cpu_s() -> float:
    times = os.times()
    return times.user + times.system


def _resident_bytes() -> int:
    """Of this process; 0 where it cannot be told."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
