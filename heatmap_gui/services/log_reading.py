"""The newest lines of the program's own logs, for whoever may read them: JSON objects, masked as they were written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from heatmap_gui.core.errors import NotFoundError
from heatmap_gui.logs import mask_values
from heatmap_gui.settings import LOG_LEVELS, Settings

LOGS = ("production", "api", "error")
_BLOCK = 1 << 16
_MOST_BYTES = 8 << 20  # that are looked at from the end, however few lines fit


def log_folder(settings: Settings) -> Path:
    """Where the logs are: beside log_file, or in the data folder."""
    return settings.home / "logs" if settings.log_file is None else settings.log_file.parent


def log_path(settings: Settings, log: str) -> Path:
    """Of LOGS; the one of production is called what log_file calls it."""
    if log == "production" and settings.log_file is not None:
        return settings.log_file
    return log_folder(settings) / f"{log}.log"


def severity(level: str) -> int:
    """More is more severe; what is no level is the most."""
    return (*LOG_LEVELS, "CRITICAL", level).index(level)


def tail(path: Path, limit: int, wanted: Callable[[Mapping[str, Any]], bool]) -> list[dict[str, Any]]:
    """The newest lines that are wanted, the newest first, at most `limit`. Raises NotFoundError without such a file."""
    try:
        return list(islice((line for line in _lines(path) if wanted(line)), limit))
    except OSError as error:
        raise NotFoundError(f"{path.name}: no such log is written here: {error.strerror}") from None


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Newest first; what is no JSON object, as when a line was cut by a full disk, is left out."""
    for raw in _raw_lines(path):
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if isinstance(line, dict):
            yield mask_values(line)


def _raw_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        at = file.seek(0, 2)
        last = max(0, at - _MOST_BYTES)
        rest = b""
        while at > last:
            size = min(_BLOCK, at - last)
            at -= size
            file.seek(at)
            first, *whole = (file.read(size) + rest).split(b"\n")
            yield from reversed(whole)
            rest = first
        if last == 0:
            yield rest
