"""How often somebody may come: so many at once, and then at a rate (a token bucket, kept as the time of its fill)."""

from __future__ import annotations

from collections import OrderedDict

_MOST_KEYS = 10_000  # those who came last; who was not here for so long has a full bucket anyway


class TokenBuckets:
    """One bucket a key. per_s: how fast each fills; burst: what it holds. Mutable, owned by one thread."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s, self._burst = per_s, burst
        self._empty_at: OrderedDict[str, float] = OrderedDict()  # when a bucket would have been empty

    def take(self, key: str, now: float) -> float:
        """Takes one token -> 0; or nothing where there is none -> seconds until there is. now: monotonic seconds."""
        empty_at = max(self._empty_at.pop(key, -float("inf")), now - self._burst / self._per_s)
        wait_s = empty_at + 1 / self._per_s - now
        self._empty_at[key] = empty_at if wait_s > 0 else empty_at + 1 / self._per_s
        if len(self._empty_at) > _MOST_KEYS:
            self._empty_at.popitem(last=False)
        return max(0.0, wait_s)
