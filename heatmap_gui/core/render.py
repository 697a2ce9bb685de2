"""The heat map as a picture: over the plan, with title, legend, unit, scale bar, and what nobody saw hatched."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from heatmap_gui.core.grid import Grid
from heatmap_gui.core.lettering import draw_text, text_width
from heatmap_gui.core.outlines import draw_line, draw_zone
from heatmap_gui.core.palette import (
    ALPHA_MAX,
    DIVERGING,
    Theme,
    bgr,
    colourise,
    colourise_difference,
    lookup,
    theme_of,
)
from heatmap_gui.core.site import PLAN, Floor, Line, Zone
from heatmap_gui.core.types import F4, F8, U1, Bool

_MAP_BOX = (1200, 860)  # px that the map is fitted into
_PAD, _HEAD, _LEGEND, _BAR = 24, 48, 136, 16
_TITLE, _TEXT = 13.0, 9.0  # px of a capital
_SHIFT = 3  # bits after the point of a px
_FINER = 1 << _SHIFT
_ARROW_PX, _SLOWEST = 26.0, 0.05  # of the fastest; slower than this part of it has no arrow
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What is drawn: values (rows, columns) of the grid, NaN where there is none; in `unit`.

    unseen: where nobody looked (hatched). full: the value of the last colour; None: a round one from the values.
    place: where values stand among the colours, 0 to 1; None: in proportion, from 0 to full. ticks: of the legend,
    value and place; empty: round steps to full. lines: outlines, each (n, 2); arrows (n, 4): x, y and velocity; floor
    units.
    """

    grid: Grid
    values: F8
    unit: str
    unseen: Bool | None = None
    full: float | None = None
    place: Callable[[F8], F8] | None = None
    ticks: Sequence[tuple[float, float]] = ()
    lines: Sequence[F8] = ()
    arrows: F8 | None = None


def draw_heatmap(
    layer: Layer,
    floor: Floor,
    plan: U1 | None = None,
    *,
    title: str = "Heat map",
    note: str = "",
    colormap: str = "ember",
    alpha: float = ALPHA_MAX,
    zones: Sequence[Zone] = (),
    lines: Sequence[Line] = (),
) -> U1:
    """The picture (height, width, 3) BGR in the colour map's theme. plan: the plan's picture, any size, BGR.

    note: a second, quieter line. Zones and lines drawn on the plan are outlined, others left out.
    """
    theme = theme_of(colormap)
    scale = min(_MAP_BOX[0] / floor.width_px, _MAP_BOX[1] / floor.height_px)
    size = max(1, round(floor.width_px * scale)), max(1, round(floor.height_px * scale))
    full = layer.full or full_scale(layer.values)
    body = np.full((size[1], size[0], 3), bgr(theme.floor), np.uint8)
    values, unseen = _on_plan(layer, floor, scale, size)
    _hatch(body, unseen, theme)
    shares = values / full if layer.place is None else layer.place(values)
    heat = (
        colourise_difference(2 * shares - 1, colormap) if colormap in DIVERGING else colourise(shares, colormap, alpha)
    )
    _blend(body, heat)
    if plan is not None:
        _blend(body, _drawing(plan, size, theme))
    for zone in zones:
        if zone.on == PLAN:
            draw_zone(body, zone.polygon * scale, zone.name, theme.zone(zone.type), theme)
    for line in lines:
        if line.on == PLAN:
            draw_line(body, line.a * scale, line.b * scale, line.in_side, line.name, theme)
    _draw_lines(body, layer, floor, scale, theme)
    height = max(size[1], 260)
    picture = np.empty((_HEAD + height + 2 * _PAD, size[0] + _LEGEND + 3 * _PAD, 3), np.uint8)
    picture[:] = bgr(theme.background)
    draw_text(picture, title, (_PAD, _PAD + 14), _TITLE, theme.text, bold=True)
    draw_text(picture, note, (_PAD, _PAD + 36), _TEXT, theme.text_secondary)
    top = _PAD + _HEAD
    picture[top : top + size[1], _PAD : _PAD + size[0]] = body
    cv2.rectangle(picture, (_PAD - 1, top - 1), (_PAD + size[0], top + size[1]), bgr(theme.border))
    side = picture[top : top + height, 2 * _PAD + size[0] :]
    _legend(side, layer, full, colormap, theme)
    _scale_bar(side, floor, scale, theme)
    return picture


def _draw_lines(body: U1, layer: Layer, floor: Floor, scale: float, theme: Theme) -> None:
    """Outlines and arrows, each with a casing."""
    lines = [np.rint(floor.to_px(line) * scale * _FINER).astype(np.int32) for line in layer.lines]
    arrows = np.zeros((0, 4)) if layer.arrows is None else layer.arrows
    speeds = np.hypot(arrows[:, 2], arrows[:, 3])
    fastest = max(float(speeds.max(initial=0.0)), 1e-9)
    arrows = arrows[speeds > _SLOWEST * fastest]
    starts = floor.to_px(arrows[:, :2]) * scale
    ends = starts + arrows[:, 2:] * (_ARROW_PX / fastest)
    for colour, width in ((theme.casing, 4), (theme.text, 2)):
        cv2.polylines(body, lines, True, bgr(colour), width, cv2.LINE_AA, _SHIFT)
        for start, end in zip(np.rint(starts).astype(int).tolist(), np.rint(ends).astype(int).tolist(), strict=True):
            cv2.arrowedLine(body, start, end, bgr(colour), width, cv2.LINE_AA, tipLength=0.3)


