"""A recorder that asks for digest access, as Hikvision's do."""

from __future__ import annotations

import pytest

from heatmap_gui.core.errors import InputError, TryLaterError
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.sinks.nvr import Recorder
from tests.receivers import Receiver, answer

ASK = answer(401, b"", 'WWW-Authenticate: Digest realm="nvr", nonce="abc", qop="auth", algorithm=MD5')
PASSWORD = "canary-pass-55"


def delivery() -> Delivery:
    return Delivery(id="a1", sink="nvr", endpoint="nvr", target={"output": 2}, body=b"{}", created_at=0.0)


def recorder(receiver: Receiver) -> Recorder:
    return Recorder(f"http://admin:{PASSWORD}@127.0.0.1:{receiver.port}")


def status(code: int) -> bytes:
    return answer(200, f"<ResponseStatus><statusCode>{code}</statusCode></ResponseStatus>".encode())


def test_it_switches_an_output(receiver: Receiver) -> None:
    receiver.script[""] = [ASK, status(1)]
    assert recorder(receiver).deliver(delivery()) == "127.0.0.1 answered 200, ISAPI status 1"
    request = receiver.requests[-1]
    assert request.line == "PUT /ISAPI/System/IO/outputs/2/trigger HTTP/1.1"
    assert b"<outputState>high</outputState>" in request.body
    assert request.headers["authorization"].startswith('Digest username="admin"')
    assert not any(PASSWORD in str(sent) for sent in receiver.requests)


@pytest.mark.parametrize(
    ("told", "error"),
    [([ASK, ASK], InputError), ([ASK, status(2)], TryLaterError), ([ASK, status(4)], InputError),
     ([answer(503)], TryLaterError), ([answer(301, b"", "Location: http://127.0.0.1:9/")], InputError)],
)  # fmt: skip
def test_it_says_no(receiver: Receiver, told: list[bytes], error: type[Exception]) -> None:
    receiver.script[""] = told
    with pytest.raises(error) as caught:
        recorder(receiver).deliver(delivery())
    assert PASSWORD not in str(caught.value)


def test_nobody_there() -> None:
    with pytest.raises(TryLaterError, match="not reached"):
        Recorder("http://a:b@127.0.0.1:9").deliver(delivery())
