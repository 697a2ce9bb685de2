"""A site as JSON that any other host can measure with: geometry and all, secrets sealed or as references."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.services.secrets import SEALED, Seal, hide_address

_ADDRESSES = ("rtsp_url", "detect_url")


def site_document(site: Site, seal: Seal) -> dict[str, Any]:
    """The site's own document, where its relative paths start, and the matrix of each calibrated camera."""
    return {
        "store": site.name,
        "path": str(site.path.absolute()) if site.path else "",
        "hash": site.hash,
        "document": seal_addresses(site.document, seal),
        "matrices": {
            f"camera_{camera.id}": {"matrix": camera.calibration.matrix.tolist()}
            for camera in site.cameras
            if camera.calibration is not None
        },
    }


def site_from_document(snapshot: Mapping[str, Any], seal: Seal) -> Site:
    """The site of a snapshot, the addresses of its cameras opened; its `document` stays sealed.

    Raises InputError when it is none, or was sealed with another key.
    """
    root = Node(dict(snapshot), "", "site snapshot")
    store, path = root.need("store", "a text").text(), root.need("path", "a text").text()
    document = root.need("document", "an object {…}")
    if not isinstance(document.value, dict):
        document.refuse("an object {…}")
    opened = _with_addresses(document.value, seal.open)
    hide_addresses(opened)
    site = read_site(opened, Path(path or f"calibration_{store}.json"), {"matrices": snapshot.get("matrices", {})})
    if site.hash != snapshot.get("hash"):
        raise InputError(f"site snapshot of {store}: its geometry is not what it was made with: make the job anew")
    return replace(site, name=store, document=document.value)


def seal_addresses(document: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
    """A site's document as it may be written down."""
    return _with_addresses(document, seal.keep_address)


def open_addresses(site: Site, seal: Seal) -> Site:
    """The site, with those addresses of its cameras opened that its file has sealed.

    Raises InputError when they were sealed with another key.
    """

    def opened(url: str) -> str:
        return hide_address(seal.open(url)) if url.startswith(SEALED) else url

    cameras = (replace(c, url=opened(c.url), detect_url=c.detect_url and opened(c.detect_url)) for c in site.cameras)
    return replace(site, cameras=tuple(cameras))


def hide_addresses(document: Mapping[str, Any]) -> None:
    """From now on no log shows the passwords of a site's cameras."""
    _with_addresses(document, hide_address)


def _with_addresses(document: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    changed = copy.deepcopy(dict(document))
    for camera in changed.get("cameras", ()):
        for key in _ADDRESSES:
            if isinstance(camera.get(key), str):
                camera[key] = change(camera[key])
    return changed
