"""What is packed comes back within the stated steps, whatever it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.core.heatmap import LAYERS
from heatmap_gui.core.types import Points, Sparse, Tile
from heatmap_gui.store.packing import HOUR_S, SECONDS_STEP, STEP, TIME_STEP_S, Chunk, pack, unpack
from heatmap_gui.store.tile_packing import pack_tile, unpack_tile
from tests.store.walks import walks

_ROUNDING = 1e-6  # of Unix times in float64


def unpacked(chunks: list[Chunk]) -> Points:
    fields = ([getattr(c, name) for c in chunks] for name in ("chunk", "hour", "track_id", "label"))
    return unpack(*fields)


def of_one_class(points: Points) -> Points:
    return replace(points, class_id=np.zeros(len(points), np.int16))


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    tracks=st.integers(1, 30),
    instants=st.integers(1, 80),
    period_s=st.sampled_from([0.04, 1 / 7, 0.5, 60.0, 1000.0]),
    reach=st.sampled_from([0.001, 30.0, 4000.0, 1e6]),
    start=st.sampled_from([0.0, 0.29, 1_766_325_599.9]),
)
def test_rows_come_back_within_their_steps(
    seed: int, tracks: int, instants: int, period_s: float, reach: float, start: float
) -> None:
    points = walks(seed, tracks, instants, period_s, reach, start)
    chunks = pack(points)
    sent = points.take(np.lexsort((points.at, points.class_id, points.at // HOUR_S, points.track_id)))
    back = unpacked(chunks)
    kinds = np.array([points.labels.index(label) for label in back.labels])[back.class_id]
    np.testing.assert_array_equal(back.track_id, sent.track_id)
    np.testing.assert_array_equal(kinds, sent.class_id)
    np.testing.assert_array_equal(back.cameras, sent.cameras)
    np.testing.assert_array_equal(back.interpolated, sent.interpolated)
    late_s = sent.at - back.at
    assert late_s.min() > -TIME_STEP_S * 1e-3 - _ROUNDING and late_s.max() < TIME_STEP_S + _ROUNDING
    for name in ("x", "y", "vx", "vy", "sigma"):
        assert np.abs(getattr(back, name) - getattr(sent, name)).max() <= STEP / 2 * (1 + 1e-6)
    assert np.abs(back.seconds - sent.seconds).max() <= SECONDS_STEP / 2 * (1 + 1e-6)
    assert sum(chunk.seconds for chunk in chunks) == pytest.approx(points.seconds.sum())
    assert (min(c.first_at for c in chunks), max(c.last_at for c in chunks)) == (back.at.min(), back.at.max())


def test_no_row_leaves_its_five_minutes_or_its_cell() -> None:
    edges = of_one_class(walks(0, 1, 2000, 0.04, 1.0, 299.0))
    back = unpacked(pack(edges))
    np.testing.assert_array_equal(back.at // 300, np.floor(edges.at / 300 + 1e-9))
    np.testing.assert_array_equal(np.floor(back.x / 0.25), np.floor(edges.x / 0.25))


def test_a_row_of_a_walk_takes_a_dozen_bytes() -> None:
    points = of_one_class(walks(1, 20, 500, 1 / 7, 30.0, 0.0))
    points = replace(points, cameras=np.ones(len(points), np.uint64), vx=points.vx / 50, vy=points.vy / 50)
    assert sum(len(chunk.chunk) for chunk in pack(points)) < 15 * len(points)


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x01" + bytes(200), b"\x01" + b"\xff" * 200])
def test_damage_is_said(content: bytes) -> None:
    with pytest.raises(UnavailableError, match="damaged"):
        unpack([content], [0], [1], ["person"])
    with pytest.raises(UnavailableError, match="damaged"):
        unpack_tile(0, b"\x01\x01\x06person" + content[1:])


def test_what_is_newer_is_not_guessed_at() -> None:
    chunk = pack(walks(0, 1, 5, 1.0, 1.0, 0.0))[0].chunk
    with pytest.raises(UnavailableError, match="newer version"):
        unpack([b"\x09" + chunk[1:]], [0], [1], ["person"])
    with pytest.raises(UnavailableError, match="newer version"):
        unpack_tile(0, b"\x09\x00")


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1), cells=st.integers(0, 400), visits=st.sampled_from([1, 300, 70_000]))
def test_tiles_come_back(seed: int, cells: int, visits: int) -> None:
    random = np.random.default_rng(seed)
    where = np.flatnonzero(random.random(1000) < cells / 1000).astype(np.int32)
    values = np.stack([random.normal(0, 5, len(where)) for _ in LAYERS])
    values[1:3] = random.integers(0, visits, (2, len(where)))
    exposure = Sparse.of(np.repeat(random.integers(0, 3, 50) * 1.5, 20)[None])
    tile = Tile(300, {"person": Sparse(where, values), "car": Sparse(where, values * 2)}, exposure)
    back = unpack_tile(300, pack_tile(tile))
    assert list(back.layers) == ["person", "car"]
    for ours, theirs in [*zip(back.layers.values(), tile.layers.values(), strict=True), (back.exposure, exposure)]:
        np.testing.assert_array_equal(ours.cells, theirs.cells)
        np.testing.assert_allclose(ours.values, theirs.values, rtol=1e-7)
