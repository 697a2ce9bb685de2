"""`--service ROLES --config F`: the headless services, until they are told to stop."""

from __future__ import annotations

import argparse
import logging
import os
import re
import signal
from contextlib import ExitStack

from heatmap_gui.app import ROLES, App
from heatmap_gui.core.errors import HeatmapError, InputError
from heatmap_gui.logs import log_to_file, reopen_logs, set_up_logs
from heatmap_gui.loops import Loop, Loops
from heatmap_gui.memory import share_arenas
from heatmap_gui.services.health_server import HealthServer
from heatmap_gui.services.keeping import CatalogLoop
from heatmap_gui.services.state_file import hold_role
from heatmap_gui.services.systemd import Notifier

_log = logging.getLogger(__name__)
_STOP_S = 9.0  # a service has ten seconds to stop
_LOOK_S = 0.2
_HIGHEST_PORT = 65_535
_MOST_WORKERS = 64
_RELOAD = getattr(signal, "SIGHUP", None)  # which Windows does not know
_INSTANCE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when it was told to stop and did; what a loop raised is raised here."""
    if args.config is None:
        raise InputError("--service needs --config production_config.json")
    if not re.fullmatch(r"[\w.-]*", args.instance or ""):
        raise InputError(f"--instance {args.instance!r}: only letters, digits, _, . and - make a name")
    for flag, port in (("--health-port", args.health_port), ("--port", args.port)):
        if not 0 <= port <= _HIGHEST_PORT:
            raise InputError(f"{flag} {port}: allowed: 0 (any) to {_HIGHEST_PORT}")
    if not 1 <= args.workers <= _MOST_WORKERS:
        raise InputError(f"--workers {args.workers}: allowed: 1 to {_MOST_WORKERS}")
    share_arenas()
    with ExitStack() as stack:
        return _Service(args, _roles(args.service), stack).run()


def _roles(written: str) -> tuple[str, ...]:
    named = dict.fromkeys(role.strip() for role in written.split(","))
    return tuple(ROLES) if "all" in named else tuple(named)


class _Service:
    """One process: its roles, its signals, and what it tells systemd.

    Signals count from when it is built: until then they end it at once, however long a detector takes to load.
    """

    def __init__(self, args: argparse.Namespace, roles: tuple[str, ...], stack: ExitStack) -> None:
        instance = args.instance or ""
        self.app = app = App(args.config, roles, instance, os.environ)
        stack.callback(app.close)
        level = args.log_level or app.settings.log_level
        set_up_logs(level, as_json=True)
        if app.settings.log_file is not None:
            log_to_file(app.settings.log_file, level)
        for warning in app.catalog.production.warnings:
            _log.warning("%s", warning)
        self.said = ""
        self.notifier = Notifier(os.environ)
        self.server = HealthServer(app.health, args.health_port, self.notifier)
        for role in roles:
            name = f"{role}@{instance}" if instance else role
            stack.enter_context(hold_role(app.settings.home, name, self.server.port))
        self.parts = app.loops() | (self._api(args) if "api" in roles else {})
        self._told: list[int] = []
        for number in filter(None, (signal.SIGINT, signal.SIGTERM, _RELOAD)):
            stack.callback(signal.signal, number, signal.signal(number, lambda n, _: self._told.append(n)))

    def _api(self, args: argparse.Namespace) -> dict[str, Loop]:
        """The server, which stands above the other parts, and the processes that share its socket."""
        from heatmap_gui.api.server import ApiServer  # what it is made of is large: the other roles do without
        from heatmap_gui.api.workers import Workers, inherited

        descriptor, more = inherited(os.environ)
        server = ApiServer(self.app, args.host, args.port, descriptor)
        self.said = f", the API on http://{args.host}:{server.port}"
        if args.workers > 1:
            more["workers"] = Workers(args, server.socket, self.app.health)
        return {"api": server, **more}

    def run(self) -> int:
        loops = Loops(budget_s=_STOP_S)
        try:
            for name, loop in self.parts.items():
                loops.start(name, loop)
            loops.start("health server", self.server)
            app = self.app
            said = f"{', '.join(app.roles)} as {app.worker}, health on http://127.0.0.1:{self.server.port}/health{self.said}"
            self.notifier.ready(said)
            _log.info("running: %s", said)
            while not loops.stopping.wait(_LOOK_S) and not self._signal():
                pass
            self.notifier.stopping()
            _log.info("stopping")
        finally:
            stuck = loops.stop()
        if loops.failure is not None and not isinstance(loops.failure, HeatmapError):
            _log.critical("a bug ended it", exc_info=loops.failure)
        if stuck:  # to close what they hold would hang as well
            self._leave(loops.failure)
        loops.check()
        return 0

    def _leave(self, failure: BaseException | None) -> None:
        """Ends the process without those who hang; all that must not be lost is in the database."""
        if failure is not None:
            _log.critical("%s", failure)
        logging.shutdown()
        os._exit(1)

    def _signal(self) -> bool:
        """Does what signals ask for -> whether it is to stop."""
        told, self._told = self._told, []
        catalog = self.parts["catalog"]
        if _RELOAD in told and isinstance(catalog, CatalogLoop):
            self.notifier.reloading()
            reopen_logs()
            catalog.anew.set()
            self.notifier.ready(", ".join(self.app.roles))
        return any(number != _RELOAD for number in told)
