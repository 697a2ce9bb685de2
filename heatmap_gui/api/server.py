"""The role `api`: serves the application on a socket, in one process or in several that share it."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import logging
import socket
import threading
from typing import Any

import uvicorn

from heatmap_gui.api.answering import ACCESS_LOG
from heatmap_gui.api.application import build
from heatmap_gui.api.connections import Connections
from heatmap_gui.app import App
from heatmap_gui.core.api_settings import DEVELOPMENT
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.logs import log_apart
from heatmap_gui.services.log_reading import log_folder
from heatmap_gui.services.secrets import resolve
from heatmap_gui.settings import Settings

_BACKLOG = 512
_GRACE_S = 4.0  # for answers that are on their way when all is to stop
_LOOK_S = 0.1
_KEEP_ALIVE_S = 15
_SHORTEST_KEY = 32
_OWN_NAMES = ("localhost", "127.0.0.1", "::1")
PLACEHOLDERS = (  # as printed in guides: everybody knows them
    "your-secret-key-here",
    "your-secret-key-change-in-production",
    "your-strong-production-secret",
)
_log = logging.getLogger(__name__)


class ApiServer:
    """A loop. port: what it listens on; asked for 0, any.

    Raises InputError where it may not listen there, UnavailableError when it cannot.
    """

    def __init__(self, app: App, host: str, port: int, inherited: int | None = None) -> None:
        """inherited: the descriptor of a socket that another process listens on too."""
        self._app = app
        loopback = is_loopback(host)
        if not loopback:
            check_secret(app.settings)
        self.socket = _listen(host, port) if inherited is None else socket.socket(fileno=inherited)
        self.port = int(self.socket.getsockname()[1])
        self._hosts = _names(app.settings, host, loopback)
        self._open_house = loopback and app.settings.environment == DEVELOPMENT

    def __call__(self, stopping: threading.Event) -> None:
        logging.getLogger("uvicorn").addHandler(logging.NullHandler())  # what it has to say, our own log says
        logging.getLogger("uvicorn").propagate = False
        config = uvicorn.Config(
            build(self._app, hosts=self._hosts, open_house=self._open_house),
            http=Connections(),  # type: ignore[arg-type]  # whatever makes a protocol will do
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=int(_GRACE_S),
            ws_max_size=64 << 10,
        )
        server = uvicorn.Server(config)
        gc.collect()
        gc.freeze()  # all that was imported stays: to look through it for cycles would hold every answer for 0.1 s
        log = log_folder(self._app.settings) / "api.log"
        with log_apart(ACCESS_LOG, log), asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(self._serve(server, stopping))

    async def _serve(self, server: uvicorn.Server, stopping: threading.Event) -> None:
        beat = self._app.health.loop("api", 30.0)
        serving = asyncio.create_task(server.serve(sockets=[self.socket]))
        while not stopping.is_set() and not serving.done():
            beat()
            await asyncio.sleep(_LOOK_S)
        server.should_exit = True
        await serving


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it. Raises InputError where there is no such host."""
    try:
        found: list[Any] = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(f"--host {host}: there is no such address on this machine: 127.0.0.1 or 0.0.0.0") from None
    return all(ipaddress.ip_address(address[0].partition("%")[0]).is_loopback for *_, address in found)


def check_secret(settings: Settings) -> None:
    """Raises InputError where SECRET_KEY is not good enough to listen wider than loopback."""
    secret = resolve(settings.secret_key)
    if len(secret.encode()) < _SHORTEST_KEY or secret in PLACEHOLDERS:
        raise InputError(
            f"--host: to listen wider than 127.0.0.1, set SECRET_KEY to {_SHORTEST_KEY} bytes or more that nobody knows"
            " (`openssl rand -base64 48` makes some), none of the examples in guides"
        )


def _names(settings: Settings, host: str, loopback: bool) -> tuple[str, ...]:
    """By which it may be called: anything where it listens widely and nobody said, as each request needs a token."""
    if settings.trusted_hosts:
        return (*settings.trusted_hosts, *_OWN_NAMES)
    return (*_OWN_NAMES, host) if loopback else ()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_BACKLOG)  # who comes before all has started waits
    except (OSError, OverflowError) as error:
        listening.close()
        said = error.strerror if isinstance(error, OSError) else "no such port"
        raise UnavailableError(f"{host}:{port}: {said}: choose another --host or --port") from None
    listening.set_inheritable(True)
    return listening
