"""Files against clips whose frames, colours and times are known, and against a real one."""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.types import Frame
from heatmap_gui.vision.sources import open_source
from heatmap_gui.vision.sources.files import FileSource
from tests.vision.sources.clips import SIZE, cut, level, noise, plain, write_clip

WAV = b"RIFF\x44\x08\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data \x08\0\0" + bytes(2080)
FAST_START = {"movflags": "faststart"}
FORMS = [
    ("clip.mp4", "libx264", 0),
    ("reordered.mp4", "libx264", 2),
    ("clip.mkv", "libx264", 2),
    ("clip.avi", "mpeg4", 0),
    ("reordered.avi", "libx264", 2),
    ("clip.ts", "libx264", 2),
    ("clip.gif", "gif", 0),
]


def opened(path: Path, keyframes_only: bool = False) -> FileSource:
    source = open_source("1", str(path), keyframes_only=keyframes_only)
    assert isinstance(source, FileSource)
    return source


def read(source: Source) -> list[Frame]:
    frames = []
    while source.grab() is not None:
        frames.append(source.retrieve())
    source.close()
    return frames


def mean(frame: Frame) -> float:
    assert frame.image is not None
    return float(frame.image.mean())


@pytest.mark.parametrize(("name", "codec", "b_frames"), FORMS)
def test_every_frame_comes_once_in_order_and_in_time(tmp_path: Path, name: str, codec: str, b_frames: int) -> None:
    source = opened(write_clip(tmp_path / name, [noise(i) for i in range(25)], codec=codec, b_frames=b_frames))
    frames = read(source)

    assert isinstance(source, Source)
    assert source.size == SIZE
    assert not source.live
    assert not source.truncated
    assert [f.index for f in frames] == list(range(25))
    assert [mean(f) for f in frames] == pytest.approx([level(i) for i in range(25)], abs=4)
    times = [f.at for f in frames]
    assert times[0] == 0
    assert (np.diff(times) > 0).all()
    if name != "reordered.avi":  # AVI has no presentation times and counts the delayed packets twice
        assert times == pytest.approx([i / 10 for i in range(25)], abs=0.011)
        assert source.frames in (25, None)


def test_times_of_a_variable_rate_are_the_files_own(tmp_path: Path) -> None:
    times_ms = [500, 540, 700, 730, 1500, 1533]
    path = write_clip(tmp_path / "vfr.mkv", [noise(i) for i in range(6)], times_ms)

    assert [f.at for f in read(opened(path))] == pytest.approx([0, 0.04, 0.2, 0.23, 1.0, 1.033])


def test_a_stream_without_times_runs_at_its_rate(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "raw.h264", [noise(i) for i in range(8)], form="h264")
    source = opened(path)
    assert source.fps is not None
    interval_s = 1 / source.fps

    assert [f.at for f in read(source)] == pytest.approx([i * interval_s for i in range(8)])


def test_times_rise_on_where_a_recording_starts_anew(tmp_path: Path) -> None:
    first = write_clip(tmp_path / "a.ts", [noise(i) for i in range(12)])
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() * 2)
    times = [f.at for f in read(opened(joined))]

    assert len(times) == 24
    assert (np.diff(times) > 0).all()
    assert times[-1] == pytest.approx(2.3, abs=0.15)


def test_colours_are_right_and_pictures_read_only(tmp_path: Path) -> None:
    colours = [(0, 0, 255), (0, 255, 0), (255, 0, 0), (128, 128, 128)]
    frames = read(opened(write_clip(tmp_path / "colours.mp4", [plain(*c) for c in colours])))

    for frame, colour in zip(frames, colours, strict=True):
        assert frame.image is not None
        assert frame.image.shape == (SIZE[1], SIZE[0], 3)
        assert np.abs(frame.image.astype(int) - colour).max() < 12
        assert not frame.image.flags.writeable


def test_a_picture_is_turned_as_the_display_matrix_says(tmp_path: Path) -> None:
    upper_half_white = plain(0, 0, 0)
    upper_half_white[: SIZE[1] // 2] = 255
    path = write_clip(tmp_path / "turned.mp4", [upper_half_white] * 3)
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 44  # ISO/IEC 14496-12, 8.3.2, version 0
    one = 1 << 16
    data[matrix : matrix + 36] = struct.pack(">9i", 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)  # 90 degrees clockwise
    path.write_bytes(data)
    source = opened(path)
    picture = read(source)[0].image

    assert source.size == (SIZE[1], SIZE[0])
    assert picture is not None
    assert picture.shape == (SIZE[0], SIZE[1], 3)
    assert picture[:, -20:].mean() > 240 > 15 > picture[:, :20].mean()


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("front.mp4", "libx264", FAST_START),
        ("clip.mkv", "libx264", {}),
        ("clip.avi", "mpeg4", {}),
        ("clip.gif", "gif", {}),
    ],
)
@pytest.mark.parametrize("keyframes_only", [False, True])
def test_a_cut_file_is_read_as_far_as_it_goes(
    tmp_path: Path, name: str, codec: str, options: dict[str, str], keyframes_only: bool
) -> None:
    whole = write_clip(tmp_path / name, [noise(i) for i in range(40)], codec=codec, gop=5, container_options=options)
    source = opened(cut(whole, 0.55), keyframes_only)
    frames = read(source)

    assert source.truncated
    assert 1 <= len(frames) < 30
    whole_frames = frames[:-1] or frames  # the last may be half a picture
    assert [mean(f) for f in whole_frames] == pytest.approx([level(f.index) for f in whole_frames], abs=4)
    complete = opened(whole, keyframes_only)
    read(complete)
    assert not complete.truncated


