"""What a webhook's address and token say: where to connect, and how each request to it begins."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from heatmap_gui import __version__
from heatmap_gui.core.errors import InputError

_PRINTABLE = re.compile(r"[\x21-\x7e]*")
_ALLOWED = "webhook_url: not an address: allowed: https://HOST/PATH"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """head: of a request, up to what differs from one to the next. secrets: what no answer may show. read_at: as said
    by who read it.
    """

    host: str
    port: int
    tls: bool
    head: str
    secrets: tuple[str, ...]
    read_at: float

    @property
    def origin(self) -> tuple[str, int, bool]:
        """Requests with the same one may share a connection."""
        return self.host, self.port, self.tls


def read_endpoint(url: str, token: str, at: float) -> Endpoint:
    """Raises InputError, which shows neither the token nor more of the address than its host."""
    parts, host, port = _split(url)
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _PRINTABLE.fullmatch(path):
        raise InputError(f"webhook_url: the address at {host} holds letters that have to be written as %XX")
    if not _PRINTABLE.fullmatch(token):
        raise InputError(f"api_token for {host}: it holds letters that no header may hold")
    name = f"[{host}]" if ":" in host else host
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {name}" if parts.port is None else f"Host: {name}:{port}",
        f"User-Agent: traffic-heatmap/{__version__}",
        "Content-Type: application/json",
        *([f"Authorization: Bearer {token}"] if token else []),
    ]
    hidden = tuple(value for value in (token, path) if len(value) > 3)
    return Endpoint(host, port, tls, "".join(f"{line}\r\n" for line in lines), hidden, at)


def endpoint_name(url: str) -> str:
    """For people and as a key: the host, and a digest of the whole, whose path may be a secret.

    Raises InputError as read_endpoint does.
    """
    _, host, _ = _split(url)
    return f"{host} {hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _split(url: str) -> tuple[SplitResult, str, int]:
    """The address, its host as names are looked up, and its port."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
        host = host if ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise InputError(_ALLOWED) from None
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(_ALLOWED)
    if "@" in parts.netloc:
        raise InputError(f"webhook_url: no name and password in the address of {host}: use api_token")
    return parts, host, port or (443 if parts.scheme == "https" else 80)
