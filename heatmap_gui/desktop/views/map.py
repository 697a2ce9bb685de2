"""Map: the whole floor with everybody on it, what each camera sees, and what nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout

from heatmap_gui.core.site import PLAN
from heatmap_gui.desktop.live_feed import LiveFeed
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.widgets.basics import EmptyState, bar, hairline, label, tool
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.live_plan import LivePlan, load_plan


class MapView(View):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.plan = LivePlan(large=True)
        self.feed = LiveFeed(session, self)
        self._people = label(kind="secondary")
        self.areas = tool(self.tr("Viewing areas"), "show", checkable=True, words=True)
        self.areas.setChecked(True)
        fit = tool(self.tr("Whole plan"), "full", shortcut="0", words=True, clicked=self.plan.fit)
        self._nothing = EmptyState(
            "plan", self.tr("No floor plan yet"), self.tr("Set up a store to see its floor."), self.tr("Set up a store")
        )
        tools = bar(
            label(self.tr("Map"), "title"), self._people, None, label(self.tr("hatched: not observed now"), "tertiary"),
            hairline(vertical=True), self.areas, fit,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plan)
        self._stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(tools)
        layout.addWidget(self._stack, 1)
        session.site_changed.connect(self._show_site)
        self.feed.ticked.connect(self._show_instant)
        self.areas.toggled.connect(self.plan.show_areas)
        self.plan.person_chosen.connect(self.plan.select)
        self._nothing.acted.connect(lambda: self.wanted.emit("first_start"))
        self._show_site()

    def enter(self) -> None:
        self.feed.start()

    def leave(self) -> None:
        self.feed.stop()

    def remembered(self) -> Mapping[str, Any]:
        return {"areas": int(self.areas.isChecked())}

    def remember(self, choices: Mapping[str, Any]) -> None:
        self.areas.setChecked(str(choices.get("areas", "1")) != "0")

    def _show_site(self) -> None:
        site = self.session.site
        there = site is not None and site.floor.width_px > 0
        self._stack.setCurrentWidget(self.plan if there else self._nothing)
        if site is not None:
            self.plan.show_site(site)
            load_plan(self.session, self.plan)

    def _show_instant(self, instant: Instant) -> None:
        people = instant.people.get(PLAN, ())
        measured = self.session.board() is not None
        self.plan.show_live(people, instant.counts, self.feed.watching, instant.now, measured=measured)
        if not measured:
            self._people.setText(self.tr("Not measured: nobody is shown"))
        else:
            self._people.setText(self.tr("%1 on the floor now").replace("%1", str(len(people))))
