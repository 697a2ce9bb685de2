"""What is happening now, on Redis for all processes. SQL is the truth, this shows it and rings.

Redis may go away and come back at any time. Whoever finds it away goes on at once; one caller a second, at the most,
tries again, with short timeouts. The key MARK says whose Redis it is: it comes with every command, so that a Redis that
was emptied, or is another deployment's, is noticed by the first answer.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.exceptions import RedisError
from redis.retry import Retry

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.core.work import Job, Status
from heatmap_gui.logs import mask, register_secret
from heatmap_gui.services.bells import Bells
from heatmap_gui.services.job_fields import job_fields, utc_text

MARK = "heatmap:deployment"
QUEUE = "detection:queue"
KEEP_JOB_S, KEEP_RESULT_S = 7 * 86_400, 86_400
_CONNECT_S, _ANSWER_S = 0.4, 0.5  # both together: the longest that anybody is kept
_PATIENCE_S = (1.0, 5.0)  # before the next try: first, longest
_SILENCE_S = 60.0  # for so long the same trouble is not said again, and patience is kept
_SLICE_S = 0.5  # how late a waiter notices that Redis went away, or that another one stopped listening
_PROBE_S = 2.0  # how long Redis may stay unasked while somebody waits
_BATCH = 500  # jobs a round trip
_MOST_ALERTS = 10_000
_MOST_RESULT_BYTES = 16 << 20
# A broken or foreign server can make the parser stumble in any of these ways.
_FAILURES = (RedisError, OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
# Jobs come as one argument, [[id, whether it waits, [field, text, ...]], ...]: packing a command for each takes longer
# than all that Redis does with it. The queue stands sorted by id, which begins with the due time: new jobs go to its
# end and claimed ones come from its head, without a search; what comes back finds its place again.
_MIRROR = """
for _, job in ipairs(cjson.decode(ARGV[1])) do
  local id, waits, fields = job[1], job[2], job[3]
  redis.call('HSET', 'job:' .. id, unpack(fields))
  redis.call('EXPIRE', 'job:' .. id, ARGV[2])
  if waits then
    local last = redis.call('LINDEX', KEYS[1], -1)
    if not last or last < id then
      redis.call('RPUSH', KEYS[1], id)
    elseif last ~= id then
      redis.call('LREM', KEYS[1], 1, id)
      redis.call('RPUSH', KEYS[1], id)
      redis.call('SORT', KEYS[1], 'ALPHA', 'STORE', KEYS[1])
    end
  else
    redis.call('LREM', KEYS[1], 1, id)
  end
