"""`--workers N`: N - 1 more processes that accept from the same socket, started anew when one ends."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import heatmap_gui
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.loops import Loop
from heatmap_gui.services.health import Health

_SOCKET = "HEATMAP_API_SOCKET"  # tells such a process the socket's descriptor and who started it
_NOT_THEIRS = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", _SOCKET)
_LOOK_S = 0.2
_AGAIN_S = 2.0  # after one has ended
_STOP_S = 8.0


class Workers:
    """A loop. args: of the command line; listening: what all accept from. Raises InputError where that cannot be."""

    def __init__(self, args: argparse.Namespace, listening: socket.socket, health: Health) -> None:
        if sys.platform == "win32":
            raise InputError("--workers: Windows has no sockets that processes share: allowed: 1")
        self._args, self._socket, self._health = args, listening, health
        self._children: dict[int, subprocess.Popen[bytes]] = {}
        self._next_at: dict[int, float] = {}

    def __call__(self, stopping: threading.Event) -> None:
        try:
            while not stopping.is_set():
                self.step(time.monotonic())
                stopping.wait(_LOOK_S)
        finally:
            self._stop()

    def step(self, now: float) -> None:
        """Starts those that do not run. now: monotonic seconds."""
        for number in range(2, self._args.workers + 1):
            child = self._children.get(number)
            ended = child.poll() if child is not None else None
            if ended is not None:
                self._health.report(f"worker {number}", f"ended with status {ended}: it is started anew; see the log")
                del self._children[number]
                self._next_at[number] = now + _AGAIN_S
            elif child is None and now >= self._next_at.get(number, now):
                self._children[number] = self._started(number)
            elif child is not None and now >= self._next_at.get(number, now) + _AGAIN_S:
                self._health.report(f"worker {number}", None)

    def _started(self, number: int) -> subprocess.Popen[bytes]:
        args, descriptor = self._args, self._socket.fileno()
        command = [sys.executable, "-m", "heatmap_gui", "--service", "api", "--config", str(args.config)]
        command += ["--host", args.host, "--instance", f"{args.instance or ''}w{number}"]
        command += ["--log-level", args.log_level] if args.log_level else []
        environment = {name: value for name, value in os.environ.items() if name not in _NOT_THEIRS}
        environment[_SOCKET] = f"{descriptor}:{os.getpid()}"
        folder = str(Path(heatmap_gui.__file__).parents[1])  # wherever they begin, they are the same program
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (folder, environment.get("PYTHONPATH"))))
        return subprocess.Popen(command, env=environment, pass_fds=(descriptor,), stdin=subprocess.DEVNULL)

    def _stop(self) -> None:
        for child in self._children.values():
            child.terminate()
        until = time.monotonic() + _STOP_S
        for child in self._children.values():
            try:
                child.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def inherited(environ: Mapping[str, str]) -> tuple[int | None, dict[str, Loop]]:
    """In such a process: the socket's descriptor, and the loop that ends it with who started it; else nothing."""
    said = environ.get(_SOCKET)
    if said is None:
        return None, {}
    descriptor, parent = (int(number) for number in said.split(":"))

    def follow(stopping: threading.Event) -> None:
        while not stopping.wait(_LOOK_S):
            if os.getppid() != parent:
                raise UnavailableError("the service that this process was started by has ended")

    return descriptor, {"parent": follow}
