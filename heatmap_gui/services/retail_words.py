"""What figures say, in plain sentences: each by a rule, with its numbers, and none that the figures do not bear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from heatmap_gui.core.impact import Impact
from heatmap_gui.core.meters.quality import COMPLETE
from heatmap_gui.core.spikes import Usual
from heatmap_gui.core.trend import Trend
from heatmap_gui.services.retail_figures import Piece, ZoneFigures

_LONG_WAIT_S = 180.0
_MANY_GONE = 0.1
_FEW = 10  # below that a share says nothing


def sentences(total: Piece, daily: Sequence[Piece], going: Trend, busiest: tuple[str, int] | None) -> tuple[str, ...]:
    """The most important first. busiest: when an hour began, and its footfall."""
    said = [*_quality(total), *_came(total, daily, busiest), *_going(going)]
    for zone in total.zones:
        said += [*_queue(zone), *_shelf(zone)]
    return tuple(said)


def _quality(total: Piece) -> Iterator[str]:
    seen = total.quality
    if seen.share == 0:
        yield "The cameras delivered nothing in this time: there are no figures."
    elif seen.share < COMPLETE:
        yield f"The cameras delivered for {seen.share:.0%} of the time: counts are lower than the truth."
    if seen.share and seen.cameras_down:
        names = ", ".join(seen.cameras_down)
        yield f"Down for more than half of the time: camera{'s' * (len(seen.cameras_down) > 1)} {names}."


def _came(total: Piece, daily: Sequence[Piece], busiest: tuple[str, int] | None) -> Iterator[str]:
    if total.footfall is None:
        inwards, outwards = (sum(getattr(line, way) for line in total.lines) for way in ("inwards", "outwards"))
        yield f"No entry zone is drawn: {inwards} crossed the lines inwards, {outwards} outwards."
        return
    counts = [day.footfall for day in daily if day.footfall is not None]
    mean = sum(counts) / len(counts) if counts else 0.0
    days = f"{len(counts)} day{'s' * (len(counts) != 1)}"
    yield f"Footfall was {total.footfall} on {days}, {mean:.1f} a day."
    if busiest is not None:
        at = datetime.fromisoformat(busiest[0])
        yield f"The busiest hour was {at:%A} {at:%Y-%m-%d} at {at:%H:%M}, with {busiest[1]}."


def _going(going: Trend) -> Iterator[str]:
    if going.per_week is None or going.low is None or going.high is None:
        yield f"Trend: not enough data ({going.days} whole days)."
        return
    interval = f"({going.low:+.1%} to {going.high:+.1%})"
    if going.direction == "steady":
        yield f"Trend: steady, {going.per_week:+.1%} a week {interval}."
    else:
        yield f"Trend: {going.direction} by {abs(going.per_week):.1%} a week {interval}."


def _queue(zone: ZoneFigures) -> Iterator[str]:
    queue = zone.queue
    if queue is None or queue.mean_wait_s is None or queue.p95_wait_s is None:
        return
    yield (
        f"{zone.name}: {zone.entries} waited {queue.mean_wait_s:.0f} s on average, one in twenty longer than "
        f"{queue.p95_wait_s:.0f} s; at most {queue.longest} stood there at once."
    )
    if queue.mean_wait_s > _LONG_WAIT_S:
        yield f"{zone.name}: waits are long: open another checkout when the queue grows."
    if queue.abandoned is not None and zone.entries >= _FEW:
        share = queue.abandoned / zone.entries
        if share >= _MANY_GONE:
            yield f"{zone.name}: {queue.abandoned} of {zone.entries} ({share:.0%}) left without reaching a checkout."


def _shelf(zone: ZoneFigures) -> Iterator[str]:
    if zone.stops is None or zone.mean_dwell_s is None or zone.entries < _FEW:
        return
    share = zone.stops / zone.entries
    yield (
        f"{zone.name}: {zone.entries} interactions, {zone.stops} ({share:.0%}) of them stopped; "
        f"{zone.mean_dwell_s:.0f} s on average."
    )


def unusual(what: str, at: datetime, found: Usual) -> str:
    """An hour against the same hour of earlier weeks."""
    hour = f"{at:%A} {at:%Y-%m-%d} at {at:%H:%M}"
    if found.usual is None or found.low is None or found.high is None:
        return f"{what}, {hour}: {found.value:.0f}; not enough data: {found.weeks} earlier weeks were seen."
    return (
        f"{what}, {hour}: {found.how}: {found.value:.0f}, where {found.weeks} earlier weeks had {found.usual:g} at that"
        f" hour ({found.low:.0f} to {found.high:.0f} would be as usual)."
    )


def changed(name: str, what: str, found: Impact | None) -> str:
    """An event's days against those that match them."""
    if found is None:
        return f"{name}: not enough data to tell whether {what} changed."
    share = "" if found.share is None else f" ({found.share:+.0%})"
    seen = (
        f"{what} was {found.during:.1f} a day on {found.days} days, {found.before:.1f} on {found.matched} matched days"
    )
    interval = f"{found.difference:+.1f} a day{share}, between {found.low:+.1f} and {found.high:+.1f}"
    verdict = "a clear change" if found.clear else "no clear change"
    return f"{name}: {seen}: {interval}: {verdict}."
