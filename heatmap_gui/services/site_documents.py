"""A store's site file as a document that others read and save: its passwords are ***, and stay what they are.

What is saved names what it was read as (an ETag), so that nobody's edit is lost to another's.
"""

from __future__ import annotations

import copy
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from heatmap_gui.core.errors import ConflictError, InputError, NotFoundError
from heatmap_gui.core.site import Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.logs import mask, mask_values
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.secrets import Seal, hide_address
from heatmap_gui.services.site_edits import ONE_EDIT
from heatmap_gui.store.files import write_atomically
from heatmap_gui.store.site_files import find_site, keep_version, read_document, versions

Document = dict[str, Any]
_LARGEST = 32 << 20
_ADDRESSES = ("rtsp_url", "detect_url")


class StaleError(ConflictError):
    """The document was saved by somebody else since it was read."""


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """document: its secrets ***. etag: of its content, secrets and all. site: what it means."""

    store_name: str
    document: Document
    etag: str
    site: Site


class SiteDocuments:
    """Of the stores of a catalog that have a site file. Any thread may use it."""

    def __init__(self, catalog: Catalog, seal: Seal) -> None:
        self._catalog, self._seal = catalog, seal

    def read(self, store_name: str) -> SiteDocument:
        """Raises NotFoundError where the store has no site file, InputError where that is none."""
        return self._said(store_name, self._path(store_name))

    def save(self, store_name: str, document: Mapping[str, Any], etag: str, now: datetime) -> SiteDocument:
        """In place of what was read as `etag`, of which a version is kept.

        Raises StaleError, NotFoundError, InputError where it is no site.
        """
        with ONE_EDIT:
            path = self._path(store_name)
            before = read_document(path, _LARGEST).value
            if etag not in ("*", self._etag(before)):
                raise StaleError(f"{store_name} was saved meanwhile: read it again, and make the change anew")
            whole = self._whole(document, before)
            site = read_site(whole, path)
            if site.name != store_name:
                raise ConflictError(f"store.name: {site.name}: this is the site of {store_name}")
            self._write(path, whole, now)
        return self._said(store_name, path)

    def add(self, store_name: str, document: Mapping[str, Any], now: datetime) -> SiteDocument:
        """A store that has no site file yet. Raises StaleError where it has one, InputError where it is no site."""
        folder = self._catalog.settings.calibration_dir
        with ONE_EDIT:
            if store_name in self._catalog.stores():
                raise StaleError(f"{store_name}: it is there already: save it with If-Match")
            path = folder / f"calibration_{store_name}.json"
            whole = self._whole(document, {})
            site = read_site(whole, path)
            if site.name != store_name:
                raise ConflictError(f"store.name: {site.name}: this is the site of {store_name}")
            folder.mkdir(parents=True, exist_ok=True)
            self._write(path, whole, now)
        return self._said(store_name, path)

    def versions(self, store_name: str) -> list[tuple[str, datetime]]:
        """What it said before: names, and when each was written; the newest first."""
        return [(path.stem, _written(path)) for path in versions(self._path(store_name))]

    def version(self, store_name: str, name: str) -> SiteDocument:
        """Raises NotFoundError."""
        return self._said(store_name, self._version(store_name, name))

    def restore(self, store_name: str, name: str, etag: str, now: datetime) -> SiteDocument:
        """What a version says is saved anew; what is there becomes a version. Raises as `save` does."""
        document = read_document(self._version(store_name, name), _LARGEST).value
        return self.save(store_name, document, etag, now)

    def _write(self, path: Path, document: Document, now: datetime) -> None:
        stamp = now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
        metadata = {**document.get("metadata", {}), "created_at": stamp}
        keep_version(path)
        written = json.dumps(document | {"metadata": metadata}, indent=1, ensure_ascii=False, allow_nan=False)
        write_atomically(path, written.encode())
        self._catalog.poll()

    def _whole(self, document: Mapping[str, Any], before: Mapping[str, Any]) -> Document:
        """The document with the secrets that *** stands for, and others sealed."""
        whole = copy.deepcopy(dict(document))
        kept = {_key(camera): camera for camera in _cameras(before)}
        for camera in _cameras(whole):
            for name in _ADDRESSES:
                url = camera.get(name)
                if not isinstance(url, str):
                    continue
                hide_address(self._seal.open(url))
                own = kept.get(_key(camera), {}).get(name)
                if isinstance(own, str) and url == self._shown(own):
                    camera[name] = own
                elif "***" in url:
                    raise InputError(f"{name} of camera {_key(camera)}: *** stands for no password here: write it")
                else:
                    camera[name] = self._seal.keep_address(url)
        return whole

    def _said(self, store_name: str, path: Path) -> SiteDocument:
        document = read_document(path, _LARGEST).value
        if not isinstance(document, dict):
            raise InputError(f"{path.name}: not a site: an object {{…}} is expected")
        site = read_site(document, path)
        shown = copy.deepcopy(document)
        for camera in _cameras(shown):
            camera |= {name: self._shown(camera[name]) for name in _ADDRESSES if isinstance(camera.get(name), str)}
        return SiteDocument(store_name, mask_values(shown), self._etag(document), site)

    def _shown(self, url: str) -> str:
        return mask(self._seal.open(url))

    def _etag(self, document: Mapping[str, Any]) -> str:
        """Keyed, as the content has secrets that could be guessed from a plain hash."""
        text = json.dumps({k: v for k, v in document.items() if k != "metadata"}, sort_keys=True)
        return hmac.digest(self._seal.key("etag of site files"), text.encode(), "sha256").hex()[:32]

    def _path(self, store_name: str) -> Path:
        folder = self._catalog.settings.calibration_dir
        try:
            return find_site(folder, store_name)
        except InputError:
            raise NotFoundError(f"{store_name}: it has no site file: its cameras are in cameras_file") from None

    def _version(self, store_name: str, name: str) -> Path:
        found = {path.stem: path for path in versions(self._path(store_name))}
        if name not in found:
            raise NotFoundError(f"{store_name}: there is no version {name}: see its versions")
        return found[name]


def _cameras(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    cameras = document.get("cameras")
    return [camera for camera in cameras if isinstance(camera, dict)] if isinstance(cameras, list) else []


def _key(camera: Mapping[str, Any]) -> str:
    return str(camera.get("camera_id"))


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
