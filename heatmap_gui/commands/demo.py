"""`--demo` without a window: one measurement of the demo store, held against its known truth."""

from __future__ import annotations

import argparse
import sys

from heatmap_gui.commands.measure import progress_bar, tell
from heatmap_gui.services.demo import demo_order, measure_demo


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    order = demo_order(args.settings, args.duration, args.out, every_frame=args.every_frame)
    if not args.json:
        print(f"Measuring {order.duration_s:.0f} s of the demo store: three cameras, one floor.", file=sys.stderr)
    with progress_bar(quiet=args.json) as bar:
        summary = measure_demo(order, bar)
    if not args.json:
        truth = summary["truth"]
        seconds = truth["person_seconds"]
        print(f"truth: {truth['people']} people, {seconds:,.0f} person-seconds (in {order.out / 'truth'})")
    tell(summary, order.out, as_json=args.json)
    return 0
