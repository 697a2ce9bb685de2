"""The demo junction as a scene among the others: what its cameras show at any time."""

from __future__ import annotations

from dataclasses import dataclass

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.types import U1
from heatmap_gui.vision.synthetic.junction import NAME
from heatmap_gui.vision.synthetic.junction_pictures import show
from heatmap_gui.vision.synthetic.junction_site import VIEWS
from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.vehicles import vehicles


@dataclass(frozen=True, slots=True)
class JunctionScene:
    """A seeded junction."""

    seed: int
    name: str = NAME
    duration_s: float = 600.0

    def view(self, number: int) -> View:
        """Camera `number`; raises InputError when there is none of that number."""
        for view in VIEWS:
            if view.id == number:
                return view
        raise InputError(
            f"synthetic:{NAME} has no camera {number}: choose one of {', '.join(str(v.id) for v in VIEWS)}."
        )

    def show(self, view: View, at_s: float, duration_s: float) -> U1:
        """(height, width, 3) BGR, without noise."""
        return show(view, vehicles(self.seed, duration_s), at_s)
