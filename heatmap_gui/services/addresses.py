"""Which addresses may be posted to: a configuration must not turn this machine against itself or its network's owner.

Private networks may, loopback only by the names of those who run it; link-local addresses, where clouds keep their
metadata, multicast and unspecified ones never. What is checked is the very address that is connected to, so that a
name cannot mean one thing when it is looked at and another when it is used.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from heatmap_gui.core.errors import InputError, TryLaterError

_METADATA_NAMES = {"metadata", "metadata.google.internal", "metadata.goog", "instance-data"}
# inside ranges that are otherwise private or public: AWS, Alibaba, Azure and Oracle
_METADATA = {ip_address(a) for a in ("fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192")}
_NAT64 = IPv6Network("64:ff9b::/96")
_CONNECT_S = 5.0


def refusal(address: str, *, loopback: bool) -> str | None:
    """Why this IP address may not be posted to; None when it may. loopback: whether this machine is allowed."""
    ip = _inner(ip_address(address.partition("%")[0]))
    if ip in _METADATA:
        return "a cloud's metadata service"
    if ip.is_loopback:
        return None if loopback else "this machine itself: name its host in webhook_allow_hosts"
    for wrong, what in (
        (ip.is_unspecified, "no address"),
        (ip.is_link_local, "link-local, where clouds keep their metadata"),
        (ip.is_multicast, "multicast"),
        (ip.is_reserved or (ip.version == 4 and ip.packed[0] == 0), "reserved"),
    ):
        if wrong:
            return what
    return None


def connect(host: str, port: int, allow_hosts: Collection[str], until: float) -> socket.socket:
    """A TCP connection to an allowed address of a host. until: by `time.monotonic`.

    Raises InputError when none of its addresses is allowed, TryLaterError when nobody is reached.
    """
    name = host.rstrip(".").lower()
    if name in _METADATA_NAMES:
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


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64), or itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
