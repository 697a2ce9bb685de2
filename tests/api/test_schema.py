"""Schemathesis on the OpenAPI document, all checks, all phases: the API does what it says, whatever is sent to it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np

from heatmap_gui.app import App
from heatmap_gui.core.who import Role
from heatmap_gui.loops import Loops
from tests.api.conftest import home_with_demo, person
from tests.api.test_server import served
from tests.vision.networks import fixed_answer

SECONDS = 40
PROGRAM = "from schemathesis.cli import schemathesis; schemathesis()"
ACCEPTED = ["2xx", "401", "403", "404", "409", "429"]
WORDS = {  # what a schema cannot say of a text or a document that is a language of its own
    "^/api/v1/sites/": ["412", "422", "428"],  # a site; who saves one names what was read
    "^/api/(cameras|zones)$": ["422"],  # an address, a polygon
    "^/api/v1/users": ["422"],  # a password that nobody guesses
    "^/api/v1/ingest/": ["422"],  # each direction once
}


def config() -> str:
    """schemathesis.toml."""
    return "".join(
        f"[[operations]]\ninclude-path-regex = {pattern!r}\n"
        f"checks.positive_data_acceptance.expected-statuses = {[*ACCEPTED, *more]}\n"
        for pattern, more in WORDS.items()
    )


def test_it_finds_nothing(tmp_path: Path) -> None:
    environ = {"HEATMAP_HOME": str(tmp_path / "home"), "RATE_LIMIT_PER_SECOND": "100000"}
    names = {"names": "{0: 'person', 1: 'bicycle', 2: 'car'}"}
    network = fixed_answer(tmp_path / "nothing.onnx", np.zeros((1, 4 + 3, 84), np.float32), metadata=names)
    (tmp_path / "schemathesis.toml").write_text(config())
    home = home_with_demo(tmp_path, model=str(network), device="onnx:cpu", log_file="production.log")
    with closing(App(home, ("api",), "", environ)) as app, Loops(budget_s=9.0) as loops:
        for name, loop in app.loops().items():
            loops.start(name, loop)
        with served(app) as server:
            token = person(app, "ada", Role.ADMIN)
            command = [sys.executable, "-c", PROGRAM, "--config-file", str(tmp_path / "schemathesis.toml"), "run"]
            command += [f"http://127.0.0.1:{server.port}/openapi.json", "-H", f"Authorization: Bearer {token}"]
            command += ["--checks", "all", "--max-time", str(SECONDS), "--max-examples", "5", "--warnings", "off"]
            command += ["--suppress-health-check", "all", "--request-timeout", "30", "--seed", "1", "--no-color"]
            ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=400)
    assert ended.returncode == 0, ended.stdout[-20_000:] + ended.stderr[-2_000:]
