"""The tool bar of the heat map: what is shown, of whom, seen by which cameras, of one range or two."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from heatmap_gui.core.heat_values import KINDS
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.desktop.widgets.basics import Segments, bar, label
from heatmap_gui.services.heat_query import floors_of


class HeatTools(QWidget):
    """title: goes where there is no room."""

    def __init__(self, export: QPushButton) -> None:
        super().__init__()
        words = {
            "presence": self.tr("Presence"),
            "visits": self.tr("Visits"),
            "dwell": self.tr("Mean dwell"),
            "stops": self.tr("Stops"),
            "speed": self.tr("Speed"),
            "flow": self.tr("Flow"),
        }
        self.title = label(self.tr("Heat map"), "title")
        self.kinds = Segments({kind: words[kind] for kind in KINDS}, self.tr("What is shown"))
        self.classes, self.floors = QComboBox(), QComboBox()
        self.classes.setAccessibleName(self.tr("Class"))
        self.floors.setAccessibleName(self.tr("Cameras"))
        self.floors.setToolTip(
            self.tr("Fused: who is seen by two cameras is counted once. One camera: only what that one saw.")
        )
        self.classes.addItem(self.tr("All classes"), None)
        self.modes = Segments({"one": self.tr("One range"), "two": self.tr("Compare")}, self.tr("One range or two"))
        for box in (self.classes, self.floors):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar(self.title, self.kinds, self.classes, self.floors, None, self.modes, export))

    @property
    def floor(self) -> str:
        """One of `floors_of`."""
        return str(self.floors.currentData() or PLAN)

    def show_floors(self, site: Site) -> None:
        before = self.floors.currentData()
        self.floors.clear()
        for name, text in floors_of(site).items():
            self.floors.addItem(text or self.tr("All cameras, fused"), name)
        self.floors.setCurrentIndex(max(0, self.floors.findData(before)))

    def show_classes(self, labels: Sequence[str]) -> None:
        """Those that were found, too."""
        for name in labels:
            if self.classes.findData(name) < 0:
                self.classes.addItem(name, name)
