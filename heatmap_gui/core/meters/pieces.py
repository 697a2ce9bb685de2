"""Pieces of time, one after the other, and in which of them something happened: a piece has its start, not its end."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from heatmap_gui.core.types import F8, I8
from heatmap_gui.core.week_hours import Span


def edges_of(spans: Iterable[Span]) -> F8:
    """Edges (k + 1,) of at least one span; each begins where the one before ends."""
    starts, ends = zip(*spans, strict=True)
    return np.array([*starts, ends[-1]])


def piece_of(at: F8, edges: F8) -> I8:
    """The number (n,) of the piece that each time is in, -1 outside. edges (k + 1,) ascend."""
    piece = np.searchsorted(edges, at, side="right") - 1
    return np.where(piece < len(edges) - 1, piece, -1)


def how_many(at: F8, edges: F8) -> I8:
    """How many of these times are in each piece (k,)."""
    piece = piece_of(at, edges)
    return np.bincount(piece[piece >= 0], minlength=len(edges) - 1)


def how_many_people(at: F8, person: I8, edges: F8) -> I8:
    """How many persons (numbers from 0) have any of their times in each piece (k,)."""
    piece = piece_of(at, edges)
    inside = piece >= 0
    each = np.int64(1 + person.max(initial=0))
    once = np.unique(piece[inside] * each + person[inside])
    return np.bincount(once // each, minlength=len(edges) - 1)


def total(values: F8, at: F8, edges: F8) -> F8:
    """The sum of values (n,) whose times are in each piece (k,)."""
    piece = piece_of(at, edges)
    inside = piece >= 0
    return np.asarray(np.bincount(piece[inside], values[inside], len(edges) - 1), np.float64)
