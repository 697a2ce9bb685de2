"""What can be done with a heat map, for the command palette."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtGui import QAction

from heatmap_gui.desktop.widgets.button_commands import ButtonCommands

if TYPE_CHECKING:
    from heatmap_gui.desktop.views.heat import HeatView


class HeatCommands(ButtonCommands):
    """Kinds, ranges, scales, layers and files."""

    def __init__(self, view: HeatView) -> None:
        super().__init__(view)
        times, side, self._export = view.times, view.side, view.export.button
        self.add("heatmap", view.kinds)
        self.add("calendar", times.presets, times.days_button)
        self.add("clock", times.hours_button, times.play_button, times.live_button)
        self.add("compare", view.modes)
        self.add("adjust", side.scale, side.fit)
        self.add("show", *side.layers.values())
        self._files = []
        for action in view.export.actions.values():
            one = QAction(action.icon(), f"{self._export.text()}: {action.text()}", self)
            one.triggered.connect(action.trigger)
            self._files.append(one)

    def offered(self) -> Sequence[QAction]:
        return [*super().offered(), *(self._files if self._export.isEnabled() else ())]
