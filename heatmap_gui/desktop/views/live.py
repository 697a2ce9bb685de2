"""Live: every camera, and the floor with everybody on it. What it cannot see it says."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QLocale, Qt, QUrl
from PyQt6.QtGui import QAction, QDesktopServices, QResizeEvent
from PyQt6.QtWidgets import QSplitter, QStackedWidget, QToolButton, QVBoxLayout

from heatmap_gui.core.wall import GRIDS
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.live_feed import LiveFeed
from heatmap_gui.desktop.live_heat import MINUTES, LiveHeat
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.views.live_deeds import LiveDeeds
from heatmap_gui.desktop.views.live_side import LiveSide
from heatmap_gui.desktop.widgets.basics import EmptyState, Segments, bar, frame, hairline, label, tip, tool
from heatmap_gui.desktop.widgets.heat_key import HeatKey
from heatmap_gui.desktop.widgets.instant import Instant
from heatmap_gui.desktop.widgets.overlays import Overlays
from heatmap_gui.desktop.widgets.wall import Wall

_log = logging.getLogger(__name__)
_AUTO = "0"
_OVERLAYS = ("boxes", "ids", "trails", "zones", "heat")
_SHOWN = _OVERLAYS[:-1]  # at first


class LiveView(View):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.wall, self.side, self.key = Wall(), LiveSide(session), HeatKey(MINUTES)
        self.feed, self.heat = LiveFeed(session, self), LiveHeat(session, self)
        self.deeds = LiveDeeds(self)
        self._full: Wall | None = None
        self._pictured = False
        grids = {_AUTO: self.tr("Auto")} | {str(n): str(n) for n in GRIDS}
        self.grid = Segments(grids, self.tr("Cameras on the wall"))
        self.switches = self._make_switches()
        self._earlier = tool(self.tr("Earlier cameras"), "back", shortcut="PgUp", clicked=lambda: self._turn(-1))
        self._later = tool(self.tr("Later cameras"), "forward", shortcut="PgDown", clicked=lambda: self._turn(1))
        self._page = label(kind="secondary")
        self._all = tool(self.tr("All cameras"), "live", clicked=lambda: self.wall.arrange(alone=""))
        self._all.setToolTip(tip(self.tr("All cameras"), "Esc"))
        self._save = tool(self.tr("Save picture"), "picture", words=True, clicked=self.deeds.save.trigger)
        self._save.setToolTip(tip(self.tr("Save a picture of the chosen camera"), "Ctrl+S"))
        self._whole = tool(self.tr("Full screen"), "full", words=True, clicked=self.full_screen)
        self._whole.setToolTip(self.tr("Full screen (F11)"))
        self.nothing = EmptyState("store", "", "", " ")
        self._stack = QStackedWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._build()
        self._connect()
        self._show_site()

    def _make_switches(self) -> dict[str, QToolButton]:
        words = {
            "boxes": self.tr("Boxes"),
            "ids": self.tr("Ids"),
            "trails": self.tr("Trails"),
            "zones": self.tr("Zones"),
            "heat": self.tr("Heat"),
            "blur": self.tr("Blur people"),
        }
        made = {name: tool(text, name, checkable=True, words=True) for name, text in words.items()}
        for name in _SHOWN:
            made[name].setChecked(True)
        made["heat"].setToolTip(self.tr("Heat: where people were on the floor, as the cameras see it"))
        made["blur"].setToolTip(self.tr("Blur people: those who are found; pictures are blurred before they get here"))
        return made

    def _build(self) -> None:
        tools = bar(
            label(self.tr("Live"), "title"), self.grid, self._all, self._earlier, self._page, self._later,
            hairline(vertical=True), *self.switches.values(), None, self._save, self._whole,
        )  # fmt: skip
        self._shown = frame("", self.wall, self.key, gap=0, pad=0)
        self._stack.addWidget(self._shown)
        self._stack.addWidget(self.nothing)
        self._splitter.addWidget(self._stack)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setSizes([600, 400])  # by share
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(tools)
        layout.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        self.session.site_changed.connect(self._show_site)
        self.session.engine_changed.connect(self._engine_changed)
        self.feed.ticked.connect(self._show_instant)
        self.feed.today.connect(self.side.show_today)
        self.grid.chosen.connect(lambda key: self.wall.arrange(grid=int(key)))
        self.wall.rearranged.connect(self._rearranged)
        self.wall.person_chosen.connect(self._select)
        self.wall.retried.connect(self._retry)
        self.wall.left.connect(self.full_screen)
        self.side.plan.person_chosen.connect(self._select)
        self.nothing.acted.connect(self._do_next)
        self.heat.came.connect(self.wall.show_heat)
        self.heat.read.connect(self.key.show_heat)
        self.key.chosen.connect(self._choose_minutes)
        for name, one in self.switches.items():
            one.toggled.connect(self._blur if name == "blur" else self._switch)

    # ---- what a screen does

    def enter(self) -> None:
        self.feed.start()
        self._turn_heat()

    def leave(self) -> None:
        self.feed.stop()
        self.heat.stop()
        if self._full is not None:
            self.full_screen()

    def commands(self) -> Sequence[QAction]:
        self.deeds.tell()
        return self.deeds.actions

    def remembered(self) -> Mapping[str, Any]:
        return {
            "minutes": self.heat.minutes,
            "grid": self.grid.choice,
            "order": ",".join(self.wall.order),
            "shown": ",".join(name for name, one in self.switches.items() if one.isChecked()),
            "sizes": ",".join(map(str, self._splitter.sizes())),
        }

    def remember(self, choices: Mapping[str, Any]) -> None:
        if (grid := str(choices.get("grid", ""))) in {_AUTO, *map(str, GRIDS)}:
            self.grid.choose(grid)
            self.wall.arrange(grid=int(grid))
        if "order" in choices:
            self.wall.order = str(choices["order"]).split(",")
            self.wall.show_site(self.session.site)
        if (minutes := str(choices.get("minutes", ""))) in map(str, MINUTES):
            self._choose_minutes(int(minutes))
        if "shown" in choices:
            shown = str(choices["shown"]).split(",")
            for name, one in self.switches.items():
                one.setChecked(name in shown)
        sizes = str(choices.get("sizes", "")).split(",")
        if len(sizes) == 2 and all(size.isdecimal() for size in sizes):
            self._splitter.setSizes([int(size) for size in sizes])

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        """Words of switches give way first."""
        style = Qt.ToolButtonStyle
        wide = self.width() >= tokens.NARROW - tokens.RAIL
        for one in (*self.switches.values(), self._save, self._whole):
            one.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)
        super().resizeEvent(event)

    def full_screen(self) -> bool:
        """The wall alone on the whole screen, or back; always taken."""
        if self._full is None:
            self._full = self.wall
            self.wall.setParent(None)
            self.wall.setWindowFlag(Qt.WindowType.Window)
            self.wall.setWindowTitle(self.tr("Live"))
            screen = self.screen()
            if screen is not None:
                self.wall.setGeometry(screen.geometry())
            self.wall.showFullScreen()
            self.wall.setFocus()
        else:
            self._full = None
            self.wall.setWindowFlag(Qt.WindowType.Window, False)
            layout = self._shown.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(0, self.wall, 1)
            self.wall.show()
            self._show_state()
        return True

    # ---- what is told

    def _show_site(self) -> None:
        self.wall.show_site(self.session.site)
        self.side.show_site(self.session.site)
        self.deeds.tell()
        self._rearranged()
        self._show_state()

    def _engine_changed(self) -> None:
        self._show_state()
        if self.feed.runs:  # nobody stays who is not measured any more
            self.side.renew()
            self.feed.tick()

    def _show_state(self) -> None:
        """The wall, or what to do before there is one."""
        site, state = self.session.site, self.session.engine_state
        words = None
        if site is None:
            words = (
                self.tr("No store yet"),
                self.tr("Set one up, or look at the demo store."),
                self.tr("Set up a store"),
            )
        elif not any(camera.enabled for camera in site.cameras):
            words = (self.tr("No camera yet"), self.tr("Add one to see it here."), self.tr("Add cameras"))
        elif state == "failed":
            words = (self.tr("Cannot measure"), self.session.engine_error, self.tr("Try again"))
        elif (once := self.session.measured) is not None and once.summary is not None:
            words = self._ended(once.order.out, once.summary)
        elif state == "off":
            words = (
                self.tr("This store is not measured"),
                self.tr("Cameras are closed, nothing is counted. What was measured is kept."),
                self.tr("Start measuring"),
            )
        if words is not None:
            title, sentence, action = words
            self.nothing.title.setText(title)
            self.nothing.sentence.setText(sentence)
            self.nothing.action.setText(action)
            self.nothing.action.setAccessibleName(action)
        if self._full is None:
            self._stack.setCurrentWidget(self._shown if words is None else self.nothing)
        if state == "on" and self.heat.runs:
            self.heat.look()

    def _ended(self, out: Path, summary: Mapping[str, Any]) -> tuple[str, str, str]:
        """What there is to say of a measurement that came to its end."""
        said = self.tr("%1 people, %2 person-seconds. Tables, pictures and a report are in %3.")
        for number, value in enumerate((summary["people"], round(summary["person_seconds"])), 1):
            said = said.replace(f"%{number}", QLocale().toString(value))
        return self.tr("Measured to the end"), said.replace("%3", str(out)), self.tr("Open the report")

    def _do_next(self) -> None:
        site, once = self.session.site, self.session.measured
        if once is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str((once.order.out / "report.html").absolute())))
        elif site is None or not any(camera.enabled for camera in site.cameras):
            self.wanted.emit("first_start")
        else:
            self.session.measure([site.name])

    def _show_instant(self, instant: Instant) -> None:
        self.feed.want(self.wall.wanted())
        changed = self.wall.show_instant(instant)
        if not self._pictured and any(self.wall.tiles[camera].image is not None for camera in changed):
            self._pictured = True
            self.wall.repaint()
            _log.info("the first picture is on the wall")
        self.heat.want(self.wall.boxes())
        self.deeds.ticked()
        self.side.show_instant(instant, self.feed.watching)

    def _select(self, track_id: int | None) -> None:
        self.wall.select(track_id)
        self.side.plan.select(track_id)

    def _switch(self) -> None:
        on = {name: self.switches[name].isChecked() for name in _OVERLAYS}
        self.wall.show_overlays(replace(Overlays(), **on))
        self._turn_heat()

    def _turn_heat(self) -> None:
        """It is read while it is switched on and looked at."""
        on = self.switches["heat"].isChecked()
        self.key.setVisible(on)
        if on and self.feed.runs and not self.heat.runs:
            self.heat.start()
        elif not on and self.heat.runs:
            self.heat.stop()

    def _choose_minutes(self, minutes: int) -> None:
        self.key.show_minutes(minutes)
        self.heat.choose(minutes)

    def _blur(self, on: bool) -> None:
        self.feed.blurs = on
        self.feed.tick()

    def _retry(self, camera: str) -> None:
        state = self.session.camera_states().get(camera)
        if state is not None:
            state.hurry = True

    def _turn(self, by: int) -> None:
        self.wall.arrange(page=min(max(self.wall.page + by, 0), self.wall.pages - 1))

    def _rearranged(self) -> None:
        wall = self.wall
        paged = wall.pages > 1 and not wall.alone
        for widget in (self._earlier, self._later, self._page):
            widget.setVisible(paged)
        self._all.setVisible(bool(wall.alone))
        self._earlier.setEnabled(wall.page > 0)
        self._later.setEnabled(wall.page + 1 < wall.pages)
        text = self.tr("Page %1 of %2").replace("%1", str(wall.page + 1)).replace("%2", str(wall.pages))
        self._page.setText(text)
