"""The newest stored tracks, counted anew while a shape is dragged, whether anything is measured now or not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PyQt6.QtCore import QDate, QLocale, QObject, pyqtSignal

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.site import Line, Site, Zone
from heatmap_gui.desktop.session import Session
from heatmap_gui.desktop.views.zones_preview import Count, Figures, recount
from heatmap_gui.desktop.views.zones_words import Key, key_of, symbol_of
from heatmap_gui.services.recount import Stored, StoredTracks, counts_on_floor

SPAN_S = 4 * 3600.0
_FRESH_S, _EMPTY_S = 120.0, 15.0  # older tracks are read again, and sooner where there were none


class Recounting(QObject):
    """Of one screen. figures: what was counted. told: why there is nothing to show, or that it is coming."""

    figures = pyqtSignal(object)
    told = pyqtSignal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.history = StoredTracks(session.config, os.environ)
        self._tracks: Stored | None = None
        self._of = self._tracks_of = ""
        self._read_at = 0.0
        self._before: tuple[Key, Zone | Line, Count | None] | None = None
        self._waiting: tuple[Site, Zone | Line] | None = None

    def begin(self, drawn: Zone | Line | None) -> None:
        """From now on changes are told against this."""
        self._before = None if drawn is None else (key_of(drawn), drawn, None)

    def ask(self, site: Site, drawn: Zone | Line) -> None:
        """Counts with this shape, as soon as there is room for it; the newest wins."""
        if not counts_on_floor(site, drawn):
            self.told.emit(self.tr("Counted with this camera's boxes, which are not stored: there is no preview."))
        elif self.stale(site):
            self._waiting = site, drawn
            end = time.time()
            self._of, self._read_at = site.name, end
            if self._tracks is None or self._tracks_of != site.name:
                self.told.emit(self.tr("Reading the newest tracks…"))
            self._session.background.newest(
                "zones tracks",
                lambda: (site.name, self.history.newest(site.name, SPAN_S, end)),
                self._have,
                self._failed,
            )
        elif self._tracks is not None and self._tracks_of == site.name:
            self._count(self._tracks, site, drawn)
        else:
            self._waiting = site, drawn

    def stale(self, site: Site) -> bool:
        """Whether tracks are to be read, again."""
        longest_s = _FRESH_S if self._tracks is not None and len(self._tracks.points) else _EMPTY_S
        return self._of != site.name or time.time() - self._read_at > longest_s

    def _have(self, read: tuple[str, Stored]) -> None:
        self._tracks_of, tracks = read
        self._tracks = tracks
        waiting, self._waiting = self._waiting, None
        if self._before is not None:
            self._before = (*self._before[:2], None)
        if waiting is not None:
            self._count(tracks, *waiting)

    def _count(self, tracks: Stored, site: Site, drawn: Zone | Line) -> None:
        if len(tracks.points) == 0:
            self.told.emit(self.tr("No tracks are stored yet. Measure for a while, and they are counted here."))
            return
        work = self._work(tracks, site, drawn)
        self._session.background.newest("zones recount", work, self._counted, self._failed)

    def _work(self, tracks: Stored, site: Site, drawn: Zone | Line) -> Callable[[], tuple[Key, Zone | Line, Figures]]:
        key = key_of(drawn)
        if self._before is None or self._before[0] != key:
            self.begin(drawn)
        assert self._before is not None
        _, saved, known = self._before

        def work() -> tuple[Key, Zone | Line, Figures]:
            begun = time.perf_counter()
            now = recount(tracks, site, drawn)
            took = time.perf_counter() - begun
            before = known if known is not None else recount(tracks, site, saved)
            return key, saved, Figures(before, now, took, f"zone.{symbol_of(drawn)}", self._until(tracks, site))

        return work

    def _until(self, tracks: Stored, site: Site) -> str:
        """When the tracks end, in the store's time; empty: now."""
        if time.time() - tracks.end < SPAN_S:
            return ""
        when = datetime.fromtimestamp(tracks.end, ZoneInfo(site.timezone))
        return f"{QLocale().toString(QDate(when.year, when.month, when.day), 'd MMM')} {when:%H:%M}"

    def _counted(self, result: tuple[Key, Zone | Line, Figures]) -> None:
        key, saved, figures = result
        if self._before is not None and self._before[:2] == (key, saved):
            self._before = key, saved, figures.before
            self.figures.emit(figures)

    def _failed(self, error: HeatmapError) -> None:
        self.told.emit(error.message)
