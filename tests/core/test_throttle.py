"""Who fails waits, and nobody else: guesses a day, from one address and from a thousand, are few."""

from __future__ import annotations

from collections import defaultdict

import pytest

from heatmap_gui.core.throttle import KNOWN_S, WINDOW_S, Tries, subscriber, wait_s

NOW = 1_766_325_600.0


class Door:
    """As the store counts, in memory."""

    def __init__(self) -> None:
        self.failed: dict[tuple[str, str], tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        self.came_in: dict[tuple[str, str], float] = {}

    def wait_s(self, account: str, address: str, now: float) -> float:
        recent = {pair: (count, at) for pair, (count, at) in self.failed.items() if at >= now - WINDOW_S}
        own = recent.get((account, address), (0, 0.0))
        here = [count_at for (_, place), count_at in recent.items() if place == address]
        tries = Tries(
            own[0], own[1], self.came_in.get((account, address)),
            sum(count for count, _ in here), max((at for _, at in here), default=0.0),
            sum(count for (name, _), (count, _) in recent.items() if name == account),
        )  # fmt: skip
        return wait_s(tries, now)

    def fail(self, account: str, address: str, now: float) -> bool:
        """Whether it was let through."""
        if self.wait_s(account, address, now) > 0:
            return False
        count, at = self.failed[account, address]
        self.failed[account, address] = (count + 1 if at >= now - WINDOW_S else 1, now)
        return True


def test_an_attacker_waits_longer_and_longer_and_alice_does_not() -> None:
    door = Door()
    let_through = sum(door.fail("alice", "evil", NOW + second) for second in range(3600))
    assert let_through <= 5 + 4 * 11  # five at once, then after 1, 2, 4 ... 512 s and 900 s, again after a window
    assert door.wait_s("alice", "evil", NOW + 3600) > 0
    assert door.wait_s("alice", "home", NOW + 3600) == 0


def test_of_many_addresses_each_has_few_tries_and_alice_none_the_less() -> None:
    door = Door()
    door.came_in["alice", "home"] = NOW - KNOWN_S / 2
    let_through = sum(door.fail("alice", f"bot {n}", NOW + second) for second in range(0, 600, 5) for n in range(40))
    assert let_through <= 50 + 40 * 6
    assert not door.fail("alice", "bot 1", NOW + 600)
    for address in ("home", "a hotel"):  # known or not: she comes in
        assert door.wait_s("alice", address, NOW + 600) == 0
    for _ in range(4):  # and may mistype where she is known
        assert door.fail("alice", "home", NOW + 600)
    assert door.wait_s("alice", "home", NOW + 600) == 0


def test_one_address_tries_many_accounts_slowly_and_those_at_home_there_do_not_wait() -> None:
    door = Door()
    door.came_in["alice", "office"] = NOW - 1
    let_through = sum(door.fail(f"user {n}", "office", NOW + n / 10) for n in range(6000))
    assert let_through <= 30 + 600 / 10 + 1
    assert door.wait_s("stranger", "office", NOW + 600) > 0
    assert door.wait_s("alice", "office", NOW + 600) == 0


def test_it_is_forgiven() -> None:
    door = Door()
    for second in range(100):
        door.fail("alice", "home", NOW + second)
    assert door.wait_s("alice", "home", NOW + 100) > 0
    assert door.wait_s("alice", "home", NOW + 100 + WINDOW_S + 1) == 0


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_subscribers(address: str, who: str) -> None:
    assert subscriber(address) == who
