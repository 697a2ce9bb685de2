"""What is live at one moment, for all that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from heatmap_gui.services.board import Person, Shown
from heatmap_gui.services.cameras import CameraState


@dataclass(frozen=True, slots=True)
class Instant:
    """Of one store. newest, states: by camera; people: by floor; counts: people by zone id; now: Unix time."""

    now: float
    newest: Mapping[str, Shown] = field(default_factory=dict)
    states: Mapping[str, CameraState] = field(default_factory=dict)
    people: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
