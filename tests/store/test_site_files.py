"""Site files are found, read with what belongs to them, and refused in words when they are none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.store.site_files import find_site, load_site, load_yaml_site
from tests.core import roi_documents
from tests.core.pinhole import Pinhole
from tests.core.site_documents import version_1, version_2


def test_the_matrices_file_fills_gaps_only(tmp_path: Path) -> None:
    site = version_2()
    matrix = [[1, 0, 5], [0, 1, 6], [0, 0, 1]]
    entry = {"name": "", "matrix": matrix}
    matrices = {"store_name": "shop", "matrices": {"camera_1": entry, "camera_till-2": entry}}
    (tmp_path / "calibration_shop.json").write_text(json.dumps(site))
    (tmp_path / "homography_matrices_shop.json").write_text(json.dumps(matrices))
    door, till = load_site(tmp_path / "calibration_shop.json").cameras
    assert door.calibration is not None
    assert till.calibration is not None
    np.testing.assert_array_equal(door.calibration.matrix, Pinhole().homography())
    np.testing.assert_array_equal(till.calibration.matrix, matrix)


@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        (b'{"store": {\n "name": }', "line 2, column 10"),
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not a text in UTF-8"),
        (b"[1]", "the document is [1]: allowed: an object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"store": {"plan_width": ' + b"9" * 5000 + b"}}", "a number too long"),
        (None, "no such file"),
    ],
)
def test_a_file_that_is_no_site_is_refused(tmp_path: Path, content: bytes | None, fragment: str) -> None:
    path = tmp_path / "calibration_shop.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_site(path)
    assert fragment in caught.value.message


def test_a_folder_is_no_site_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_site(tmp_path)


def _save(folder: Path, name: str, created_at: str | None) -> Path:
    document = version_1()
    document["metadata"]["created_at"] = created_at
    (folder / name).write_text(json.dumps(document))
    return folder / name


def test_the_newest_file_of_a_store_is_found_by_its_date(tmp_path: Path) -> None:
    _save(tmp_path, "calibration_shop.json", "2025-01-31T12:00:00")
    newest = _save(tmp_path, "calibration_shop_20240101_000000.json", "2025-02-01T12:00:00+09:00")
    _save(tmp_path, "calibration_shop_two.json", "2026-01-01T00:00:00")
    _save(tmp_path, "calibration_shop_20260101_000000.json", None)
    assert find_site(tmp_path, "shop") == newest
    with pytest.raises(InputError, match=r"calibration_kiosk\.json"):
        find_site(tmp_path, "kiosk")


def test_a_broken_file_is_not_passed_over_for_an_older_one(tmp_path: Path) -> None:
    _save(tmp_path, "calibration_shop_20240101_000000.json", "2025-02-01T12:00:00")
    broken = tmp_path / "calibration_shop.json"
    broken.write_text("{")
    assert find_site(tmp_path, "shop") == broken


def test_the_real_sites_load(test_data: Path) -> None:
    folder = test_data / "data"
    new, old = (load_site(folder / "pets09-s2l1" / f"calibration_pets{v}.json") for v in ("", "_v1"))
    assert (new.floor.unit, old.floor.unit) == ("m", "px")
    assert new.floor.plan_path is not None
    assert new.floor.plan_path.is_file()
    assert len(load_site(folder / "wildtrack/calibration_wildtrack.json").cameras) == 7


def test_a_store_may_have_any_name(tmp_path: Path) -> None:
    document = version_1()
    document["store"]["name"] = "north/1 .."
    path = tmp_path / "calibration_north.json"
    path.write_text(json.dumps(document))
    assert load_site(path).name == "north/1 .."


def test_a_cameras_file_is_a_site_with_the_rois_beside_it(tmp_path: Path) -> None:
    path = roi_documents.write(tmp_path)
    site = load_site(path)
    assert ([camera.id for camera in site.cameras], site.path) == (["cam_nave3_hornos"], path)
    assert [(zone.id, zone.on) for zone in site.zones] == [("cam_nave3_hornos-loading_zone", "cam_nave3_hornos")]
    (tmp_path / "rois.yaml").rename(tmp_path / "rois.yml")
    assert load_site(path).hash == site.hash
    (tmp_path / "rois.yml").rename(tmp_path / "forbidden.yaml")
    assert load_site(path).zones == ()
    assert load_yaml_site(path, tmp_path / "forbidden.yaml").hash == site.hash
    assert load_yaml_site(path, None).zones == ()


@pytest.mark.parametrize("name", ["cameras.yaml", "rois.yaml"])
@pytest.mark.parametrize(
    ("content", "fragment"),
    [
        (b"cameras:\n  - [\n", "not YAML: "),
        (b"", "nothing is written in it"),
        (b"cameras:\n  - name: \xe9\n", "not a text in UTF-8 (line 2): this file is to be YAML, saved as UTF-8"),
        ("cameras: []\n".encode("utf-16"), "not a text in UTF-8 (line 1)"),
        (b"- 1\n", "the document is [1]: allowed: an object"),
    ],
)
def test_a_yaml_file_that_is_none_is_refused(tmp_path: Path, name: str, content: bytes, fragment: str) -> None:
    path = roi_documents.write(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_site(path)
    assert name in caught.value.message
    assert fragment in caught.value.message


def test_a_huge_yaml_file_is_refused_unread(tmp_path: Path) -> None:
    path = roi_documents.write(tmp_path)
    with (tmp_path / "rois.yaml").open("r+b") as file:
        file.truncate(200 << 20)  # a hole: it takes no room on the disk
    with pytest.raises(InputError, match=r"rois\.yaml: 200 MiB, more than the 4 MiB that are read"):
        load_site(path)


def test_a_rois_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"other\.yaml: no such file"):
        load_yaml_site(roi_documents.write(tmp_path), tmp_path / "other.yaml")
