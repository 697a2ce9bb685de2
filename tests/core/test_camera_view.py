"""What is drawn on the floor, in a camera's picture: where the synthetic camera truly sees it."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.camera_view import CameraView
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Site
from heatmap_gui.resources import resource
from heatmap_gui.store.site_files import load_site
from heatmap_gui.vision.synthetic.store import VIEWS

SIZE = (640, 360)


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(resource("calibration_data") / "calibration_demo.json")


def test_zones_and_trails_lie_where_the_camera_sees_them(site: Site) -> None:
    camera = site.cameras[0]
    (true,) = (view for view in VIEWS if str(view.id) == camera.id)
    view = CameraView(site, camera, SIZE)
    places = np.array([[4.0, 8.0], [7.0, 6.0]])
    expected, _ = true.project(np.column_stack([places, np.zeros(2)]))
    np.testing.assert_allclose(view.places(places), expected, atol=3.0)
    names = {zone.id for zone, _ in view.zones}
    assert "entrance" in names
    assert all((outline.max(axis=0) > 0).all() for _, outline in view.zones)
    assert len(view.lines) == 1


def test_frames_of_another_size_move_all_with_them(site: Site) -> None:
    small, large = CameraView(site, site.cameras[0], SIZE), CameraView(site, site.cameras[0], (1280, 720))
    for (_, a), (_, b) in zip(small.zones, large.zones, strict=True):
        np.testing.assert_allclose(b, a * 2, rtol=1e-6)


def test_frames_of_another_shape_show_no_zone(site: Site) -> None:
    view = CameraView(site, site.cameras[0], (640, 480))
    assert view.zones == []
    assert np.isnan(view.places(np.zeros((1, 2)))).all()


def test_a_camera_hangs_where_its_verticals_vanish(site: Site) -> None:
    for camera in site.cameras:
        (true,) = (view for view in VIEWS if str(view.id) == camera.id)
        beneath = Projection.of(site.floor, camera, SIZE).beneath()
        assert beneath is not None
        assert np.linalg.norm(beneath - true.position[:2]) < 0.5
