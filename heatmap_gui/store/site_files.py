"""Site files on disk, JSON and YAML: which one is a store's newest, and reading one with what belongs to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from heatmap_gui.core import document
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import measurable, read_site, site_name
from heatmap_gui.core.site_rois import read_camera_site
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.yaml_text import parse_yaml

_YAML = (".yaml", ".yml")
_LARGEST_YAML = 4 << 20  # bytes: thousands of cameras, read in seconds
_LARGEST_SITE = 32 << 20


def find_site(folder: Path, store: str) -> Path:
    """The newest site file of a store, by metadata.created_at; a file that cannot be read passes for the newest.

    Raises InputError when the folder has none.
    """
    named = re.compile(rf"calibration_{re.escape(store)}(_\d{{8}}_\d{{6}})?\.json")
    files = [path for path in sorted(folder.glob("calibration_*.json")) if named.fullmatch(path.name)]
    if not files:
        raise InputError(f"{folder}: no site file calibration_{store}.json there: check the store's name")
    return max(files, key=_created_at)


def store_of(path: Path) -> str:
    """Whose a site file is, by its name."""
    return re.sub(r"_\d{8}_\d{6}$", "", path.stem).removeprefix("calibration_")


def load_site(path: Path) -> Site:
    """Read a site file, or a cameras.yaml, each with what stands beside it.

    That is homography_matrices_<store>.json for cameras without a matrix; for a YAML file rois.yaml.
    Raises InputError in one line for whatever is wrong with them, and for a site without cameras.
    """
    if path.suffix.lower() in _YAML:
        beside = (path.with_name(f"rois{suffix}") for suffix in _YAML)
        return load_yaml_site(path, next((rois for rois in beside if rois.is_file()), None))
    document, matrices = read_parts(path)
    return measurable(read_site(document, path, matrices), path.name)


def read_parts(path: Path) -> tuple[Any, Any]:
    """A JSON site file, and the matrices file beside it (None: there is none), as they are written."""
    root = read_document(path, _LARGEST_SITE)
    matrices = path.parent / f"homography_matrices_{site_name(root, path)}.json"
    return root.value, read_document(matrices, _LARGEST_SITE).value if matrices.is_file() else None


def load_yaml_site(cameras_file: Path, rois_file: Path | None) -> Site:
    """Read cameras and their forbidden ROIs. Raises InputError in one line for whatever is wrong with them."""
    cameras = read_document(cameras_file)
    return read_camera_site(cameras, read_document(rois_file) if rois_file else None, cameras_file)


def read_document(path: Path, largest: int | None = None) -> Node:
    """The root of a JSON file, or of one whose name ends in .yaml or .yml.

    Raises InputError when it cannot be read or is none. A file of more than `largest` bytes is not read, nor a YAML
    file of more than 4 MiB.
    """
    is_yaml = path.suffix.lower() in _YAML
    try:
        most = _LARGEST_YAML if is_yaml else largest
        if most is not None and (size := path.stat().st_size) > most:
            raise InputError(
                f"{path}: {size / 2**20:.0f} MiB, more than the {most >> 20} MiB that are read: shorten it"
            )
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file: check the path") from None
    except UnicodeDecodeError as error:
        line, form = error.object.count(b"\n", 0, error.start) + 1, "YAML" if is_yaml else "JSON"
        raise InputError(
            f"{path}: not a text in UTF-8 (line {line}): this file is to be {form}, saved as UTF-8"
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}: check the path and its permissions") from None
    return (parse_yaml if is_yaml else document.parse)(text, path.name)


def _created_at(path: Path) -> datetime:
    try:
        metadata = read_document(path, _LARGEST_SITE).get("metadata")
        created = metadata and metadata.get("created_at")
        at = datetime.fromisoformat(created.text()) if created else datetime.min
    except (InputError, ValueError):
        return datetime.max  # better refused in words than silently passed over for an older one
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at


def versions(path: Path) -> list[Path]:
    """What a site file said before, the newest first."""
    kept = re.compile(rf"{re.escape(path.stem)}_\d{{8}}_\d{{6}}(_\d+)?\.json")
    folder = path.parent / "versions"
    return sorted((file for file in folder.glob("*.json") if kept.fullmatch(file.name)), reverse=True)


def keep_version(path: Path) -> Path | None:
    """Copy a site file into `versions/` beside it, named by when it was written -> the copy; None without a file.

    Raises InputError and UnavailableError when it cannot be written.
    """
    try:
        content, written = path.read_bytes(), path.stat().st_mtime
    except OSError:
        return None
    folder = path.parent / "versions"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror}: check the folder's permissions") from None
    stem = f"{path.stem}_{datetime.fromtimestamp(written, UTC):%Y%m%d_%H%M%S}"
    for number in count():
        copy = folder / (f"{stem}_{number}.json" if number else f"{stem}.json")
        if not copy.exists():
            write_atomically(copy, content)
            return copy
        if copy.read_bytes() == content:
            return copy
    return None
