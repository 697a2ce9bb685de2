"""Cameras in a made-up world: `synthetic:NAME?seed=1&camera=1`."""

from __future__ import annotations

from heatmap_gui.core.protocols import Source
from heatmap_gui.vision.sources.address import Address
from heatmap_gui.vision.synthetic import open_synthetic


def open_scene(address: Address) -> Source:
    return open_synthetic(address.camera, address.url)
