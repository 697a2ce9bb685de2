"""Where pictures come from. A new kind of source is a file here, a line in SCHEMES or in `_opener`, and a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Source
from heatmap_gui.vision.sources.address import Address
from heatmap_gui.vision.sources.files import open_file
from heatmap_gui.vision.sources.images import open_images
from heatmap_gui.vision.sources.network import open_network
from heatmap_gui.vision.sources.replay import open_replay
from heatmap_gui.vision.sources.webcam import open_webcam

Opener = Callable[[Address], Source]


def _open_synthetic(address: Address) -> Source:
    from heatmap_gui.vision.synthetic import open_synthetic  # drawn on demand: others need not load it

    return open_synthetic(address.camera, address.url)


SCHEMES: dict[str, Opener] = {
    "rtsp": open_network,
    "rtsps": open_network,
    "http": open_network,
    "https": open_network,
    "mot": open_replay,
    "synthetic": _open_synthetic,
}


def open_source(camera_id: str, url: str, *, keyframes_only: bool = False) -> Source:
    """The source that `url` names, opened.

    url: a video or GIF, a folder of images (`?fps=`, else 25), rtsp://, rtsps://, http(s)://, a webcam's number,
    `synthetic:NAME?seed=1`, `mot:det.txt?fps=&width=&height=`.
    Raises InputError where there is nothing to read, UnavailableError where a camera does not answer.
    """
    address = Address(camera_id, url.strip(), keyframes_only)
    return _opener(address)(address)


def _opener(address: Address) -> Opener:
    url = address.url
    if not url:
        raise InputError(f"camera {address.camera}: no source; give a video, a folder of images, rtsp://… or a number")
    if url.isdecimal():
        return open_webcam
    scheme, colon, _ = url.partition(":")
    if colon and scheme.lower() in SCHEMES:
        return SCHEMES[scheme.lower()]
    if "://" in url:
        raise InputError(f"{address.shown}: unknown kind of source; known are {', '.join(SCHEMES)} and files")
    if Path(url).is_dir() or Path(url.partition("?")[0]).is_dir():
        return open_images
    return open_file
