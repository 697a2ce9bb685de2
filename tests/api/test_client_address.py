"""From where a log-in was tried: the peer, or who a proxy on this machine says it was."""

from __future__ import annotations

import json
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from heatmap_gui.store.audit import Wanted
from tests.api.test_server import opened, served


def test_a_proxy_on_this_machine_is_believed(tmp_path: Path) -> None:
    body = json.dumps({"username": "ada", "password": "a guess"})
    with opened(tmp_path) as app:
        with served(app) as server:
            for forwarded in ({}, {"X-Forwarded-For": "192.0.2.7, 203.0.113.9"}):
                with closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
                    connection.request("POST", "/auth/token", body, {"Content-Type": "application/json", **forwarded})
                    assert connection.getresponse().status == 401
        said = app.audit.newest(Wanted(action="login refused"), 9)
    # the last one, which the proxy saw itself: what stands before it, anybody may have written
    assert [entry.subject for entry in said] == ["203.0.113.9", "127.0.0.1"]
