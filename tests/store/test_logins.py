"""What was tried, by account and address, on both databases."""

from __future__ import annotations

from heatmap_gui.core.throttle import Tries
from heatmap_gui.store import logins
from heatmap_gui.store.database import Database

NOW = 1_766_325_600.0


def test_failures_count_for_the_pair_the_address_and_the_account(database: Database) -> None:
    with database.write() as connection:
        for n, (account, address) in enumerate([("a", "1"), ("a", "2"), ("b", "1"), ("b", "3")]):
            assert logins.look(connection, account, address, NOW - 900).failures == 0
            logins.count(connection, account, address, n + 1, NOW + n)
        assert logins.look(connection, "a", "1", NOW - 900) == Tries(1, NOW, None, 1 + 3, NOW + 2, 1 + 2)
        assert logins.look(connection, "a", "1", NOW + 1) == Tries(0, NOW, None, 3, NOW + 2, 2)
        logins.succeed(connection, "a", "1", NOW + 9)
        assert logins.look(connection, "a", "1", NOW) == Tries(0, NOW + 9, NOW + 9, 3, NOW + 2, 2)


def test_what_counts_no_more_is_forgotten(database: Database) -> None:
    with database.write() as connection:
        for account in ("failed", "came in"):
            logins.look(connection, account, "1", NOW)
            logins.count(connection, account, "1", 1, NOW)
        logins.succeed(connection, "came in", "1", NOW)
        logins.forget(connection, NOW + 1, NOW - 1)
        assert logins.look(connection, "came in", "1", NOW).succeeded_at == NOW
        assert logins.look(connection, "failed", "1", NOW).tried_at == 0
        logins.forget(connection, NOW + 1, NOW + 1)
        assert logins.look(connection, "came in", "1", NOW).succeeded_at is None
