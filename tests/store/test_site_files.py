"""Site files are found, read with what belongs to them, and refused in words when they are none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.store.site_files import find_site, load_site
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
