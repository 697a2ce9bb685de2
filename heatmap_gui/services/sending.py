"""What goes to one endpoint now (a lane), sent one after the other, and when to come again with what was not taken."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from heatmap_gui.core.errors import GoneError, InputError, TryLaterError, UnavailableError
from heatmap_gui.core.protocols import Sink
from heatmap_gui.core.work import Delivery, DeliveryStatus
from heatmap_gui.store.deliveries import Attempt

LANE_S = 10.0  # a lane that takes longer gives back what it has not sent
_FIRST_DELAY_S, _FACTOR, _LONGEST_DELAY_S = 2.0, 4.0, 3600.0
_LONGEST_REST_S = 60.0  # so often an endpoint in trouble is tried, with whatever is due there
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Lane:
    """until: when what is not sent is given back. attempts: how it went, one for each of the load in the end. rest_s:
    how long the endpoint is left alone then. gone: what it said when it wanted nothing any more.
    """

    endpoint: str
    load: Sequence[Delivery]
    until: float
    attempts: list[Attempt] = field(default_factory=list)
    rest_s: float = 0.0
    gone: str | None = None


class Sender:
    """Sends lanes, those of different endpoints at the same time. rng: spreads the retries of many.

    A try that reached nobody does not count, and is made again until the delivery's deadline; any other does.
    """

    def __init__(self, sinks: Mapping[str, Sink], clock: Callable[[], float], rng: random.Random) -> None:
        self._sinks, self._clock, self._rng = sinks, clock, rng
        self._missed: dict[str, int] = {}  # how often in a row nobody was reached, by endpoint

    def send(self, lane: Lane, stopping: threading.Event) -> None:
        """Fills `attempts`. The lane ends early at the first that may work later: the others would not fare better."""
        for delivery in lane.load:
            if stopping.is_set() or lane.rest_s or lane.gone or self._clock() > lane.until:
                lane.attempts.append(_given_back(delivery))
            else:
                attempt = self._try(lane, delivery)
                lane.attempts.append(_given_back(delivery) if stopping.is_set() and attempt.next_at else attempt)

    def _try(self, lane: Lane, delivery: Delivery) -> Attempt:
        begin = self._clock()
        if delivery.deadline is not None and begin > delivery.deadline:
            return replace(failed(delivery, f"not taken in time: {delivery.answer or 'never tried'}"), counts=False)
        try:
            said = self._sinks[delivery.sink].deliver(delivery)
        except TryLaterError as error:
            return self._again(lane, delivery, error)
        except UnavailableError as error:  # a secret, a disk
            return self._again(lane, delivery, TryLaterError(error.message, answered=False))
        except InputError as error:
            lane.gone = error.message if isinstance(error, GoneError) else None
            return failed(delivery, error.message)
        self._missed.pop(lane.endpoint, None)
        if _log.isEnabledFor(logging.INFO):
            told = {"delivery_id": delivery.id, "job_id": delivery.job_id, "endpoint": delivery.endpoint}
            _log.info("api_post", extra=told | {"duration_ms": round((self._clock() - begin) * 1e3, 1)})
        return _attempt(delivery, DeliveryStatus.DELIVERED, said)

    def _again(self, lane: Lane, delivery: Delivery, error: TryLaterError) -> Attempt:
        count = delivery.attempts
        if error.answered:
            self._missed.pop(lane.endpoint, None)
        else:
            count = self._missed[lane.endpoint] = self._missed.get(lane.endpoint, 0) + 1
        delay = self._delay(count, error.retry_after_s)
        lane.rest_s = delay if error.retry_after_s is not None else min(delay, _LONGEST_REST_S)
        if error.answered and delivery.attempts >= delivery.most_attempts:
            return failed(delivery, f"given up after {delivery.attempts} tries: {error.message}")
        again = self._clock() + (delay if error.answered else lane.rest_s)
        pending = _attempt(delivery, DeliveryStatus.PENDING, error.message)
        return replace(pending, next_at=again, counts=error.answered)

    def _delay(self, count: int, asked_s: float | None) -> float:
        """Seconds until the next try, never sooner than the endpoint asked for (up to an hour)."""
        if asked_s is not None:
            return min(asked_s, _LONGEST_DELAY_S) * self._rng.uniform(1.0, 1.1)
        longest = min(_FIRST_DELAY_S * _FACTOR ** min(count - 1, 10), _LONGEST_DELAY_S)
        return longest * self._rng.uniform(0.5, 1.0)


def failed(delivery: Delivery, why: str) -> Attempt:
    """It never will be taken; said in the log as well."""
    told = {"delivery_id": delivery.id, "job_id": delivery.job_id, "endpoint": delivery.endpoint}
    _log.warning("delivery %s to %s failed: %s", delivery.id, delivery.endpoint, why, extra=told)
    return _attempt(delivery, DeliveryStatus.FAILED, why)


def _attempt(delivery: Delivery, status: DeliveryStatus, answer: str | None) -> Attempt:
    return Attempt(delivery_id=delivery.id, fence=delivery.fence, status=status, answer=answer)


def _given_back(delivery: Delivery) -> Attempt:
    """It was not sent, and is as due as before."""
    pending = _attempt(delivery, DeliveryStatus.PENDING, delivery.answer)
    return replace(pending, next_at=delivery.next_at, counts=False)
