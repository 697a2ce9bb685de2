"""`erase`: what was measured in a store, forgotten for a range of time."""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime

from heatmap_gui.services.audit import local_user
from heatmap_gui.services.secrets import resolve
from heatmap_gui.store.database import open_database
from heatmap_gui.store.retention import erase

HELP = (
    "Delete what was measured in a store from one time to another: tracks, heat maps, visits, crossings, alerts and "
    "what was delivered of them. The audit notes who did it. Backups that were made before still hold it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose, and from when to when."""
    parser.add_argument("--store", required=True, metavar="NAME", help="the store")
    parser.add_argument("--from", required=True, type=_time, dest="start", metavar="ISO", help="2026-01-31T08:00+01:00")
    parser.add_argument("--to", required=True, type=_time, dest="end", metavar="ISO", help="not part of it any more")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    database = open_database(resolve(args.settings.database_url), args.settings.home)
    try:
        gone = erase(database, args.store, args.start, args.end, local_user(), time.time())
    finally:
        database.close()
    print(json.dumps(gone) if args.json else "erased: " + ", ".join(f"{count} {name}" for name, count in gone.items()))
    return 0


def _time(text: str) -> float:
    """Unix time; without an offset it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-01-31T08:00+01:00") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
