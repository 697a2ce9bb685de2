"""The report: one self-contained page of a measurement, for people. No scripts, nothing loaded from anywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from heatmap_gui.core.palette import DARK, LIGHT, THEMED, Theme
from heatmap_gui.core.types import F8, Crossing, Visit
from heatmap_gui.services.chart import occupancy_chart
from heatmap_gui.store.files import write_atomically

_UNKNOWN = "\N{EN DASH}"
_CSS = """
:root{color-scheme:light dark;%(light)s}
@media (prefers-color-scheme:dark){:root{%(dark)s}}
*{box-sizing:border-box}
body{margin:0;padding:24px;background:var(--background);color:var(--text);
font:13px/18px Inter,"Segoe UI","Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:auto;display:grid;gap:16px}
h1{font-size:20px;line-height:26px;margin:0}h2{font-size:15px;line-height:20px;margin:0 0 8px}
p{margin:0}.quiet{color:var(--text-secondary)}
section{background:var(--surface);border:1px solid var(--border);border-radius:8px;padding:16px;overflow-x:auto}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:8px}
.figure{font-size:28px;line-height:34px;font-weight:600}
.notice{border-left:3px solid var(--warn);background:var(--warn-background)}
img{display:block;max-width:100%%;height:auto;border-radius:4px}
table{border-collapse:collapse;width:100%%}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--border);text-align:right;white-space:nowrap}
th{color:var(--text-secondary);font-weight:500}th:first-child,td:first-child{text-align:left}
tr:last-child td{border-bottom:0}
svg{display:block;width:100%%;height:auto}svg text{fill:var(--text-secondary);font-size:11px}
.grid{stroke:var(--border)}.area{fill:var(--accent);opacity:.25}.curve{fill:none;stroke:var(--accent);stroke-width:1.5}
@media print{body{padding:0}section{break-inside:avoid}}
"""


@dataclass(frozen=True, slots=True, eq=False)
class Occupancy:
    """How many people were there: t_s (n,) from the first frame, each second; people (n,), NaN: not measured."""

    t_s: F8
    people: F8


def write_report(
    path: Path,
    summary: Mapping[str, Any],
    heatmaps: Mapping[str, bytes],
    occupancy: Occupancy,
    visits: Sequence[Visit],
    crossings: Sequence[Crossing],
) -> None:
    """Writes the page, whole or not at all. summary: as in summary.json; what it leaves out is left out here.

    heatmaps: the picture as PNG in each of palette.THEMED.
    """
    title = f"{summary.get('store_name') or 'Measurement'}: what was measured"
    css = _CSS % {"light": _variables(LIGHT), "dark": _variables(DARK)}
    dark, light = (f"data:image/png;base64,{base64.b64encode(heatmaps[name]).decode()}" for name in THEMED)
    parts = [
        f"<header><h1>{escape(title)}</h1><p class=quiet>{_extent(occupancy)}</p></header>",
        *(f'<section class="notice"><p>{escape(text)}</p></section>' for text in _notices(summary)),
        _cards(summary, visits, occupancy),
        '<section><h2>Heat map</h2><picture><source media="(prefers-color-scheme:dark)" '
        f'srcset="{dark}"><img alt="Heat map of the floor" src="{light}"></picture></section>',
        f"<section><h2>People at once</h2>{occupancy_chart(occupancy.t_s, occupancy.people)}</section>",
        _section("Zones", ("zone", "visits", "people", "mean stay", "longest stay", "time"), _zones(summary, visits)),
        _section("Lines", ("line", "in", "out", "in less out"), _lines(summary, crossings)),
        _section("Cameras", ("camera", "frames", "skipped", "frames a second", "observed"), _cameras(summary)),
        _section("How", ("what", "value"), _how(summary)),
    ]
    body = "\n".join(part for part in parts if part)
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
        f"<style>{css}</style></head><body><main>\n{body}\n</main></body></html>\n"
    )
    write_atomically(path, page.encode())


def _variables(theme: Theme) -> str:
    names = ("background", "surface", "border", "text", "text_secondary", "accent", "warn", "warn_background")
    return ";".join(f"--{name.replace('_', '-')}:#{getattr(theme, name)}" for name in names)


def _extent(occupancy: Occupancy) -> str:
    return f"{_duration(float(len(occupancy.t_s)))} measured" if len(occupancy.t_s) else ""


def _notices(summary: Mapping[str, Any]) -> Iterable[str]:
    if summary.get("partial"):
        yield "Partial: this was not measured to its end. The numbers hold for what was measured."
    if summary.get("model") == "motion":
        yield (
            "No model: people were found by motion alone. Who stands still for long, or walks in a group, is counted "
            "less surely; models fetch brings a model."
        )
    yield from map(str, summary.get("warnings", ()))


def _cards(summary: Mapping[str, Any], visits: Sequence[Visit], occupancy: Occupancy) -> str:
    most = np.nanmax(occupancy.people) if np.isfinite(occupancy.people).any() else None
    cards = [
        ("People", _count(summary.get("people")), ""),
        ("Time on the floor", _count(summary.get("person_seconds")), "person-seconds"),
        ("Most at once", _count(most), ""),
        ("Visits to zones", _count(len(visits)), ""),
    ]
    return '<div class="cards">' + "".join(
        f'<section><p class="quiet">{name}</p><p><span class="figure">{figure}</span> {unit}</p></section>'
        for name, figure, unit in cards
    ) + "</div>"  # fmt: skip


def _zones(summary: Mapping[str, Any], visits: Sequence[Visit]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for zone, name in _names(summary, "zones", (visit.zone_id for visit in visits)).items():
        stays = np.array([visit.dwell_s for visit in visits if visit.zone_id == zone])
        people = len({visit.track_id for visit in visits if visit.zone_id == zone})
        mean, longest = (_duration(stays.mean()), _duration(stays.max())) if len(stays) else (_UNKNOWN, _UNKNOWN)
        rows.append((name, _count(len(stays)), _count(people), mean, longest, _duration(float(stays.sum()))))
    return rows


def _lines(summary: Mapping[str, Any], crossings: Sequence[Crossing]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for line, name in _names(summary, "lines", (crossing.line_id for crossing in crossings)).items():
        way = [crossing.direction for crossing in crossings if crossing.line_id == line]
        came, went = way.count("in"), way.count("out")
        rows.append((name, _count(came), _count(went), f"{came - went:+,}".replace("-", "\N{MINUS SIGN}")))
    return rows


def _cameras(summary: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            name,
            _count(camera.get("processed")),
            _count(camera.get("skipped")),
            f"{camera['fps']:.1f}" if camera.get("fps") is not None else _UNKNOWN,
            _duration(float(camera["exposed_s"])) if camera.get("exposed_s") is not None else _UNKNOWN,
        )
        for name, camera in summary.get("cameras", {}).items()
    ]


def _how(summary: Mapping[str, Any]) -> list[tuple[str, ...]]:
    known = [
        (key, summary[key]) for key in ("model", "device", "precision", "site_hash") if summary.get(key, "-") != "-"
    ]
    return [(key.replace("_", " "), str(value)) for key, value in (*known, *summary.get("versions", {}).items())]


def _names(summary: Mapping[str, Any], key: str, found: Iterable[str]) -> dict[str, str]:
    """Id to name: those of the summary first, with or without a result."""
    listed = {i: str(entry.get("name") or i) for i, entry in summary.get(key, {}).items()}
    return listed | {i: i for i in found if i not in listed}


def _section(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    header = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<section><h2>{title}</h2><table><thead><tr>{header}</tr></thead><tbody>{lines}</tbody></table></section>"


def _count(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:,.0f}"


def _duration(seconds: float) -> str:
    """As people say it: 6.4 s, 37 s, 6 min 48 s, 2 h 5 min."""
    if 0 < seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, second = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {second} s" if minutes else f"{second} s"
    return f"{minutes // 60} h {minutes % 60} min"
