"""Transactions that end in words: what is away, asleep or wrong."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.store.database import Database


def test_who_sleeps_in_a_transaction_lets_go_of_it(database: Database) -> None:
    if database.sqlite:
        pytest.skip("SQLite has no sessions")
    with database.write() as connection:
        assert connection.scalar(sa.text("SHOW idle_in_transaction_session_timeout")) == "5s"
    with pytest.raises(UnavailableError, match="idle-in-transaction"), database.write() as connection:
        connection.execute(sa.text("SET idle_in_transaction_session_timeout = '50ms'"))
        connection.connection.cursor().execute("SELECT 1")
        time.sleep(0.3)
        connection.execute(sa.text("SELECT 1"))


def test_a_wrong_statement_is_a_bug_and_not_a_database_that_is_away(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.read() as connection:
        connection.execute(sa.text("SELECT nothing FROM nowhere"))
