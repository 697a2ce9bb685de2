"""Beside the wall: the floor with everybody on it, its zones, and what happened last."""

from __future__ import annotations

from collections.abc import Collection

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.durations import duration
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.widgets.basics import frame, label, row
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.live_plan import LivePlan, load_plan
from heatmap_gui.desktop.widgets.live_tables import EventList, ZoneTable
from heatmap_gui.services.board import Person
from heatmap_gui.services.today import Today

_TABLE_TICKS = 8  # numbers that change more often cannot be read
_UNSEEN_S = 1.0


class LiveSide(QWidget):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._today: Today | None = None
        self._ticks = 0
        self.plan, self.zones, self.events = LivePlan(), ZoneTable(), EventList()
        self._people = label(kind="secondary")
        self._unseen = label(self.tr("hatched: not observed now"), "tertiary")
        self._no_events = label(self.tr("Nothing happened yet."), "tertiary")
        self.plan.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        head = row(label(self.tr("Floor plan"), "section"), self._people, None, self._unseen, margins=(12, 8, 12, 8))
        head.setFixedHeight(40)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        for widget, share in (
            (frame("panel", head, self.plan, pad=1), 5),
            (frame("panel", self.zones, pad=1), 3),
            (frame("panel", self._no_events, self.events, pad=1), 2),
        ):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        self._no_events.setContentsMargins(tokens.PAD, tokens.GAP, tokens.PAD, tokens.GAP)
        self.plan.setMinimumSize(240, 160)
        self.zones.setMinimumHeight(tokens.TABLE_HEAD + 3 * tokens.ROW)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.show_today(Today())

    def show_site(self, site: Site | None) -> None:
        if site is not None:
            self.plan.show_site(site)
            load_plan(self._session, self.plan)
            self.zones.show_zones(site, {}, None)
        self.renew()

    def renew(self) -> None:
        """All figures come with the next instant."""
        self._ticks = 0

    def show_instant(self, instant: Instant, watching: Collection[str]) -> None:
        people = instant.people.get(PLAN, ())
        self.plan.show_live(people, instant.counts, watching, instant.now, measured=bool(instant.states))
        if self._ticks % _TABLE_TICKS == 0 and self._session.site is not None:
            visits = None if self._today is None else self._today.visits
            self.zones.show_zones(self._session.site, instant.counts, visits)
            self._people.setText(self._head(people, instant.now) if watching else "")
        self._ticks += 1

    def show_today(self, today: Today) -> None:
        self._today = today
        self._no_events.setVisible(not today.events)
        self.events.setVisible(bool(today.events))
        if self._session.site is not None:
            self.events.show_events(self._session.site, today.events)

    def _head(self, people: Collection[Person], now: float) -> str:
        """How many, and how many of them are not seen now."""
        ages = [now - one.seen_at for one in people]
        unseen = [age for age in ages if age > _UNSEEN_S]
        said = self.tr("1 person") if len(ages) == 1 else self.tr("%1 people").replace("%1", str(len(ages)))
        if not unseen:
            return said
        more = self.tr("%1: %2 seen now, %3 last seen %4 ago").replace("%1", said)
        numbers = (str(len(ages) - len(unseen)), str(len(unseen)), duration(max(unseen)))
        for place, text in enumerate(numbers, 2):
            more = more.replace(f"%{place}", text)
        return more