def test_damage_within_a_file_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "damaged.mp4", [noise(i) for i in range(30)], gop=5, container_options=FAST_START)
    data = bytearray(path.read_bytes())
    start = len(data) * 45 // 100
    data[start : start + 4000] = bytes(4000)
    path.write_bytes(data)
    source = opened(path)
    frames = read(source)

    assert source.truncated
    assert mean(frames[-1]) == pytest.approx(level(29), abs=4)


def _cut_before_the_index(folder: Path) -> Path:
    return cut(write_clip(folder / "clip.mp4", [noise(i) for i in range(20)]), 0.6)


def _written(name: str, data: bytes) -> object:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return write


@pytest.mark.parametrize(
    ("make", "fragment"),
    [
        (lambda folder: folder / "missing.mp4", "no such file"),
        (_written("empty.mp4", b""), "is empty"),
        (_written("noise.mp4", bytes(range(256)) * 20), "not a video"),
        (_written("notes.txt", b"these are words\n" * 80), "no video"),
        (_written("sound.wav", WAV), "no video"),
        (_cut_before_the_index, "moov"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, make: object, fragment: str) -> None:
    assert callable(make)
    path = make(tmp_path)
    before = _open_files()
    with pytest.raises(InputError) as caught:
        open_source("1", str(path))

    assert fragment in caught.value.message
    assert path.name in caught.value.message
    assert "\n" not in caught.value.message
    assert _open_files() == before


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0


@pytest.mark.parametrize("b_frames", [0, 2])
def test_key_frames_alone_keep_their_numbers_and_times(tmp_path: Path, b_frames: int) -> None:
    path = write_clip(tmp_path / "clip.mp4", [noise(i) for i in range(40)], gop=8, b_frames=b_frames)
    frames = read(opened(path, keyframes_only=True))

    assert [f.index for f in frames] == [0, 8, 16, 24, 32]
    assert [f.at for f in frames] == pytest.approx([0, 0.8, 1.6, 2.4, 3.2])
    assert [mean(f) for f in frames] == pytest.approx([level(f.index) for f in frames], abs=4)


def test_key_frames_alone_can_be_switched_while_reading(tmp_path: Path) -> None:
    source = opened(write_clip(tmp_path / "clip.mp4", [noise(i) for i in range(60)], gop=10))
    frames = []
    for number in range(20):
        source.keyframes_only = 5 <= number < 8
        if source.grab() is None:
            break
        frames.append(source.retrieve())

    assert [f.index for f in frames] == [0, 1, 2, 3, 4, 10, 20, 30, *range(40, 52)]
    assert [mean(f) for f in frames] == pytest.approx([level(f.index) for f in frames], abs=4)
    source.close()


def test_a_key_frame_is_decoded_only_for_who_looks(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", [noise(i) for i in range(40)], gop=10, container_options=FAST_START)
    with av.open(str(path)) as container:
        spoilt = [p for p in container.demux(video=0) if p.is_keyframe and p.size][2]
        at, size = spoilt.pos, spoilt.size
    assert at is not None
    data = bytearray(path.read_bytes())
    picture = data.index(b"\x65", at, at + size) + 1  # behind the key picture's NAL unit type: its slice header
    data[picture : at + size] = bytes(at + size - picture)
    path.write_bytes(data)

    source = opened(path, keyframes_only=True)
    assert [source.grab() for _ in range(3)] == [(0, 0.0), (10, 1.0), (20, 2.0)]
    with pytest.raises(UnavailableError, match="damaged key frame"):
        source.retrieve()
    assert source.grab() == (30, 3.0)
    assert mean(source.retrieve()) == mean(source.retrieve()) == pytest.approx(level(30), abs=4)
    assert source.grab() is None
    source.close()


def test_a_closed_file_is_let_go(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", [noise(i) for i in range(4)])
    before = _open_files()
    source = opened(path)
    source.grab()
    source.close()

    assert _open_files() == before


def test_a_real_clip_is_what_opencv_sees(test_data: Path) -> None:
    path = test_data / "data" / "pets09-s2l1" / "view001.mp4"
    source = opened(path)
    capture = cv2.VideoCapture(os.fspath(path))
    for _ in range(60):
        source.grab()
        _, expected = capture.read()
    frame = source.retrieve()
    capture.release()
    count = 60
    while (grabbed := source.grab()) is not None:
        count, last_s = grabbed[0] + 1, grabbed[1]

    assert frame.image is not None
    assert np.abs(frame.image.astype(int) - expected).mean() < 1
    assert (source.fps, source.frames, count) == (10, 795, 795)
    assert last_s == pytest.approx(79.4)
    assert not source.truncated
    source.close()


def test_an_idle_camera_looked_at_once_costs_a_tenth_of_opencv(test_data: Path, tmp_path: Path) -> None:
    real = opened(test_data / "data" / "clips" / "car-detection.mp4")
    images = [f.image for f in read(real)[:200] if f.image is not None]
    path = write_clip(tmp_path / "idle.mp4", images, gop=50, qp=24)

    begun = time.process_time()
    capture = cv2.VideoCapture(os.fspath(path))
    while capture.read()[0]:
        pass
    capture.release()
    opencv_s = time.process_time() - begun
    begun = time.process_time()
    source = opened(path, keyframes_only=True)
    assert [source.grab() is not None for _ in range(5)] == [True] * 4 + [False]
    assert mean(source.retrieve()) > 0
    source.close()
    ours_s = time.process_time() - begun
    assert opencv_s > 10 * ours_s
