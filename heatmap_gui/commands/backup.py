"""`backup`: one archive of the database, the site files and the configuration, while services go on."""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from heatmap_gui.services.catalog import read_configuration
from heatmap_gui.services.secrets import resolve
from heatmap_gui.settings import Settings
from heatmap_gui.store.backup import backup
from heatmap_gui.store.database import open_database

HELP = (
    "Write the database, the site files and the configuration into one archive, while services go on. It holds no "
    "secrets: keep SECRET_KEY, or secret.key of the data folder, elsewhere; without it sealed texts stay closed."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What goes in, and where it goes."""
    parser.add_argument("--config", type=Path, metavar="F", help="production_config.json: it, and what it names")
    parser.add_argument("--out", type=Path, metavar="F", help="the archive (default: heatmap-TIME.tar.gz here)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0; errors are raised."""
    now = time.time()
    target = args.out or Path(time.strftime("heatmap-%Y%m%d-%H%M%S.tar.gz", time.gmtime(now)))
    settings = read_configuration(args.config, os.environ, Path(".env")).settings if args.config else args.settings
    database = open_database(resolve(settings.database_url), settings.home)
    try:
        manifest = backup(database, _files(settings, args.config), target, now)
    finally:
        database.close()
    if args.json:
        print(json.dumps({"archive": str(target), **manifest}))
        return 0
    print(f"written: {target} ({target.stat().st_size / 1e6:.1f} MB, {len(manifest['files'])} files)")
    print("not in it: SECRET_KEY and secret.key: keep them elsewhere")
    for name in manifest["masked"]:
        print(f"not in it: the secrets that are written out in {name}: *** stands for them")
    return 0


def _files(settings: Settings, config: Path | None) -> dict[str, Path]:
    """What there is besides the database, by its name in the archive."""
    folder = settings.calibration_dir
    found = {f"calibration_data/{path.relative_to(folder).as_posix()}": path for path in sorted(folder.rglob("*"))}
    single = (config, settings.cameras_file, settings.rois_file, settings.services_file)
    found |= {f"config/{path.name}": path for path in single if path is not None}
    return {name: path for name, path in found.items() if path.is_file()}
