"""What is live: pictures in the wanted size, people with their trails, and none that can be told apart once blurred."""

from __future__ import annotations

import numpy as np
import pytest

from heatmap_gui.core.site import Camera, Floor, Site, Zone
from heatmap_gui.core.types import Detections, Frame, Live, Observation
from heatmap_gui.services.board import TRAIL_S, Board

SIZE = (320, 180)
BOX = (100.0, 60.0, 140.0, 160.0)
RNG = np.random.default_rng(1)
NOISE = RNG.integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8)


@pytest.fixture
def board() -> Board:
    return Board(Site("s", Floor(None, 100, 100), (Camera("1", "One", "", 1), Camera("2", "Two", "", 2))))


def seen(
    at: float,
    *,
    x: float = 5.0,
    ids: tuple[int, ...] = (7,),
    camera: str = "1",
    seen: bool = True,
    found: tuple[tuple[float, ...], ...] = (),
) -> Observation:
    n = len(ids)
    live = Live(
        np.array(ids), np.full(n, x), np.full(n, 5.0), np.tile(BOX, (n, 1)), np.full(n, seen),
        np.zeros(n, np.int16), ("person",),
    )  # fmt: skip
    boxes = np.array(found, np.float32).reshape(-1, 4)
    detections = Detections(boxes, np.ones(len(boxes), np.float32), np.zeros(len(boxes), np.int16), ("person",))
    return Observation(Frame(camera, 0, at, NOISE.copy(), SIZE), detections, live)


def contrast(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], box: tuple[float, ...]) -> float:
    """How much neighbouring px of a box differ."""
    left, top, right, bottom = (round(v) for v in box)
    return float(np.abs(np.diff(image[top:bottom, left:right, 0].astype(float), axis=1)).mean())


def test_a_picture_is_there_before_anybody_was_looked_for_in_it(board: Board) -> None:
    board.glimpse(seen(1.0).frame)
    assert board.newest() == {}, "nobody wants it"
    board.wanted = {"1": SIZE}
    board.glimpse(seen(1.1).frame)
    shown = board.newest()["1"]
    assert shown.image is not None
    assert not shown.looked
    assert len(shown.boxes) == len(shown.labels) == 0
    board.show(seen(1.2))
    assert board.newest()["1"].looked


def test_nobody_is_seen_as_they_are_before_they_are_found_and_blurred(board: Board) -> None:
    board.wanted = {"1": SIZE}
    board.blur(True)
    board.glimpse(seen(1.0).frame)
    assert board.newest() == {}


def test_a_picture_that_nobody_wants_costs_nothing(board: Board) -> None:
    board.show(seen(1.0))
    assert board.newest()["1"].image is None
    assert len(board.newest()["1"].boxes) == 1


@pytest.mark.parametrize("wanted", [(160, 90), (160, 400), (640, 360), (320, 180)])
def test_a_picture_fills_what_is_wanted_in_its_own_shape(board: Board, wanted: tuple[int, int]) -> None:
    board.wanted = {"1": wanted}
    board.show(seen(1.0))
    image = board.newest()["1"].image
    assert image is not None
    assert image.shape == (round(wanted[0] * 180 / 320), wanted[0], 4)


def test_people_who_were_found_are_blurred_before_anybody_gets_the_picture(board: Board) -> None:
    board.wanted = {"1": SIZE}
    board.blur(True)
    other = (200.0, 40.0, 240.0, 140.0)  # found, and not followed yet
    board.show(seen(1.0, found=(other,)))
    image = board.newest()["1"].image
    assert image is not None
    for box in (BOX, other):
        assert contrast(image, box) < 0.2 * contrast(NOISE, box)
    assert contrast(image, (10, 10, 80, 50)) == contrast(NOISE, (10, 10, 80, 50)), "the rest is as it was"


