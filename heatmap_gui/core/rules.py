"""What is alarming in what the cameras show: rules over live tracks, and why each alert fired or did not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from heatmap_gui.core import geometry
from heatmap_gui.core.site import PLAN, Site, Zone
from heatmap_gui.core.types import F8, Observation

FORBIDDEN_ZONE = "forbidden_zone"
DEBOUNCE_S = 30.0
_CLEAR_S = 2.0  # a track has left a zone when it was not in it for so long
_MARGIN_M = 0.3  # how far outside the border somebody who was inside still is: what positions jitter by
_MARGIN = 0.05  # the same of a box's height, or of a zone's width where nothing has a scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that somebody should know, or that would have been one. at: Unix time.

    id: stable, its deliveries are named after it. kind: forbidden_zone, or a trouble of a camera or of the system.
    rule: its name for people. reason: what happened, in words. suppressed: why it is not delivered; None: it is.
    """

    id: str
    store_name: str
    kind: str
    rule: str
    at: float
    reason: str
    camera: str | None = None
    zone_id: str | None = None
    track_id: int | None = None
    label: str | None = None
    suppressed: str | None = None


def alert_id(at: float, *what: object) -> str:
    """One that sorts by time, and is another one for every other `what`."""
    return f"{round(at * 1000)}-{hashlib.sha256(repr(what).encode()).hexdigest()[:12]}"


@dataclass(slots=True)
class _Stay:
    """A track and a zone, from their first meeting until the track is forgotten.

    entered_at: None while it is outside. inside_at, alive_at: when it was that last. fired: in this stay. told: causes
    for which it was suppressed, ever.
    """

    label: str
    camera: str
    entered_at: float | None = None
    inside_at: float = 0.0
    alive_at: float = 0.0
    fired: bool = False
    fired_at: float = -np.inf
    told: set[str] = field(default_factory=set)


