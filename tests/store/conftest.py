"""An empty database of each kind: what runs on one has to run on the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from heatmap_gui.store.database import Database, open_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The test runs once on each."""
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        empty(url)
    opened = open_database(url, tmp_path)
    try:
        yield opened
    finally:
        opened.close()


def empty(url: str) -> None:
    """Drops all that a PostgreSQL database holds."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
