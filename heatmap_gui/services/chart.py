"""A line over time as SVG: round steps on both axes, gaps where nothing was measured."""

from __future__ import annotations

import math

import numpy as np

from heatmap_gui.core.render import round_up
from heatmap_gui.core.types import F8

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 1080, 220, 32, 24, 8, 16
_POINTS = 540  # more are averaged: a reader sees no more
_TICKS = 8
_TIME_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400)


def occupancy_chart(t_s: F8, people: F8) -> str:
    """An <svg> of people (n,) at evenly spaced times t_s (n,); a sentence where there is nothing to draw."""
    if not np.isfinite(people).any():
        return '<p class="quiet">Nothing was measured.</p>'
    start, end = float(t_s[0]), max(float(t_s[-1]), float(t_s[0]) + 1.0)
    t_s, people = _thinned(t_s), _thinned(people)
    most = max(float(np.nanmax(people)), 1.0)
    rise = math.ceil(round_up(most / 5))
    top = rise * math.ceil(most / rise)
    x = _LEFT + (t_s - start) / (end - start) * (_WIDTH - _LEFT - _RIGHT)
    y = _HEIGHT - _BOTTOM - people / top * (_HEIGHT - _BOTTOM - _TOP)
    step = next((s for s in _TIME_STEPS_S if (end - start) / s <= _TICKS), _TIME_STEPS_S[-1])
    parts = [f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="People at once over time">']
    for value in range(0, top + 1, rise):
        level = _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _BOTTOM - _TOP)
        parts.append(f'<path class="grid" d="M{_LEFT} {level:.1f}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{level + 4:.1f}" text-anchor="end">{value:,}</text>')
    for tick in np.arange(np.ceil(start / step) * step, end + 1e-9, step):
        place = _LEFT + (tick - start) / (end - start) * (_WIDTH - _LEFT - _RIGHT)
        parts.append(f'<text x="{place:.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{clock(float(tick))}</text>')
    for run in _runs(people):
        line = " ".join(f"{px:.1f},{py:.1f}" for px, py in zip(x[run], y[run], strict=True))
        base, first, last = _HEIGHT - _BOTTOM, x[run][0], x[run][-1]
        parts.append(f'<polygon class="area" points="{first:.1f},{base} {line} {last:.1f},{base}"/>')
        parts.append(f'<polyline class="curve" points="{line}"/>')
    return "".join([*parts, "</svg>"])


def clock(seconds: float) -> str:
    """Seconds since the start as 0:07 or 1:02:07."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _thinned(values: F8) -> F8:
    """Means of equal groups, at most so many; a group with a gap is a gap."""
    group = -(-len(values) // _POINTS)
    whole = len(values) // group * group
    return np.asarray(values[:whole].reshape(-1, group).mean(axis=1))


def _runs(people: F8) -> list[slice]:
    """The stretches without a gap."""
    edges = np.flatnonzero(np.diff(np.r_[False, np.isfinite(people), False]))
    return [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
