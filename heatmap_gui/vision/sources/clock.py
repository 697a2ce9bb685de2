"""When a live frame was taken: the host's clock for the time, the stream's for the spacing."""

from __future__ import annotations

import math

CREEP = 1e-3  # s a s that the offset may rise: more than any two clocks drift apart, less than jitter
REORDER_S = 1.0  # a packet may be this much earlier than the one before it
LATE_S = 10.0  # later than this the stream's clock was set anew; until then it waited on the way
RESOLUTION_S = 1e-6  # of Unix time in a float


class StreamClock:
    """Unix times of one stream's frames: its own times plus a slowly adapting minimum of (arrival - own time).

    The least delayed packet tells the offset between the clocks best, as in NTP's clock filter (RFC 5905, section 10).
    Queues on the way delay the arrival but not the stamp, and the stamps rise always.
    """

    def __init__(self) -> None:
        self._offset_s = math.nan
        self._own_s = -math.inf
        self._arrival = 0.0
        self._last = -math.inf

    def observe(self, own_s: float, arrival: float) -> None:
        """A packet of the stream's time own_s arrived at this Unix time."""
        delay_s = arrival - own_s
        known_s = self._offset_s + CREEP * (arrival - self._arrival)
        in_step = own_s > self._own_s - REORDER_S and delay_s < known_s + LATE_S
        self._offset_s = min(known_s, delay_s) if in_step else delay_s
        self._own_s, self._arrival = own_s, arrival

    def stamp(self, own_s: float | None, arrival: float) -> float:
        """Unix time of a frame, which has arrived by now; one without a time of its own counts as it arrives."""
        known = own_s is not None and not math.isnan(self._offset_s)
        at = own_s + self._offset_s if own_s is not None and known else arrival
        self._last = max(min(at, arrival), self._last + RESOLUTION_S)
        return self._last
