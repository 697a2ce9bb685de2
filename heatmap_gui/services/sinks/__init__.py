"""The places that deliveries go to, by name: one file each, imported when something is first sent there."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from heatmap_gui.core.protocols import Sink
from heatmap_gui.settings import Settings

Reveal = Callable[[str], str]
"""From a secret as it is kept, a reference or sealed, to its value."""

SINKS = {
    "webhook": "heatmap_gui.services.sinks.webhook",
    "file": "heatmap_gui.services.sinks.file",
    "mail": "heatmap_gui.services.sinks.mail",
    "nvr": "heatmap_gui.services.sinks.nvr",
    "stdout": "heatmap_gui.services.sinks.stdout",
}


def open_sink(name: str, settings: Settings, reveal: Reveal) -> Sink:
    """The sink of this name. Raises InputError when what it needs of the settings is wrong."""
    sink: Sink = importlib.import_module(SINKS[name]).open_sink(settings, reveal)
    return sink
