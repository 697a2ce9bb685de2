"""`restore`: what `backup` wrote, put back once it is verified."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from heatmap_gui.services.secrets import resolve
from heatmap_gui.store.restore import restore

HELP = (
    "Put a backup back: the database where DATABASE_URL says (default: HEATMAP_HOME), site files and configuration "
    "into HEATMAP_HOME. Everything is verified first, and nothing is touched when anything is wrong."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to put back."""
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="what `heatmap backup` wrote")
    parser.add_argument("--force", action="store_true", help="replace what is there already")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    settings = args.settings
    manifest = restore(args.archive, resolve(settings.database_url), settings.home, force=args.force)
    if args.json:
        print(json.dumps(manifest))
        return 0
    print(f"restored: {len(manifest['files'])} files; site files and configuration lie in {settings.home}")
    for name in manifest["masked"]:
        print(f"to be filled in again: the secrets in {name}, where *** stands")
    print("needed as well: the SECRET_KEY, or the file secret.key, that was in force")
    return 0
