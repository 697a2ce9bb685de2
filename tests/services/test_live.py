"""Cameras of a live run come and go: who is there is measured, who comes later joins, what breaks is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.pipeline import Pipeline
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.site import Camera as SiteCamera
from heatmap_gui.core.site import Site, Zone
from heatmap_gui.core.types import Bucket, Frame
from heatmap_gui.loops import Loops
from heatmap_gui.services import live
from heatmap_gui.services.conditions import CameraStatus, Condition
from heatmap_gui.services.device import DeviceLoop
from heatmap_gui.services.live import LiveRun
from heatmap_gui.services.measurement import bare_site
from tests.services.jobs.running import until
from tests.services.live import SIZE, Camera, Standing

START = 1_766_325_600.0
_FPS = 10


class Facts:
    """Takes everything, and remembers what came of which pipeline."""

    def __init__(self) -> None:
        self.stretches: list[list[Bucket]] = []
        self.cameras: list[set[str]] = []
        self.open = True

    def begin(self, pipeline: Pipeline) -> None:
        self.stretches.append([])
        self.cameras.append({camera for floor in pipeline.floors.values() for camera in floor.cameras})

    def add(self, bucket: Bucket) -> None:
        self.stretches[-1].append(bucket)

    def room(self) -> bool:
        return self.open

    def seconds(self, stretch: int, camera: str) -> float:
        """Of the one who stands there, as rows have it."""
        return sum(float(b.points.seconds.sum()) for b in self.stretches[stretch] if b.floor == camera)

    def tracks(self) -> list[int]:
        """One number a camera and stretch."""
        per = [{(b.floor, i) for b in stretch for i in b.points.track_id.tolist()} for stretch in self.stretches]
        return [track for stretch in per for _, track in sorted(stretch)]


class Scene:
    """A run of cameras without calibration, each with one person standing in it."""

    def __init__(self, *cameras: str, detector: Standing | None = None) -> None:
        self.device, self.facts = DeviceLoop(detector or Standing()), Facts()
        site = bare_site(dict.fromkeys(cameras, "mot:nothing.txt"))
        self.run = LiveRun("run", site, self.device, self.facts, start=START)
        self.device.join("run", self.run)

    def show(self, cameras: Sequence[str], first_s: float, last_s: float, size: tuple[int, int] = SIZE) -> None:
        for n in range(round(first_s * _FPS), round(last_s * _FPS)):
            for camera in cameras:
                image = np.zeros((size[1], size[0], 3), np.uint8)
                self.run.slots[camera].put(Frame(camera, n, START + n / _FPS, image, size))
            self.device.step()


def test_cameras_that_open_together_join_together() -> None:
    scene = Scene("1", "2")
    scene.show("12", 0, 8)
    scene.run.end()
    assert scene.facts.cameras == [{"1", "2"}]
    assert scene.facts.seconds(0, "1") == pytest.approx(8, abs=0.3)
    assert scene.facts.seconds(0, "2") == pytest.approx(8, abs=0.3)


def test_a_camera_that_comes_later_joins_and_nothing_is_lost_or_numbered_twice() -> None:
    scene = Scene("1", "2")
    scene.run._join_at = 0.0  # nobody waits for the second one
    scene.show("1", 0, 5)
    scene.show("12", 5, 10)
    scene.run.end()
    assert scene.facts.cameras == [{"1"}, {"1", "2"}]
    total = scene.facts.seconds(0, "1") + scene.facts.seconds(1, "1")
    assert total == pytest.approx(10, abs=0.5)
    assert scene.facts.seconds(1, "2") == pytest.approx(5, abs=0.3)
    tracks = scene.facts.tracks()
    assert len(tracks) == len(set(tracks)) == 3


def test_pictures_are_seen_before_their_cameras_take_part() -> None:
    scene = Scene("1", "2")
    glimpsed: list[tuple[str, int]] = []
    looked: list[tuple[str, int]] = []
    scene.run._glimpses = (lambda frame: glimpsed.append((frame.camera, frame.index)),)
    scene.run._shows = (lambda seen: looked.append((seen.frame.camera, seen.frame.index)),)
    scene.show("1", 0, 0.2)
    assert glimpsed == [("1", 0), ("1", 1)], "of the one that is waited for there is none"
    assert looked == []
    scene.show("12", 0.2, 0.4)
    assert sorted(glimpsed[2:]) == [("1", 2), ("2", 2)], "from then on they are looked at"
    assert sorted(looked) == [("1", 2), ("1", 3), ("2", 2), ("2", 3)]
    scene.run.end()


def test_what_was_not_taken_yet_is_handed_over_when_a_camera_joins() -> None:
    scene = Scene("1", "2")
    scene.run._join_at, scene.facts.open = 0.0, False
    scene.show("1", 0, 5)
    assert scene.facts.seconds(0, "1") == 0
    scene.show("12", 5, 6)
    assert scene.facts.seconds(0, "1") == pytest.approx(5, abs=0.3)
    scene.run.end()


def test_nobody_waits_for_a_camera_that_is_down_and_it_counts_for_nothing() -> None:
    scene = Scene("1", "2")
    scene.run._join_at = 0.0
    scene.show("1", 0, 8)
    scene.run.end()
    exposed = {camera for bucket in scene.facts.stretches[0] for camera in bucket.exposed_s}
    assert exposed == {"1"}


def test_a_run_whose_cameras_are_all_down_ends_in_peace() -> None:
    scene = Scene("1", "2")
    assert scene.device.step() == 0
    scene.run.end()
    assert scene.facts.stretches == []


def test_what_comes_after_its_end_is_not_looked_at() -> None:
    scene = Scene("1")
    scene.show("1", 0, 3)
    scene.run.end()
    before = scene.facts.seconds(0, "1")
    scene.show("1", 3, 6)
    assert scene.facts.seconds(0, "1") == before == pytest.approx(3, abs=0.3)
    scene.run.end()  # twice is once


def test_facts_that_nobody_takes_add_up_meanwhile() -> None:
    scene = Scene("1")
    scene.show("1", 0, 2)
    taken = len(scene.facts.stretches[0])
    scene.facts.open = False
    scene.show("1", 2, 6)
    assert len(scene.facts.stretches[0]) == taken
    scene.facts.open = True
    scene.show("1", 6, 8)
    scene.run.end()
    assert scene.facts.seconds(0, "1") == pytest.approx(8, abs=0.3)


def test_times_before_the_start_do_not_count() -> None:
    scene = Scene("1")
    scene.show("1", -5, 3)
    scene.run.end()
    assert scene.facts.seconds(0, "1") == pytest.approx(3, abs=0.6)


def test_what_breaks_it_is_raised_to_who_asks() -> None:
    scene = Scene("1", detector=Standing())

    def broken(_: object) -> None:
        raise ZeroDivisionError("a view")

    scene.run._shows = (broken,)
    scene.show("1", 0, 1)
    with pytest.raises(ZeroDivisionError):
        scene.run.check()
    scene.run.end()


def edited(scene: Scene, site: Site) -> LiveRun:
    """What goes on after an edit, joined."""
    scene.run.part(site)
    after = LiveRun("run", site, scene.device, scene.facts, start=START, after=scene.run)
    scene.device.join("run", after)
    return after


def test_after_an_edit_cameras_that_are_opened_as_before_go_on() -> None:
    scene = Scene("1", "2", "3")
    scene.show("123", 0, 3)
    site, before = scene.run.site, scene.run
    one, two, _ = site.cameras
    scene.run = edited(scene, replace(site, cameras=(replace(one, name="Door"), replace(two, url="mot:other.txt"))))
    kept, anew = scene.run.readers["1"], scene.run.readers["2"]
    assert kept is before.readers["1"]
    assert anew is not before.readers["2"]
    assert [before.states[camera].unwanted for camera in "123"] == [False, True, True]
    scene.show("1", 3, 3.1)
    assert scene.facts.cameras == [{"1", "2", "3"}, {"1"}], "nobody waited for what had delivered already"
    scene.show("12", 3.1, 8)
    scene.run.end()
    total = sum(scene.facts.seconds(stretch, "1") for stretch in range(len(scene.facts.stretches)))
    assert total == pytest.approx(8, abs=0.5)
    tracks = scene.facts.tracks()
    assert len(tracks) == len(set(tracks)), "no number is given twice"


def test_an_edit_of_a_zone_interrupts_what_is_measured_there_and_nothing_else() -> None:
    scene = Scene("1", "2")
    here = np.array([[10.0, 30.0], [50.0, 30.0], [50.0, 47.0], [10.0, 47.0]])
    kept, moved = Zone("kept", "Shelf", "shelf", here, "1"), Zone("moved", "Queue", "queue", here, "2")
    scene.run = edited(scene, replace(scene.run.site, zones=(kept, moved)))
    scene.show("12", 0, 10)
    scene.run = edited(scene, replace(scene.run.site, zones=(kept, replace(moved, polygon=here - 2))))
    scene.show("12", 10, 20)
    scene.run.end()
    assert len(set(scene.facts.tracks())) == 2, "who is there stays who they are"
    before, after = ([v for b in stretch for v in b.visits] for stretch in scene.facts.stretches)
    assert [v.zone_id for v in before] == ["moved"]
    assert before[0].dwell_s == pytest.approx(10, abs=0.5)
    dwell = {v.zone_id: v.dwell_s for v in after}
    assert dwell == pytest.approx({"kept": 20, "moved": 10}, abs=0.5)
    for camera in "12":
        assert sum(scene.facts.seconds(n, camera) for n in range(2)) == pytest.approx(20, abs=0.5)


def test_a_camera_that_is_suspended_is_looked_at_anew_after_an_edit() -> None:
    scene = Scene("1", "2")
    scene.run.states["1"].condition = Condition(CameraStatus.SUSPENDED, START, "another size")
    scene.run.states["2"].suspend("does not fit")
    after = edited(scene, scene.run.site)
    assert after.readers["1"] is not scene.run.readers["1"]
    assert after.readers["2"] is scene.run.readers["2"]
    assert after.states["2"].unfit is None, "it may fit now"
    after.end()


def test_readers_that_go_on_are_not_begun_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def opener(camera: SiteCamera) -> Callable[[], Camera]:
        def opened_now() -> Camera:
            opened.append(camera.id)
            return Camera(10**9, pause_s=0.01)

        return opened_now

    monkeypatch.setattr(live, "opener", opener)
    device = DeviceLoop(Standing())
    site = bare_site({"1": "a", "2": "b"})
    with Loops() as loops:
        first = LiveRun("run", site, device, Facts(), start=START)
        first.begin(loops)
        until(lambda: sorted(opened) == ["1", "2"])
        other = replace(site, cameras=(site.cameras[0], replace(site.cameras[1], url="c")))
        first.part(other)
        second = LiveRun("run", other, device, Facts(), start=START, after=first)
        second.begin(loops)
        until(lambda: sorted(opened) == ["1", "2", "2"] and first.readers["2"].ended)
        assert not first.readers["1"].ended
        second.end()
    assert first.readers["1"].ended


def test_a_site_without_cameras_is_refused() -> None:
    site = bare_site({"1": "mot:x"})
    off = replace(site, cameras=tuple(replace(camera, enabled=False) for camera in site.cameras))
    with pytest.raises(InputError, match="no camera is enabled"):
        LiveRun("run", off, DeviceLoop(Standing()), Facts(), start=START)


def test_a_file_that_cannot_be_read_suspends_its_camera_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking:
        live, codec, truncated, size, fps = False, "", True, SIZE, 5.0

        def __init__(self, camera: str) -> None:
            self.camera = camera

        def grab(self) -> tuple[int, float] | None:
            if self.camera == "1":
                raise InputError("camera 1: frame 3 is damaged")
            return None

        def close(self) -> None:
            pass

    site: Site = bare_site({"1": "a", "2": "b"})
    monkeypatch.setattr(live, "opener", lambda camera: lambda: Breaking(camera.id))
    run = LiveRun("run", site, DeviceLoop(Standing()), Facts(), start=START)
    with Loops() as loops:
        run.begin(loops)
        until(lambda: not run.reading())
        loops.check()
    run.check()
    assert run.states["1"].error == "camera 1: frame 3 is damaged"
    assert run.states["2"].error is None


def test_a_camera_whose_geometry_does_not_fit_is_suspended_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = Scene("1", "2")
    of = Projection.of

    def refusing(floor: object, camera: object, size: tuple[int, int]) -> object:
        if size == (32, 24):
            raise InputError("camera 2: its frames are 32x24: calibrate it again")
        return of(floor, camera, size)  # type: ignore[arg-type]

    monkeypatch.setattr(Projection, "of", refusing)
    scene.run._join_at = 0.0
    scene.show("2", 0, 1, size=(32, 24))
    scene.run._join_at = 0.0
    scene.show("1", 1, 5)
    scene.run.end()
    assert scene.facts.cameras == [{"1"}]
    assert "calibrate it again" in str(scene.run.states["2"].error)
