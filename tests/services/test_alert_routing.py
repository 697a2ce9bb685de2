"""Where alerts go by each of the four protocols, and what is written down for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.services.alert_routing import Router
from heatmap_gui.services.secrets import Seal
from heatmap_gui.services.sinks.mail import Mail
from heatmap_gui.settings import Settings
from tests.services.test_alert_bodies import ALERT

NOW = 1_766_325_601.0
HOOK = "https://chat.example/hooks/T0P-S3CRET"
SEAL = Seal("0123456789abcdef0123456789abcdef")


def router(protocol: str, **more: Any) -> Router:
    return Router(Settings(home=Path(), alerting_protocol=protocol, **more), SEAL)


MAIL = {"smtp_url": "smtp://me:pw@mail.example", "alert_email": "guard@bank.example"}


def test_standard_output_gets_the_document() -> None:
    made = router("stdout").delivery(ALERT, b"picture", NOW)
    assert (made.id, made.alert_id, made.sink) == (f"alert-{ALERT.id}-stdout", ALERT.id, "stdout")
    assert json.loads(made.body)["reason"] == ALERT.reason
    assert (made.created_at, made.next_at, made.deadline) == (NOW, NOW, NOW + 86_400)


def test_a_webhook_s_address_is_kept_sealed_or_as_a_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    made = router("webhook", alert_webhook_url=HOOK).delivery(ALERT, None, NOW)
    assert (made.sink, list(made.target)) == ("webhook", ["url"])
    assert SEAL.reveal(made.target["url"]) == HOOK
    assert "S3CRET" not in repr(made)
    monkeypatch.setenv("ALERT_HOOK", HOOK)
    by_name = router("webhook", alert_webhook_url="env:ALERT_HOOK").delivery(ALERT, None, NOW)
    assert by_name.target == {"url": "env:ALERT_HOOK"}
    assert by_name.endpoint == made.endpoint
    assert made.endpoint.startswith("chat.example")


def test_the_form_is_the_one_that_is_set() -> None:
    bodies = [
        json.loads(router("webhook", alert_webhook_url=HOOK, alert_format=form).delivery(ALERT, b"\xff", NOW).body)
        for form in ("json", "slack", "discord")
    ]
    assert [next(iter(body)) for body in bodies] == ["id", "text", "embeds"]


def test_a_recorder_and_a_mailbox() -> None:
    switched = router("hikvision", nvr_url="http://admin:pw-7@10.0.0.9").delivery(ALERT, b"picture", NOW)
    assert (switched.sink, switched.endpoint, switched.target) == ("nvr", "recorder 10.0.0.9", {})
    mailed = router("mail", **MAIL).delivery(ALERT, b"\xff\xd8", NOW)
    assert (mailed.sink, mailed.endpoint) == ("mail", "mail to guard@bank.example")
    assert mailed.target == {"to": "guard@bank.example", "subject": "forbidden zone at bank", "picture": "/9g="}
    assert "picture" not in router("mail", **MAIL).delivery(ALERT, None, NOW).target
    assert "pw" not in repr([switched, mailed])


def test_a_mail_carries_its_picture() -> None:
    sink, whole = Mail("smtp://me:pw@mail.example"), router("mail", **MAIL).delivery(ALERT, b"\xff\xd8", NOW)
    message = sink._message(whole)
    [picture] = message.iter_attachments()
    assert (picture.get_content_type(), picture.get_content()) == ("image/jpeg", b"\xff\xd8")
    assert picture.get_filename() == f"{whole.id}.jpg"
    text = message.get_body()
    assert text is not None
    assert ALERT.reason in text.as_string()
    assert not sink._message(router("mail", **MAIL).delivery(ALERT, None, NOW)).is_multipart()


def test_pictures_where_there_is_room_for_them() -> None:
    hook = {"alert_webhook_url": HOOK}
    shown = [
        router("stdout"), router("hikvision", nvr_url="http://10.0.0.9"), router("webhook", **hook),
        router("webhook", alert_format="slack", **hook), router("mail", **MAIL),
    ]  # fmt: skip
    assert [one.shows_pictures for one in shown] == [False, False, True, False, True]


@pytest.mark.parametrize(
    ("protocol", "settings", "missing"),
    [
        ("webhook", {}, "alert_webhook_url"),
        ("hikvision", {}, "nvr_url"),
        ("mail", MAIL | {"alert_email": ""}, "alert_email"),
        ("mail", MAIL | {"smtp_url": ""}, "smtp_url"),
    ],
)
def test_a_missing_setting_is_named(protocol: str, settings: dict[str, str], missing: str) -> None:
    with pytest.raises(InputError, match=f"{missing} is missing, and alerting_protocol is {protocol}"):
        router(protocol, **settings)


def test_ids_are_stable_and_apart() -> None:
    one = router("stdout")
    assert one.delivery(ALERT, None, NOW) == one.delivery(ALERT, None, NOW)
    assert one.delivery(replace(ALERT, id="x"), None, NOW).id == "alert-x-stdout"
