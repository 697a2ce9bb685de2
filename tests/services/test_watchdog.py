"""What the picture watchdog notices, how soon, and that people who walk about are none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from heatmap_gui.bench.camera_clips import walk
from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.reference import features
from heatmap_gui.core.types import U1
from heatmap_gui.services.watchdog import Calibrated, PictureWatch, Verdict

FPS = 10
CLIP = "data/pets09-s2l1/view001.mp4"
CLIP_FPS = 7
Change = Callable[[U1, int], U1]


def shifted(picture: U1, full_hd_px: float) -> U1:
    height, width = picture.shape[:2]
    by = np.array([[1, 0, full_hd_px * width / 1920], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(picture, by, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8)


def noisy(picture: U1, level: int, number: int) -> U1:
    return np.clip(np.random.default_rng(number).normal(level, 2, picture.shape), 0, 255).astype(np.uint8)


def streaked(picture: U1) -> U1:
    torn = picture.copy()
    torn[len(torn) // 3 :] = torn[len(torn) // 3]
    return torn


FAULTS: dict[str, tuple[str, Change]] = {
    "shifted by 37 px of full HD": ("moved", lambda picture, number: shifted(picture, 37)),
    "a hand before it": ("covered", lambda picture, number: noisy(picture, 60, number)),
    "no light": ("covered", lambda picture, number: (picture * 0.03).astype(np.uint8)),
    "a decoder's grey": ("smeared", lambda picture, number: np.full_like(picture, 128)),
    "streaks": ("smeared", lambda picture, number: streaked(picture)),
}


def drawn(count: int) -> list[U1]:
    return list(walk(count))


def clip(test_data: Path, count: int | None = None) -> Iterator[U1]:
    with av.open(str(test_data / CLIP)) as container:
        for frame in islice(container.decode(video=0), count):
            yield frame.to_ndarray(format="bgr24").astype(np.uint8)


def verdicts(watch: PictureWatch, pictures: list[U1], fps: int, start_s: float = 0.0) -> list[Verdict | None]:
    return [watch.look(picture, start_s + number / fps) for number, picture in enumerate(pictures)]


def noticed_and_over(trouble: str, change: Change, pictures: list[U1], fps: int) -> tuple[float, float]:
    """Seconds from the fault to the verdict, and from its end to none."""
    fine, broken, mended = np.array_split(np.arange(len(pictures)), 3)
    watch = PictureWatch()
    assert not any(verdicts(watch, [pictures[i] for i in fine], fps))
    during = verdicts(watch, [change(pictures[i], int(i)) for i in broken], fps, broken[0] / fps)
    found = [verdict.trouble if verdict else None for verdict in during]
    assert trouble in found, f"found {set(found)}"
    after = verdicts(watch, [pictures[i] for i in mended], fps, mended[0] / fps)
    assert None in after
    return found.index(trouble) / fps, after.index(None) / fps


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed_and_its_end(fault: str) -> None:
    noticed_s, over_s = noticed_and_over(*FAULTS[fault], drawn(180), FPS)
    assert noticed_s < 4
    assert over_s < 2.5


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_real_camera_is_noticed(fault: str, test_data: Path) -> None:
    noticed_s, over_s = noticed_and_over(*FAULTS[fault], list(clip(test_data, 18 * CLIP_FPS)), CLIP_FPS)
    assert noticed_s < 4
    assert over_s < 2.5


def test_a_frozen_picture_is_noticed_although_key_frames_differ() -> None:
    still = drawn(60)[30]
    pulse = np.clip(still.astype(int) + 1, 0, 255).astype(np.uint8)
    frozen = [pulse if number % 10 == 0 else still for number in range(60)]
    watch = PictureWatch()
    assert not any(verdicts(watch, drawn(60), FPS))
    found = verdicts(watch, frozen, FPS, 6.0)
    first = next(number for number, verdict in enumerate(found) if verdict)
    assert first / FPS < 4
    assert found[first] is not None and found[first].trouble == "frozen"  # type: ignore[union-attr]
    assert verdicts(watch, drawn(60), FPS, 12.0)[-1] is None


def test_a_still_scene_before_a_noisy_sensor_is_not_frozen() -> None:
    still, rng = drawn(1)[0].astype(int), np.random.default_rng(3)
    pictures = [np.clip(still + rng.normal(0, 1, still.shape), 0, 255).astype(np.uint8) for _ in range(100)]
    assert not any(verdicts(PictureWatch(), pictures, FPS))


def test_a_decoder_that_guesses_is_believed() -> None:
    watch, pictures = PictureWatch(), drawn(60)
    found = [watch.look(picture, number / FPS, damaged=number > 10) for number, picture in enumerate(pictures)]
    assert found[-1] is not None and found[-1].trouble == "smeared"


def test_one_damaged_picture_now_and_then_is_no_trouble() -> None:
    watch = PictureWatch()
    found = [watch.look(picture, n / FPS, damaged=n % 4 == 0) for n, picture in enumerate(drawn(80))]
    assert not any(found)


def test_nothing_is_wrong_with_people_in_a_real_place(test_data: Path) -> None:
    watch = PictureWatch()
    found = [watch.look(picture, number / CLIP_FPS) for number, picture in enumerate(clip(test_data))]
    assert len(found) == 795
    assert not any(found)


def test_a_camera_that_was_moved_while_it_was_away_is_noticed() -> None:
    watch, pictures = PictureWatch(), drawn(100)
    verdicts(watch, pictures[:60], FPS)
    found = verdicts(watch, [shifted(picture, 60) for picture in pictures[60:]], FPS, 600.0)
    assert found[-1] is not None and found[-1].trouble == "moved"
    assert "% of its width" in found[-1].reason


def calibrated(picture: U1, name: str = "One") -> Calibrated:
    """For what this picture shows."""
    camera = {"camera_id": 1, "name": name, "calibration": {"reference": features(picture).spread().document()}}
    return Calibrated(camera, Calibration(np.eye(3), np.zeros((0, 2)), np.zeros((0, 2))))


def told(watch: PictureWatch, pictures: list[U1], by: Calibrated, start_s: float) -> list[Verdict | None]:
    return [watch.look(picture, start_s + number / FPS, calibrated=by) for number, picture in enumerate(pictures)]


def test_a_camera_that_was_moved_while_nobody_looked_is_noticed_until_it_is_back_or_calibrated_again() -> None:
    pictures = drawn(100)
    then = calibrated(pictures[0])
    moved = [shifted(picture, 60) for picture in pictures]
    assert not any(told(PictureWatch(), pictures, then, 0.0)), "it shows what it was calibrated for"
    watch = PictureWatch()
    found = told(watch, moved, then, 0.0)
    assert found[-1] is not None and found[-1].trouble == "moved"
    assert "since it was calibrated it was moved by 3 %" in found[-1].reason
    assert told(watch, pictures, then, 10.0 + 10.0)[-1] is None, "turned back"
    watch = PictureWatch()
    told(watch, moved, then, 0.0)
    assert told(watch, moved, calibrated(moved[0]), 10.0)[-1] is None, "calibrated again"
    assert not any(told(PictureWatch(then), moved, then, 0.0)), "somebody said that it is right"


def test_a_camera_that_was_moved_before_our_eyes_is_right_again_once_it_is_calibrated() -> None:
    watch, pictures = PictureWatch(), drawn(200)
    then = calibrated(pictures[0])
    told(watch, pictures[:60], then, 0.0)
    moved = [shifted(picture, 60) for picture in pictures[60:]]
    assert told(watch, moved[:70], then, 6.0)[-1] is not None
    assert told(watch, moved[70:], calibrated(moved[70]), 13.0)[-1] is None


def test_a_camera_that_looks_elsewhere_is_noticed_after_half_a_minute() -> None:
    watch, pictures = PictureWatch(), drawn(60)
    verdicts(watch, pictures, FPS)
    elsewhere = [np.ascontiguousarray(picture[::-1, ::-1]) for picture in pictures] * 6
    found = [verdict is not None for verdict in verdicts(watch, elsewhere, FPS, 6.0)]
    assert 28 < found.index(True) / FPS < 33
