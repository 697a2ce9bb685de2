"""Heat map: where people were, for how long, at any time of a store's history, and how two times differ."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QDate, QTimer
from PyQt6.QtGui import QAction, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.heat_values import ADDITIVE, KINDS, Kind, Scale
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views import View
from heatmap_gui.desktop.views.heat_commands import HeatCommands
from heatmap_gui.desktop.views.heat_export import HeatExport
from heatmap_gui.desktop.views.heat_side import HeatSide
from heatmap_gui.desktop.views.heat_times import PRESETS, HeatTimes
from heatmap_gui.desktop.views.heat_tools import HeatTools
from heatmap_gui.desktop.widgets.basics import Banner, EmptyState, button, label, row
from heatmap_gui.desktop.widgets.heat_canvas import HeatCanvas
from heatmap_gui.desktop.widgets.heat_legend import HeatLegend
from heatmap_gui.desktop.widgets.plan import read_plan
from heatmap_gui.services.heat_answers import Answer, HeatAnswers, Progress, Question
from heatmap_gui.services.heat_picture import footprints_of

_PATIENCE_MS = 1000  # longer work shows how far it is
_LOOK_MS = 200
_EMPTY_MS = 5000  # between two looks whether anything is measured by now


class HeatView(View):
    """Asks `HeatAnswers` in the background, the newest question wins, and shows what comes back."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.answers = HeatAnswers(session.config, os.environ)
        self.answer: Answer | None = None
        self._progress: Progress | None = None
        self._counting = Progress()
        self._full: dict[str, float] = {}  # of each kind, where the scale stays the same
        self._people_of: tuple[object, ...] = ()  # which bins' people the bar shows
        self._drawn_of: object = None
        self._here = False  # on screen: edits made elsewhere are looked at when it comes back
        self.times = HeatTimes(lambda: self._progress is not None)
        self.side = HeatSide()
        self.canvas, self.legend = HeatCanvas(), HeatLegend()
        self.export = HeatExport(self)
        self.tools = HeatTools(self.export.button)
        self.kinds, self.modes, self.floors = self.tools.kinds, self.tools.modes, self.tools.floors
        self.banner = Banner()
        self._slow_timer = QTimer(self)
        self._slow_timer.timeout.connect(self._show_progress)
        self._empty_timer = QTimer(self)
        self._empty_timer.setSingleShot(True)
        self._empty_timer.timeout.connect(self.ask)
        self._build()
        self._connect()
        self._commands = HeatCommands(self)

    # ---- building

    def _build(self) -> None:
        self.empty = EmptyState(
            "heatmap",
            self.tr("Nothing was measured yet"),
            "",
            self.tr("Measure now"),
        )
        picture = QWidget()
        across = QHBoxLayout(picture)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.canvas, 1)
        across.addWidget(self.legend)
        self.pages = QStackedWidget()
        self.pages.addWidget(picture)
        self.pages.addWidget(self.empty)
        self._progress_text, self._progress_bar = label("", "secondary"), QProgressBar()
        self._progress_bar.setTextVisible(False)
        cancel = button(self.tr("Cancel"), "link", clicked=self.cancel)
        self.progress_row = row(self._progress_text, self._progress_bar, cancel, margins=(12, 6, 12, 6))
        self.progress_row.hide()
        left = QVBoxLayout()
        left.setSpacing(0)
        for widget, stretch in ((self.banner, 0), (self.progress_row, 0), (self.pages, 1)):
            left.addWidget(widget, stretch)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addLayout(middle, 1)
        column.addWidget(self.times)

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _: self.ask())
        self.tools.classes.activated.connect(lambda _: self.ask())
        self.floors.activated.connect(lambda _: self.ask())
        self.modes.chosen.connect(self._mode_chosen)
        self.times.changed.connect(self.ask)
        self.side.changed.connect(self.ask)
        self.side.shown.connect(self._show_layers)
        self.side.full.valueChanged.connect(self._full_chosen)
        self.side.fixed.toggled.connect(self._fixed_chosen)
        self.side.fit.clicked.connect(self._fit)
        self.canvas.pointed.connect(self.legend.point)
        self.canvas.viewed.connect(self._show_scale)
        self.empty.acted.connect(self._measure)
        self.banner.acted.connect(self._go_to_measured)
        self.session.site_changed.connect(self._site_changed)
        THEME.changed.connect(self._theme_changed)

    # ---- coming and going

    def enter(self) -> None:
        self._here = True
        self._site_changed()
        self.times.go_on()
        if self.answer is None:
            self.times.choose_preset(self.times.preset or PRESETS[0])
        self.ask()

    def leave(self) -> None:
        self._here = False
        self.times.halt()
        self._slow_timer.stop()
        self._empty_timer.stop()
        self.cancel()
        self.session.background.run(self.answers.close, lambda _: None, lambda error: None)

    def commands(self) -> Sequence[QAction]:
        return self._commands.offered()

    def remembered(self) -> Mapping[str, Any]:
        return {"kind": self.kinds.choice, "scale": self.side.scale.choice, **self.times.remembered()}

    def remember(self, choices: Mapping[str, Any]) -> None:
        if choices.get("kind") in KINDS:
            self.kinds.choose(choices["kind"])
        if choices.get("scale") in ("linear", "log", "percentile"):
            self.side.scale.choose(choices["scale"])
        if choices.get("preset") in PRESETS:
            self.times.choose_preset(choices["preset"])

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802
        narrow = self.width() < tokens.NARROW - tokens.RAIL
        self.tools.title.setVisible(not narrow)
        self.side.setFixedWidth(tokens.INSPECTOR_NARROW if narrow else tokens.INSPECTOR)
        super().resizeEvent(event)

    def _site_changed(self) -> None:
        site = self.session.site
        if site is None or not self._here:
            return
        self.canvas.show_site(site)
        self.times.show_zone(ZoneInfo(site.timezone))
        self.tools.show_floors(site)
        drawn = site.name, site.hash, site.floor.plan_path
        if drawn != self._drawn_of:
            self._drawn_of, self.answer = drawn, None
            path = site.floor.plan_path

            def read() -> tuple[Any, Any]:
                return None if path is None else read_plan(path), list(footprints_of(site).values())

            self.session.background.newest("heat plan", read, self._take_plan, lambda error: None)
            self.ask()

    def _take_plan(self, found: tuple[Any, Any]) -> None:
        ink, self.canvas.footprints = found
        self.canvas.show_ink(ink)

    def _theme_changed(self) -> None:
        if self._here:
            self.ask()

    # ---- asking

    def ask(self) -> None:
        """For what is chosen now; whatever was asked before is given up."""
        site = self.session.site
        if site is None:
            return
        self.cancel()
        comparing = self.modes.choice == "two"
        kind = cast("Kind", self.kinds.choice)
        asked = self.times.asked
        question = Question(
            site=site,
            floor=self.tools.floor,
            of=asked,
            against=self.times.asked_against if comparing else None,
            kind=kind,
            label=self.tools.classes.currentData(),
            scale=cast("Scale", self.side.scale.choice),
            full=self._full.get(self._full_key()) if self.side.fixed.isChecked() else None,
            light=THEME.mode == "light",
            sure=self.side.sure.isChecked(),
            now=time.time(),
        )
        self._progress = progress = Progress()
        self._slow_timer.start(_LOOK_MS if self.progress_row.isVisible() else _PATIENCE_MS)
        work = partial(self.answers.answer, question, progress)
        self.session.background.newest("heat", work, partial(self._take, progress), partial(self._failed, progress))

    def cancel(self) -> None:
        """Gives up what is being read; what was there before stays."""
        self._counting.stop = True
        if self._progress is not None:
            self._progress.stop = True

    def _count(self, question: Question) -> None:
        """People for the time bar, where it does not know them; after the picture, as it may take longer."""
        edges = self.times.bar.edges
        of = question.site.name, question.floor, edges[0], edges[-1]
        if of == self._people_of and self.times.bar.knows_people and not self.times.live_button.isChecked():
            return
        self._counting = counting = Progress()

        def take(people: F8 | None) -> None:
            if people is not None and edges is self.times.bar.edges:
                self._people_of = of
                self.times.bar.show_people(people)

        work = partial(self.answers.occupancy, question, edges, counting)
        self.session.background.newest("heat people", work, take, lambda error: None)

    def _full_key(self) -> str:
        return f"{self.kinds.choice} {self.modes.choice}"

    def _ended(self, progress: Progress) -> bool:
        """Whether it is the newest that came back."""
        if progress is not self._progress:
            return False
        self._progress = None
        self._slow_timer.stop()
        self.progress_row.hide()
        return True

    def _failed(self, progress: Progress, error: HeatmapError) -> None:
        if self._ended(progress):
            self.times.stop()
            self.banner.say(error.message, remedy="")

    def _take(self, progress: Progress, answer: Answer) -> None:
        if not self._ended(progress) or answer.given_up:
            return
        if answer.extent is None:
            self._show_empty()
            if self._here:
                self._empty_timer.start(_EMPTY_MS)
            return
        self._show(answer)

    # ---- showing

    def _show_empty(self) -> None:
        measures = self.session.board() is not None
        words = self.tr("A heat map grows while cameras measure. Start measuring, and come back in a minute.")
        if measures:
            words = self.tr("The cameras measure. What they see appears here within a minute.")
        self.empty.sentence.setText(words)
        self.empty.action.setHidden(measures)
        self.pages.setCurrentWidget(self.empty)
        self.side.hide()

    def _show(self, answer: Answer) -> None:
        self.answer = answer
        self.side.show()
        self.pages.setCurrentIndex(0)
        picture = answer.picture
        assert picture is not None
        if self.side.fixed.isChecked() and picture.summary.total > 0:
            self._full.setdefault(self._full_key(), picture.full)
        question = answer.question
        before = question.against
        self.side.show_answer(
            answer,
            self.times.words_of(question.of.start, question.of.end),
            self.times.words_of(before.start, before.end) if before else "",
        )
        self.canvas.show_heat(picture)
        self._show_layers()
        self._show_scale()
        self.tools.show_classes(answer.labels)
        self._say_what_is_missing(answer)
        self.export.button.setEnabled(True)
        self._count(question)

    def _show_layers(self) -> None:
        self.canvas.shows = {name for name, box in self.side.layers.items() if box.isChecked()}
        self.canvas.shows_zones = "zones" in self.canvas.shows
        self.canvas.update()
        picture = self.canvas.heat
        if self.modes.choice == "two":
            note = self.tr("B minus A")
        else:
            scale = {"linear": self.tr("linear"), "log": self.tr("log"), "percentile": self.tr("percentile")}
            same = self.side.fixed.isChecked() and self.side.fixed.isEnabled()
            note = self.tr("%1, fixed") if same else self.tr("%1, of this range")
            note = note.replace("%1", scale[self.side.scale.choice])
        self.legend.show_heat(picture, note, contour="contour" in self.canvas.shows)

    def _show_scale(self) -> None:
        if self.canvas.heat is not None:
            self.legend.show_scale(self.canvas.scale / self.canvas.heat.floor.units_per_px)

    def _show_progress(self) -> None:
        progress = self._progress
        if progress is None or progress.of <= 1:
            return
        self._slow_timer.start(_LOOK_MS)
        words = self.tr("Reading day %1 of %2")
        self._progress_text.setText(words.replace("%1", str(progress.done + 1)).replace("%2", str(progress.of)))
        self._progress_bar.setRange(0, progress.of)
        self._progress_bar.setValue(progress.done)
        self.progress_row.show()

    def _say_what_is_missing(self, answer: Answer) -> None:
        picture, extent = answer.picture, answer.extent
        if picture is None or extent is None or picture.summary.observed > 0:
            self.banner.hide()
            return
        text = self.tr("Nothing was measured in this range. There are measurements from %1.")
        words = self.times.words_of(*extent)
        self.banner.say(text.replace("%1", words), "info", self.tr("Show the last day"))

    # ---- choices

    def _mode_chosen(self, mode: str) -> None:
        self.times.stop()
        self.times.compare(on=mode == "two")
        for kind in KINDS:
            self.kinds.enable(kind, on=mode == "one" or kind in ADDITIVE)
        if mode == "two" and self.kinds.choice not in ADDITIVE:
            self.kinds.choose(ADDITIVE[0])
        self.ask()

    def _full_chosen(self, value: float) -> None:
        self._full[self._full_key()] = value
        self.side.fixed.setChecked(True)
        self.ask()

    def _fixed_chosen(self, on: bool) -> None:
        if on and self.answer is not None and self.answer.picture is not None:
            self._full.setdefault(self._full_key(), self.answer.picture.full)
        elif not on:
            self._full.pop(self._full_key(), None)
        self.ask()

    def _fit(self) -> None:
        self._full.pop(self._full_key(), None)
        self.ask()

    def _measure(self) -> None:
        if self.session.site is not None:
            self.session.measure([self.session.site.name])
            self.times.live_button.setChecked(True)

    def _go_to_measured(self) -> None:
        if self.answer is not None and self.answer.extent is not None:
            last = datetime.fromtimestamp(self.answer.extent[1] - 1, self.times.zone)
            day = QDate(last.year, last.month, last.day)
            self.times.choose_days(day, day)
