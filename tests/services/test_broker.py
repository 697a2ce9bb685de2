"""The broker: one contract for Redis and for the twin inside the process; and all that a Redis can do to it."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from heatmap_gui.core.errors import InputError
from heatmap_gui.core.protocols import Broker
from heatmap_gui.core.work import Job, Status
from heatmap_gui.loops import spawn_thread
from heatmap_gui.services.broker import LocalBroker, open_broker
from heatmap_gui.services.redis_broker import RedisBroker
from tests.servers import RedisServer, free_port, redis_server

LONGEST_CALL_S = 1.5  # the promise is one second; a loaded machine may be late
JOB = Job(
    id="job_1700000000_main", store_name="main", schedule="morning", kind="measure", due=1.7e9, ends=1.7e9 + 60,
    timeout_s=300, config={"api_token": "hush-1", "webhook_url": "http://ann:hush-2@host/in", "key": "a"},
    site={"cameras": ["rtsp://ann:hush-3@cam/1"]}, created_at=1.7e9 - 0.5,
)  # fmt: skip


def job(due: int, status: Status = Status.QUEUED, attempt: int = 0) -> Job:
    return replace(JOB, id=f"job_{due}_main", due=float(due), status=status, attempt=attempt)


@pytest.fixture(params=["local", "redis"])
def broker(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """The test runs once on each."""
    url = "" if request.param == "local" else request.getfixturevalue("redis").url
    with closing(open_broker(url, "one")) as opened:
        yield opened


@pytest.fixture
def on_redis(redis: RedisServer) -> Iterator[RedisBroker]:
    with closing(RedisBroker(redis.url, "one")) as opened:
        yield opened


@pytest.fixture
def seen(redis: RedisServer) -> Iterator[Redis]:
    """What others see in Redis."""
    with Redis.from_url(redis.url, decode_responses=True, protocol=2) as client:
        yield client


def everything(broker: Broker) -> None:
    """One call of each kind."""
    broker.mirror([JOB])
    broker.restore([JOB.id])
    broker.result(JOB, b"[]")
    broker.live("main", {"people": "3"})
    broker.alert({"id": "a"})
    broker.cache("model:metadata", "{}", 60.0)
    broker.cached("model:metadata")
    broker.ring("jobs")


def longest_call_s(broker: Broker) -> float:
    calls: list[Callable[[], object]] = [
        lambda: broker.mirror([JOB]),
        lambda: broker.restore([]),
        lambda: broker.cached("x"),
        lambda: broker.ring("jobs"),
        lambda: broker.wait(["jobs", "config"], 0.0),
    ]
    longest = 0.0
    for call in calls:
        started = time.monotonic()
        call()
        longest = max(longest, time.monotonic() - started)
    return longest


def until(true: Callable[[], bool], broker: Broker, within_s: float = 8.0) -> None:
    """Does what a loop does, waiting for bells, until it is so."""
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, broker.trouble or "it did not happen"
        broker.wait(["nothing"], 0.1)


class TestBothMeetTheContract:
    def test_it_is_a_broker_and_takes_everything(self, broker: Broker) -> None:
        assert isinstance(broker, Broker)
        everything(broker)
        assert broker.healthy is (None if isinstance(broker, LocalBroker) else True)
        assert broker.generation == 1 and not broker.trouble

    def test_what_is_cached_is_found_until_its_time_is_over(self, broker: Broker) -> None:
        assert broker.cached("config:production") is None
        broker.cache("config:production", '{"ä": 1}')
        broker.cache("model:metadata", "soon gone", 0.05)
        assert broker.cached("config:production") == '{"ä": 1}'
        assert broker.cached("model:metadata") == "soon gone"
        until(lambda: broker.cached("model:metadata") is None, broker)

    def test_a_bell_wakes_only_those_who_wait_for_it(self, broker: Broker) -> None:
        assert not broker.wait(["jobs"], 0.01)
        broker.ring("deliveries")
        assert not broker.wait(["jobs"], 0.01)
        assert broker.wait(["jobs", "deliveries"], 5.0)
        assert not broker.wait(["jobs", "deliveries"], 0.01)

    def test_a_ring_between_two_waits_is_not_lost(self, broker: Broker) -> None:
        broker.wait(["jobs"], 0.0)
        broker.ring("jobs")
        broker.ring("jobs")
        assert broker.wait(["config"], 0.01) is False
        assert broker.wait(["jobs"], 5.0)

    def test_every_waiting_thread_hears_it(self, broker: Broker) -> None:
        heard: list[bool] = []
        waiting = [spawn_thread(lambda: heard.append(broker.wait(["jobs"], 20.0)), f"ear {n}") for n in range(3)]
        time.sleep(0.05)
        broker.ring("jobs")
        for thread in waiting:
            thread.join(10.0)
        assert heard == [True] * 3

    def test_a_closed_broker_lets_its_waiters_go(self, broker: Broker) -> None:
        heard: list[bool] = []
        waiting = spawn_thread(lambda: heard.append(broker.wait(["jobs"], 20.0)), "ear")
        broker.close()
        waiting.join(5.0)
        assert heard == [False]
        everything(broker)


class TestWhatOthersSee:
    def test_a_job_is_a_hash_of_strings_without_secrets(self, on_redis: RedisBroker, seen: Redis) -> None:
        on_redis.mirror([JOB])
        shown = seen.hgetall("job:job_1700000000_main")
        assert json.loads(shown.pop("config")) == {
            "api_token": "***", "webhook_url": "http://ann:***@host/in", "key": "a",
        }  # fmt: skip
        assert shown == {
            "job_id": "job_1700000000_main", "store_name": "main", "status": "queued",
            "created_at": "2023-11-14T22:13:19.500+00:00", "started_at": "", "completed_at": "",
            "detections_count": "0", "error": "", "attempt": "0", "worker": "", "progress": "0.000",
        }  # fmt: skip
        assert 6.9 * 86_400 < seen.ttl("job:job_1700000000_main") <= 7 * 86_400

    def test_references_to_secrets_stay(self, on_redis: RedisBroker, seen: Redis) -> None:
        on_redis.mirror([replace(JOB, config={"api_token": "env:TOKEN", "deep": [{"password": "hush"}]})])
        config = json.loads(seen.hget(f"job:{JOB.id}", "config") or "")
        assert config == {"api_token": "env:TOKEN", "deep": [{"password": "***"}]}

    def test_the_queue_holds_what_waits_the_oldest_first(self, on_redis: RedisBroker, seen: Redis) -> None:
        on_redis.mirror([job(1_000_000_000 + n) for n in range(1_200)])
        assert seen.llen("detection:queue") == 1_200
        on_redis.mirror([job(1_000_000_000 + n, Status.RUNNING, 1) for n in range(1_198)])
        on_redis.mirror([job(1_000_000_000 + n) for n in (700, 3, 1_199, 3)])
        on_redis.mirror([job(1_000_000_000 + n, attempt=1) for n in (5, 4)])
        order = [3, 4, 5, 700, 1_198, 1_199]
        assert seen.lrange("detection:queue", 0, -1) == [f"job_{1_000_000_000 + n}_main" for n in order]

    def test_restore_makes_the_queue_what_sql_says(self, on_redis: RedisBroker, seen: Redis) -> None:
        on_redis.mirror([job(5), job(6)])
        on_redis.restore(["job_2_main", "job_6_main"])
        assert seen.lrange("detection:queue", 0, -1) == ["job_2_main", "job_6_main"]
        on_redis.restore([])
        assert seen.llen("detection:queue") == 0

    def test_results_live_counts_alerts_and_caches(self, on_redis: RedisBroker, seen: Redis) -> None:
        on_redis.result(replace(JOB, completed_at=1.7e9, detections_count=1), b'[{"x": 1}]')
        on_redis.live("main", {"people": "3", "gone": "1"})
        on_redis.live("main", {"people": "4"})
        on_redis.alert({"id": "a", "reason": "rtsp://ann:hush@cam/1 is down"})
        on_redis.cache("calibration:main", "{}")
        on_redis.cache("model:metadata", "{}", 86_400)
        assert on_redis.connections >= 2  # one asks, one listens
        assert seen.hgetall(f"result:{JOB.id}") == {
            "job_id": JOB.id, "timestamp": "2023-11-14T22:13:20.000+00:00", "detections_count": "1",
            "data": '[{"x": 1}]',
        }  # fmt: skip
        assert 86_000 < seen.ttl(f"result:{JOB.id}") <= 86_400
        assert on_redis.newest("main") == seen.hgetall("live:main") == {"people": "4"}
        assert [entry for _, entry in seen.xrange("alerts") or ()] == [
            {"id": "a", "reason": "rtsp://ann:***@cam/1 is down"}
        ]
        assert seen.get("calibration:main") == "{}" and seen.ttl("calibration:main") == -1
        assert 86_000 < seen.ttl("model:metadata") <= 86_400

    def test_the_stream_of_alerts_is_bounded(
        self, on_redis: RedisBroker, seen: Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("heatmap_gui.services.redis_broker._MOST_ALERTS", 100)
        for number in range(1_000):
            on_redis.alert({"id": str(number)})
        assert seen.xlen("alerts") < 400


def test_another_process_hears_the_bell_at_once(on_redis: RedisBroker, redis: RedisServer) -> None:
    other = RedisBroker(redis.url, "one")
    stranger = RedisBroker(redis.url.removesuffix("/0") + "/1", "two")
    stranger.ring("jobs")
    assert not on_redis.wait(["jobs"], 0.1)
    other.ring("jobs")
    assert on_redis.wait(["jobs"], 5.0)
    other.close()
    stranger.close()


class TestRedisGoesAway:
    def test_it_is_said_once_and_work_goes_on(
        self, on_redis: RedisBroker, redis: RedisServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        redis.kill()
        for _ in range(5):
            everything(on_redis)
        assert on_redis.healthy is False
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert f"127.0.0.1:{redis.port}/0" in on_redis.trouble and "refused" in on_redis.trouble
        on_redis.ring("jobs")
        assert on_redis.wait(["jobs"], 5.0), "inside one process the bells go on"

    def test_it_comes_back_empty_and_is_restored(self, on_redis: RedisBroker, redis: RedisServer, seen: Redis) -> None:
        on_redis.mirror([job(5)])
        on_redis.wait(["jobs"], 0.0)
        redis.kill()
        assert longest_call_s(on_redis) < LONGEST_CALL_S
        redis.start()
        until(lambda: bool(on_redis.healthy), on_redis)
        assert on_redis.generation > 1
        assert on_redis.wait(["jobs"], 5.0), "what rang meanwhile is unknown: look"
        on_redis.restore(["job_5_main"])
        assert seen.lrange("detection:queue", 0, -1) == ["job_5_main"]

    def test_it_was_away_from_the_beginning(self, redis: RedisServer) -> None:
        redis.kill()
        broker = open_broker(redis.url, "one")
        assert (broker.healthy, broker.generation) == (False, 0)
        redis.start()
        until(lambda: bool(broker.healthy), broker)
        assert broker.generation == 1
        broker.close()

    def test_it_is_tried_again_once_a_second_at_the_most(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tries = []

        def refuse(connection: object) -> None:
            tries.append(connection)
            raise OSError("refused")

        monkeypatch.setattr("redis.Connection._connect", refuse)
        broker = RedisBroker("redis://127.0.0.1:1", "one")
        for _ in range(200):
            broker.ring("jobs")
        broker.close()
        assert len(tries) == 1

    def test_it_was_flushed(self, on_redis: RedisBroker, seen: Redis) -> None:
        seen.flushall()
        until(lambda: on_redis.generation == 2, on_redis)
        assert on_redis.healthy

    def test_it_stands_still(self, on_redis: RedisBroker, seen: Redis) -> None:
        process = int(seen.info()["process_id"])
        os.kill(process, signal.SIGSTOP)
        try:
            assert longest_call_s(on_redis) < LONGEST_CALL_S
            assert on_redis.healthy is False
            calls_s = time.monotonic()
            for _ in range(100):
                on_redis.ring("jobs")
            assert time.monotonic() - calls_s < LONGEST_CALL_S
        finally:
            os.kill(process, signal.SIGCONT)
        until(lambda: bool(on_redis.healthy), on_redis)

    def test_a_waiter_alone_notices_that_it_stands_still(self, on_redis: RedisBroker, seen: Redis) -> None:
        seen.client_pause(60_000)
        until(lambda: on_redis.healthy is False, on_redis)

    @pytest.mark.parametrize("limit", ["maxmemory 1", "min-replicas-to-write 3"])
    def test_it_refuses_to_write(self, limit: str, on_redis: RedisBroker, seen: Redis) -> None:
        name, value = limit.split()
        seen.config_set(name, value)
        everything(on_redis)
        assert on_redis.healthy is False
        assert "memory" in on_redis.trouble or "replicas" in on_redis.trouble
        seen.config_set(name, 0)
        until(lambda: bool(on_redis.healthy), on_redis)


def test_what_it_always_refuses_is_said_once_and_tried_less_and_less_often(
    on_redis: RedisBroker, seen: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    seen.set("alerts", "not a stream")
    for _ in range(2):
        until(lambda: bool(on_redis.healthy), on_redis)
        on_redis.alert({"id": "a"})
        assert on_redis.healthy is False and "wrong kind of value" in on_redis.trouble
    assert [record.levelname for record in caplog.records].count("WARNING") == 1
    assert on_redis._link._patience_s > 2.0


def test_a_wrong_password_is_trouble_and_shows_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with redis_server(tmp_path, "--requirepass", "right-pass") as server:
        wrong = RedisBroker(server.url.replace("//", "//:wrong-pass@"), "one")
        none = RedisBroker(server.url, "one")
        right = RedisBroker(server.url.replace("//", "//:right-pass@"), "one")
        everything(wrong)
        assert (wrong.healthy, none.healthy, right.healthy) == (False, False, True)
        assert "password" in wrong.trouble.lower() and "auth" in none.trouble.lower()
        for broker in (wrong, none, right):
            broker.close()
    assert "right-pass" not in caplog.text and "wrong-pass" not in caplog.text + wrong.trouble


@pytest.mark.parametrize(
    "url", ["redis://:hush-hush@host:pört/0", "http://:hush-hush@host", "hush-hush", "redis://[x/"]
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InputError, match="redis_url") as refused:
        open_broker(url, "one")
    assert "hush" not in refused.value.message
    assert refused.value.__cause__ is None


class TestAnotherDeployment:
    def test_is_refused_at_the_start(self, on_redis: RedisBroker, redis: RedisServer) -> None:
        with pytest.raises(InputError, match="another database"):
            open_broker(redis.url, "two")
        everything(on_redis)
        assert on_redis.healthy

    def test_is_left_alone_when_it_appears_later(self, on_redis: RedisBroker, redis: RedisServer, seen: Redis) -> None:
        redis.kill()
        everything(on_redis)
        redis.start()
        seen.set("heatmap:deployment", "two")
        until(lambda: "another database" in on_redis.trouble, on_redis)
        everything(on_redis)
        assert seen.keys() == ["heatmap:deployment"]


@pytest.mark.parametrize("seed", range(6))
def test_garbage_is_trouble_and_never_an_error(seed: int) -> None:
    """A server that answers nonsense: none of it gets through, and no call takes long."""
    dice = random.Random(seed)
    stopping = threading.Event()
    port = free_port()
    pieces = [
        *(b"+OK\r\n", b"$-1\r\n", b":1\r\n", b"*3\r\n", b"*-7\r\n", b"$5\r\nab", b"$x\r\n", b":x\r\n", b"\r\n"),
        *(b"-\r\n", b"_\r\n", b"%2\r\n", b">1\r\n", b"\xff\xfe\r\n", b"$2\r\n\xff\xff\r\n", b"HTTP/1.1 400\r\n\r\n"),
        *(b"-BUSY x\r\n", b"*1\r\n" * 2_000, b"-LOADING x\r\n", b"*3\r\n$9\r\nsubscribe\r\n$1\r\nx\r\n:1\r\n"),
    ]

    def serve() -> None:
        with socket.create_server(("127.0.0.1", port)) as server:
            server.settimeout(0.05)
            while not stopping.is_set():
                try:
                    with server.accept()[0] as peer:
                        peer.settimeout(0.05)
                        while peer.recv(65_536):
                            peer.sendall(b"".join(dice.choices(pieces, k=dice.randint(1, 6))))
                except OSError:
                    continue

    thread = spawn_thread(serve, "garbage")
    try:
        broker = RedisBroker(f"redis://127.0.0.1:{port}/3", "one")
        for _ in range(30):
            broker._link._next_try = 0.0
            assert longest_call_s(broker) < 2 * LONGEST_CALL_S
        broker.close()
    except InputError as refused:
        assert "another database" in refused.message  # nonsense may look like a mark
    finally:
        stopping.set()
        thread.join(5.0)


def test_the_twin_keeps_a_bounded_number_of_texts() -> None:
    twin = LocalBroker()
    twin.cache("first", "old")
    twin.cache("again", "old")
    for number in range(9_998):
        twin.cache(str(number), "x")
    twin.cache("again", "new")  # is the youngest now
    twin.cache("one more", "x")
    assert twin.cached("first") is None
    assert twin.cached("again") == "new" and twin.cached("0") == "x"
