"""Mail to a small server of our own."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import pytest

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.sinks.mail import Mail


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        told: dict[bytes, bytes] = self.server.told  # type: ignore[attr-defined]  # how socketserver passes things on
        mails: list[str] = self.server.mails  # type: ignore[attr-defined]
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self.wfile.write(told.get(word, b"354 go on" if word == b"DATA" else b"250 fine") + b"\r\n")
            if word == b"DATA":
                come = b""
                while (text := self.rfile.readline()) not in (b".\r\n", b""):
                    come += text
                mails.append(come.decode())
                self.wfile.write(b"250 taken\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def server() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as running:
        running.told, running.mails = {}, []  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def delivery() -> Delivery:
    target = {"to": "admin@example.com", "subject": "Job job_1 failed"}
    return Delivery(id="job_1-mail", sink="mail", endpoint="m", target=target, body="née\n".encode(), created_at=0.0)


def test_a_mail(server: socketserver.ThreadingTCPServer) -> None:
    sink = Mail(f"smtp://127.0.0.1:{server.server_address[1]}")
    sink.deliver(delivery())
    sink.deliver(delivery())
    first, second = server.mails  # type: ignore[attr-defined]
    assert "To: admin@example.com" in first and "Subject: Job job_1 failed" in first
    assert "Message-ID: <job_1-mail@traffic-heatmap>" in first and "Message-ID: <job_1-mail@traffic-heatmap>" in second


@pytest.mark.parametrize(
    ("word", "said", "error"),
    [(b"RCPT", b"550 nobody here", InputError), (b"MAIL", b"451 later", TryLaterError)],
)
def test_it_says_no(server: socketserver.ThreadingTCPServer, word: bytes, said: bytes, error: type[Exception]) -> None:
    server.told[word] = said  # type: ignore[attr-defined]
    with pytest.raises(error):
        Mail(f"smtp://127.0.0.1:{server.server_address[1]}").deliver(delivery())


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://user:canary-9@h:port"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(InputError) as caught:
        Mail(url)
    assert "canary-9" not in caught.value.message
