"""`health ROLE`: how a running service is."""

from __future__ import annotations

import argparse
import http.client
import json
from typing import Any

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.services.state_file import RoleState, find_role

HELP = "Ask a running service how it is. Exit status 0 when it is healthy, else 3."
_TIMEOUT_S = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to ask."""
    roles = ("scheduler", "detector", "exporter", "alerts", "api")
    parser.add_argument("role", metavar="ROLE", choices=roles, help="%(choices)s")


def run(args: argparse.Namespace) -> int:
    """Exit status; raises UnavailableError when nobody answers."""
    document = _ask(find_role(args.settings.home, args.role))
    if args.json:
        print(json.dumps(document))
    else:
        print("\n".join([str(document["status"]), *(f"- {reason}" for reason in document["reasons"])]))
    return 0 if document["status"] == "healthy" else UnavailableError.exit_status


def _ask(state: RoleState) -> dict[str, Any]:
    """What GET /health of a running process answers."""
    who = f"role {state.role} (process {state.pid})"
    if state.port is None:
        raise UnavailableError(f"{who} runs and answers no questions: set enable_monitoring")
    connection = http.client.HTTPConnection("127.0.0.1", state.port, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", "/health")
        document: dict[str, Any] = json.loads(connection.getresponse().read())
        return document
    except (OSError, ValueError, http.client.HTTPException):
        raise UnavailableError(f"{who} does not answer on port {state.port}: look at its log, restart it") from None
    finally:
        connection.close()
