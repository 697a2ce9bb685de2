"""The passwords that this program keeps in the keyring follow the site: with its camera one goes, and comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.services.camera_addresses import SERVICE, keyring_name, split_login
from heatmap_gui.services.secrets import drop_from_keyring, keep_in_keyring, resolve

_OURS = re.compile(rf"keyring:{re.escape(SERVICE)}/(\S+)")


class Passwords:
    """Of the store that is open. What is taken out is remembered as long as removing its camera can be undone.

    document: as it is when the store is opened. `follow` is slow, and for one thread at a time.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._asked_for = self._kept = kept_names(document)
        self._taken: dict[str, str] = {}

    def asks(self, document: Mapping[str, Any]) -> bool:
        """Whether `follow` is to be called: once for each change, also while it is still busy with the last."""
        before, self._asked_for = self._asked_for, kept_names(document)
        return self._asked_for != before

    def follow(self, document: Mapping[str, Any]) -> None:
        """Takes out what no camera needs any more, puts back what one needs again. Raises HeatmapError where that
        fails; all others are done then.
        """
        wanted, failure = kept_names(document), None
        for name in sorted(self._kept ^ wanted):
            try:
                self._take_out(name) if name in self._kept else self._put_back(name)
            except HeatmapError as error:
                failure = error
        self._kept = wanted
        if failure is not None:
            raise failure

    def _take_out(self, name: str) -> None:
        if (secret := _secret(name)) is not None:
            self._taken[name] = secret
            drop_from_keyring(SERVICE, name)

    def _put_back(self, name: str) -> None:
        secret = self._taken.pop(name, None)
        if secret is not None and _secret(name) is None:  # else another one was put there for a new camera
            keep_in_keyring(SERVICE, name, secret)


def _secret(name: str) -> str | None:
    try:
        return resolve(f"keyring:{SERVICE}/{name}")
    except InputError:  # nothing is there
        return None


def kept_names(document: Mapping[str, Any]) -> frozenset[str]:
    """Under which names the passwords of a site's cameras lie in the keyring; others' entries are not ours to touch."""
    store = str(document.get("store", {}).get("name", ""))
    found = set()
    for camera in document.get("cameras", ()):
        own = keyring_name(store, str(camera.get("camera_id")))
        for key in ("rtsp_url", "detect_url"):
            ours = _OURS.fullmatch(split_login(str(camera.get(key) or ""))[2])
            if ours is not None and ours[1] == own:
                found.add(own)
    return frozenset(found)
