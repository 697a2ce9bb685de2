"""Site files as documents: an edit names what it changes, and a password stays what it is."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError, NotFoundError
from heatmap_gui.resources import resource
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.site_documents import SiteDocuments, StaleError

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def documents(tmp_path: Path) -> SiteDocuments:
    folder = tmp_path / "calibration_data"
    folder.mkdir()
    shutil.copy(resource("calibration_data") / "calibration_demo.json", folder)
    (tmp_path / "production_config.json").write_text('{"schedules": {}}')
    catalog = Catalog(tmp_path / "production_config.json", {"HEATMAP_HOME": str(tmp_path)}, tmp_path / ".env")
    return SiteDocuments(catalog, Seal("k" * 40))


def test_the_etag_is_of_the_content_not_of_when_it_was_saved(documents: SiteDocuments) -> None:
    first = documents.read("demo")
    same = documents.save("demo", first.document, first.etag, NOW)
    assert same.etag == first.etag
    assert same.document["metadata"]["created_at"] == "2026-06-01T10:00:00"
    changed = documents.save("demo", first.document | {"zones": []}, first.etag, NOW)
    assert changed.etag != first.etag and changed.site.zones == ()
    with pytest.raises(StaleError, match="saved meanwhile"):
        documents.save("demo", first.document, first.etag, NOW)


def test_a_password_is_kept_where_it_was_and_nowhere_else(documents: SiteDocuments, tmp_path: Path) -> None:
    first = documents.read("demo")
    for number, password in enumerate(("one-secret", "other-secret")):
        first.document["cameras"][number]["rtsp_url"] = f"rtsp://u:{password}@10.0.0.{number}/1"
    saved = documents.save("demo", first.document, first.etag, NOW)
    said = json.dumps(saved.document)
    assert "one-secret" not in said and "other-secret" not in said
    swapped = saved.document
    urls = [camera["rtsp_url"] for camera in swapped["cameras"]]
    swapped["cameras"][0]["rtsp_url"] = urls[1]
    with pytest.raises(InputError, match="stands for no password"):
        documents.save("demo", swapped, saved.etag, NOW)
    written = (tmp_path / "calibration_data" / "calibration_demo.json").read_text()
    assert "one-secret" not in written and written.count("sealed:") == 2


def test_what_is_not_there(documents: SiteDocuments) -> None:
    with pytest.raises(NotFoundError, match="no site file"):
        documents.read("other")
    with pytest.raises(NotFoundError, match="no version"):
        documents.version("demo", "calibration_demo_20260101_000000")
    assert documents.versions("demo") == []
