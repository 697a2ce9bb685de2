"""Fetches one large file: resumes what is there, verifies it, and only then gives it its name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import requests

from heatmap_gui.core.errors import UnavailableError

_CHUNK_BYTES = 1 << 16
_CONNECT_S, _READ_S = 10.0, 30.0
Progress = Callable[[int, int], None]
"""Called with the bytes there are and the bytes there will be."""


def download(url: str, target: Path, size: int, sha256: str, progress: Progress) -> None:
    """Fetch `size` bytes from a URL into a file whose SHA-256 (hex) is known.

    What an earlier, interrupted call left in `<target>.part` is not fetched again. Raises UnavailableError, saying what
    to do instead, when the server cannot be reached, does not have it, breaks off or sends something else.
    """
    by_hand = f"get {url} elsewhere and put it into {target.parent} as {target.name} (SHA-256 {sha256})"
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not _is_whole(part, size):
            _fetch(url, part, size, progress)
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else "an error"
        raise UnavailableError(f"{urlsplit(url).netloc} answers {status} for {url}: {by_hand}") from None
    except requests.RequestException as error:
        there = part.stat().st_size if part.exists() else 0
        raise UnavailableError(
            f"{urlsplit(url).netloc} is not reached or broke off at {there} of {size} bytes ({type(error).__name__}): "
            f"try again, it goes on from there; or {by_hand}"
        ) from None
    found = file_sha256(part)
    if found != sha256:
        part.unlink()
        raise UnavailableError(f"what {url} sent is not the known file (its SHA-256 is {found}): deleted; {by_hand}")
    part.replace(target)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_whole(part: Path, size: int) -> bool:
    return part.exists() and part.stat().st_size == size


def _fetch(url: str, part: Path, size: int, progress: Progress) -> None:
    """Append what is missing; begin again where the server does not resume."""
    there = part.stat().st_size if part.exists() else 0
    if there > size:
        there = 0
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={there}-"} if there else {})}
    with requests.get(url, headers=headers, stream=True, timeout=(_CONNECT_S, _READ_S)) as answer:
        answer.raise_for_status()
        if answer.headers.get("Content-Range", "").partition("-")[0] != f"bytes {there}":
            there = 0
        with part.open("ab" if there else "wb") as file:
            for chunk in answer.iter_content(_CHUNK_BYTES):
                file.write(chunk)
                there += len(chunk)
                progress(there, size)
            file.flush()
            os.fsync(file.fileno())
