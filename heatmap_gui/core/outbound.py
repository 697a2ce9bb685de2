"""Where nothing is sent and nothing is fetched from: a configuration must not turn this machine against its network.

Private networks are where cameras and other servers of a shop are. This machine itself is for those who say so. Cloud
metadata (which hands out keys), link-local, multicast, reserved and unspecified addresses are never asked, however they
are written: what is judged is the IPv4 address that an IPv6 one stands for. (RFC 6890, 6052, 8215, 3056, 4380, 5214.)
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

METADATA_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
_METADATA = {  # inside ranges that are otherwise private or public
    ip_address(address)
    for address in (
        *("100.100.100.200", "168.63.129.16", "192.0.0.192"),  # Alibaba, Azure, Oracle
        *("fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:42::42"),  # AWS and its containers, Google, Scaleway
    )
}
_NAT64 = IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")  # where in it the IPv4 address stands, its network alone knows
_ISATAP = (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")


def refusal(address: str, *, loopback: bool) -> str | None:
    """Why this IP address is not to be connected to; None when it may be. loopback: whether this machine may.

    Raises ValueError on what is no IP address.
    """
    outer = ip_address(address.partition("%")[0])
    if outer in _LOCAL_NAT64:
        return "another one, behind this network's NAT64"
    inner = _inner(outer)
    if inner.is_loopback:
        return None if loopback else "this machine itself: name its host in webhook_allow_hosts"
    for wrong, what in (
        ({outer, inner} & _METADATA, "a cloud's metadata service"),
        (inner.is_unspecified, "no address"),
        (outer.is_link_local or inner.is_link_local, "link-local, where clouds keep their metadata"),
        (outer.is_multicast or inner.is_multicast, "multicast"),
        (inner.is_reserved or (inner.version == 4 and inner.packed[0] == 0), "reserved"),
    ):
        if wrong:
            return what
    return None


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64, ISATAP), or itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64 or ip.packed[8:12] in _ISATAP:
        return IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
