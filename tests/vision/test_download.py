"""Weights arrive whole and verified, or not at all; what was fetched before is not fetched again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.vision.download import download
from tests.vision.weights_server import WeightsServer, serving

CONTENT = np.random.default_rng(3).bytes(300_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server() -> Iterator[WeightsServer]:
    with serving(CONTENT) as running:
        yield running


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models" / "weights.onnx"


def fetch(url: str, target: Path, sha256: str = SHA256) -> list[tuple[int, int]]:
    shown: list[tuple[int, int]] = []
    download(url, target, len(CONTENT), sha256, lambda there, total: shown.append((there, total)))
    return shown


def test_a_file_is_fetched_verified_and_named(server: WeightsServer, target: Path) -> None:
    shown = fetch(server.url, target)
    assert target.read_bytes() == CONTENT
    assert list(target.parent.iterdir()) == [target]
    assert shown == sorted(shown) and shown[-1] == (len(CONTENT), len(CONTENT))


def test_a_cut_connection_leaves_a_part_and_is_resumed(server: WeightsServer, target: Path) -> None:
    server.behaviour = "cut"
    with pytest.raises(UnavailableError, match=r"broke off at 1\d{5} of 300000 bytes") as cut:
        fetch(server.url, target)
    assert "try again" in cut.value.message and not target.exists()
    there = target.with_name("weights.onnx.part").stat().st_size
    server.behaviour = "whole"
    fetch(server.url, target)
    assert target.read_bytes() == CONTENT
    assert server.ranges == [None, f"bytes={there}-"]


def test_a_server_without_ranges_is_begun_again(server: WeightsServer, target: Path) -> None:
    target.parent.mkdir()
    target.with_name("weights.onnx.part").write_bytes(CONTENT[:1000])
    server.behaviour = "no_ranges"
    fetch(server.url, target)
    assert target.read_bytes() == CONTENT


def test_a_whole_part_is_only_verified(server: WeightsServer, target: Path) -> None:
    target.parent.mkdir()
    target.with_name("weights.onnx.part").write_bytes(CONTENT)
    fetch(server.url, target)
    assert target.read_bytes() == CONTENT and server.ranges == []


def test_a_part_that_is_too_long_is_begun_again(server: WeightsServer, target: Path) -> None:
    target.parent.mkdir()
    target.with_name("weights.onnx.part").write_bytes(CONTENT + b"more")
    fetch(server.url, target)
    assert target.read_bytes() == CONTENT and server.ranges == [None]


def test_something_else_is_deleted(server: WeightsServer, target: Path) -> None:
    with pytest.raises(UnavailableError, match=r"is not the known file .*deleted"):
        fetch(server.url, target, "0" * 64)
    assert list(target.parent.iterdir()) == []


def test_a_missing_file_and_a_missing_server_say_what_to_do(server: WeightsServer, target: Path) -> None:
    server.behaviour = "missing"
    with pytest.raises(UnavailableError, match="answers 404") as missing:
        fetch(server.url, target)
    with pytest.raises(UnavailableError, match="is not reached") as unreached:
        fetch("http://127.0.0.1:9/weights.onnx", target)
    for error in (missing, unreached):
        assert f"put it into {target.parent} as weights.onnx (SHA-256 {SHA256})" in error.value.message
        assert error.value.exit_status == 3
