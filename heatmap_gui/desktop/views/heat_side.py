"""Beside the heat map: what the range adds up to, or how two differ; the scale; what is drawn."""

from __future__ import annotations

import math

from PyQt6.QtCore import QLocale, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from heatmap_gui.core.difference import LEAST_BLOCKS
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import Segments, button, frame, hairline, label, look, row
from heatmap_gui.desktop.widgets.heat_canvas import number
from heatmap_gui.services.heat_answers import Answer, Change

_UNKNOWN = "\u2013"
_NARROW_SPACE = "\u202f"


class HeatSide(QWidget):
    """changed: something that needs another picture. shown: layers, which do not."""

    changed = pyqtSignal()
    shown = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(tokens.INSPECTOR_NARROW)
        self._one, self._two = self._range_page(), self._difference_page()
        self._two.hide()
        inside = frame(
            "side", self._one, self._two, hairline(), self._scale_part(), hairline(), self._layers_part(), None
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    # ---- building

    def _range_page(self) -> QWidget:
        self.figure, self.figure_unit = label(_UNKNOWN, "figure"), label("", "secondary")
        self.when = label("", "caption", wrap=True)
        self.people, self.observed, self.holds = label(_UNKNOWN), label(_UNKNOWN), label(_UNKNOWN)
        facts = {
            self.tr("People"): self.people,
            self.tr("Observed floor"): self.observed,
            self.tr("Hottest tenth holds"): self.holds,
        }
        for text, value in facts.items():
            value.setAccessibleName(text)
        lines = [row(label(text, "secondary"), None, value, gap=4) for text, value in facts.items()]
        head = row(self.figure, self.figure_unit, None, gap=6)
        self.figure_unit.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.figure_unit.setContentsMargins(0, 0, 0, 6)
        return frame("", label(self.tr("This range"), "section"), head, self.when, *lines, pad=0)

    def _difference_page(self) -> QWidget:
        self.change, self.interval = label(_UNKNOWN, "figure"), label("", "caption", wrap=True)
        self.change.setAccessibleName(self.tr("Change from A to B"))
        self.range_a, self.range_b = label("", "secondary", wrap=True), label("", "secondary", wrap=True)
        self._table = QGridLayout()
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setVerticalSpacing(4)
        self._table.setColumnStretch(0, 1)
        table = QWidget()
        table.setLayout(self._table)
        self.sure = self._switch(self.tr("Only what is significant"), on=True)
        self.sure.toggled.connect(lambda _: self.changed.emit())
        self.test = label(
            self.tr(
                "Test: sign flipping of paired hours, days or weeks, largest value over the floor, 5 % (Nichols and "
                "Holmes, 2002). Grey: may be chance. Outages are taken out of both."
            ),
            "caption",
            wrap=True,
        )
        parts = [self.change, self.interval, self.range_a, self.range_b, hairline(), table, self.test, self.sure]
        return frame("", label(self.tr("Difference"), "section"), *parts, pad=0)

    def _scale_part(self) -> QWidget:
        words = {"linear": self.tr("Linear"), "log": self.tr("Log"), "percentile": self.tr("Percentile")}
        self.scale = Segments(words, self.tr("Scale"))
        self.scale.chosen.connect(lambda _: self.changed.emit())
        self.full = QDoubleSpinBox()
        self.full.setAccessibleName(self.tr("Full colour at"))
        self.full.setRange(0.001, 1e9)
        self.full.setDecimals(3)
        self.full.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.full.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.full.setKeyboardTracking(False)
        self.full.setFixedWidth(76)
        self.unit = label("", "caption")
        self.full.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fixed = self._switch(self.tr("Same scale for every range"), on=True)
        self.fit = button(self.tr("Fit to this range"), "link")
        return frame(
            "",
            label(self.tr("Scale"), "section"),
            self.scale,
            row(label(self.tr("Full colour at"), "secondary"), None, self.full, self.unit, gap=4),
            self.fixed,
            row(self.fit, None),
            pad=0,
        )

    def _layers_part(self) -> QWidget:
        self.layers = {
            "contour": self._switch(self.tr("Contour of the hottest tenth"), on=True),
            "unseen": self._switch(self.tr("Not observed"), on=True),
            "zones": self._switch(self.tr("Zones"), on=False),
            "cameras": self._switch(self.tr("Camera outlines"), on=False),
        }
        for box in self.layers.values():
            box.toggled.connect(lambda _: self.shown.emit())
        return frame("", label(self.tr("Layers"), "section"), *self.layers.values(), pad=0)

    def _switch(self, text: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(text)
        box.setAccessibleName(text)
        box.setChecked(on)
        return box

    # ---- showing

    def show_answer(self, answer: Answer, when: str, when_before: str) -> None:
        """when: the range in words; when_before: that of A."""
        comparing = answer.question.against is not None
        self._one.setVisible(not comparing)
        self._two.setVisible(comparing)
        self.scale.setEnabled(not comparing)
        for one in (self.full, self.fixed, self.fit):  # percentiles are always those of the range
            one.setEnabled(comparing or answer.question.scale != "percentile")
        if comparing:
            self._show_difference(answer, when, when_before)
        else:
            self._show_range(answer, when)
        if answer.picture is not None:
            self.full.blockSignals(True)
            self.full.setDecimals(0 if answer.picture.full >= 100 else 3)
            self.full.setValue(answer.picture.full)
            self.unit.setText(answer.picture.unit)
            self.full.blockSignals(False)

    def _show_range(self, answer: Answer, when: str) -> None:
        picture = answer.picture
        assert picture is not None
        found, unit, locale = picture.summary, picture.floor.unit, QLocale()
        seen = found.observed > 0
        self.figure.setText(locale.toString(round(found.total)) if seen else _UNKNOWN)
        said = self.tr("Person-seconds on the floor: %1").replace("%1", self.figure.text())
        self.figure.setAccessibleName(said)
        self.figure_unit.setText(self.tr("person·s"))
        self.when.setText(self.tr("on the floor, %1").replace("%1", when))
        self.people.setText(_UNKNOWN if answer.people is None or not seen else locale.toString(answer.people))
        part = round(100 * found.observed / found.floor) if found.floor else 0
        words = self.tr("%1 of %2 %3² (%4 %)")
        for key, value in (
            ("%1", number(round(found.observed))),
            ("%2", number(round(found.floor))),
            ("%3", unit),
            ("%4", str(part)),
        ):
            words = words.replace(key, value)
        self.observed.setText(words)
        share = _UNKNOWN if found.holds is None else f"{round(100 * found.holds)}{_NARROW_SPACE}%"
        of_time = self.tr("%1 of the time").replace("%1", share)
        self.holds.setText(of_time if picture.kind == "presence" and found.holds is not None else _UNKNOWN)

    def _show_difference(self, answer: Answer, when: str, when_before: str) -> None:
        self.range_a.setText(self.tr("A: %1").replace("%1", when_before))
        self.range_b.setText(self.tr("B: %1").replace("%1", when))
        while (item := self._table.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if not answer.changes:
            return
        whole, *zones = answer.changes
        self.change.setText(_percent(whole.b - whole.a, whole.a))
        low, high = (_percent(whole.b - whole.a + side * whole.half, whole.a) for side in (-1, 1))
        blocks = len(answer.picture.difference.by_block) if answer.picture and answer.picture.difference else 0
        if math.isfinite(whole.half) and whole.a > 0:
            words = self.tr("B against A. 95 % interval %1 to %2, from %3 pairs")
            words = words.replace("%1", low).replace("%2", high).replace("%3", str(blocks))
            if blocks < LEAST_BLOCKS:
                few = self.tr("; too few to call a change of a place significant (%1 are needed)")
                words += few.replace("%1", str(LEAST_BLOCKS))
        else:
            words = self.tr("B against A. Too little was observed in both to say more")
        self.interval.setText(words)
        for column, text in enumerate((self.tr("Zone"), "A", "B", self.tr("Change"))):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            self._table.addWidget(label(text, "caption"), 0, column, side)
        for number_, change in enumerate(sorted(zones, key=lambda c: -abs(c.b - c.a)), 1):
            self._zone_row(number_, change)

    def _zone_row(self, at: int, change: Change) -> None:
        assert change.zone is not None
        sure = abs(change.b - change.a) > change.half
        told = label(_percent(change.b - change.a, change.a))
        look(told, "section" if sure else "tertiary")
        if not sure:
            told.setToolTip(self.tr("May be chance"))
        name = label(change.zone.name, wrap=True)
        cells: list[QLabel] = [name, label(number(change.a)), label(number(change.b)), told]
        for column, cell in enumerate(cells):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            self._table.addWidget(cell, at, column, side)


def _percent(change: float, of: float) -> str:
    if of <= 0 or not math.isfinite(change):
        return _UNKNOWN
    share = round(100 * change / of)
    sign = "+" if share > 0 else "\u2212" if share < 0 else ""
    return f"{sign}{QLocale().toString(abs(share))}{_NARROW_SPACE}%"
