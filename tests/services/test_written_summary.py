"""A language model's summary: used when its numbers are those of the figures, and nothing lost when it is not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from heatmap_gui.services.broker import LocalBroker
from heatmap_gui.services.written_summary import Writer, foreign_numbers

FIGURES = {"footfall": 12345, "share": 0.137, "mean_wait_s": 95.6667, "start": "2026-06-01T00:00:00+01:00"}


@contextmanager
def model(
    said: str | bytes, status: int = 200, after: threading.Event | None = None
) -> Iterator[tuple[str, list[Any]]]:
    """A server on this machine that says this; after: not before."""
    asked: list[Any] = []

    class Model(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, self.headers["Authorization"], body))
            if after is not None:
                after.wait(30)
            document = {"choices": [{"message": {"content": said}}]} if isinstance(said, str) else None
            answer = json.dumps(document).encode() if isinstance(said, str) else said
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        if after is not None:
            after.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_text_of_the_figures_is_taken_and_asked_for_once() -> None:
    text = "On 2026-06-01 footfall was 12,345, 13.7% more; people waited 96 s."
    with model(text) as (url, asked):
        writer = Writer(url, "key", "a-model", LocalBroker())
        assert writer.summary(FIGURES).text == text
        assert writer.summary(FIGURES).text == text
    ((path, authorization, body),) = asked
    assert (path, authorization, body["model"]) == ("/v1/chat/completions", "Bearer key", "a-model")
    assert json.loads(body["messages"][1]["content"]) == FIGURES


@pytest.mark.parametrize(
    "text", ["Footfall was 12,346.", "It rose by 14.7 %.", "Footfall doubled.", "About a dozen came.", "In 2027."]
)
def test_a_number_that_no_figure_says_is_refused(text: str) -> None:
    with model(text) as (url, _):
        found = Writer(url, "key", "m", LocalBroker()).summary(FIGURES)
    assert found.text is None
    assert found.refused is not None
    assert "no figure says" in found.refused


@pytest.mark.parametrize("text", ["96 s", "95.7 s", "13.7 percent", "14%", "0.14", "12345", "12,345 people"])
def test_rounded_numbers_are_the_figures_own(text: str) -> None:
    assert foreign_numbers(text, json.dumps(FIGURES)) == []


@pytest.mark.parametrize(
    ("said", "status"),
    [(b"<html>", 200), (b"{}", 200), (b'{"choices": [{"message": {"content": 7}}]}', 200), ("", 200), ("ok", 500),
     ("x" * 5000, 200), (b"[" * 60_000, 200)],
)  # fmt: skip
def test_a_bad_answer_is_no_summary(said: str | bytes, status: int) -> None:
    with model(said, status) as (url, _):
        found = Writer(url, "key", "m", LocalBroker()).summary(FIGURES)
    assert (found.text, bool(found.refused)) == (None, True)


def test_a_server_that_is_slow_or_away_is_no_summary() -> None:
    with model("late", after=threading.Event()) as (url, _):
        found = Writer(url, "key", "m", LocalBroker(), answer_s=0.3).summary(FIGURES)
        assert (found.text, found.refused) == (None, "127.0.0.1 did not answer in time")
    found = Writer(url, "key", "m", LocalBroker(), answer_s=1.0).summary(FIGURES)
    assert (found.text, bool(found.refused)) == (None, True)
