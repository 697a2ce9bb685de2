"""How alerts read, word for word, whatever names people gave to things."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from heatmap_gui.core.rules import Alert
from heatmap_gui.services.alert_bodies import BODIES, flat, mail_text, posted, title

ALERT = Alert(
    id="1766325600250-0123456789ab", store_name="bank", kind="forbidden_zone", rule="forbidden_zone:vault",
    at=1_766_325_600.25, reason="person 7 entered the forbidden zone Vault", camera="1", zone_id="vault", track_id=7,
    label="person",
)  # fmt: skip
DOCUMENT = {
    "id": "1766325600250-0123456789ab", "rule": "forbidden_zone:vault", "timestamp": "2025-12-21T14:00:00.250+00:00",
    "kind": "forbidden_zone", "store_name": "bank", "zone_id": "vault", "camera_id": "1", "track_id": 7,
    "class": "person", "reason": "person 7 entered the forbidden zone Vault",
}  # fmt: skip
SYSTEM = Alert(id="2", store_name="", kind="system_trouble", rule="disk", at=0.0, reason="disk: 1.0 GB left")
HOSTILE = "<!channel> <@U1> @everyone <@&5> & [x](http://e.example) **b** `c` \u202e\r\nBcc: all@e.example"


def test_json_says_all_there_is() -> None:
    assert json.loads(posted(ALERT, "json", None)) == DOCUMENT
    assert json.loads(posted(ALERT, "json", b"\xff\xd8")) == DOCUMENT | {
        "snapshot": {"media_type": "image/jpeg", "data": "/9g="}
    }


def test_slack_gets_a_text() -> None:
    assert json.loads(posted(ALERT, "slack", b"no room for it")) == {
        "text": "forbidden zone at bank\n"
        "What: person 7 entered the forbidden zone Vault\n"
        "When: 2025-12-21 14:00:00 UTC\n"
        "Camera: 1\n"
        "Zone: vault\n"
        "Alert: 1766325600250-0123456789ab",
        "mrkdwn": False,
    }


def test_discord_gets_an_embed() -> None:
    assert json.loads(posted(ALERT, "discord", b"no room for it")) == {
        "embeds": [
            {
                "title": "forbidden zone at bank",
                "description": "What: person 7 entered the forbidden zone Vault\n"
                "When: 2025-12-21 14\\:00\\:00 UTC\n"
                "Camera: 1\n"
                "Zone: vault\n"
                "Alert: 1766325600250-0123456789ab",
                "timestamp": "2025-12-21T14:00:00.250+00:00",
            }
        ],
        "allowed_mentions": {"parse": []},
    }


def test_a_mail_has_a_subject_and_a_text() -> None:
    assert title(SYSTEM) == "system trouble"
    assert mail_text(SYSTEM).decode() == "What: disk: 1.0 GB left\nWhen: 1970-01-01 00:00:00 UTC\nAlert: 2\n"


def test_the_stream_holds_texts_only() -> None:
    assert flat(ALERT) == {name: str(value) for name, value in DOCUMENT.items()}
    assert (flat(SYSTEM)["camera_id"], flat(SYSTEM)["track_id"]) == ("", "")


def test_names_mention_nobody_and_break_nothing() -> None:
    alert = replace(ALERT, store_name=HOSTILE, reason=HOSTILE, camera=HOSTILE)
    slack = json.loads(posted(alert, "slack", None))["text"]
    assert not set("<>") & set(slack)
    assert "&lt;!channel&gt; &lt;@U1&gt;" in slack
    assert slack.count("\n") == 5
    [embed] = json.loads(posted(alert, "discord", None))["embeds"]
    assert "\\<\\@&5\\>" in embed["description"]
    assert "\\[x\\]\\(http\\://e.example\\) \\*\\*b\\*\\* \\`c\\`" in embed["description"]
    assert title(alert).isprintable()
    assert "\nBcc" not in mail_text(alert).decode()


@pytest.mark.parametrize("letter", ["x", "*", "&", "é", "\U0001f6a8"])
def test_limits_of_the_chats_hold_for_any_text(letter: str) -> None:
    long = letter * 100_000
    alert = replace(ALERT, store_name=long, reason=long, camera=long, zone_id=long)
    assert len(json.loads(posted(alert, "slack", None))["text"]) < 40_000
    [embed] = json.loads(posted(alert, "discord", None))["embeds"]
    assert 0 < len(embed["title"]) <= 256
    assert 0 < len(embed["description"]) <= 4096
    assert len(title(alert)) <= 200
    assert set(BODIES) == {"json", "slack", "discord"}
