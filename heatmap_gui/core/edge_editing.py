"""Straight edges as they are drawn along in a picture: pressed at one end, let go at the other. No window."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.straight_edges import along_edge
from heatmap_gui.core.types import F8, U1


class EdgeEditor:
    """edges: points (n, 2) of each, px of the picture. way: the ends (2, 2) of what is being drawn. Mutable, owned by
    one thread.
    """

    def __init__(self) -> None:
        self.edges: list[F8] = []
        self.way: F8 | None = None

    def press(self, x: float, y: float) -> None:
        self.way = np.array([[x, y], [x, y]])

    def move(self, x: float, y: float) -> None:
        """The pointer, pressed."""
        if self.way is not None:
            self.way = np.array([self.way[0], (x, y)])

    def release(self, grey: U1, scale: float) -> bool:
        """Takes the edge between the ends -> whether anything was drawn. scale: px of `grey` a px of the picture.

        Raises InputError where there is no clear edge.
        """
        way, self.way = self.way, None
        if way is None or np.array_equal(way[0], way[1]):
            return False
        self.edges = [*self.edges, along_edge(grey, way[0] * scale, way[1] * scale) / scale]
        return True

    def delete(self) -> bool:
        """Takes the newest away, or what is being drawn -> whether there was any."""
        there = self.way is not None or bool(self.edges)
        if self.way is None:
            self.edges = self.edges[:-1]
        self.way = None
        return there

    def clear(self) -> None:
        """Another picture."""
        self.edges, self.way = [], None
