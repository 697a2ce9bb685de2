"""Where pictures come from. A new kind of source is a file here, a line in SCHEMES or in `_opener`, and a test.

A kind is imported when the first of it is opened.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import NamedTuple

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Source
from heatmap_gui.vision.sources.address import Address


class Opener(NamedTuple):
    """The function of an `Address` that opens a source."""

    module: str
    function: str

    def __call__(self, address: Address) -> Source:
        source: Source = getattr(importlib.import_module(self.module), self.function)(address)
        return source


_FILE = Opener("heatmap_gui.vision.sources.files", "open_file")
_IMAGES = Opener("heatmap_gui.vision.sources.images", "open_images")
_NETWORK = Opener("heatmap_gui.vision.sources.network", "open_network")
_WEBCAM = Opener("heatmap_gui.vision.sources.webcam", "open_webcam")
SCHEMES = {
    "rtsp": _NETWORK,
    "rtsps": _NETWORK,
    "http": _NETWORK,
    "https": _NETWORK,
    "mot": Opener("heatmap_gui.vision.sources.replay", "open_replay"),
    "synthetic": Opener("heatmap_gui.vision.sources.synthetic", "open_scene"),
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
        return _WEBCAM
    scheme, colon, _ = url.partition(":")
    if colon and scheme.lower() in SCHEMES:
        return SCHEMES[scheme.lower()]
    if "://" in url:
        raise InputError(f"{address.shown}: unknown kind of source; known are {', '.join(SCHEMES)} and files")
    if Path(url).is_dir() or Path(url.partition("?")[0]).is_dir():
        return _IMAGES
    return _FILE
