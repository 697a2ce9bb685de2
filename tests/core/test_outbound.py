"""What may be connected to, and how much the usual checks let through."""

from __future__ import annotations

import pytest

from heatmap_gui.core.outbound import refusal
from tests.outbound_addresses import FINE, LOOPBACK, NEVER, bare, name_server, passes_ip_check, passes_pattern


def meant(host: str) -> list[str]:
    return [str(target[0]) for *_, target in name_server(bare(host), 80)]


@pytest.mark.parametrize("host", NEVER)
@pytest.mark.parametrize("loopback", [False, True])
def test_never(host: str, loopback: bool) -> None:
    assert all(refusal(address, loopback=loopback) for address in meant(host))


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_only_where_it_may(host: str) -> None:
    assert all(refusal(address, loopback=False) for address in meant(host))
    assert not any(refusal(address, loopback=True) for address in meant(host))


@pytest.mark.parametrize("host", FINE)
def test_private_and_public_networks(host: str) -> None:
    assert not all(refusal(address, loopback=False) for address in meant(host))


def test_the_usual_checks_let_many_of_them_through() -> None:
    hosts = [*LOOPBACK, *NEVER]
    assert len(set(hosts)) == len(hosts) >= 120
    through = {check.__name__: sum(map(check, hosts)) for check in (passes_ip_check, passes_pattern)}
    print(f"{len(hosts)} hosts that mean a forbidden address; let through: {through}, and by ours 0")
    assert min(through.values()) > 60
    assert not all(map(passes_ip_check, FINE)) and not all(map(passes_pattern, FINE))  # nor could they see a camera
