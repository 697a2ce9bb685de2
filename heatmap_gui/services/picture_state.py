"""What a tile may say about its picture: live only where it is, and otherwise what is the matter since when."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from heatmap_gui.core.site import Camera, Site
from heatmap_gui.services.board import Shown
from heatmap_gui.services.cameras import CameraState
from heatmap_gui.services.conditions import MEASURED, CameraStatus, Condition

STALE_S = 2.0
_STALE_FRAMES = 2.5  # of a camera that is asked for fewer pictures than that
_GONE = (CameraStatus.LOST, CameraStatus.DENIED, CameraStatus.SUSPENDED)


class Sight(StrEnum):
    """What a tile shows. UNFIT: pictures come that are not measured; from GONE on there is no picture."""

    LIVE = "live"
    STALE = "stale"
    UNFIT = "unfit"
    GONE = "gone"
    WAITING = "waiting"
    OFF = "off"


class PictureState(NamedTuple):
    """Of one camera at one moment. age_s: of its newest picture; None without one. retry_in_s: until the next try.

    reason: of the trouble, in one line without the camera's name. since_s: since the last frame. skipped: frames that
    came and were not looked at. denied: a further try may lock the account.
    unsuitable: what it sends does not fit its calibration. overloaded: pictures come, but nobody has time for them.
    """

    sight: Sight
    age_s: float | None = None
    since_s: float = 0.0
    reason: str = ""
    fps: float = 0.0
    skipped: int = 0
    tries: int = 0
    retry_in_s: float | None = None
    denied: bool = False
    unsuitable: bool = False
    overloaded: bool = False


def picture_state(camera: Camera, shown: Shown | None, state: CameraState | None, now: float) -> PictureState:
    """now: Unix time. state None: it is not measured."""
    if state is None:
        return PictureState(Sight.OFF)
    seen = state.seen(now)
    age_s = None if shown is None else max(0.0, now - shown.at)
    return PictureState(
        sight=_sight(camera, seen, age_s),
        age_s=age_s,
        since_s=max(0.0, now - (seen.since if state.frame_at is None else state.frame_at)),
        reason=seen.reason.removeprefix(f"camera {camera.id}: "),
        fps=state.fps,
        skipped=max(0, state.read - state.processed),
        tries=state.retries,
        retry_in_s=None if state.retry_at is None else max(0.0, state.retry_at - now),
        denied=seen.status is CameraStatus.DENIED,
        unsuitable=seen.status is CameraStatus.SUSPENDED,
        overloaded=state.frame_at is not None and now - state.frame_at < STALE_S,
    )


def sights(site: Site, newest: Mapping[str, Shown], states: Mapping[str, CameraState], now: float) -> dict[str, Sight]:
    """Of each camera that is switched on, by id. newest, states: by camera, as far as there are any."""
    cameras = (camera for camera in site.cameras if camera.enabled)
    return {c.id: picture_state(c, newest.get(c.id), states.get(c.id), now).sight for c in cameras}


def _sight(camera: Camera, seen: Condition, age_s: float | None) -> Sight:
    if seen.status in _GONE:
        return Sight.GONE
    if age_s is None or seen.status is CameraStatus.CONNECTING:
        return Sight.WAITING
    if seen.status not in MEASURED:
        return Sight.UNFIT
    longest_s = max(STALE_S, _STALE_FRAMES / camera.fps_target if camera.fps_target else 0.0)
    return Sight.STALE if age_s > longest_s else Sight.LIVE
