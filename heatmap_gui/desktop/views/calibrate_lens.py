"""The lens of a camera: one slider between barrel and cushion."""

from __future__ import annotations

from PyQt6.QtCore import QLocale, Qt, pyqtSignal
from PyQt6.QtWidgets import QSlider, QVBoxLayout, QWidget

from heatmap_gui.core.lens_fit import MOST_K1
from heatmap_gui.desktop.widgets.basics import button, hairline, label, row

_STEPS = 100  # a unit of k1


class LensPanel(QWidget):
    """moved: k1 is to be this. asked: it is to be found from the pairs."""

    moved = pyqtSignal(float)
    asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._value = label(kind="secondary")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(-MOST_K1 * _STEPS), round(MOST_K1 * _STEPS))
        self.slider.setAccessibleName(self.tr("Lens, from barrel to cushion"))
        self.slider.valueChanged.connect(self._moved)
        find = button(self.tr("Find"), "link", clicked=self.asked.emit)
        find.setToolTip(self.tr("Find it from the pairs"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(hairline())
        layout.addWidget(row(label(self.tr("Lens"), "section"), None, self._value, find))
        ends = (label(self.tr("barrel"), "caption"), label(self.tr("cushion"), "caption"))
        layout.addWidget(row(ends[0], self.slider, ends[1]))
        self.show_k1(0.0)

    def show_k1(self, k1: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(k1 * _STEPS))
        self.slider.blockSignals(False)
        self._show(k1)

    def _moved(self, steps: int) -> None:
        self._show(steps / _STEPS)
        self.moved.emit(steps / _STEPS)

    def _show(self, k1: float) -> None:
        figure = QLocale().toString(abs(k1), "f", 2)
        sign = "\N{MINUS SIGN}" if k1 < 0 else ""
        self._value.setText(f"k1 {sign}{figure}")
