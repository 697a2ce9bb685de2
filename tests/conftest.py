"""What all tests share: the material of others when there is any, a data folder of their own, no thread left behind."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

import heatmap_gui  # switches telemetry off before any test imports a runtime
from heatmap_gui import logs
from tests.servers import RedisServer, postgresql, redis_server

assert heatmap_gui.__version__

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # tests start the program dozens of times: it is compiled once
hypothesis.settings.register_profile("any machine", deadline=None)  # however slow: no test asserts an absolute time
hypothesis.settings.load_profile("any machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait, for servers, deadlines, the screen."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, for each worker's share of all, and what is short fills up the end."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long = [file for file in files if "end_to_end" in file.parts]
    short = [item for file, rest in files.items() if file not in long for item in rest]
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        share = (len(items) - len(ordered)) // (workers - worker)  # as xdist deals them out
        mine = [item for file in long[worker::workers] for item in files[file]]
        room = max(0, share - len(mine))
        ordered += mine + short[:room]
        del short[:room]
    items[:] = ordered + short


def pytest_collection_finish() -> None:
    """What was imported is not searched for cycles again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder with `data/` and `models/` that HEATMAP_TEST_DATA names; skips the test without it."""
    folder = os.environ.get("HEATMAP_TEST_DATA")
    if not folder:
        pytest.skip("HEATMAP_TEST_DATA is not set: this test needs real clips and weights")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither read nor write the data folder of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEATMAP_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL for this test process; a test that uses it empties it first."""
    with postgresql(tmp_path_factory.mktemp("postgresql")) as url:
        yield url


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test's own, which it may kill."""
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """What sets up logs and registers secrets, as the program does, does it for its own test."""
    logger = logging.getLogger("heatmap_gui")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "_KNOWN", logs._Known())
        yield
    for handler in logger.handlers:
        if type(handler).__module__.startswith("heatmap_gui."):  # pytest's own are left open
            handler.close()
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    logger.propagate = True


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a thread running (tqdm keeps one monitor for the whole process)."""
    before = set(threading.enumerate())
    yield
    # a _DummyThread stands for a thread of somebody else's, Qt's above all, and may outlive it
    others = ("TMonitor", "_DummyThread")
    left = [t for t in threading.enumerate() if t not in before and type(t).__name__ not in others]
    for thread in left:
        thread.join(1.0)
    assert not [t.name for t in left if t.is_alive()], "the test left a thread running"
