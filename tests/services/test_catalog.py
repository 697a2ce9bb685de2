"""The catalog: what is in force, edits taken in, broken ones refused in words while the last good one stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.logs import mask
from heatmap_gui.services.catalog import Catalog
from heatmap_gui.services.secrets import SEALED, Seal
from heatmap_gui.services.site_snapshot import site_document, site_from_document
from heatmap_gui.store.site_files import load_site
from tests.core import roi_documents
from tests.core.production_documents import PRINTED
from tests.core.site_documents import version_1, version_2

CANARY = "canary-of-the-catalog"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The printed configuration, and a site for its store."""
    (tmp_path / "production_config.json").write_text(PRINTED)
    (tmp_path / "calibration_data").mkdir()
    _write_site(tmp_path, version_2())
    return tmp_path


def _write_site(folder: Path, site: dict[str, Any]) -> Path:
    path = folder / "calibration_data/calibration_store_1.json"
    path.write_text(json.dumps(site))
    return path


def _open(folder: Path, **environ: str) -> Catalog:
    known = {"HEATMAP_HOME": str(folder / "home"), "SECRET_KEY": "the key of the catalog's tests"} | environ
    return Catalog(folder / "production_config.json", known, folder / ".env")


def _edit(folder: Path, **fields: Any) -> None:
    path = folder / "production_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_the_printed_configuration_and_its_site_are_in_force(folder: Path) -> None:
    catalog = _open(folder)
    assert list(catalog.production.schedules) == ["store_1"]
    assert catalog.settings.redis_url == "redis://localhost:6379/0"
    site = catalog.site("store_1")
    assert (site.name, len(site.cameras)) == ("store_1", 2)
    assert not catalog.watched()
    assert not catalog.poll()


def test_an_edit_is_taken_in(folder: Path) -> None:
    catalog = _open(folder)
    _edit(folder, retention_days=7, schedules={"other": {}})
    assert catalog.poll()
    assert (catalog.settings.retention_days, list(catalog.production.schedules)) == (7, ["other"])
    assert not catalog.poll()
    (folder / ".env").write_text("LOG_LEVEL=debug\n")
    assert catalog.poll()
    assert catalog.settings.log_level == "DEBUG"


