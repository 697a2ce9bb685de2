"""The places where the product is open: what a part must offer to be exchanged for another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from heatmap_gui.core.types import Detections, Frame, Points
from heatmap_gui.core.work import Delivery, Job


@runtime_checkable
class Source(Protocol):
    """A camera's pictures. `grab` is cheap and moves on; `retrieve` decodes and converts what was grabbed.

    camera: its id. size: width, height in px. fps: nominal, None when unknown. frames: length when known. codec: of a
    video, else "".
    live: True where frames are lost when nobody takes them. labels: classes of the detections that it brings itself;
    empty: pictures only. truncated: it turned out to be damaged, or to end early; sure at the end. Owned by one thread.
    """

    camera: str
    size: tuple[int, int]
    fps: float | None
    frames: int | None
    codec: str
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


@runtime_checkable
class Broker(Protocol):
    """What is happening now, for whoever looks, and bells that wake who waits. SQL is the truth: what is lost here is
    only late. No method raises because the broker is away; any thread may call any of them.

    healthy: None where none is configured (one process does it all). trouble: why it is not, in words; else empty.
    connections: that are open to it.
    generation: rises when what it shows may be lost or old (it came back, or was emptied): restore then.
    """

    @property
    def healthy(self) -> bool | None: ...

    @property
    def trouble(self) -> str: ...

    @property
    def connections(self) -> int: ...

    @property
    def generation(self) -> int: ...

    def mirror(self, jobs: Sequence[Job]) -> None:
        """Show jobs as they are now; those that are queued stand in the queue, the others do not."""
        ...

    def restore(self, waiting: Sequence[str]) -> None:
        """Make the queue what SQL says: job ids, the oldest first."""
        ...

    def result(self, job: Job, detections: bytes) -> None:
        """Show what a job found (a JSON list)."""
        ...

    def live(self, store_name: str, fields: Mapping[str, str]) -> None:
        """The newest counts and camera states of a store."""
        ...

    def newest(self, store_name: str) -> Mapping[str, str]:
        """What `live` said last of a store, by whichever process; empty: nothing."""
        ...

    def alert(self, fields: Mapping[str, str]) -> None:
        """Append a copy of an alert to the stream of them."""
        ...

    def cache(self, key: str, text: str, keep_s: float | None = None) -> None: ...

    def cached(self, key: str) -> str | None: ...

    def ring(self, bell: str) -> None:
        """Wake those who wait for this bell: jobs, deliveries, cancel, config."""
        ...

    def wait(self, bells: Sequence[str], timeout_s: float) -> bool:
        """Block until one of the bells rings or the time is over. A ring between two waits of a thread is not lost."""
        ...

    def close(self) -> None: ...


@runtime_checkable
class Sink(Protocol):
    """Takes deliveries somewhere: an endpoint, a folder, a mailbox, a recorder. Any thread may call it."""

    def deliver(self, delivery: Delivery) -> str:
        """Send one -> what the other side said, shortened, for people. Ends within SEND_S.

        Raises TryLaterError when it may work another time, GoneError when the endpoint wants nothing any more, any
        other InputError when this delivery never will be taken.
        """
        ...

    def close(self) -> None:
        """Give back what is open. A delivery that is under way ends soon after."""
        ...
