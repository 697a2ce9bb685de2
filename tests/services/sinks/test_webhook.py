"""One webhook, and everything that an endpoint may do to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import formatdate

import pytest

from heatmap_gui.core.errors import GoneError, InputError, TryLaterError
from heatmap_gui.core.work import Delivery
from heatmap_gui.services.sinks.webhook import Webhook
from tests.receivers import CLOSE, GARBAGE, HANG, OK, SECRET, SLOW, Receiver, answer

TOKEN = "canary-token-7c1f"
BODY = '{"job_id": "job_1_store", "né": 1}'.encode()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    sink = Webhook(("127.0.0.1", "localhost"), SECRET, str, send_s=0.5)
    yield sink
    sink.close()


def delivery(url: str, token: str = TOKEN) -> Delivery:
    return Delivery(
        id="job_1_store-1",
        sink="webhook",
        endpoint="here",
        target={"url": url, "token": token},
        body=BODY,
        created_at=0.0,
    )


def test_what_is_posted(webhook: Webhook, receiver: Receiver) -> None:
    assert webhook.deliver(delivery(receiver.url("/a/b?c=d"))) == "200 record_id record_uuid_123"
    (request,) = receiver.requests
    assert request.line == "POST /a/b?c=d HTTP/1.1"
    assert request.body == BODY
    assert request.headers["content-type"] == "application/json"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers["webhook-id"] == "job_1_store-1"
    assert abs(int(request.headers["webhook-timestamp"]) - time.time()) < 60
    assert request.signed


def test_nothing_is_signed_without_a_secret(receiver: Receiver) -> None:
    Webhook(("127.0.0.1",), "", str).deliver(delivery(receiver.url(), token=""))
    assert "webhook-signature" not in receiver.requests[0].headers
    assert "authorization" not in receiver.requests[0].headers


def test_a_signature_as_in_the_standards_own_example() -> None:
    from heatmap_gui.services.signing import signature, signing_key

    key = signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_that_is_none_is_refused_unseen() -> None:
    with pytest.raises(InputError, match="webhook_secret") as caught:
        Webhook((), "whsec_not base64!", str)
    assert "base64!" not in caught.value.message


def test_a_connection_is_kept(webhook: Webhook, receiver: Receiver) -> None:
    for _ in range(3):
        webhook.deliver(delivery(receiver.url()))
    assert receiver.connections == 1


def test_a_kept_connection_that_was_closed_is_opened_again(webhook: Webhook, receiver: Receiver) -> None:
    receiver.script[""] = [OK, CLOSE]
    webhook.deliver(delivery(receiver.url()))
    webhook.deliver(delivery(receiver.url()))
    assert receiver.connections == 2
    assert [request.headers["webhook-id"] for request in receiver.requests] == ["job_1_store-1"] * 3


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_it_may_work_later(webhook: Webhook, receiver: Receiver, status: int) -> None:
    receiver.script[""] = [answer(status, b"not now")]
    with pytest.raises(TryLaterError, match=f"{status} not now") as caught:
        webhook.deliver(delivery(receiver.url()))
    assert caught.value.answered


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
def test_it_never_will_work(webhook: Webhook, receiver: Receiver, status: int) -> None:
    receiver.script[""] = [answer(status)]
    with pytest.raises(InputError, match=str(status)):
        webhook.deliver(delivery(receiver.url()))


def test_gone(webhook: Webhook, receiver: Receiver) -> None:
    receiver.script[""] = [answer(410)]
    with pytest.raises(GoneError):
        webhook.deliver(delivery(receiver.url()))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(webhook: Webhook, receiver: Receiver, status: int) -> None:
    receiver.script["/hook"] = [answer(status, b"", f"Location: {receiver.url('/elsewhere')}")]
    with pytest.raises(InputError, match="redirects are not followed"):
        webhook.deliver(delivery(receiver.url()))
    assert len(receiver.requests) == 1


def test_retry_after(webhook: Webhook, receiver: Receiver) -> None:
    date = formatdate(time.time() + 100, usegmt=True)
    receiver.script[""] = [answer(429, b"", f"Retry-After: {said}") for said in ("7", date, "soon")]
    waits = []
    for _ in range(3):
        with pytest.raises(TryLaterError) as caught:
            webhook.deliver(delivery(receiver.url()))
        waits.append(caught.value.retry_after_s)
    assert waits[0] == 7
    assert waits[1] is not None and 90 < waits[1] <= 100
    assert waits[2] is None


@pytest.mark.parametrize(
    ("told", "words"),
    [(HANG, "in time"), (SLOW, "in time"), (GARBAGE, "not HTTP"), (CLOSE, "closed"), (b"HTTP/1.1 2", "in time")],
    ids=["hang", "slow", "garbage", "close", "half"],
)
def test_no_answer(webhook: Webhook, receiver: Receiver, told: bytes, words: str) -> None:
    receiver.script[""] = [told]
    begin = time.monotonic()
    with pytest.raises(TryLaterError, match=words):
        webhook.deliver(delivery(receiver.url()))
    assert time.monotonic() - begin < 5  # ten times what was allowed


@pytest.mark.parametrize(
    "told",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'4\r\n{"re\r\n12;x=y\r\ncord_id": "abc"   \r\n1\r\n}\r\n0\r\nA: b\r\n\r\n',
        b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + answer(201, b'{"record_id": "abc"}'),
        b"HTTP/1.0 200 OK\r\nContent-Length: 20\r\n\r\n" + b'{"record_id": "abc"}',
    ],
    ids=["chunks", "interim", "http 1.0"],
)
def test_other_ways_to_answer(webhook: Webhook, receiver: Receiver, told: bytes) -> None:
    receiver.script[""] = [told]
    assert "record_id abc" in webhook.deliver(delivery(receiver.url()))


def test_what_was_taken_is_done_whatever_comes_after(webhook: Webhook, receiver: Receiver) -> None:
    receiver.script[""] = [
        answer(200, b"x" * 10_000_000),
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ]
    said = [webhook.deliver(delivery(receiver.url())) for _ in range(4)]
    assert [words[:3] for words in said] == ["200", "204", "200", "200"]
    assert max(map(len, said)) < 300


def test_an_answer_shows_no_secret(webhook: Webhook, receiver: Receiver) -> None:
    echo = f"you said Bearer {TOKEN} at /hook/very-secret-path with {SECRET}".encode()
    receiver.script[""] = [answer(200, echo), answer(400, echo)]
    url = receiver.url("/hook/very-secret-path")
    said = webhook.deliver(delivery(url))
    with pytest.raises(InputError) as caught:
        webhook.deliver(delivery(url))
    for text in (said, caught.value.message):
        assert TOKEN not in text and "very-secret" not in text and SECRET not in text


@pytest.mark.parametrize(
    "url", ["ftp://example.com/x", "http:///x", "http://user:hunter2pw@example.com/", "http://example.com:99999/", "x"]
)
def test_addresses_that_are_none(webhook: Webhook, url: str) -> None:
    with pytest.raises(InputError) as caught:
        webhook.deliver(delivery(url))
    assert "hunter2pw" not in caught.value.message


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "a b"])
def test_a_token_cannot_add_headers(webhook: Webhook, receiver: Receiver, token: str) -> None:
    with pytest.raises(InputError, match="api_token"):
        webhook.deliver(delivery(receiver.url(), token))
    assert not receiver.requests


def test_nobody_there(webhook: Webhook) -> None:
    with pytest.raises(TryLaterError, match="not reached") as caught:
        webhook.deliver(delivery("http://127.0.0.1:9/"))
    assert not caught.value.answered


def test_tls_is_not_taken_on_trust(webhook: Webhook, receiver: Receiver) -> None:
    with pytest.raises(TryLaterError, match="no safe connection"):
        webhook.deliver(delivery(receiver.url().replace("http:", "https:")))
    assert not receiver.requests
