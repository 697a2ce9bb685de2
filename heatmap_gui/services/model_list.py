"""Which models are known here, which of them are there, and which one is in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heatmap_gui.vision.models import RUNNABLE, Card, find_weights, read_cards


@dataclass(frozen=True, slots=True)
class Known:
    """card: None for a file that somebody brought. there: it has been fetched. loaded: it is what looks at pictures."""

    name: str
    card: Card | None
    there: bool
    loaded: bool


def known_models(models_dir: Path, loaded: Mapping[str, Any] | None) -> list[Known]:
    """The cards, the most accurate first, then other files in the folder. loaded: as Inference.model says."""
    cards = read_cards()
    name = None if loaded is None else str(loaded["name"])
    paths = {card: find_weights(card, models_dir) for card in cards}
    taken = set(paths.values())
    others = sorted(path.stem for path in models_dir.glob("*") if path.suffix in RUNNABLE and path not in taken)
    of_cards = [Known(card, cards[card], paths[card] is not None, card == name) for card in cards]
    return [*of_cards, *(Known(other, None, True, other == name) for other in dict.fromkeys(others))]
