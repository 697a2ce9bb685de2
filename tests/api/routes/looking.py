"""An API that looks at pictures: a detector that finds red, and the loop around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.conftest import Api
from tests.services.test_inference import RedFinder, running


@pytest.fixture
def detector(monkeypatch: pytest.MonkeyPatch) -> RedFinder:
    """What the network is here."""
    found = RedFinder()
    monkeypatch.setattr("heatmap_gui.app.open_network", lambda *_: found)
    return found


@pytest.fixture
def looking(detector: RedFinder, api: Api) -> Iterator[Api]:
    with running(api.app.inference):
        yield api
