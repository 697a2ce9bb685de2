"""What all tests share: the material of others, when there is any."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder with `data/` and `models/` that HEATMAP_TEST_DATA names; skips the test without it."""
    folder = os.environ.get("HEATMAP_TEST_DATA")
    if not folder:
        pytest.skip("HEATMAP_TEST_DATA is not set: this test needs real clips and weights")
    return Path(folder)
