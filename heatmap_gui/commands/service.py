"""`--service ROLES --config F`: the headless services, until they are told to stop."""

from __future__ import annotations

import argparse
import logging
import os
import signal
from contextlib import ExitStack

from heatmap_gui.app import ROLES, App
from heatmap_gui.core.errors import InputError
from heatmap_gui.logs import log_to_file, reopen_logs, set_up_logs
from heatmap_gui.loops import Loops
from heatmap_gui.services.health_server import HealthServer
from heatmap_gui.services.keeping import CatalogLoop
from heatmap_gui.services.state_file import hold_role
from heatmap_gui.services.systemd import Notifier

_log = logging.getLogger(__name__)
_STOP_S = 9.0  # a service has ten seconds to stop
_LOOK_S = 0.2


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when it was told to stop and did; what a loop raised is raised here."""
    if args.config is None:
        raise InputError("--service needs --config production_config.json")
    roles = tuple(ROLES) if args.service == "all" else tuple(dict.fromkeys(args.service.split(",")))
    with ExitStack() as stack:
        return _Service(args, roles, stack).run()


class _Service:
    """One process: its roles, its signals, and what it tells systemd."""

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
        self.notifier = Notifier(os.environ)
        self.server = HealthServer(app.health, args.health_port, self.notifier)
        for role in roles:
            name = f"{role}@{instance}" if instance else role
            stack.enter_context(hold_role(app.settings.home, name, self.server.port))
        self._told: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            stack.callback(signal.signal, number, signal.signal(number, lambda n, _: self._told.append(n)))

    def run(self) -> int:
        app = self.app
        with Loops(budget_s=_STOP_S) as loops:
            parts = app.loops()
            for name, loop in parts.items():
                loops.start(name, loop)
            loops.start("health server", self.server)
            said = f"{', '.join(app.roles)} as {app.worker}, health on http://127.0.0.1:{self.server.port}/health"
            self.notifier.ready(said)
            _log.info("running: %s", said)
            while not loops.stopping.wait(_LOOK_S):
                if self._signal(parts["catalog"]):
                    break
            self.notifier.stopping()
            _log.info("stopping")
        loops.check()
        return 0

    def _signal(self, catalog: object) -> bool:
        """Does what signals ask for -> whether it is to stop."""
        told, self._told = self._told, []
        if signal.SIGHUP in told and isinstance(catalog, CatalogLoop):
            self.notifier.reloading()
            reopen_logs()
            catalog.anew.set()
            self.notifier.ready(", ".join(self.app.roles))
        return any(number != signal.SIGHUP for number in told)
