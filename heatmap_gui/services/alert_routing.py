"""Where alerts go: the delivery that an alert becomes, by ALERTING_PROTOCOL."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.rules import Alert
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.alert_bodies import full_document, mail_text, posted, title
from heatmap_gui.services.endpoints import endpoint_name
from heatmap_gui.services.secrets import Seal
from heatmap_gui.settings import Settings

KEEP_S = 86_400.0  # an alert that nobody took for a day is history
_MOST_ATTEMPTS = 6
_NEEDS = {"webhook": ("alert_webhook_url",), "hikvision": ("nvr_url",), "mail": ("smtp_url", "alert_email")}


class Router:
    """Makes deliveries. Raises InputError when a setting that says where to is missing or wrong."""

    def __init__(self, settings: Settings, seal: Seal) -> None:
        self._protocol, self._form = settings.alerting_protocol, settings.alert_format
        for name in _NEEDS.get(self._protocol, ()):
            if not getattr(settings, name):
                raise InputError(f"{name} is missing, and alerting_protocol is {self._protocol}: set it, or use stdout")
        self._sink, self._endpoint, self._target = _DESTINATIONS[self._protocol](settings, seal)

    @property
    def shows_pictures(self) -> bool:
        """Whether what it sends has room for one."""
        return self._sink == "mail" or (self._sink == "webhook" and self._form == "json")

    def delivery(self, alert: Alert, picture: bytes | None, now: float) -> Delivery:
        """The one of an alert that fired; picture: a JPEG."""
        target, body = dict(self._target), json.dumps(full_document(alert), ensure_ascii=False).encode()
        if self._sink == "webhook":
            body = posted(alert, self._form, picture)
        elif self._sink == "mail":
            target["subject"], body = title(alert), mail_text(alert)
            if picture is not None:
                target["picture"] = base64.b64encode(picture).decode()
        return Delivery(
            id=f"alert-{alert.id}-{self._protocol}",
            sink=self._sink,
            endpoint=self._endpoint,
            target=target,
            body=body,
            alert_id=alert.id,
            most_attempts=_MOST_ATTEMPTS,
            created_at=now,
            next_at=now,
            deadline=now + KEEP_S,
        )


class _Destination(NamedTuple):
    """As in Delivery."""

    sink: str
    endpoint: str
    target: Mapping[str, str]


def _webhook(settings: Settings, seal: Seal) -> _Destination:
    url = settings.alert_webhook_url
    return _Destination("webhook", endpoint_name(seal.reveal(url)), {"url": seal.keep(url)})


def _recorder(settings: Settings, seal: Seal) -> _Destination:
    return _Destination("nvr", f"recorder {urlsplit(seal.reveal(settings.nvr_url)).hostname}", {})


def _mail(settings: Settings, _seal: Seal) -> _Destination:
    return _Destination("mail", f"mail to {settings.alert_email}", {"to": settings.alert_email})


def _stdout(_settings: Settings, _seal: Seal) -> _Destination:
    return _Destination("stdout", "stdout", {})


_DESTINATIONS: Mapping[str, Callable[[Settings, Seal], _Destination]] = {
    "stdout": _stdout,
    "webhook": _webhook,
    "hikvision": _recorder,
    "mail": _mail,
}
