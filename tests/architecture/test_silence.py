"""No library of ours opens a connection that nobody asked for, or writes into the user's home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_ALONE = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "CI", "TF_BUILD", "JENKINS_URL", "ORT_DISABLE_TELEMETRY")
NO_NETWORK = ("unshare", "--map-root-user", "--net")
STRACE = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o")


def probe(mode: str, folder: Path, prefix: tuple[str, ...] = ()) -> list[str]:
    """Run the probe in a fresh home at `folder`; the attempts that it reports."""
    report = folder / "report.txt"
    home = folder / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if k not in LEFT_ALONE} | {"HOME": str(home)}
    environment["HEATMAP_HOME"] = str(folder / "data")
    command = [*prefix, sys.executable, "-m", "tests.architecture.silence_probe", mode, str(report)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return report.read_text().splitlines()


def foreign_addresses(trace: str) -> list[str]:
    """The lines of a system call trace that name an internet address outside loopback."""
    internet = [line for line in trace.splitlines() if "AF_INET" in line]
    return [line for line in internet if not re.search(r'"127\.|"::1"', line)]


def test_no_runtime_reaches_out_or_writes_into_the_home(tmp_path: Path) -> None:
    assert probe("silent", tmp_path) == []
    assert [str(path) for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


def test_the_audit_bites(tmp_path: Path) -> None:
    """Without our switch OpenVINO looks for its analytics server, and leaves a file: both are noticed."""
    assert any("getaddrinfo" in line for line in probe("aloud", tmp_path))
    assert any(path.is_file() for path in (tmp_path / "home").rglob("*"))


def test_the_look_into_the_home_bites(tmp_path: Path) -> None:
    """Without our switch ONNX Runtime collects events in a database there (tried where nothing can leave)."""
    if not shutil.which("unshare") or subprocess.run([*NO_NETWORK, "true"], capture_output=True).returncode != 0:
        pytest.skip("a process without a network cannot be started here")
    probe("native", tmp_path, NO_NETWORK)
    assert list((tmp_path / "home").rglob("onnxruntime.db"))


@pytest.mark.gpu_extra
def test_ultralytics_reaches_out_to_nobody(tmp_path: Path) -> None:
    pytest.importorskip("ultralytics")
    assert probe("extra", tmp_path) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: native code is not traced")
def test_native_code_reaches_out_to_nobody(tmp_path: Path) -> None:
    trace = tmp_path / "trace.txt"
    probe("silent", tmp_path, (*STRACE, str(trace)))
    assert foreign_addresses(trace.read_text()) == []


def test_the_trace_reader_bites() -> None:
    port = "sin_port=htons(53)"
    assert foreign_addresses(f'7 connect(7, {{sa_family=AF_INET, {port}, sin_addr=inet_addr("10.0.0.53")}}, 16) = 0')
    assert not foreign_addresses(f'7 connect(7, {{sa_family=AF_INET, {port}, sin_addr=inet_addr("127.0.0.1")}}, 16)')
    assert not foreign_addresses('7 connect(7, {sa_family=AF_UNIX, sun_path="/run/bus"}, 110) = 0')
