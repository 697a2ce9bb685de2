"""`--demo`: the demo store, measured from its three synthetic cameras, and held against its known truth."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from heatmap_gui.commands.measure import progress_bar, tell
from heatmap_gui.resources import resource
from heatmap_gui.services.measuring import Measurement, make_folder, measure
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.synthetic import write_truth

DURATION_S = 60.0
_FPS = 15.0


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    settings = args.settings
    site = load_site(resource("calibration_data") / "calibration_demo.json")
    out = make_folder(args.out or Path("out") / "demo")
    duration_s = args.duration or DURATION_S
    if not args.json:
        print(f"Measuring {duration_s:.0f} s of the demo store: three cameras, one floor.", file=sys.stderr)
    order = Measurement(
        site=site,
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
    if not args.json:
        people, seconds = len(set(truth.track_id.tolist())), len(truth.track_id) / _FPS
        print(f"truth: {people} people, {seconds:,.0f} person-seconds (in {out / 'truth'})")
    tell(summary, out, as_json=args.json)
    return 0
