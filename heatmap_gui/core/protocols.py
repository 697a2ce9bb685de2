"""The places where the product is open: what a part must offer to be exchanged for another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from heatmap_gui.core.types import Detections, Frame, Points


@runtime_checkable
class Source(Protocol):
    """A camera's pictures. `grab` is cheap and moves on; `retrieve` decodes and converts what was grabbed.

    camera: its id. size: width, height in px. fps: nominal, None when unknown. frames: length when known.
    live: True where frames are lost when nobody takes them. labels: classes of the detections that it brings itself;
    empty: pictures only. truncated: it turned out to be damaged, or to end early; sure at the end. Owned by one thread.
    """

    camera: str
    size: tuple[int, int]
    fps: float | None
    frames: int | None
    live: bool
    labels: tuple[str, ...]
    truncated: bool

    def grab(self) -> tuple[int, float] | None:
        """Move to the next frame: its (index, seconds since the first frame; live: Unix time). None at the end.

        Raises UnavailableError when the camera is lost or misses its deadline, InputError on unreadable data.
        """
        ...

    def retrieve(self) -> Frame:
        """The frame grabbed last. `at` is what grab said."""
        ...

    def close(self) -> None: ...


@runtime_checkable
class Detector(Protocol):
    """Finds people and vehicles. Owned by one thread.

    name: model or method, for outputs. device, precision: where and how it computes, for people.
    labels: class names. batch: how many frames it likes at once.
    """

    name: str
    device: str
    precision: str
    labels: tuple[str, ...]
    batch: int

    def detect(self, frames: Sequence[Frame]) -> list[Detections]:
        """One Detections a frame, of confidence >= 0.1 (the tracker's second pass wants the weak ones)."""
        ...

    def close(self) -> None: ...


@runtime_checkable
class Meter(Protocol):
    """Turns settled positions into facts. Rows of one track come in time order."""

    def add(self, points: Points) -> None: ...

    def end(self, track_ids: Sequence[int]) -> None:
        """These tracks are over: what is open for them closes at their last row."""
        ...

    def take(self) -> Sequence[Any]:
        """The facts settled since the last call."""
        ...
