"""Switches an alarm output of a Hikvision recorder (ISAPI: PUT /ISAPI/System/IO/outputs/N/trigger, digest access).

target: `output` (its number, 1 by default). What the recorder does then, and for how long, is set up there.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import requests
from requests.auth import HTTPDigestAuth

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.work import SEND_S, Delivery
from heatmap_gui.services.sinks import Reveal
from heatmap_gui.settings import Settings

_ON = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<IOPortData version="1.0" xmlns="http://www.hikvision.com/ver20/XMLSchema"><outputState>high</outputState>'
    b"</IOPortData>"
)
_ALLOWED = "nvr_url: not an address: allowed: http[s]://USER:PASSWORD@HOST[:PORT]"
_STATUS = re.compile(rb"<statusCode>\s*(\d+)\s*</statusCode>")
_OK, _LATER = (0, 1), (2, 3)  # done; busy or in trouble: what else there is says that the request is wrong
_MOST_BYTES = 16 << 10


def open_sink(settings: Settings, reveal: Reveal) -> Recorder:
    """Raises InputError when nvr_url is none."""
    return Recorder(reveal(settings.nvr_url))


class Recorder:
    """The Sink. url: of the recorder, with name and password."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise InputError(_ALLOWED) from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(_ALLOWED)
        self._host = parts.hostname
        name = f"[{self._host}]" if ":" in self._host else self._host
        self._base = f"{parts.scheme}://{name}{port}/ISAPI/System/IO/outputs"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def deliver(self, delivery: Delivery) -> str:
        url = f"{self._base}/{int(delivery.target.get('output', 1))}/trigger"
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy between us and a device on our own network
                session.auth = HTTPDigestAuth(self._user, self._password)
                headers = {"Content-Type": "application/xml"}
                with session.put(
                    url, data=_ON, headers=headers, timeout=SEND_S / 4, allow_redirects=False, stream=True
                ) as answer:
                    said = answer.raw.read(_MOST_BYTES, decode_content=True)
        except (requests.RequestException, OSError) as error:
            raise TryLaterError(f"{self._host} is not reached: {type(error).__name__}", answered=False) from None
        return self._judge(answer.status_code, said)

    def close(self) -> None:
        """A connection lives as long as a delivery."""

    def _judge(self, status: int, said: bytes) -> str:
        found = _STATUS.search(said)
        code = int(found[1]) if found else None
        words = f"{self._host} answered {status}" + ("" if code is None else f", ISAPI status {code}")
        if status == requests.codes.unauthorized:
            raise InputError(f"{words}: name or password in nvr_url are not accepted")  # trying again locks accounts
        if status >= 500 or code in _LATER:
            raise TryLaterError(words)
        if status >= 300 or (code is not None and code not in _OK):
            raise InputError(words)
        return words
