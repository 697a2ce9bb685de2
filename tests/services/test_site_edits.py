"""Cameras and zones by the API: in the same file as the console's, passwords sealed, polygons in the frame's pixels."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import ConflictError, InputError, NotFoundError
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.site_edits import SiteEdits
from heatmap_gui.store.site_files import versions

URL = "rtsp://admin:s3cret-pass@10.0.0.5:554/stream"
SQUARE = np.array([[100.0, 100.0], [400, 100], [400, 300], [100, 300]])


@pytest.fixture
def edits(tmp_path: Path) -> tuple[SiteEdits, Catalog, Path]:
    config = tmp_path / "production_config.json"
    config.write_text(json.dumps({"schedules": {}, "watch": []}))
    environ = {"HEATMAP_HOME": str(tmp_path / "home"), "STORE_ID": "corner", "SECRET_KEY": "k" * 40}
    seal = Seal("k" * 40)
    catalog = Catalog(config, environ, tmp_path / ".env", seal=seal)
    return SiteEdits(catalog, seal), catalog, tmp_path / "calibration_data" / "calibration_corner.json"


def picture(width: int, height: int, kind: str = ".png") -> bytes:
    return bytes(cv2.imencode(kind, np.zeros((height, width, 3), np.uint8))[1])


def test_a_new_store_gets_its_cameras(edits: tuple[SiteEdits, Catalog, Path]) -> None:
    service, catalog, path = edits
    first = service.add_camera("corner", "Entrance Camera", URL, True)
    second = service.add_camera("corner", "Till", "rtsp://10.0.0.6/1", False)
    assert (first.id, second.id, second.enabled) == ("1", "2", False)
    assert "s3cret-pass" not in first.rtsp_url
    assert first.rtsp_url.endswith("10.0.0.5:554/stream")
    assert service.cameras("corner") == [first, second]
    text = path.read_text()
    assert "s3cret-pass" not in text
    assert '"sealed:' in text
    assert catalog.site("corner").camera("1").url == URL, "who measures gets it whole"
    assert "s3cret-pass" not in json.dumps(catalog.site("corner").document)
    assert "s3cret-pass" not in json.dumps(catalog.shown())
    assert len(versions(path)) >= 1


def test_a_polygon_is_scaled_from_the_screenshot_to_the_frame(edits: tuple[SiteEdits, Catalog, Path]) -> None:
    service, catalog, path = edits
    service.add_camera("corner", "Entrance", URL, True)
    plain = service.add_zone("corner", "1", "As it is", "general", SQUARE)
    assert plain.polygon[1] == (400.0, 100.0)
    first = service.screenshot("corner", "1", picture(1920, 1080), 1920, 1080)
    assert (first.frame_size, first.scale, first.format) == ((1920, 1080), (1.0, 1.0), "png")
    second = service.screenshot("corner", "1", picture(960, 540, ".jpg"), None, None)
    assert (second.frame_size, second.scale, second.format) == ((1920, 1080), (2.0, 2.0), "jpeg")
    zone = service.add_zone("corner", "1", "Entrance Zone", "entry", SQUARE)
    assert zone.polygon == ((200.0, 200.0), (800.0, 200.0), (800.0, 600.0), (200.0, 600.0))
    site = catalog.site("corner")
    assert site.camera("1").frame_size == (1920, 1080)
    assert (site.zones[1].type, site.zones[1].anchor, site.zones[1].on) == ("entry", "centre", "1")
    assert site.warnings == ()
    assert [one.id for one in service.zones("corner")] == ["1", "2"]
    assert service.zones("corner", "7") == []
    assert [file.name for file in path.parent.rglob("*.*") if file.suffix in (".png", ".jpg")] == []


def test_what_is_wrong_changes_nothing(edits: tuple[SiteEdits, Catalog, Path]) -> None:
    service, _, path = edits
    service.add_camera("corner", "Entrance", URL, True)
    service.screenshot("corner", "1", picture(1920, 1080), None, None)
    before = path.read_bytes()
    with pytest.raises(NotFoundError, match="no such camera"):
        service.add_zone("corner", "9", "x", "entry", SQUARE)
    with pytest.raises(InputError, match="does not cross itself"):
        service.add_zone("corner", "1", "x", "entry", SQUARE[[0, 2, 1, 3]])
    with pytest.raises(ConflictError, match="another shape"):
        service.screenshot("corner", "1", picture(640, 480), None, None)
    with pytest.raises(InputError, match="1920 x 1080 px"):
        service.screenshot("corner", "1", picture(1920, 1080), 1280, 720)
    with pytest.raises(InputError, match="no image"):
        service.screenshot("corner", "1", b"GIF-like", None, None)
    assert path.read_bytes() == before


@pytest.mark.parametrize("url", ["file:///etc/passwd", "/etc/passwd", "0", "rtsp://", "rtsp://[::1", "mot:det.txt", ""])
def test_an_address_that_is_no_network_stream_is_refused(edits: tuple[SiteEdits, Catalog, Path], url: str) -> None:
    with pytest.raises(InputError, match="rtsp_url"):
        edits[0].add_camera("corner", "x", url, True)
