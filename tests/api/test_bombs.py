"""Requests that are small, and ask for a lot of memory: each is refused, and the server hardly grows by it."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.api.conftest import home_with_demo
from tests.core.test_image_bytes import bombs, png

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="how much a process grew at most, Linux says")
ROOT = Path(__file__).parents[2]
MOST_MIB = 64.0
SERVER = """
import sys
from contextlib import closing
from pathlib import Path
import heatmap_gui.app
from heatmap_gui.api.server import ApiServer
from heatmap_gui.app import App
from heatmap_gui.core.who import Role, Scope, Who
from heatmap_gui.loops import Loops
from tests.services.test_inference import RedFinder
heatmap_gui.app.open_network = lambda *_: RedFinder()
config = Path(sys.argv[1])
environ = {"HEATMAP_HOME": str(config.parent / "home"), "RATE_LIMIT_PER_SECOND": "1000"}
with closing(App(config, ("api",), "", environ)) as app:
    _, token = app.accounts.make_token(Who("local:test", Role.ADMIN), "test", Role.ADMIN, list(Scope), 1)
    server, loops = ApiServer(app, "127.0.0.1", 0), Loops(budget_s=9.0)
    loops.start("api", server)
    for name, loop in app.loops().items():
        loops.start(name, loop)
    print(server.port, token, flush=True)
    sys.stdin.read()
    loops.stop()
"""
READ = "png that goes on"  # as far as there are lines to fill: an image all the same
JSON, IMAGE = "application/json", "application/octet-stream"
MIB = 1 << 20


class Bomb(NamedTuple):
    """encoding: what the body says of itself. repeat: how often the body is sent, as one without an end."""

    path: str
    kind: str
    body: bytes
    encoding: str = ""
    repeat: int = 1


def json_bombs() -> Iterator[tuple[str, Bomb]]:
    for path in ("/auth/token", "/api/v1/ingest/batch", "/api/v1/users"):
        for name, body in {
            "lists in lists": b"[" * 500_000,
            "lists in lists, closed": b"[" * 100_000 + b"]" * 100_000,
            "objects in objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
            "a number of a million digits": b"1" * 1_000_000,
            "a text of escapes": b'"' + b"\\u0041" * 150_000 + b'"',
        }.items():
            yield f"{name} to {path}", Bomb(path, JSON, body)
        yield f"zip to {path}", Bomb(path, JSON, zlib.compress(b" " * 200 * MIB), encoding="deflate")
        yield f"no end to {path}", Bomb(path, JSON, b" " * MIB, repeat=200)
    room = 16 * MIB - 2
    for name, one in {
        "objects": b"{},",
        "lists": b"[],",
        "texts": b'"ab",',
        "numbers": b"1.5,",
        "pairs": b'{"a":1},',
    }.items():
        yield (
            f"{name} without number",
            Bomb("/api/v1/ingest/batch", JSON, b"[" + (one * (room // len(one)))[:-1] + b"]"),
        )
        few = one * (119_000 if one[:1] in b"[{" else 599_000)
        yield f"{name}, as many as may be", Bomb("/api/v1/ingest/batch", JSON, b"[" + few[:-1] + b"]")
        spaced = b"[" + few[:-1] + b" " * (room - len(few)) + b"]"
        yield f"{name}, as many as may be, in as much as may be", Bomb("/api/v1/ingest/batch", JSON, spaced)
    keys = b",".join(b'"%d":0' % number for number in range(1_000_000))
    yield (
        "keys without number",
        Bomb("/api/v1/ingest/simulation", JSON, b"{" + keys[: MIB - 3].rpartition(b",")[0] + b"}"),
    )


def image_bombs() -> Iterator[tuple[str, Bomb]]:
    images = bombs() | {
        "png that goes on": png(100, 100, b"\0" * 100 * MIB),
        "half a jpeg": bombs()["jpeg"][:200],
        "more than 16 MiB": b"\xff\xd8" + bytes(16 * MIB),
    }
    for path in ("/infer", "/api/vehicle/classify"):
        for name, content in images.items():
            yield f"{name} to {path}", Bomb(path, IMAGE, content)
            form = (
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + content + b"\r\n--x--\r\n"
            )
            yield f"{name} in a form to {path}", Bomb(path, "multipart/form-data; boundary=x", form)
        part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
        yield f"parts without number to {path}", Bomb(path, "multipart/form-data; boundary=x", part * 100_000)
        head = b'--x\r\nContent-Disposition: form-data; name="' + b"a" * 8 * MIB
        yield f"a head without end to {path}", Bomb(path, "multipart/form-data; boundary=x", head)
        yield f"no end to {path}", Bomb(path, IMAGE, b"\xff\xd8" + bytes(MIB), repeat=200)


ALL = dict([*json_bombs(), *image_bombs()])


class Server:
    """A process of its own. grown_mib: at most, since `begin`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        port, self.token = process.stdout.readline().split()
        self.port, self._folder = int(port), Path(f"/proc/{process.pid}")

    def send(self, bomb: Bomb) -> int:
        """The status; 0: it broke off."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": bomb.kind,
            "Content-Encoding": bomb.encoding,
        }
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            body = bomb.body if bomb.repeat == 1 else (bomb.body for _ in range(bomb.repeat))
            with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough, and answered
                connection.request("POST", bomb.path, body, {k: v for k, v in headers.items() if v})
            try:
                return connection.getresponse().status
            except (ConnectionResetError, BrokenPipeError):
                return 0

    def begin(self) -> None:
        (self._folder / "clear_refs").write_text("5")  # what it needed at most is what it has now
        self._before = self._mib("VmRSS")

    @property
    def grown_mib(self) -> float:
        return self._mib("VmHWM") - self._before

    def _mib(self, name: str) -> float:
        lines = (self._folder / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    config = home_with_demo(tmp_path_factory.mktemp("bombs"))
    command = [sys.executable, "-c", SERVER, str(config)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield Server(process)
        finally:
            process.communicate()


def test_each_is_refused_and_the_server_hardly_grows(server: Server) -> None:
    small = png(64, 64, b"")
    for path in ("/infer", "/api/vehicle/classify"):  # what is imported with the first is no bomb's doing
        server.send(Bomb(path, IMAGE, small))
    server.send(Bomb("/api/v1/ingest/batch", JSON, b"[]"))
    wrong, most = [], {}
    for name, bomb in ALL.items():
        server.begin()
        begun = time.monotonic()
        status = server.send(bomb)
        grown_mib = most[name] = server.grown_mib
        refused = 400 <= status < 500 or (status == 0 and bomb.repeat > 1)
        if not (refused or name.startswith(READ)) or grown_mib >= MOST_MIB:
            wrong.append(f"{name}: {status}, {grown_mib:.1f} MiB, {time.monotonic() - begun:.1f} s")
    largest = max(most, key=lambda name: most[name])
    print(f"{len(ALL)} bombs, at most {most[largest]:.1f} MiB: {largest}")
    assert not wrong, "\n".join(wrong)