class ZoneRules:
    """The forbidden zones of a site: a rule each. Owned by one thread.

    A track fires when its class is one of the zone's alert_classes (where there are none: when it is not one of the
    allowed ones), within its active_hours, after hold_s inside, once a stay and once in debounce_s. What does not fire
    is an alert too, that says why, once for each track, zone and cause. debounce_s: where the zone does not say.
    """

    def __init__(self, site: Site, *, debounce_s: float = DEBOUNCE_S) -> None:
        self._site, self._debounce_s = site, debounce_s
        self._zones = [zone for zone in site.zones if zone.type == "forbidden"]
        self._clock = ZoneInfo(site.timezone)
        self._calibrated = {camera.id for camera in site.cameras if camera.calibration}
        self._stays: dict[str, dict[int, _Stay]] = {zone.id: {} for zone in self._zones}

    def show(self, observation: Observation) -> list[Alert]:
        """The alerts of one camera's instant. Instants come in time order."""
        camera = observation.frame.camera
        places = {camera, PLAN} if camera in self._calibrated else {camera}
        alerts: list[Alert] = []
        for zone in self._zones:
            if zone.on in places:
                self._follow(zone, observation)
            alerts += self._judge(zone, observation.frame.at)
        return alerts

    def _follow(self, zone: Zone, observation: Observation) -> None:
        """Who is in the zone now, as this camera sees it."""
        frame, live, stays = observation.frame, observation.live, self._stays[zone.id]
        place, margin = self._places(zone, observation)
        inside = {track for track, stay in stays.items() if stay.entered_at is not None}
        known = np.isin(live.track_id, list(inside))
        within = geometry.inside(zone.polygon, place)
        if known.any():
            within |= known & (geometry.distance(zone.polygon, place) <= margin)
        for row in np.flatnonzero(live.seen & within).tolist():
            label = live.labels[int(live.class_id[row])]
            stay = stays.setdefault(int(live.track_id[row]), _Stay(label, frame.camera))
            stay.label, stay.camera, stay.inside_at = label, frame.camera, frame.at
            if stay.entered_at is None:
                stay.entered_at, stay.fired = frame.at, False
        for track in stays.keys() & set(live.track_id.tolist()):
            stays[track].alive_at = frame.at

    def _places(self, zone: Zone, observation: Observation) -> tuple[F8, F8]:
        """Where the live tracks are (n, 2) and how far from the border that may be wrong (n,), in px of zone.on."""
        frame, live, floor = observation.frame, observation.live, self._site.floor
        if zone.on == PLAN:
            width = np.sqrt(abs(geometry.area(zone.polygon)))
            margin = _MARGIN_M / floor.units_per_px if floor.unit == "m" else _MARGIN * width
            return floor.to_px(np.stack([live.x, live.y], axis=1)), np.full(len(live.x), margin)
        left, top, right, bottom = live.box.T
        scale = np.divide(self._site.camera(frame.camera).frame_size or frame.size, frame.size)
        place = np.stack([(left + right) / 2, bottom if zone.anchor == "foot" else (top + bottom) / 2], axis=1)
        return place * scale, _MARGIN * (bottom - top) * scale[1]

    def _judge(self, zone: Zone, at: float) -> Iterator[Alert]:
        """What each stay in the zone amounts to by now."""
        debounce_s = self._debounce_s if zone.debounce_s is None else zone.debounce_s
        active = is_active(zone, at, self._clock)
        stays = self._stays[zone.id]
        for track, stay in list(stays.items()):
            if stay.entered_at is None:
                if at - stay.alive_at > max(_CLEAR_S, debounce_s):
                    del stays[track]
                continue
            cause, why = _objection(zone, stay, active, at, debounce_s)
            if at - stay.inside_at > _CLEAR_S:
                if cause == "hold":
                    yield from self._spare(zone, track, stay, cause, why)
                stay.entered_at = None
            elif stay.inside_at < at or stay.fired or cause == "hold":
                continue
            elif cause:
                yield from self._spare(zone, track, stay, cause, why)
            else:
                stay.fired, stay.fired_at = True, at
                yield self._alert(zone, track, stay, at)

    def _spare(self, zone: Zone, track: int, stay: _Stay, cause: str, why: str) -> Iterator[Alert]:
        """The alert that is not delivered."""
        if cause not in stay.told:
            stay.told.add(cause)
            yield self._alert(zone, track, stay, stay.inside_at, why)

    def _alert(self, zone: Zone, track: int, stay: _Stay, at: float, suppressed: str | None = None) -> Alert:
        assert stay.entered_at is not None
        stayed_s = at - stay.entered_at
        where = f"the forbidden zone {zone.name}"
        did = f"has been in {where} for {stayed_s:.1f} s" if stayed_s else f"entered {where}"
        return Alert(
            id=alert_id(at, self._site.name, zone.id, track, suppressed),
            store_name=self._site.name,
            kind=FORBIDDEN_ZONE,
            rule=f"{FORBIDDEN_ZONE}:{zone.id}",
            at=at,
            reason=f"{stay.label} {track} {did}",
            camera=stay.camera,
            zone_id=zone.id,
            track_id=track,
            label=stay.label,
            suppressed=suppressed,
        )


def is_active(zone: Zone, at: float, clock: ZoneInfo) -> bool:
    """Whether the zone counts at this hour of the store (Unix time, its time zone); hours may reach over midnight."""
    if not zone.active_hours:
        return True
    now = datetime.fromtimestamp(at, clock).strftime("%H:%M")
    return any(a <= now < b if a < b else now >= a or now < b for a, b in zone.active_hours)


def why_inactive(zone: Zone) -> str:
    """In words, where `is_active` says that it does not count."""
    return f"outside the active hours: {', '.join('-'.join(hours) for hours in zone.active_hours)}"


def why_harmless(zone: Zone, label: str) -> str:
    """Why this class does not alert in a forbidden zone, in words; empty: it does."""
    if zone.alert_classes and label not in zone.alert_classes:
        return f"{label} is none of the classes that alert there: {', '.join(zone.alert_classes)}"
    if not zone.alert_classes and label in zone.allowed_classes:
        return f"{label} is allowed there"
    return ""


def _objection(zone: Zone, stay: _Stay, active: bool, at: float, debounce_s: float) -> tuple[str, str]:
    """Why a stay is not told: a cause and its words; both empty when nothing speaks against it."""
    assert stay.entered_at is not None
    stayed_s = stay.inside_at - stay.entered_at
    if harmless := why_harmless(zone, stay.label):
        return "class", harmless
    if not active:
        return "hours", why_inactive(zone)
    if stayed_s < zone.hold_s:
        return "hold", f"left after {stayed_s:.1f} s: less than the {zone.hold_s:g} s that it takes"
    since_s = at - stay.fired_at
    if since_s < debounce_s:
        return "debounce", f"told {since_s:.0f} s before: once in {debounce_s:g} s is enough"
    return "", ""
