"""Where the files that come with the program lie: model cards, icons, the demo store."""

from __future__ import annotations

from pathlib import Path

from heatmap_gui.core.errors import UnavailableError

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"  # in a wheel and in a frozen program; a checkout has the folders beside the package


def resource(path: str) -> Path:
    """The file or folder at `path` ("resources/models", "calibration_data"). Raises UnavailableError without it."""
    found = (_SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent) / path
    if not found.exists():
        raise UnavailableError(f"{path} is missing from this installation ({found}): install the program again")
    return found
