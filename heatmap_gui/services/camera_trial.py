"""One look through a camera before it is taken into a site: its picture, or in words why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.types import U1
from heatmap_gui.services.secrets import hide, resolve
from heatmap_gui.vision.sources import open_source

_SAME_SHAPE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a camera showed. picture: (height, width, 3) BGR; fps: as announced, None where it does not say."""

    picture: U1
    fps: float | None
    codec: str

    @property
    def size(self) -> tuple[int, int]:
        """Width, height in px."""
        return self.picture.shape[1], self.picture.shape[0]


def try_camera(camera_id: str, url: str) -> Trial:
    """Opens, takes one picture, closes. url: with references to secrets, as a site file has it.

    It ends within the sources' own deadlines: seconds where nobody answers, half a minute where a camera answers and
    sends no key frame. Raises InputError where there is nothing of that name, DeniedError where user or password are
    refused, UnavailableError for all else; each says what to do.
    """
    source = open_source(camera_id, hide(resolve(url)))
    try:
        if source.grab() is None:
            raise InputError(f"camera {camera_id}: no picture in it: choose another video")
        frame = source.retrieve()
        if frame.image is None:
            raise InputError(f"camera {camera_id}: recorded detections have no picture: choose a video or a camera")
        return Trial(frame.image, source.fps, source.codec)
    finally:
        source.close()


def try_streams(camera_id: str, url: str, detect_url: str | None) -> tuple[Trial, Trial | None]:
    """A camera's main stream, and its sub-stream if it has one. Raises as `try_camera` does, and UnavailableError when
    the two show different shapes: what is measured in one would not fit the other.
    """
    main = try_camera(camera_id, url)
    if not detect_url:
        return main, None
    try:
        sub = try_camera(camera_id, detect_url)
    except UnavailableError as error:
        raise type(error)(f"the sub-stream: {error.message}") from None
    wide, high = (sub.size[side] / main.size[side] for side in (0, 1))
    if abs(wide / high - 1) > _SAME_SHAPE:
        sizes = " and ".join(f"{width}x{height}" for width, height in (main.size, sub.size))
        raise UnavailableError(
            f"main and sub-stream have different shapes ({sizes}): set both to the same shape in the camera, or leave"
            " the sub-stream out"
        )
    return main, sub
