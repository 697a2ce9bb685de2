"""The configuration and the site files that are in force: read at the start, followed while running.

A broken edit is refused with its reason, which is logged once; what was good before stays in force.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from glob import escape
from pathlib import Path
from typing import Any

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.core.production import Production, read_production
from heatmap_gui.core.site import Site
from heatmap_gui.environment import SettingsFile, load_settings
from heatmap_gui.logs import mask_values
from heatmap_gui.services.secrets import Seal, hide
from heatmap_gui.services.site_snapshot import hide_addresses, open_addresses, seal_addresses, site_document
from heatmap_gui.settings import Settings, file_keys
from heatmap_gui.store.site_files import find_site, load_site, load_yaml_site, read_document, store_of

LARGEST_FILE = 32 << 20  # bytes: a hundred thousand schedules
_log = logging.getLogger(__name__)
_Look = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Configuration:
    """One reading of production_config.json and the files that it names. files: what it was read from."""

    settings: Settings
    production: Production
    files: tuple[Path, ...]


def read_configuration(path: Path, environ: Mapping[str, str], env_file: Path) -> Configuration:
    """Raises InputError in one line for the first thing that is wrong."""
    root = read_document(path, LARGEST_FILE)
    folder = path.absolute().parent
    files = [SettingsFile(root, folder)]
    settings = load_settings(environ, env_file, *files)
    if settings.services_file is not None:
        services = _ungrouped(read_document(settings.services_file))
        services.warn_unknown(file_keys())
        root.warnings.extend(services.warnings)
        files.append(SettingsFile(services, settings.services_file.parent))
        settings = load_settings(environ, env_file, *files)
    production = read_production(root, file_keys())
    for secret in (field.name for field in fields(settings) if not field.repr):
        hide(getattr(settings, secret))
    for schedule in production.schedules.values():
        hide(schedule.api_token)
    named = (path, env_file, settings.services_file)
    return Configuration(settings, production, tuple(file for file in named if file is not None))


def _ungrouped(services: Node) -> Node:
    """Its keys, and those of its groups (`inference: {batch_size: 1}`), side by side."""
    flat: dict[str, Any] = {}
    for key, node in services.members().items():
        flat |= node.value if isinstance(node.value, dict) else {key: node.value}
    return Node(flat, "", services.name, services.warnings)


class _Followed:
    """One store's newest good site. look: at the files when they were last read; refused: why the newest is not it.

    content: of its file, as it is there, while the document of `site` is sealed.
    """

    def __init__(self) -> None:
        self.look: dict[Path, _Look] = {}
        self.site: Site | None = None
        self.content: dict[str, Any] = {}
        self.refused: str | None = None


class Catalog:
    """What is configured now. Any thread may poll, and read what is in force."""

    def __init__(
        self,
        path: Path,
        environ: Mapping[str, str] | None = None,
        env_file: Path = Path(".env"),
        *,
        seal: Seal | None = None,
    ) -> None:
        """seal: of the documents that it gives (default: with the configured key).

        Raises InputError when the configuration is wrong: there is no earlier one to go on with.
        """
        self._path, self._environ, self._env_file = path, os.environ if environ is None else environ, env_file
        self._configuration = read_configuration(path, self._environ, env_file)
        self._look = _look(self._configuration.files)
        self._stores: dict[str, _Followed] = {}
        self._seal = seal or Seal.of(self.settings)
        self._reading = threading.Lock()  # a site that is read twice would be sealed twice, and look edited
        self.refused: str | None = None

    @property
    def settings(self) -> Settings:
        return self._configuration.settings

    @property
    def production(self) -> Production:
        return self._configuration.production

    @property
    def refused_sites(self) -> dict[str, str]:
        """By store: why its newest site file is not in force."""
        return {store: known.refused for store, known in self._stores.copy().items() if known.refused}

    def poll(self, *, anew: bool = False) -> bool:
        """Take in edits -> whether anything in force has changed. anew: read even what looks as before (SIGHUP)."""
        with self._reading:
            changed = self._poll_configuration(anew)
            for store, known in self._stores.copy().items():
                changed |= self._poll_site(store, known, anew)
            return changed

    def watched(self) -> Sequence[str]:
        """The stores that are measured all the time. Raises InputError when cameras_file cannot be read."""
        if self.settings.watch is not None:
            return self.settings.watch
        cameras = self._cameras_site()
        return () if cameras is None else (cameras.name,)

    def stores(self) -> list[str]:
        """All that have a site file, or are in cameras_file, by their names."""
        found = {store_of(path) for path in self.settings.calibration_dir.glob("calibration_*.json")}
        with suppress(InputError):
            found |= {cameras.name} if (cameras := self._cameras_site()) is not None else set()
        return sorted(found)

    def site(self, store_name: str) -> Site:
        """A store's site, the newest good one, its document sealed. Raises InputError when it never had one."""
        known = self._stores.setdefault(store_name, _Followed())
        with self._reading:
            if known.site is None:
                known.look = _look(self._site_files(store_name))
                self._take(known, self._read_site(store_name), store_name)
        assert known.site is not None
        return known.site

    def shown(self) -> dict[str, Any]:
        """What is in force, for others to look at, without secrets: the configuration as `config:production`, and each
        store's site as `calibration:<store>`.
        """
        sites = {f"calibration:{store}": known.content for store, known in self._stores.copy().items() if known.site}
        found: dict[str, Any] = mask_values({"config:production": _hosts_only(self.production.document)} | sites)
        return found

    def site_document(self, store_name: str) -> dict[str, Any]:
        """A snapshot for jobs (see `site_snapshot`)."""
        return site_document(self.site(store_name), self._seal)

    def _poll_configuration(self, anew: bool) -> bool:
        look = _look((*self._configuration.files, *self._look))
        if look == self._look and not anew:
            return False
        self._look = look
        try:
            found = read_configuration(self._path, self._environ, self._env_file)
        except HeatmapError as error:
            self.refused = _said("the configuration", error.message, self.refused)
            return False
        self.refused = None
        before, self._configuration = self._configuration, found
        self._look = _look(found.files)
        if (before.settings, before.production.hash) == (found.settings, found.production.hash):
            return False
        _log.info("the configuration was edited: %d schedules", len(found.production.schedules))
        for warning in found.production.warnings:
            _log.warning(warning)
        return True

    def _poll_site(self, store: str, known: _Followed, anew: bool) -> bool:
        look = _look(self._site_files(store))
        if look == known.look and not anew:
            return False
        known.look = look
        try:
            site = self._read_site(store)
        except HeatmapError as error:
            known.refused = _said(f"the site of {store}", error.message, known.refused)
            return False
        known.refused = None
        if known.site is not None and (_told(known.content), known.site.hash) == (_told(site.document), site.hash):
            return False
        self._take(known, site, store)
        return True

    def _take(self, known: _Followed, site: Site, store: str) -> None:
        hide_addresses(site.document)
        known.content = site.document
        known.site = replace(site, name=store, document=seal_addresses(site.document, self._seal))

    def _read_site(self, store: str) -> Site:
        return open_addresses(self._written_site(store), self._seal)

    def _written_site(self, store: str) -> Site:
        broken = None
        try:
            cameras = self._cameras_site()
            if cameras is not None and cameras.name == store:
                return cameras
        except InputError as error:
            broken = error
        try:
            own = find_site(self.settings.calibration_dir, store)
        except InputError as missing:
            raise broken or missing from None
        return load_site(own)  # which a broken cameras_file does not concern

    def _cameras_site(self) -> Site | None:
        cameras, rois = self.settings.cameras_file, self.settings.rois_file
        if cameras is None:
            return None
        return load_site(cameras) if rois is None else load_yaml_site(cameras, rois)

    def _site_files(self, store: str) -> list[Path]:
        """All files that a store's site may come from."""
        cameras, rois, folder = self.settings.cameras_file, self.settings.rois_file, self.settings.calibration_dir
        named = [path for path in (cameras, rois) if path is not None]
        beside = [cameras.with_name(f"rois{end}") for end in (".yaml", ".yml")] if cameras else []
        patterns = (f"calibration_{escape(store)}*.json", "homography_matrices_*.json")
        return [*named, *beside, *(path for pattern in patterns for path in folder.glob(pattern))]


def _hosts_only(value: Any) -> Any:
    """The same, of webhooks' addresses only where they lead: their paths are secrets at many receivers."""
    if isinstance(value, list):
        return [_hosts_only(inner) for inner in value]
    if not isinstance(value, Mapping):
        return value
    shown = {key: _hosts_only(inner) for key, inner in value.items()}
    for key, address in shown.items():
        if key.endswith("webhook_url") and isinstance(address, str) and "://" in address:
            scheme, _, rest = address.partition("://")
            shown[key] = f"{scheme}://{re.split('[/?#]', rest)[0].rpartition('@')[2]}/***"
    return shown


def _look(files: Sequence[Path]) -> dict[Path, _Look]:
    """What changes when a file is edited or replaced; those that are not there are left out."""
    found = {}
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        found[file] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found


def _told(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a site's document says of the site: not when it was saved."""
    return {key: value for key, value in document.items() if key != "metadata"}


def _said(what: str, why: str, before: str | None) -> str:
    if why != before:
        _log.error("%s was edited and is refused, the last good one stays in force: %s", what, why)
    return why
