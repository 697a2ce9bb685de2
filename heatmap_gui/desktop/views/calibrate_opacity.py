"""What is seen in the pictures besides their pairs: how much of each in the other, and a person to compare with."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QSlider, QWidget

from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.widgets.basics import label, tool

_USUAL = 60  # %


class OpacitySlider(QWidget):
    """changed: the share, 0 to 1. person: the button beside it."""

    changed = pyqtSignal(float)

    def __init__(self) -> None:
        super().__init__()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setFixedWidth(120)
        self._slider.setAccessibleName(self.tr("How much of the camera shows on the plan"))
        self._said = label(kind="caption")
        self.person = tool(self.tr("Stand a person of 1.70 m under the pointer"), "person", checkable=True)
        self._slider.valueChanged.connect(self._moved)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        for widget in (label(self.tr("Camera on plan"), "caption"), self._slider, self._said):
            layout.addWidget(widget)
        self._slider.setValue(_USUAL)

    @property
    def per_cent(self) -> int:
        return self._slider.value()

    def put(self, per_cent: object) -> None:
        """What was remembered, if it can be."""
        try:
            self._slider.setValue(int(str(per_cent)))
        except ValueError:
            self._slider.setValue(_USUAL)

    def _moved(self, per_cent: int) -> None:
        self._said.setText(f"{per_cent} %")
        self.changed.emit(per_cent / 100)