def full_scale(values: F8) -> float:
    """A round value that all but the hottest half per cent of the warm cells stay below; 1 when all is cold."""
    warm = values[np.nan_to_num(values) > 0]
    return round_up(float(np.quantile(warm, 0.995))) if len(warm) else 1.0


def round_up(value: float) -> float:
    """The next 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _STEPS if value <= step * power * (1 + 1e-9))


def number(value: float) -> str:
    """A value for people: no needless digits, thousands grouped."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _drawing(plan: U1, size: tuple[int, int], theme: Theme) -> U1:
    """The plan in the theme's ink as BGRA: what differs from its median brightness shows, also on heat."""
    grey = cv2.cvtColor(cv2.resize(plan, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    counts = np.bincount(grey.ravel(), minlength=256).cumsum()
    paper = float(counts.searchsorted(grey.size / 2))  # np.median sorts, for twenty times as long
    strength = np.rint(255 * np.abs(np.arange(256) - paper) / max(paper, 255 - paper))
    inks = np.empty((256, 4), np.uint8)  # by the plan's brightness
    inks[:, :3], inks[:, 3] = bgr(theme.ink), strength
    return np.asarray(inks[grey])


def _on_plan(layer: Layer, floor: Floor, scale: float, size: tuple[int, int]) -> tuple[F8, Bool]:
    """values and unseen in px of the drawn plan: smooth among known cells, with the cells' own borders."""
    grid = layer.grid
    per_px = floor.units_per_px / scale / grid.cell
    origin = floor.to_px(np.array(grid.origin)) * scale
    to_cells = np.array([[per_px, 0, (0.5 - origin[0]) * per_px - 0.5], [0, per_px, (0.5 - origin[1]) * per_px - 0.5]])

    def warp(cells: F8 | Bool, interpolation: int) -> F4:
        flags, single = interpolation | cv2.WARP_INVERSE_MAP, cells.astype(np.float32)
        drawn = cv2.warpAffine(single, to_cells, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(drawn, np.float32)

    known = np.isfinite(layer.values)
    share = warp(known, cv2.INTER_CUBIC)
    values = warp(np.nan_to_num(layer.values), cv2.INTER_CUBIC) / np.where(share > 0, share, 1)
    unseen = np.zeros(grid.shape, np.bool_) if layer.unseen is None else layer.unseen
    return np.where(warp(known, cv2.INTER_NEAREST) > 0, values, np.nan), warp(unseen, cv2.INTER_NEAREST) > 0


def _hatch(picture: U1, where: Bool, theme: Theme) -> None:
    rows, columns = where.shape
    stripes = where & ((np.arange(rows)[:, None] + np.arange(columns)) % 8 == 0)
    picture[stripes] = bgr(theme.hatch)


def _blend(picture: U1, over: U1) -> None:
    share = over[..., 3].astype(np.float32) / np.float32(255)
    picture[:] = cv2.blendLinear(picture, cv2.cvtColor(over, cv2.COLOR_BGRA2BGR), 1 - share, share)


def _legend(side: U1, layer: Layer, full: float, colormap: str, theme: Theme) -> None:
    """Unit, colours with round ticks, and what the hatching means."""
    draw_text(side, layer.unit, (0, 10), _TEXT, theme.text, bold=True)
    top, bottom = 30, len(side) - 110
    ramp = lookup(colormap)[np.linspace(255, 0, bottom - top).astype(int)]
    side[top:bottom, :_BAR] = ramp[:, None]
    cv2.rectangle(side, (0, top), (_BAR - 1, bottom), bgr(theme.border))
    more = bool((np.nan_to_num(layer.values) > full).any())
    change = colormap in DIVERGING
    for value, place in layer.ticks or [(value, value / full) for value in ticks(full)]:
        y = round(bottom + (top - bottom) * place)
        cv2.line(side, (_BAR, y), (_BAR + 4, y), bgr(theme.text_secondary))
        sign = "+" if change and value > 0 else "≥ " if more and not change and value == full else ""
        draw_text(side, sign + number(value), (_BAR + 10, y + 4), _TEXT, theme.text_secondary)
    hatched = layer.unseen is not None and bool(layer.unseen.any())
    for text, there, hatches in (("not observed", hatched, True), ("no clear change", change, False)):
        if there:
            swatch = side[bottom + 22 : bottom + 36, :_BAR]
            swatch[:] = bgr(theme.floor)
            _hatch(swatch, np.full(swatch.shape[:2], hatches), theme)
            draw_text(side, text, (_BAR + 10, bottom + 33), _TEXT, theme.text_secondary)
            bottom += 22


def ticks(full: float) -> list[float]:
    """Round steps from 0 to full: five of them, or four where fifths would not be round."""
    count = 4 if round(full / 10 ** math.floor(math.log10(full)), 6) in (2.0, 8.0) else 5
    return [full * i / count for i in range(count + 1)]


def _scale_bar(side: U1, floor: Floor, scale: float, theme: Theme) -> None:
    """As long as a round length of the floor, next to the map's lower edge."""
    per_unit = scale / floor.units_per_px
    longest = (side.shape[1] - 8) / per_unit
    power = 10.0 ** math.floor(math.log10(longest))
    length = max(step * power for step in _STEPS if step * power <= longest)
    colour, y, end = bgr(theme.text_secondary), len(side) - 4, round(length * per_unit)
    for start, stop in (((0, y), (end, y)), ((0, y - 5), (0, y)), ((end, y - 5), (end, y))):
        cv2.line(side, start, stop, colour)
    text = f"{number(length)} {floor.unit}"
    draw_text(side, text, (max(0, (end - text_width(text, _TEXT)) // 2), y - 10), _TEXT, theme.text_secondary)
