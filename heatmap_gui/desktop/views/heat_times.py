"""When: ranges of days, hours of the week, playback, live, and the bar of time below."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QDate, QLocale, QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QComboBox, QDateEdit, QFrame, QMenu, QVBoxLayout, QWidget, QWidgetAction

from heatmap_gui.core.week_hours import WEEK, midnight
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import Segments, button, frame, hairline, label, row, tool
from heatmap_gui.desktop.widgets.hours_of_week import HoursOfWeek
from heatmap_gui.desktop.widgets.time_bar import TimeBar
from heatmap_gui.services.heat_query import Range, bin_edges

PRESETS = ("today", "yesterday", "week", "month", "year")
_DAYS = {"today": (0, 1), "yesterday": (-1, 0), "week": (-6, 1), "month": (-27, 1), "year": (-364, 1)}
_LIVE_MS = 5000
_WINDOWS_S = (900.0, 3600.0, 10_800.0, 86_400.0, 604_800.0)
_STEPS_A_SECOND = (1, 2, 5)
_WORKDAY = frozenset(day * 24 + hour for day in range(5) for hour in range(8, 20))
_WEEKEND = frozenset(range(120, 168))


class HeatTimes(QFrame):
    """changed: another span, other hours. busy: whether the picture of the last span is still to come."""

    changed = pyqtSignal()

    def __init__(self, busy: Callable[[], bool], now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.setProperty("look", "toolbar")
        self.setFixedHeight(tokens.TIME_BAR + 8)
        self._busy, self._now = busy, now
        self.zone = ZoneInfo("UTC")
        self.preset = "today"
        self._window_s, self._steps = _WINDOWS_S[0], _STEPS_A_SECOND[1]
        self.bar = TimeBar()
        self.hours = HoursOfWeek()
        self._play_timer, self._live_timer = QTimer(self), QTimer(self)
        self._play_timer.timeout.connect(self._advance)
        self._live_timer.timeout.connect(self._follow)
        self._build()
        self.bar.chosen.connect(lambda *_: self._bar_moved())
        self.bar.touched.connect(self.stop)
        self.bar.played.connect(self.play_button.click)
        self.hours.changed.connect(self._hours_changed)
        self.choose_preset("today")

    # ---- building

    def _build(self) -> None:
        words = {
            "today": self.tr("Today"),
            "yesterday": self.tr("Yesterday"),
            "week": self.tr("7 days"),
            "month": self.tr("4 weeks"),
            "year": self.tr("1 year"),
        }
        self.presets = Segments(words, self.tr("Time range"))
        self.presets.chosen.connect(self._preset_chosen)
        self.days_button = button(self.tr("Choose…"), symbol="calendar")
        self.days_button.setMenu(self._days_menu())
        self.against = QComboBox()
        self.against.setAccessibleName(self.tr("Compare with"))
        self.against.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for text, days in (
            (self.tr("against a week before"), -7),
            (self.tr("against the day before"), -1),
            (self.tr("against 4 weeks before"), -28),
            (self.tr("against a year before"), -364),
        ):
            self.against.addItem(text, days)
        self.against.activated.connect(lambda _: self.changed.emit())
        self.hours_button = button("", symbol="clock")
        self.hours_button.setMenu(self._hours_menu())
        back = tool(self.tr("Back by one window"), "back", clicked=lambda: self._jump(-1))
        self.play_button = tool(self.tr("Play"), "play", shortcut="Ctrl+P", checkable=True)
        self.play_button.toggled.connect(self._play)
        forward = tool(self.tr("Forward by one window"), "forward", clicked=lambda: self._jump(1))
        self.speed_button = button("", "flat")
        self.speed_button.setMenu(QMenu(self))
        self._speed_words()
        self.live_button = tool(self.tr("Live"), "dot", checkable=True, words=True)
        self.live_button.setToolTip(self.tr("Until now, renewed every few seconds"))
        self.live_button.toggled.connect(self._go_live)
        controls = row(
            self.presets, self.days_button, self.against, self.hours_button, hairline(vertical=True),
            back, self.play_button, forward, self.speed_button, None, self.live_button,
            margins=(tokens.PAD, 4, tokens.PAD, 0),
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(hairline())
        layout.addWidget(controls)
        layout.addWidget(self.bar, 1)
        self._hours_words()
        self.compare(on=False)

    def _days_menu(self) -> QMenu:
        self._first, self._last = QDateEdit(), QDateEdit()
        for edit, name in ((self._first, self.tr("From")), (self._last, self.tr("Until the end of"))):
            edit.setCalendarPopup(True)
            edit.setDate(QDate.currentDate())
            edit.setAccessibleName(name)
        menu = QMenu(self)

        def show() -> None:
            menu.close()
            self.choose_days(self._first.date(), self._last.date())

        parts: list[QWidget | None] = [
            row(label(self.tr("From"), "secondary"), None, self._first),
            row(label(self.tr("Until the end of"), "secondary"), None, self._last),
            button(self.tr("Show these days"), "primary", clicked=show),
        ]
        _put(menu, frame("", *parts))
        return menu

    def _hours_menu(self) -> QMenu:
        menu = QMenu(self)
        choices = {
            self.tr("All"): WEEK,
            self.tr("Mon to Fri, 8 to 20"): _WORKDAY,
            self.tr("Weekend"): _WEEKEND,
            self.tr("None"): frozenset[int](),
        }
        buttons = [button(text, "flat", clicked=partial(self.hours.choose, hours)) for text, hours in choices.items()]
        note = label(self.tr("Drag over the hours that count, in the store's time."), "caption")
        _put(menu, frame("", row(*buttons, None), self.hours, note))
        return menu

    # ---- what is asked for

    @property
    def asked(self) -> Range:
        return Range.around(self.bar.span[0], min(self.bar.span[1], self._now()), self.hours.hours)

    @property
    def asked_against(self) -> Range:
        """A: the same hours so many days before, by the store's clock."""
        days = int(self.against.currentData())
        asked = self.asked
        start, end = (
            midnight(at, self.zone, days) + at - midnight(at, self.zone) for at in (asked.start, asked.end - 300)
        )
        return Range.around(start, end + 300, asked.hours)

    def words_of(self, start: float, end: float) -> str:
        """In the store's time, for people."""
        locale, zone = QLocale(), self.zone
        first, last = (datetime.fromtimestamp(at, zone) for at in (start, end))

        def day(when: datetime) -> str:
            return locale.toString(QDate(when.year, when.month, when.day), "ddd d MMM yyyy")

        if (end - start) <= 86_400 and first.date() == datetime.fromtimestamp(end - 1, zone).date():
            until = "24:00" if last.date() != first.date() else f"{last:%H:%M}"
            return (
                self.tr("%1, %2 to %3").replace("%1", day(first)).replace("%2", f"{first:%H:%M}").replace("%3", until)
            )
        words = self.tr("%1 to %2")
        return words.replace("%1", f"{day(first)}, {first:%H:%M}").replace("%2", f"{day(last)}, {last:%H:%M}")

    def compare(self, *, on: bool) -> None:
        """Whether there is another range to choose."""
        self.against.setVisible(on)
        self.days_button.setVisible(not on)
        self._make_room()

    def _make_room(self) -> None:
        """Words of playback give way to those of a comparison."""
        narrow = self.width() < tokens.NARROW - tokens.RAIL
        self.speed_button.setVisible(self.against.isHidden() or not narrow)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        self._make_room()
        super().resizeEvent(event)

    def show_zone(self, zone: ZoneInfo) -> None:
        """Another store's clock."""
        if zone != self.zone:
            self.zone = zone
            self.choose_preset(self.preset or "today")

    def choose_preset(self, preset: str) -> None:
        self.preset = preset
        self.presets.choose(preset)
        now = self._now()
        first, last = _DAYS[preset]
        self.show_days(midnight(now, self.zone, first), midnight(now, self.zone, last))

    def choose_days(self, first: QDate, last: QDate) -> None:
        """Both are in it, in whatever order."""
        first, last = sorted((first, last), key=QDate.toJulianDay)
        start, end = (datetime(d.year(), d.month(), d.day(), tzinfo=self.zone).timestamp() for d in (first, last))
        self.preset = ""
        self.presets.choose("")
        self.show_days(start, midnight(end, self.zone, 1))
        self.changed.emit()

    def show_days(self, start: float, end: float) -> None:
        """Whole days; the span is all of them that is over."""
        self.bar.show_range(bin_edges(start, end, self.zone), self.zone, self._now())
        self.bar.show_span(start, self._newest())
        self._speed_words()

    def _newest(self) -> float:
        """Where the bin ends that it is now, or the bar does."""
        now = self._now()
        return next((edge for edge in self.bar.edges[1:] if edge >= now), self.bar.edges[-1])

    def _preset_chosen(self, preset: str) -> None:
        self.stop()
        self.choose_preset(preset)
        self.changed.emit()

    def _bar_moved(self) -> None:
        if self.live_button.isChecked() and not self._play_timer.isActive():
            self.live_button.setChecked(False)
        self.changed.emit()

    def _hours_changed(self) -> None:
        self._hours_words()
        self.changed.emit()

    def _hours_words(self) -> None:
        hours = self.hours.hours
        named = {WEEK: self.tr("all"), _WORKDAY: self.tr("Mon to Fri, 8 to 20"), _WEEKEND: self.tr("weekend")}
        words = named.get(hours, self.tr("%1 of 168").replace("%1", str(len(hours))))
        self.hours_button.setText(self.tr("Hours: %1").replace("%1", words))
        self.hours_button.setAccessibleName(self.tr("Hours of the week: %1").replace("%1", words))

    # ---- playback and live

    def stop(self) -> None:
        """No playback."""
        self.play_button.setChecked(False)

    def halt(self) -> None:
        """No timer runs any more; `go_on` takes live up again."""
        self.stop()
        self._live_timer.stop()

    def go_on(self) -> None:
        if self.live_button.isChecked():
            self._live_timer.start(_LIVE_MS)

    def _bin_s(self) -> float:
        return self.bar.edges[1] - self.bar.edges[0]

    def _play(self, on: bool) -> None:
        if not on:
            self._play_timer.stop()
            return
        start, end = self.bar.span
        newest = min(self.bar.edges[-1], self._now())
        length = max(self._window_s, self._bin_s())
        if end - start > length or end >= newest:  # from the beginning
            start = self.bar.edges[0]
            self.bar.show_span(start, start + length)
            self.changed.emit()
        self._play_timer.start(round(1000 / self._steps))

    def _advance(self) -> None:
        if self._busy():
            return  # the picture of this step is not there yet
        self.bar.until = self._now()
        if not self.bar.step(1):
            self.stop()

    def _jump(self, way: int) -> None:
        self.stop()
        start, end = self.bar.span
        self.bar.step(way * max(1, round((end - start) / self._bin_s())))

    def _speed_words(self) -> None:
        words = self.tr("15 min"), self.tr("1 h"), self.tr("3 h"), self.tr("1 day"), self.tr("1 week")
        window = dict(zip(_WINDOWS_S, words, strict=True))
        bin_s = self._bin_s()
        speed = f"{round(bin_s * self._steps):,}\u00d7".replace(",", "\u202f")
        length = window[max(self._window_s, min((w for w in _WINDOWS_S if w >= bin_s), default=_WINDOWS_S[-1]))]
        self.speed_button.setText(self.tr("%1 window, %2").replace("%1", length).replace("%2", speed))
        self.speed_button.setAccessibleName(self.tr("Playback: %1").replace("%1", self.speed_button.text()))
        menu = self.speed_button.menu()
        assert menu is not None
        menu.clear()
        for seconds, text in window.items():
            if seconds >= bin_s:
                menu.addAction(self.tr("Window: %1").replace("%1", text), partial(self._choose_window, seconds))
        menu.addSeparator()
        for steps in _STEPS_A_SECOND:
            times = f"{round(bin_s * steps)}\u00d7"
            menu.addAction(self.tr("Speed: %1").replace("%1", times), partial(self._choose_speed, steps))

    def _choose_window(self, seconds: float, _checked: bool = False) -> None:
        self._window_s = seconds
        self._speed_changed()

    def _choose_speed(self, steps: int, _checked: bool = False) -> None:
        self._steps = steps
        self._speed_changed()

    def _speed_changed(self) -> None:
        self._speed_words()
        if self.play_button.isChecked():
            self._play(on=True)

    def _go_live(self, on: bool) -> None:
        if not on:
            self._live_timer.stop()
            return
        self.stop()
        self.choose_preset("today")
        self._live_timer.start(_LIVE_MS)
        self.changed.emit()

    def _follow(self) -> None:
        """To now; after midnight to the new day."""
        if not self._busy():
            if midnight(self._now(), self.zone) != self.bar.edges[0]:
                self.choose_preset("today")
            self.bar.until = self._now()
            self.bar.show_span(self.bar.span[0], self._newest())
            self.changed.emit()

    def remembered(self) -> dict[str, Any]:
        return {"preset": self.preset or "today"}


def _put(menu: QMenu, widget: QWidget) -> None:
    action = QWidgetAction(menu)
    action.setDefaultWidget(widget)
    menu.addAction(action)
