"""`--demo`: the demo store, measured from its three synthetic cameras, and held against its known truth.

Where there is a display the report opens at the end.
"""

from __future__ import annotations

import argparse
import sys
import webbrowser
from dataclasses import replace
from pathlib import Path

from heatmap_gui.commands.measure import progress_bar, tell
from heatmap_gui.core.errors import InputError
from heatmap_gui.resources import resource
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.measuring import measure
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.synthetic import write_truth
from heatmap_gui.vision.synthetic.source import LONGEST_S

DURATION_S = 60.0
_FPS = 15.0


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    settings = args.settings
    site = load_site(resource("calibration_data") / "calibration_demo.json")
    out = args.out or Path("out") / "demo"
    duration_s = DURATION_S if args.duration is None else args.duration
    if not 0 < duration_s <= LONGEST_S:
        raise InputError(f"--duration {duration_s:g}: choose more than 0 s, at most {LONGEST_S:.0f} s")
    if not args.json:
        print(f"Measuring {duration_s:.0f} s of the demo store: three cameras, one floor.", file=sys.stderr)
    cameras = tuple(replace(c, url=f"{c.url}&fps={_FPS:g}&duration_s={duration_s}") for c in site.cameras)
    order = Measurement(
        site=replace(site, cameras=cameras),
        out=out,
        duration_s=duration_s,
        model=settings.model,
        device=settings.device,
        models_dir=settings.home / "models",
        confidence=settings.confidence,
        frame_skip=1 if args.every_frame else 3,
    )
    with progress_bar(quiet=args.json) as bar:
        summary = measure(order, bar)
    truth = write_truth(out / "truth", "store", 1, duration_s, _FPS)
    people, seconds = len(set(truth.track_id.tolist())), len(truth.track_id) / _FPS
    if not args.json:
        print(f"truth: {people} people, {seconds:,.0f} person-seconds (in {out / 'truth'})")
    tell(summary | {"truth": {"people": people, "person_seconds": round(seconds, 3)}}, out, as_json=args.json)
    if not (args.headless or args.json):
        webbrowser.open((out / "report.html").absolute().as_uri())
    return 0
