"""Services are tested on both databases, as the store is."""

from __future__ import annotations

from tests.store.conftest import database as database
