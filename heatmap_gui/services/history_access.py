"""The database of a configuration, for whoever looks at its history and runs no service."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from heatmap_gui.environment import load_settings
from heatmap_gui.services.catalog import read_configuration
from heatmap_gui.services.secrets import resolve
from heatmap_gui.store.database import Database, open_database


def open_history(config: Path, environ: Mapping[str, str]) -> Database:
    """The database that the configuration names, without any service of it. Raises InputError, UnavailableError."""
    if config.is_file():
        settings = read_configuration(config, environ, Path(".env")).settings
    else:
        settings = load_settings(environ, Path(".env"))
    return open_database(resolve(settings.database_url), settings.home)
