"""How a scene is drawn: every pixel shows what its ray meets first; what makes that quick changes nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from heatmap_gui.vision.synthetic.layout import View
from heatmap_gui.vision.synthetic.raycast import Canvas, Surface
from heatmap_gui.vision.synthetic.textures import soft

VIEW = View(1, "", (0.3, -0.2, 2.0), (3.0, 1.0, 0.5), 80.0, (64, 48))


def _surfaces(rng: np.random.Generator, count: int) -> list[Surface]:
    """Rectangles on all sides of the eye, also through its plane and behind it."""
    texture = np.full((8, 8, 3), 200, np.uint8)
    made = []
    for number in range(count):
        (p, q), (wide, high) = rng.uniform(-4, 3, 2).tolist(), rng.uniform(0.2, 5, 2).tolist()
        made.append(
            Surface(
                number % 3, float(rng.uniform(-3, 5)), int(rng.choice([-1, 1])), (p, q), (p + wide, q + high),
                texture, 1.0, flip=False,
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_pixel_shows_the_nearest_surface_that_its_ray_meets(mirrored: bool) -> None:
    canvas, surfaces = Canvas(VIEW, 1, mirrored), _surfaces(np.random.default_rng(3), 60)
    nearest = np.full(canvas.depth.shape, np.inf)
    for surface in surfaces:
        canvas.draw(surface)
        a, gap = surface.axis, surface.level - canvas.eye[surface.axis]
        t = gap / canvas.rays[a].astype(np.float64)
        p, q = (canvas.eye[i] + t * canvas.rays[i] for i in range(3) if i != a)
        (p0, q0), (p1, q1) = surface.low, surface.high
        met = (gap * surface.facing < 0) & (t > 0.05) & (p > p0) & (p < p1) & (q > q0) & (q < q1)
        nearest = np.where(met, np.minimum(nearest, t), nearest)
    seen = np.isfinite(nearest)
    assert 0.2 < seen.mean() < 1.0
    same = np.isclose(canvas.depth, nearest, rtol=1e-4)
    assert (~same).sum() <= 0.002 * same.size  # rays that meet an edge
    assert (canvas.image.any(axis=2) == np.isfinite(canvas.depth)).all()


def test_shade_is_blurred_as_it_would_be_row_by_row() -> None:
    light = np.ones((90, 120), np.float32)
    light[20:40, 30:70], light[35:80, 60:64] = 0.25, 0.5
    for sigma_px in (2.0, 9.0):
        np.testing.assert_array_equal(soft(light, sigma_px), cv2.GaussianBlur(light, (0, 0), sigma_px))
