"""Connections to addresses that may be posted to (core.outbound); this machine only by the names that allow_hosts has.

What is checked is the very address that is connected to, so that a name cannot mean one thing when it is looked at and
another when it is used.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Collection

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.outbound import METADATA_NAMES, refusal

_CONNECT_S = 5.0


def connect(host: str, port: int, allow_hosts: Collection[str], until: float) -> socket.socket:
    """A TCP connection to an allowed address of a host. until: by `time.monotonic`.

    Raises InputError when none of its addresses is allowed, TryLaterError when nobody is reached.
    """
    name = host.rstrip(".").lower()
    if name in METADATA_NAMES:
        raise InputError(f"{host}: a cloud's metadata service: nothing is sent there")
    loopback = name in {allowed.rstrip(".").lower() for allowed in allow_hosts}
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TryLaterError(f"{host}: its address is not found ({error}): check the name", answered=False) from None
    why: list[str] = []
    reached: OSError | None = None
    for family, kind, protocol, _, target in found:
        refused = refusal(str(target[0]), loopback=loopback)
        if refused is not None:
            why.append(f"{target[0]} is {refused}")
            continue
        try:
            return _opened(family, kind, protocol, target, until)
        except OSError as error:
            reached = error
    if reached is None:
        raise InputError(f"{host}: nothing is sent there: {why[0]}")
    said = reached.strerror or "no answer in time"
    raise TryLaterError(f"{host}:{port} is not reached: {said}", answered=False)


def _opened(family: int, kind: int, protocol: int, target: tuple[object, ...], until: float) -> socket.socket:
    opened = socket.socket(family, kind, protocol)
    try:
        opened.settimeout(max(0.001, min(_CONNECT_S, until - time.monotonic())))
        opened.connect(target)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        opened.close()
        raise
    return opened
