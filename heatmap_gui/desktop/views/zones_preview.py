"""What a shape would have counted in the last hours: before the change, now, and what that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QCoreApplication, QLocale, QPointF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from heatmap_gui.core.site import Line, Site, Zone
from heatmap_gui.core.types import F8
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.theme import THEME
from heatmap_gui.desktop.views.zones_ruler import UNKNOWN, number
from heatmap_gui.desktop.widgets.basics import hairline, label, row
from heatmap_gui.services.recount import LineCount, Stored, ZoneCount, recount_line, recount_zone

translate = QCoreApplication.translate

_SPACE = "\u202f"
Count = ZoneCount | LineCount


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """before, now: what was counted. seconds: how long counting took. colour: the token of the curve's. until: when the
    four hours end, in words; empty: now.
    """

    before: Count
    now: Count
    seconds: float
    colour: str
    until: str = ""


def recount(tracks: Stored, site: Site, drawn: Zone | Line) -> Count:
    """Slow: for `Background`."""
    return recount_zone(tracks, site, drawn) if isinstance(drawn, Zone) else recount_line(tracks, site, drawn)


class Preview(QWidget):
    """Says why there is none, or shows figures."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        self._took = label(kind="ok")
        layout.addWidget(row(label(self.tr("Preview from stored tracks"), "section"), None, self._took))
        self._words = label(kind="secondary", wrap=True)
        layout.addWidget(self._words)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(6)
        self._when = label(self.tr("Last 4 h"), "caption")
        names = self.tr("Before"), self.tr("Now"), self.tr("Change")
        heads = self._when, *(label(text, "caption") for text in names)
        right = Qt.AlignmentFlag.AlignRight
        for column, head in enumerate(heads):
            self._grid.addWidget(head, 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(hairline(), 1, 0, 1, 4)
        self._cells = [[label(kind="secondary"), label(), label(kind="section"), label()] for _ in range(3)]
        for line, cells in enumerate(self._cells, 2):
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, line, column, right if column else Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(0, 1)
        layout.addWidget(self._table)
        self._curve = Curve()
        layout.addWidget(self._curve)
        self.say("")

    def say(self, words: str) -> None:
        """Why there are no figures, or that they are on the way."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._table.setVisible(False)
        self._curve.setVisible(False)
        self._took.setText("")

    def show_figures(self, figures: Figures) -> None:
        self._words.hide()
        self._table.show()
        until = self.tr("4 h until %1").replace("%1", figures.until)
        self._when.setText(until if figures.until else self.tr("Last 4 h"))
        self._took.setText(number(figures.seconds * 1000, 0) + f"{_SPACE}ms")
        for cells, texts in zip(self._cells, rows_of(figures.before, figures.now, self), strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
        if isinstance(figures.before, ZoneCount) and isinstance(figures.now, ZoneCount):
            self._curve.show_people(figures.before.people, figures.now.people, figures.colour, figures.until)
        self._curve.setVisible(isinstance(figures.now, ZoneCount))

    @property
    def said(self) -> str:
        """Why there are no figures."""
        return self._words.text()

    @property
    def when(self) -> str:
        """Of which time the figures are."""
        return self._when.text()

    def texts(self) -> list[list[str]]:
        """What the table says."""
        return [[cell.text() for cell in cells] for cells in self._cells]


def rows_of(before: Count, now: Count, words: QWidget) -> Sequence[tuple[str, str, str, str]]:
    """Name, before, now, change."""
    if isinstance(before, ZoneCount) and isinstance(now, ZoneCount):
        return (
            (translate("Zones", "Visits"), *_whole(before.visits, now.visits)),
            (translate("Zones", "Mean stay"), *_seconds(before.mean_stay_s, now.mean_stay_s)),
            (translate("Zones", "Most at once"), *_whole(before.longest, now.longest)),
        )
    assert isinstance(before, LineCount)
    assert isinstance(now, LineCount)
    return (
        (translate("Zones", "In"), *_whole(before.inwards, now.inwards)),
        (translate("Zones", "Out"), *_whole(before.outwards, now.outwards)),
        (translate("Zones", "Came within 1 m"), *_whole(before.near, now.near)),
    )


def _whole(before: int, now: int) -> tuple[str, str, str]:
    said = QLocale().toString
    return said(before), said(now), ("+" if now > before else "") + number(now - before, 0)


def _seconds(before: float | None, now: float | None) -> tuple[str, str, str]:
    shown = [UNKNOWN if value is None else number(value, 1) + f"{_SPACE}s" for value in (before, now)]
    if before is None or now is None:
        return shown[0], shown[1], UNKNOWN
    change = now - before
    return shown[0], shown[1], ("+" if change > 0.05 else "") + number(change, 1) + f"{_SPACE}s"


class Curve(QWidget):
    """How many people there were: now as a line, before dashed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("People in the zone over the last 4 hours"))
        self.setFixedHeight(78)
        self._curves: tuple[F8, F8] | None = None
        self._colour, self._until = "accent", ""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, 78)

    def show_people(self, before: F8, now: F8, colour: str, until: str) -> None:
        self._curves, self._colour, self._until = (before, now), colour, until
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:  # noqa: N802
        if self._curves is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(THEME.colour("text.secondary"))
            small = painter.font()
            small.setPixelSize(tokens.CAPTION)
            painter.setFont(small)
            most = max(float(np.max(curve)) for curve in self._curves)
            left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect(), left, self.tr("People in the zone (dashed: before)"))
            painter.drawText(self.rect(), right, self.tr("most %1").replace("%1", number(most, 1)))
            bottom, top = self.height() - 16.0, 20.0
            first = self.tr("4 h before") if self._until else self.tr("4 h ago")
            painter.drawText(self.rect(), left | Qt.AlignmentFlag.AlignBottom, first)
            painter.drawText(self.rect(), right | Qt.AlignmentFlag.AlignBottom, self._until or self.tr("now"))
            painter.setPen(QPen(THEME.colour("border.subtle"), 1))
            painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
            dashed = QPen(THEME.colour("text.tertiary"), 1, Qt.PenStyle.DashLine)
            for curve, pen in zip(self._curves, (dashed, QPen(THEME.colour(self._colour), 1.75)), strict=True):
                x = np.linspace(0, self.width(), len(curve))
                y = bottom - curve / max(most, 1.0) * (bottom - top)
                painter.setPen(pen)
                painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]))
