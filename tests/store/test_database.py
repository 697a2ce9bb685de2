"""Transactions that end in words: what is away, asleep or wrong."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.store.database import Database, open_database


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


def test_a_file_that_is_removed_while_it_is_open_is_said_and_nothing_goes_into_it(tmp_path: Path) -> None:
    with closing(open_database("", tmp_path / "home")) as database:
        (tmp_path / "home").rename(tmp_path / "elsewhere")
        with pytest.raises(UnavailableError, match=r"its file was removed: put it back"), database.write():
            pass
        (tmp_path / "elsewhere").rename(tmp_path / "home")
        with database.write() as connection:
            connection.execute(sa.text("UPDATE facts SET value = 'back' WHERE name = 'deployment'"))


def test_a_full_disk_is_said_with_its_remedy(tmp_path: Path) -> None:
    with closing(open_database("", tmp_path)) as database:
        with database.read() as connection:
            pages = connection.scalar(sa.text("PRAGMA page_count"))
        with pytest.raises(UnavailableError, match="full: free some space"), database.write() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            connection.exec_driver_sql("INSERT INTO facts (name, value) VALUES ('long', hex(zeroblob(100000)))")
