"""Site files on disk: which one is a store's newest, and reading one with what belongs to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from heatmap_gui.core import document
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site, site_name


def find_site(folder: Path, store: str) -> Path:
    """The newest site file of a store, by metadata.created_at; a file that cannot be read passes for the newest.

    Raises InputError when the folder has none.
    """
    named = re.compile(rf"calibration_{re.escape(store)}(_\d{{8}}_\d{{6}})?\.json")
    files = [path for path in sorted(folder.glob("calibration_*.json")) if named.fullmatch(path.name)]
    if not files:
        raise InputError(f"{folder}: no site file calibration_{store}.json there: check the store's name")
    return max(files, key=_created_at)


def load_site(path: Path) -> Site:
    """Read a site file and, for cameras without a matrix, homography_matrices_<store>.json beside it.

    Raises InputError in one line for whatever is wrong with them.
    """
    root = read_document(path)
    matrices = path.parent / f"homography_matrices_{site_name(root, path)}.json"
    return read_site(root.value, path, read_document(matrices).value if matrices.is_file() else None)


def read_document(path: Path) -> Node:
    """The root of a JSON file. Raises InputError when it cannot be read or is no JSON."""
    try:
        return document.parse(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file: check the path") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not a text in UTF-8 (byte {error.start}): this file is to be JSON") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}: check the path and its permissions") from None


def _created_at(path: Path) -> datetime:
    try:
        metadata = read_document(path).get("metadata")
        created = metadata and metadata.get("created_at")
        at = datetime.fromisoformat(created.text()) if created else datetime.min
    except (InputError, ValueError):
        return datetime.max  # better refused in words than silently passed over for an older one
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
