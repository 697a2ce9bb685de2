"""The reader of one camera of a live run, which goes on however else the site is edited."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from heatmap_gui.core.errors import HeatmapError
from heatmap_gui.core.protocols import Source
from heatmap_gui.core.site import Camera
from heatmap_gui.core.types import Frame
from heatmap_gui.loops import Latest
from heatmap_gui.services.cameras import CameraState, ReaderLoop, Sampler
from heatmap_gui.services.conditions import CameraStatus
from heatmap_gui.services.impatience import Impatience
from heatmap_gui.services.watchdog import Calibrated

_log = logging.getLogger(__name__)


class Reader:
    """A loop; its frames come to `slot`. first: the first one, without its picture; written by who takes them.

    begun, ended: its loop. arrived: set at each frame. start: Unix time before which nothing counts.
    """

    def __init__(
        self,
        camera: Camera,
        open_source: Callable[[], Source],
        arrived: threading.Event,
        *,
        start: float,
        frame_rate: float | None,
        frame_skip: int,
    ) -> None:
        self.state, self.slot = CameraState(), Latest[Frame](arrived)
        self.sampler = Sampler(camera.fps_target or frame_rate, frame_skip)
        self.first: Frame | None = None
        self.begun = self.ended = False
        self._camera = camera
        self._loop = ReaderLoop(
            open_source, self.slot, self.sampler, self.state, start=start, offset_s=camera.offset_s
        )  # fmt: skip

    def serves(self, camera: Camera) -> bool:
        """Whether it may go on for the camera as it is written now. One that is suspended is looked at anew."""
        usable = not self.ended and self.state.condition.status is not CameraStatus.SUSPENDED
        return usable and _opened(camera) == _opened(self._camera)

    def expect(self, calibrated: Calibrated | None) -> None:
        """What its pictures are compared with from now on."""
        self._loop.calibrated = calibrated

    def __call__(self, stopping: threading.Event) -> None:
        try:
            self._loop(Impatience(stopping, self.state))
        except HeatmapError as error:  # a file that cannot be read any further: the other cameras go on
            self.state.suspend(error.message)
            _log.warning("%s", error.message, extra={"camera": self._camera.id})
        finally:
            self.ended = True


def readers_for(
    cameras: Sequence[Camera], known: Mapping[str, Reader], make: Callable[[Camera], Reader]
) -> dict[str, Reader]:
    """One a camera, by id: the known one where it serves, else a new one. Those that serve no camera end."""
    found = {}
    for camera in cameras:
        reader = known.get(camera.id)
        found[camera.id] = reader if reader is not None and reader.serves(camera) else make(camera)
        found[camera.id].state.unfit = None  # what did not fit before may fit now
    for camera_id, reader in known.items():
        reader.state.unwanted = found.get(camera_id) is not reader
    return found


def _opened(camera: Camera) -> tuple[str, str | None, float | None, float]:
    """What decides which frames come."""
    return camera.url, camera.detect_url, camera.fps_target, camera.offset_s