@pytest.mark.parametrize("broken", ["{", '{"schedules": {"store_1": {"enabled": 1}}}', '{"redis_port": 0}', None])
def test_a_broken_edit_is_refused_once_and_the_last_good_one_stays(
    folder: Path, broken: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    catalog = _open(folder)
    path = folder / "production_config.json"
    path.unlink() if broken is None else path.write_text(broken)
    for anew in (False, False, True):
        assert not catalog.poll(anew=anew)
    assert catalog.refused is not None
    assert "production_config.json" in catalog.refused
    assert list(catalog.production.schedules) == ["store_1"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    path.write_text(PRINTED)
    assert not catalog.poll()
    assert catalog.refused is None


def test_a_site_is_followed(folder: Path) -> None:
    catalog = _open(folder)
    site = catalog.site("store_1")
    assert "secret" not in json.dumps(site.document)
    assert site.cameras[0].url == "rtsp://user:secret@10.0.0.5/1"
    _write_site(folder, version_2())
    assert not catalog.poll()
    changed = version_2()
    changed["zones"] = []
    path = _write_site(folder, changed)
    assert catalog.poll()
    assert catalog.site("store_1").zones == ()
    path.write_text("{")
    assert not catalog.poll()
    assert "calibration_store_1.json" in catalog.refused_sites["store_1"]
    assert catalog.site("store_1").hash != site.hash
    _write_site(folder, version_2())
    assert catalog.poll()
    assert catalog.site("store_1").hash == site.hash
    assert not catalog.refused_sites


def test_a_store_without_a_site_file_is_refused_until_it_has_one(folder: Path) -> None:
    path = _write_site(folder, version_2())
    path.rename(kept := folder / "kept.json")
    catalog = _open(folder)
    with pytest.raises(InputError, match=r"calibration_store_1\.json"):
        catalog.site("store_1")
    kept.rename(path)
    assert catalog.site("store_1").name == "store_1"


def test_the_stores_of_cameras_yaml_are_watched(folder: Path) -> None:
    (folder / "configs").mkdir()
    roi_documents.write(folder / "configs")
    services = "inference:\n  model_path: best.pt\n  batch_size: 1\n  fp16: true\ndebounce_window_seconds: 12\n"
    (folder / "configs/services.yaml").write_text(services)
    _edit(
        folder,
        cameras_file="configs/cameras.yaml",
        rois_file="configs/rois.yaml",
        services_file="configs/services.yaml",
    )
    catalog = _open(folder)
    assert list(catalog.watched()) == ["cameras"]
    assert [zone.type for zone in catalog.site("cameras").zones] == ["forbidden"]
    settings = catalog.settings
    assert (settings.batch_size, settings.fp16, settings.debounce_s) == (1, True, 12.0)
    assert settings.model == str(folder / "configs/best.pt")
    assert catalog.production.warnings == ()
    (folder / "configs/services.yaml").write_text("batch_size: 2\ncolour: red\n")
    assert catalog.poll()
    assert (catalog.settings.batch_size, len(catalog.production.warnings)) == (2, 1)
    _edit(folder, watch=["store_1"])
    assert catalog.poll()
    assert list(catalog.watched()) == ["store_1"]


@pytest.mark.parametrize("document", [version_1(), version_2()])
def test_a_snapshot_measures_as_the_site_does_and_shows_no_password(tmp_path: Path, document: dict[str, Any]) -> None:
    document["cameras"][0]["rtsp_url"] = f"rtsp://user:{CANARY}@10.0.0.5/1"
    del document["cameras"][0]["calibration"]["homography_matrix"]  # it is fitted, or comes from the file beside it
    path = tmp_path / "calibration_shop.json"
    path.write_text(json.dumps(document))
    site, seal = load_site(path), Seal("a key of these tests")
    written = json.dumps(site_document(site, seal))
    assert CANARY not in written
    assert SEALED in written
    again = site_from_document(json.loads(written), seal)
    assert (again.name, again.hash, again.path) == (site.name, site.hash, site.path)
    assert [camera.url for camera in again.cameras] == [camera.url for camera in site.cameras]
    assert again.cameras[0].calibration is not None
    assert site.cameras[0].calibration is not None
    np.testing.assert_array_equal(again.cameras[0].calibration.matrix, site.cameras[0].calibration.matrix)
    assert CANARY not in json.dumps(again.document)
    assert CANARY not in mask(f"the camera said {CANARY}")
    with pytest.raises(InputError, match="does not open"):
        site_from_document(json.loads(written), Seal("another key of these tests"))


def test_a_snapshot_with_other_geometry_is_refused(folder: Path) -> None:
    catalog = _open(folder)
    snapshot = catalog.site_document("store_1")
    snapshot["document"]["zones"] = []
    with pytest.raises(InputError, match="make the job anew"):
        site_from_document(snapshot, Seal("the key of the catalog's tests"))


def test_references_stay_references_in_a_snapshot(folder: Path) -> None:
    site = version_2()
    site["cameras"][0]["rtsp_url"] = "rtsp://user:env:DOOR@10.0.0.5/1"
    _write_site(folder, site)
    snapshot = _open(folder).site_document("store_1")
    assert snapshot["document"]["cameras"][0]["rtsp_url"] == "rtsp://user:env:DOOR@10.0.0.5/1"


@pytest.mark.parametrize("name", ["production_config.json", "calibration_data/calibration_store_1.json"])
@pytest.mark.parametrize(
    ("content", "fragment"),
    [(b"\xff\xfe", "UTF-8"), (b"[" * 100_000, "nested too deeply"), (None, "200 MiB, more than the 32 MiB")],
)
def test_a_file_that_cannot_be_one_is_refused(folder: Path, name: str, content: bytes | None, fragment: str) -> None:
    path = folder / name
    if content is None:
        with path.open("r+b") as file:
            file.truncate(200 << 20)  # a hole: it takes no room on the disk
    else:
        path.write_bytes(content)
    with pytest.raises(InputError, match=fragment):
        _open(folder).site("store_1")
