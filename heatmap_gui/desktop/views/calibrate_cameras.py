"""The cameras of a site side by side, each with its error and grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QScrollArea, QWidget

from heatmap_gui.core.grading import Grade
from heatmap_gui.core.site import Camera
from heatmap_gui.desktop import tokens
from heatmap_gui.desktop.views.calibrate_grade import centimetres
from heatmap_gui.desktop.widgets.basics import label, look
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import CameraStatus

_HEIGHT = 34  # px
_WIDTH = 168
_LETTER = 22


class CameraStrip(QScrollArea):
    """chosen: the id of the camera that somebody went to."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_HEIGHT + 14)
        self.setAccessibleName(self.tr("Cameras"))
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 2, 0, 10)
        self._row.setSpacing(tokens.GAP)
        self.setWidget(inside)
        self._group = QButtonGroup(self)
        self._chips: dict[str, _Chip] = {}

    def show_cameras(self, cameras: Sequence[Camera], chosen: str) -> None:
        if [(camera.id, camera.name) for camera in cameras] != [(key, chip.name) for key, chip in self._chips.items()]:
            for chip in self._chips.values():
                self._group.removeButton(chip)
                chip.deleteLater()
            self._chips = {camera.id: _Chip(camera.id, camera.name) for camera in cameras}
            for key, chip in self._chips.items():
                chip.clicked.connect(lambda _, key=key: self.chosen.emit(key))
                self._group.addButton(chip)
                self._row.addWidget(chip)
        if chosen in self._chips:
            self._chips[chosen].setChecked(True)

    def show_grades(self, grades: Mapping[str, Grade]) -> None:
        """Of those cameras that have a calibration."""
        for key, chip in self._chips.items():
            chip.show_grade(grades.get(key))

    def show_states(self, states: Mapping[str, CameraState]) -> None:
        """Of those that are measured: which the engine says were moved."""
        for key, chip in self._chips.items():
            condition = states[key].condition if key in states else None
            chip.show_moved(condition.reason if condition and condition.status is CameraStatus.MOVED else "")


class _Chip(QPushButton):
    def __init__(self, number: str, name: str) -> None:
        super().__init__()
        self.name = name
        self.setCheckable(True)
        self.setMinimumSize(_WIDTH, _HEIGHT)
        self._title = f"{number}  {name}"
        self._grade: Grade | None = None
        self._moved = ""
        self._error, self._letter = label(kind="secondary"), label(kind="key")
        self._letter.setFixedSize(_LETTER, _LETTER)
        self._letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 8, 0)
        title = label(self._title)
        layout.addWidget(title, 1)
        layout.addWidget(self._error)
        layout.addWidget(self._letter)
        for widget in (title, self._error, self._letter):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_grade(None)

    def show_moved(self, why: str) -> None:
        """why: empty where it was not."""
        if why != self._moved:
            self._moved = why
            self.setToolTip(why)
            look(self._error, "warn" if why else "secondary")
            self.show_grade(self._grade)

    def show_grade(self, grade: Grade | None) -> None:
        self._grade = grade
        error = centimetres(grade.typical) if grade else self.tr("not calibrated")
        error = self.tr("moved") if self._moved else error
        self._error.setText(error)
        self._letter.setText(grade.letter if grade else "")
        self._letter.setVisible(bool(grade and grade.letter))
        self.setAccessibleName(f"{self._title}: {error} {grade.letter if grade else ''}".strip())
