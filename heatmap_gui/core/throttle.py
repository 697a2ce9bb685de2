"""How long who tries to log in has to wait. It is the one who fails that waits, never the account.

An account from an address waits twice as long after each failure more. Where an account is tried from many addresses,
or many accounts from one, those who never came in from there wait sooner and longer; those who did are not concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address

WINDOW_S = 900.0  # failures before that do not count
KNOWN_S = 30 * 86_400.0  # for so long an address is one of the account's own
_FREE, _FIRST_S = 5, 1.0
_FREE_IN_FLOOD, _FIRST_IN_FLOOD_S = 1, 60.0
_ACCOUNT_FLOOD, _ADDRESS_FLOOD = 50, 30  # failures within WINDOW_S
_ADDRESS_S = 10.0  # between tries from an address that floods
_SUBSCRIBER_BITS = 64  # of an IPv6 address: the rest is the subscriber's to choose


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures within WINDOW_S: of this account from this address, of all from the address, of it from everywhere.

    tried_at, address_at: when the last was (Unix seconds). succeeded_at: when this account last came in from here.
    """

    failures: int
    tried_at: float
    succeeded_at: float | None
    of_address: int
    address_at: float
    of_account: int


def wait_s(tries: Tries, now: float) -> float:
    """Seconds until the next try is let through, 0 for now."""
    known = tries.succeeded_at is not None and tries.succeeded_at > now - KNOWN_S
    flood = tries.of_account >= _ACCOUNT_FLOOD and not known
    free, first_s = (_FREE_IN_FLOOD, _FIRST_IN_FLOOD_S) if flood else (_FREE, _FIRST_S)
    waits = [0.0]
    if tries.failures >= free:
        waits.append(tries.tried_at + min(WINDOW_S, first_s * 2.0 ** min(tries.failures - free, 20)) - now)
    if tries.of_address >= _ADDRESS_FLOOD and not known:
        waits.append(tries.address_at + _ADDRESS_S - now)
    return max(waits)


def subscriber(address: str) -> str:
    """Who has an IP address: of IPv6 the network of 64 bits, as each subscriber has at least one. Else the text."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or IPv6Network((ip, _SUBSCRIBER_BITS), strict=False))
