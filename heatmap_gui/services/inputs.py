"""What a measurement opens before it begins: its sources, and the detector that suits them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.projection import Projection
from heatmap_gui.core.protocols import Detector, Source
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.types import Detections, Frame
from heatmap_gui.services.measurement import Measurement
from heatmap_gui.services.secrets import resolve
from heatmap_gui.vision.detectors import open_detector
from heatmap_gui.vision.sources import open_source


def open_sources(order: Measurement, stack: ExitStack) -> dict[str, Source]:
    cameras = [camera for camera in order.site.cameras if camera.enabled]
    if not cameras:
        raise InputError(f"{order.site.name}: no camera is enabled: enable one in the site file, or name a --source")
    sources = {}
    for camera in cameras:
        source = sources[camera.id] = opener(camera)()
        stack.callback(source.close)
    return sources


def opener(camera: Camera) -> Callable[[], Source]:
    """What opens a camera: now, and again when it was lost. A sub-stream for detection comes first.

    A reference to its password is resolved at each opening: a changed one heals by itself.
    """
    return lambda: open_source(camera.id, resolve(camera.detect_url or camera.url))


def scaled(site: Site, projections: dict[str, Projection]) -> Iterator[str]:
    """What to say of cameras whose frames have another size than the site file's geometry."""
    for camera_id, projection in projections.items():
        written = site.camera(camera_id).frame_size
        if written is not None and written != projection.size:
            frames, said = ("x".join(map(str, size)) for size in (projection.size, written))
            yield f"camera {camera_id}: its frames are {frames}, the site file's geometry is for {said} and was scaled"


class Recorded:
    """Stands in for a detector where every source replays detections of its own."""

    name, device, precision, batch = "recorded detections", "-", "-", 1
    labels: tuple[str, ...] = ()

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        return []

    def close(self) -> None:
        pass


def detector_for(order: Measurement, sources: dict[str, Source], projections: dict[str, Projection]) -> Detector:
    if all(source.labels for source in sources.values()):
        return Recorded()
    return open_detector(
        order.model,
        order.device,
        models_dir=order.models_dir,
        projections=projections,
        floor=order.site.floor,
        classes=order.classes,
    )


def labels_of(order: Measurement, sources: dict[str, Source], detector: Detector) -> tuple[str, ...]:
    """The classes of everything that may be found."""
    labels = tuple(dict.fromkeys([*detector.labels, *(name for s in sources.values() for name in s.labels)]))
    if unknown := sorted(set(order.classes or ()) - set(labels)):
        raise InputError(f"no class {unknown[0]!r} is to be found here: choose of {', '.join(labels)}")
    return labels