def test_a_box_that_reaches_out_of_the_picture_is_blurred_as_well(board: Board) -> None:
    board.wanted = {"1": SIZE}
    board.blur(True)
    board.show(seen(1.0, found=((-30.0, -10.0, 30.0, 80.0), (310.0, 170.0, 400.0, 300.0), (400.0, 0.0, 500.0, 90.0))))
    image = board.newest()["1"].image
    assert image is not None
    assert contrast(image, (0, 0, 30, 80)) < 0.2 * contrast(NOISE, (0, 0, 30, 80))


def test_pictures_from_before_are_taken_off_once_people_are_to_be_blurred(board: Board) -> None:
    board.wanted = {"1": SIZE}
    board.show(seen(1.0))
    assert board.newest()["1"].image is not None
    board.blur(True)
    assert board.newest()["1"].image is None
    board.show(seen(1.1))
    kept = board.newest()["1"].image
    board.blur(True)
    assert board.newest()["1"].image is kept, "said twice it takes nothing off"


def test_a_trail_is_as_long_as_it_may_be(board: Board) -> None:
    for step in range(200):
        board.show(seen(100 + step * 0.1, x=step * 0.1, camera="1"))
    (one,) = board.people("1")
    assert one.place[0] == pytest.approx(19.9)
    assert one.trail[-1][0] - one.trail[0][0] == pytest.approx(TRAIL_S, abs=0.5)
    assert len(one.trail) <= TRAIL_S / 0.2 + 1


def test_a_trail_is_the_same_until_it_grows(board: Board) -> None:
    trails = []
    for at in (10.0, 10.1, 10.3):
        board.show(seen(at))
        trails.append(board.people("1")[0].trail)
    assert trails[1] is trails[0]
    assert [len(trail) for trail in trails] == [1, 1, 2]


def test_who_is_not_seen_any_more_is_forgotten_after_a_while(board: Board) -> None:
    board.show(seen(10.0, ids=(7, 8)))
    board.show(seen(11.0, ids=(7,)))
    assert {one.track_id for one in board.people("1")} == {7, 8}
    board.show(seen(13.5, ids=(7,)))
    assert {one.track_id for one in board.people("1")} == {7}


def test_a_box_without_a_sighting_does_not_keep_anybody(board: Board) -> None:
    board.show(seen(10.0))
    board.show(seen(12.0, seen=False))
    (one,) = board.people("1")
    assert one.seen_at == 10.0


def test_cameras_without_calibration_have_floors_of_their_own(board: Board) -> None:
    board.show(seen(10.0, ids=(1,)))
    board.show(seen(10.0, ids=(2,), camera="2"))
    assert [one.track_id for one in board.people("2")] == [2]
    assert board.people() == []


def test_an_edit_of_the_site_takes_no_picture_away(board: Board) -> None:
    board.wanted = {"1": SIZE, "2": SIZE}
    board.blur(True)
    for camera in "12":
        board.show(seen(1.0, camera=camera))
    after = Board(Site("s", Floor(None, 100, 100), (Camera("1", "Door", "", 1),)), board)
    assert after.newest() == {"1": board.newest()["1"]}
    after.show(seen(1.1))
    image = after.newest()["1"].image
    assert image is not None
    assert contrast(image, BOX) < 0.2 * contrast(NOISE, BOX), "it is still blurred"


def test_people_and_their_trails_stay_while_only_what_is_drawn_is_edited(board: Board) -> None:
    board.show(seen(1.0))
    zone = Zone("z", "Z", "general", np.array([[0.0, 0.0], [9.0, 0.0], [9.0, 9.0]]))
    cameras = (Camera("1", "One", "", 1), Camera("2", "Two", "", 2))
    drawn = Board(Site("s", Floor(None, 100, 100), cameras, (zone,)), board)
    assert [one.track_id for one in drawn.people("1")] == [7]
    elsewhere = Board(Site("s", Floor(None, 200, 100), cameras), board)
    assert elsewhere.people("1") == [], "there they are others"