end
return 0
"""
_FOREIGN = "it belongs to another database: give each its own Redis (or redis_db), or empty this one"
_log = logging.getLogger(__name__)


class RedisBroker:
    """Meets protocols.Broker on a Redis 7 or 8, or a Valkey. deployment: of the database that it shows."""

    def __init__(self, url: str, deployment: str) -> None:
        """Raises InputError on a url that is none, and on a Redis that shows another database."""
        self._bells = Bells()
        self._me = uuid.uuid4().hex
        self._link = _Link(_pool(url), deployment, lambda: self._bells.ring(self._bells.known()))
        self._listening = threading.Lock()
        if not self._link.there() and self._link.foreign:
            raise InputError(f"redis_url: {self._link.trouble}")

    @property
    def healthy(self) -> bool:
        return not self._link.trouble

    @property
    def trouble(self) -> str:
        return self._link.trouble

    @property
    def connections(self) -> int:
        return self._link.connections

    @property
    def generation(self) -> int:
        return self._link.generation

    def mirror(self, jobs: Sequence[Job]) -> None:
        for start in range(0, len(jobs), _BATCH):
            self._mirror(jobs[start : start + _BATCH])

    def _mirror(self, jobs: Sequence[Job]) -> None:
        shown = [
            (job.id, job.status == Status.QUEUED, list(chain.from_iterable(fields.items())))
            for job, fields in zip(jobs, job_fields(jobs), strict=True)
        ]
        self._link.send(lambda pipeline: pipeline.eval(_MIRROR, 1, QUEUE, json.dumps(shown), str(KEEP_JOB_S)))

    def restore(self, waiting: Sequence[str]) -> None:
        def fill(pipeline: Pipeline) -> None:
            pipeline.delete(QUEUE)
            if waiting:
                pipeline.rpush(QUEUE, *sorted(waiting))

        self._link.send(fill, atomic=True)

    def result(self, job: Job, detections: bytes) -> None:
        if len(detections) > _MOST_RESULT_BYTES:
            megabytes = len(detections) / 1e6
            _log.info("its result (%.0f MB) is too large for Redis", megabytes, extra={"job_id": job.id})
            return
        fields = {
            "job_id": job.id,
            "timestamp": utc_text(job.completed_at),
            "detections_count": str(job.detections_count),
            "data": detections,
        }
        self._replace(f"result:{job.id}", fields, KEEP_RESULT_S)

    def live(self, store_name: str, fields: Mapping[str, str]) -> None:
        self._replace(f"live:{store_name}", {name: mask(text) for name, text in fields.items()}, None)

    def newest(self, store_name: str) -> Mapping[str, str]:
        answers = self._link.send(lambda pipeline: pipeline.hgetall(f"live:{store_name}"))
        return {} if answers is None else dict(answers[0])

    def _replace(self, key: str, fields: dict[Any, Any], keep_s: int | None) -> None:
        def fill(pipeline: Pipeline) -> None:
            pipeline.delete(key)
            pipeline.hset(key, mapping=fields)
            if keep_s is not None:
                pipeline.expire(key, keep_s)

        if fields:
            self._link.send(fill, atomic=True)

    def alert(self, fields: Mapping[str, str]) -> None:
        entry: dict[Any, Any] = {name: mask(text) for name, text in fields.items()}
        self._link.send(lambda pipeline: pipeline.xadd("alerts", entry, maxlen=_MOST_ALERTS, approximate=True))

    def cache(self, key: str, text: str, keep_s: float | None = None) -> None:
        keep_ms = None if keep_s is None else max(1, round(keep_s * 1000))
        self._link.send(lambda pipeline: pipeline.set(key, text, px=keep_ms))

    def cached(self, key: str) -> str | None:
        answers = self._link.send(lambda pipeline: pipeline.get(key))
        return None if answers is None or answers[0] is None else str(answers[0])

    def ring(self, bell: str) -> None:
        self._bells.ring([bell])
        self._link.send(lambda pipeline: pipeline.publish(self._link.channel, f"{self._me} {bell}"))

    def wait(self, bells: Sequence[str], timeout_s: float) -> bool:
        until = time.monotonic() + timeout_s
        while not self._bells.heard(bells) and not self._bells.closed:
            left = until - time.monotonic()
            self._listen(min(max(left, 0.0), _SLICE_S))
            if left <= 0:
                return self._bells.heard(bells)
        return not self._bells.closed

    def _listen(self, timeout_s: float) -> None:
        """One of the waiting threads listens to Redis for all of them; the others wait for it."""
        if not self._listening.acquire(blocking=False):
            self._bells.pause(timeout_s)
            return
        try:
            sent = self._link.listen(timeout_s)
        finally:
            self._listening.release()
        sender, _, bell = (sent or "").partition(" ")
        if sent is None and not self.healthy:
            self._bells.pause(timeout_s)
        else:  # also wakes those who wait, so that another one may listen
            self._bells.ring([bell] if bell and sender != self._me else [])

    def close(self) -> None:
        self._bells.close()
        self._link.close()


class _Link:
    """Redis, there or away, and why. Any thread may use it; one alone tries to get it back.

    trouble: empty while it answers. generation: how often it came (back), or was found empty.
    """

    def __init__(self, pool: ConnectionPool, deployment: str, returned: Callable[[], None]) -> None:
        self.trouble = "not asked yet"
        self.foreign = False
        self.generation = 0
        self.channel = f"heatmap:{deployment}:bells"
        self._pool, self._client = pool, Redis(connection_pool=pool)
        self._deployment, self._returned = deployment, returned
        self._trying, self._losing = threading.Lock(), threading.Lock()
        self._ears: Any = None
        self._patience_s, self._next_try, self._answered_at = _PATIENCE_S[0], 0.0, 0.0
        self._back_at = 0.0
        self._said: tuple[str, float] = "", 0.0

    @property
    def connections(self) -> int:
        """That are open: in use, waiting for use, and the one that listens."""
        pool: Any = self._pool
        asking = len(pool._in_use_connections) + len(pool._available_connections)
        return 0 if self.trouble else asking + (self._ears is not None)

    def there(self) -> bool:
        """Whether it can be asked. Tries to get it back when that is due."""
        if not self.trouble:
            return True
        if time.monotonic() < self._next_try or not self._trying.acquire(blocking=False):
            return False
        try:
            return self._connect()
        finally:
            self._trying.release()

    def send(self, fill: Callable[[Pipeline], object], *, atomic: bool = False) -> list[Any] | None:
        """Sends what `fill` puts into a pipeline, in one round trip -> the answers, None when it is away."""
        if not self.there():
            return None
        pipeline = self._client.pipeline(transaction=atomic)
        pipeline.set(MARK, self._deployment, nx=True, get=True)
        fill(pipeline)
        try:
            answers = pipeline.execute(raise_on_error=False)
        except _FAILURES as error:
            self._lose(_why(error))
            return None
        refusals = [answer for answer in answers if isinstance(answer, Exception)]
        if refusals:
            self._lose(_why(refusals[0]))
            return None
        return answers[1:] if self._ours(answers[0]) else None

    def listen(self, timeout_s: float) -> str | None:
        """The next message, None when none came or it is away."""
        if time.monotonic() - self._answered_at > _PROBE_S:
            self.send(lambda _: None)
        ears = self._ears
        if ears is None or not self.there():
            return None
        try:
            return str(ears.read_response()[2]) if ears.can_read(timeout_s) else None
        except _FAILURES as error:
            self._lose(_why(error))
            return None

    def close(self) -> None:
        self.trouble, self._next_try, self._ears = "closed", float("inf"), None
        self._pool.disconnect()

    def _connect(self) -> bool:
        try:
            ears: Any = self._pool.make_connection()
            ears.connect()
            ears.send_command("SUBSCRIBE", self.channel)
            ears.read_response()
            found = self._client.set(MARK, self._deployment, nx=True, get=True)
        except _FAILURES as error:
            self._lose(_why(error))
            return False
        self._ears = ears
        if not self._ours(found or self._deployment):
            return False
        if self.generation:
            _log.info("redis %s answers again", self._place)
        self.trouble = ""
        self._renew()
        return True

    def _ours(self, found: Any) -> bool:
        """Judges what stood at MARK: nothing means that it was emptied."""
        self.foreign = found not in (None, self._deployment)
        if self.foreign:
            self._lose(_FOREIGN)
            return False
        self._answered_at = time.monotonic()
        if found is None:
            _log.info("redis %s was emptied: what it shows is written again", self._place)
            self._renew()
        return True

    def _renew(self) -> None:
        self.generation += 1
        self._back_at = time.monotonic()
        self._returned()

    def _lose(self, why: str) -> None:
        with self._losing:
            now = time.monotonic()
            trouble = f"redis {self._place}: {why}"
            if not self.trouble and now - self._back_at > _SILENCE_S:
                self._patience_s = _PATIENCE_S[0]
            if trouble != self._said[0] or now - self._said[1] > _SILENCE_S:
                self._said = trouble, now
                _log.warning("%s: it is tried again, work goes on without it", trouble)
            self.trouble, self._ears = trouble, None
            self._next_try = now + self._patience_s
            self._patience_s = min(2 * self._patience_s, _PATIENCE_S[1])
            self._pool.disconnect(inuse_connections=False)

    @property
    def _place(self) -> str:
        told = self._pool.connection_kwargs
        return str(told.get("path") or f"{told.get('host', 'localhost')}:{told.get('port', 6379)}/{told.get('db', 0)}")


def look(url: str, deployment: str | None) -> str:
    """Which server answers at url, and its version; nothing is changed there. deployment: None when it is not known.

    Raises InputError as RedisBroker does, UnavailableError when none answers.
    """
    pool = _pool(url)
    try:
        client = Redis(connection_pool=pool)
        told: dict[str, Any] = client.info("server")
        found = client.get(MARK)
    except _FAILURES as error:
        raise UnavailableError(f"redis: {_why(error)}: check that it runs, and its address and password") from None
    finally:
        pool.disconnect()
    if found is not None and deployment is not None and found != deployment:
        raise InputError(f"redis: {_FOREIGN}")
    name = "valkey" if "valkey_version" in told else "redis"
    return f"{name} {told.get(f'{name}_version', 'of unknown version')}"


def _pool(url: str) -> ConnectionPool:
    try:
        pool = ConnectionPool.from_url(
            url,
            decode_responses=True,
            protocol=2,
            socket_connect_timeout=_CONNECT_S,
            socket_timeout=_ANSWER_S,
            socket_keepalive=True,
            retry=Retry(NoBackoff(), 0),
        )
    except _FAILURES:  # its words may hold the password
        raise InputError("redis_url: not an address: allowed is redis://:PASSWORD@HOST:6379/0") from None
    register_secret(str(pool.connection_kwargs.get("password") or ""))
    return pool


def _why(error: Exception) -> str:
    """What the server or the network said, in one short line."""
    said = str(error).partition(" of pipeline caused error: ")
    return mask(" ".join((said[2] or said[0] or type(error).__name__).split()))[:200]
