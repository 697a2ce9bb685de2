"""`measure`: one measurement now, from video to a folder of results."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from heatmap_gui.commands.wording import count
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.services.alerting import AlertLines
from heatmap_gui.services.measurement import Measurement, Progress, bare_site
from heatmap_gui.services.measuring import measure
from heatmap_gui.store.site_files import load_site

HELP = (
    "Measure who was where on the floor, for how long, and how many, in files or live cameras, and write a folder of "
    "tables, pictures and a report. A URL is a video, a GIF, a folder of images, rtsp://..., a webcam's number, "
    "synthetic:NAME?seed=1, or mot:det.txt?fps=25&width=1920&height=1080."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to measure, with what, for how long, and where the results go."""
    parser.add_argument("--site", type=Path, metavar="SITE.json", help="plan, calibrated cameras, zones and lines")
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="[CAMERA=]URL",
        help="pictures, instead of the site's",
    )
    parser.add_argument("--start", type=_moment, metavar="ISO", help="time of the first frame (1970-01-01T00:00:00Z)")
    parser.add_argument("--duration", type=_positive, metavar="S", help="seconds to measure (until the end)")
    parser.add_argument("--model", help="a model card's name or file, or motion (the best one there is)")
    parser.add_argument("--device", help="where the model runs: auto, cpu, cuda:0, openvino:GPU, ... (auto)")
    parser.add_argument("--confidence", type=_share, metavar="C", help="detections below are not reported (0.5)")
    parser.add_argument("--frame-skip", type=_count, default=1, metavar="N", help="take every Nth frame (1: all)")
    parser.add_argument("--classes", type=_names, metavar="person,car,...", help="what to look for (people, vehicles)")
    parser.add_argument("--realtime", action="store_true", help="pace files as if they were live cameras")
    parser.add_argument("--alerts", action="store_true", help="print alerts of forbidden zones as JSON lines")
    parser.add_argument("--annotate", action="store_true", help="write annotated_<camera>.mp4 too")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    settings = args.settings
    order = Measurement(
        site=_site(args.site, args.source),
        out=args.out,
        start=args.start,
        duration_s=args.duration,
        model=args.model or settings.model,
        device=args.device or settings.device,
        models_dir=settings.home / "models",
        confidence=args.confidence or settings.confidence,
        frame_skip=args.frame_skip,
        classes=args.classes,
        realtime=args.realtime,
        annotate=args.annotate,
    )
    lines = AlertLines(order.site, sys.stdout, debounce_s=settings.debounce_s)
    with progress_bar(quiet=args.json) as bar:
        summary = measure(order, bar, lines.show if args.alerts else None)
    with redirect_stdout(sys.stderr if args.alerts and not args.json else sys.stdout):  # where alerts are, JSON alone
        tell(summary, order.out, as_json=args.json)
    return 0


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Any]:
    """What takes Progress and shows it on a terminal."""
    with tqdm(total=100, unit="%", disable=True if quiet else None, bar_format=_BAR, leave=False) as bar:

        def show(progress: Progress) -> None:
            bar.set_description_str(f"{progress.frames} frames")
            if progress.share is not None:
                bar.n = round(100 * progress.share, 1)
            bar.refresh()

        yield show


_BAR = "measuring |{bar:30}| {n:.0f} % {desc}, {remaining} left"


def tell(summary: dict[str, Any], out: Path, *, as_json: bool) -> None:
    """The summary: one JSON object, or some lines for people; warnings on standard error."""
    for warning in summary["warnings"]:
        print(f"heatmap: warning: {warning}", file=sys.stderr)
    if as_json:
        print(json.dumps({**summary, "out": str(out)}))
        return
    people, seconds = count(summary["people"], "person", "people"), summary["person_seconds"]
    vehicles = f", {count(summary['vehicles'], 'vehicle')}" if summary["vehicles"] else ""
    print(f"{people}, {seconds:,.0f} person-seconds{vehicles} on the floor of {summary['store_name']}")
    for zone in summary["zones"].values():
        visits, mean_s = count(zone["visits"], "visit"), zone["mean_dwell_s"]
        stay = f", {mean_s:.1f} s each" if mean_s is not None else ""
        print(f"  zone {zone['name']}: {visits} by {count(zone['people'], 'person', 'people')}{stay}")
    for line in summary["lines"].values():
        print(f"  line {line['name']}: {line['in']} in, {line['out']} out")
    cameras = summary["cameras"]
    skipped = sum(camera["skipped"] for camera in cameras.values())
    frames = count(sum(camera["processed"] for camera in cameras.values()), "frame")
    by = summary["model"] if summary["device"] == "-" else f"{summary['model']} ({summary['device']})"
    print(f"  {frames} of {count(len(cameras), 'camera')}, {skipped:,} skipped; by {by}")
    if summary["model"] == "motion":
        print("  People were found by motion, without a model: heatmap models fetch yolox_tiny gets one.")
    print(f"heat map: {out / 'heatmap.png'}")
    print(f"report:   {out / 'report.html'}")


def _site(path: Path | None, sources: list[str]) -> Site:
    urls = dict(_source(text, number) for number, text in enumerate(sources, start=1))
    if len(urls) < len(sources):
        raise InputError("--source names a camera twice: write CAMERA=URL, each camera once")
    if path is None:
        if not urls:
            raise InputError("nothing to measure: give --site SITE.json, --source URL, or both")
        return bare_site({camera: _from_here(url) for camera, url in urls.items()})
    site = load_site(path)
    known = {camera.id for camera in site.cameras}
    if unknown := urls.keys() - known:
        raise InputError(f"--source {', '.join(sorted(unknown))}: {path} has cameras {', '.join(sorted(known))}")
    if not urls:
        return site
    cameras = [
        replace(c, url=_from_here(urls[c.id]), detect_url=None, enabled=True) for c in site.cameras if c.id in urls
    ]
    return replace(site, cameras=tuple(cameras))


def _source(text: str, number: int) -> tuple[str, str]:
    """[CAMERA=]URL. An '=' belongs to the URL where what stands before it is no camera's id."""
    camera, equals, url = text.partition("=")
    if equals and camera and all(c.isalnum() or c in "_-" for c in camera):
        return camera, url
    return str(number), text


def _from_here(url: str) -> str:
    """Relative paths on the command line start at the working folder, not at the site file."""
    path = url.partition("?")[0]
    scheme, colon, rest = url.partition(":")
    if scheme == "mot" and colon:
        return f"mot:{Path(rest.partition('?')[0]).absolute()}{rest[len(rest.partition('?')[0]) :]}"
    if "://" in url or url.isdecimal() or (colon and scheme == "synthetic"):
        return url
    return f"{Path(path).absolute()}{url[len(path) :]}" if Path(path).is_dir() else str(Path(url).absolute())


def _moment(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write 2026-11-20T09:00:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _positive(text: str) -> float:
    value = _number(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return value


def _share(text: str) -> float:
    value = _number(text)
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0, at most 1")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("no class is named: write person,car")
    return names
