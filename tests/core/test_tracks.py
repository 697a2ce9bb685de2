"""The tracker's table: rows come, go and keep their columns together."""

from __future__ import annotations

import numpy as np

from heatmap_gui.core.tracks import Tracks


def _tracks(*ids: int, cameras: int = 3) -> Tracks:
    tracks = Tracks.new(np.array(ids), 5.0, cameras, 2)
    tracks.evidence = np.array(ids, np.float64)
    tracks.box_score[0] = ids
    return tracks


def test_new_rows_have_been_seen_once_and_by_no_camera_yet() -> None:
    tracks = _tracks(4, 7)
    assert len(tracks) == 2
    assert tracks.first_at.tolist() == tracks.seen_at.tolist() == [5.0, 5.0]
    assert not tracks.confirmed.any()
    assert tracks.seen(-1e9).tolist() == [0, 0]


def test_rows_stay_whole_when_others_come_and_go() -> None:
    tracks = _tracks(1, 2, 3)
    tracks.append(_tracks(8, 9))
    tracks.keep(np.array([True, False, True, False, True]))
    assert tracks.id.tolist() == [1, 3, 9]
    assert tracks.evidence.tolist() == [1.0, 3.0, 9.0]
    assert tracks.box_score[0].tolist() == [1.0, 3.0, 9.0]
    assert all(getattr(tracks, name).shape[-1] == 3 for name in tracks.__slots__)


def test_who_saw_it_is_a_bit_a_camera() -> None:
    tracks = _tracks(1, 2, cameras=64)
    tracks.box_at[[0, 2], 0] = 10.0
    tracks.box_at[1, 0] = 9.0
    tracks.box_at[63, 1] = 10.0
    assert tracks.seen(9.0).tolist() == [0b101, 1 << 63]
    assert tracks.seen(8.9).tolist() == [0b111, 1 << 63]
    assert tracks.seen(10.0).tolist() == [0, 0]
