"""`bench`: how fast this program is on this machine, and how fast the plain way or another program is."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from heatmap_gui.bench.timing import Entry
from heatmap_gui.core.errors import UnavailableError

HELP = (
    "Measure this program against the plain way of doing the same, both in one run and in turn. Some lines need other "
    "people's material, a folder with data/ and models/: --data, or HEATMAP_TEST_DATA. Exit status 0, whoever wins."
)
NAMES = (
    *("measure", "overhead", "tracker", "letterbox", "accumulate", "idle"),
    *("store-sqlite", "store-postgresql", "heatmap-range", "cameras", "webhooks", "jobs"),
    *("heat-year", "repaint", "start", "ingest", "api"),
)
_TRACKER_GOALS = {50: 7.0, 100: 9.0, 200: 10.0}
_HEAD = f"{'':<26} {'ours ms':>9} {'theirs ms':>10} {'ratio':>8} {'goal':>8}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, and on what."""
    parser.add_argument("--only", type=_names, default=NAMES, metavar="NAME,...", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="material: a folder with data/ and models/")
    parser.add_argument("--model", type=Path, metavar="FILE", help="weights (.onnx) for the measurements")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    entries = []
    if not args.json:
        print(_HEAD, flush=True)
    for entry in _entries(_plan(args), args.only):
        entries.append(entry)
        if not args.json:
            print(_line(entry), flush=True)
    if args.json:
        print(json.dumps({"machine": _machine(), "entries": [_plain(entry) for entry in entries]}))
    return 0


def _plan(args: argparse.Namespace) -> dict[str, Callable[[], Iterable[Entry]]]:
    """Each name's entries; what they need is imported when they are asked for."""
    from heatmap_gui.bench import (
        api_load,
        cameras,
        floors,
        histories,
        ingest,
        jobs,
        measurements,
        pictures,
        repaint,
        start,
        webhooks,
        years,
    )
    from heatmap_gui.bench.material import Material

    said = os.environ.get("HEATMAP_TEST_DATA")
    material = Material(args.data or (Path(said) if said else None), args.model)
    models_dir = args.settings.home / "models"
    return {
        "measure": partial(measurements.against_ultralytics, material, models_dir, (1.25, 3.0)),
        "overhead": partial(measurements.overhead, material, models_dir, 1.10),
        "tracker": lambda: (entry for n, goal in _TRACKER_GOALS.items() for entry in floors.tracker(n, goal)),
        "letterbox": partial(pictures.letterbox, 40.0),
        "accumulate": partial(floors.accumulate, 15.0),
        "idle": lambda: pictures.idle(material.clip, 10.0),
        "store-sqlite": partial(histories.sqlite, 300.0),
        "store-postgresql": partial(histories.on_postgresql, 20.0),
        "cameras": lambda: cameras.failures(material.folder),
        "heatmap-range": partial(histories.heatmap_range, (50.0, 1000.0)),
        "jobs": partial(jobs.no_ops, {"rq": 100.0, "dramatiq": 5.0}),
        "webhooks": partial(webhooks.webhooks, 7.0, 0.05),
        "heat-year": partial(years.heat_year, (50.0, 10.0)),
        "repaint": partial(repaint.repaint, 50.0, 2.5),
        "start": partial(start.start, 3.0, 2.0),
        "ingest": partial(ingest.ingest_batch, 5.0),
        "api": partial(api_load.api, (10.0, 2.0)),
    }


def _entries(plan: dict[str, Callable[[], Iterable[Entry]]], names: Iterable[str]) -> Iterator[Entry]:
    """One line for what cannot be measured here."""
    for name in names:
        try:
            yield from plan[name]()
        except UnavailableError as missing:
            yield Entry(name=name, goal=0.0, skipped=missing.message)


def _line(entry: Entry) -> str:
    if entry.ratio is None:
        return f"{entry.name:<26} skipped: {entry.skipped}"
    sign = "<=" if entry.at_most else ">="
    verdict = "ok" if entry.ok else "missed: worse scores" if entry.worse else "missed"
    figures = f"{entry.ours_ms:9.3f} {entry.theirs_ms:10.3f} {entry.ratio:7.2f}x {sign}{entry.goal:5.2f}x"
    scores = entry.details.get("scores", {})
    more = "".join(f" | {side} {' '.join(f'{k} {v}' for k, v in s.items())}" for side, s in scores.items() if s)
    return f"{entry.name:<26} {figures} {verdict} | {entry.note}{more}"


def _plain(entry: Entry) -> dict[str, Any]:
    values = {key: round(v, 4) if isinstance(v, float) else v for key, v in asdict(entry).items()}
    return {**values, "ok": entry.ok}


def _machine() -> dict[str, Any]:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"cores": os.cpu_count(), "machine": platform.machine(), "system": platform.system(), "load": load}


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in NAMES:
            raise argparse.ArgumentTypeError(f"there is no {name!r}: known are {', '.join(NAMES)}")
    return names
