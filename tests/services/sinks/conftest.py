"""A receiver of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import receivers


@pytest.fixture
def receiver() -> Iterator[receivers.Receiver]:
    with receivers.receiver() as running:
        yield running
