"""What end-to-end tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.production import write_h264


@pytest.fixture(scope="session")
def pets_h264(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PETS clip for the RTSP server."""
    clip = test_data / "data" / "pets09-s2l1" / "view001.mp4"
    return write_h264(clip, tmp_path_factory.mktemp("pets") / "pets.h264")
