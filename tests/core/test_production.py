"""production_config.json: read as printed, every default, and every field missing, wrong, out of range or unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from heatmap_gui.core import document
from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.core.production import Production, Schedule, read_production
from tests.core.production_documents import PRINTED, shortest

OTHERS = ("redis_host", "redis_port", "redis_db", "log_level", "log_file", "enable_monitoring", "alert_email")


def _read(content: dict[str, Any]) -> Production:
    return read_production(Node(content, "", "production_config.json"), OTHERS)


def _changed(**fields: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(PRINTED)
    content["schedules"]["store_1"].update(fields)
    return content


def test_the_printed_file_is_read_as_it_is_printed() -> None:
    production = read_production(document.parse(PRINTED, "production_config.json"), OTHERS)
    assert production.warnings == ()
    assert production.document == json.loads(PRINTED)
    assert dict(production.schedules) == {
        "store_1": Schedule(
            id="store_1",
            store_name="store_1",
            enabled=True,
            start_min=540,
            end_min=1320,
            days_of_week=(0, 1, 2, 3, 4, 5, 6),
            duration_s=3600.0,
            interval_s=3600.0,
            frame_skip=1,
            confidence_threshold=0.5,
            export_enabled=True,
            output_format="json",
            webhook_url="https://api.backend.com/analytics/heatmap",
            webhook_enabled=True,
            retry_count=3,
            timeout_s=1800.0,
            api_token="your_api_token_here",
        )
    }


def test_what_is_left_out_has_a_default() -> None:
    schedule = _read(shortest("shop")).schedules["shop"]
    assert schedule == Schedule(id="shop", store_name="shop")
    assert (schedule.start_min, schedule.end_min, len(schedule.days_of_week)) == (0, 1440, 7)


@pytest.mark.parametrize("field", json.loads(PRINTED)["schedules"]["store_1"])
def test_each_field_may_be_missing_unless_another_needs_it(field: str) -> None:
    content = _changed()
    del content["schedules"]["store_1"][field]
    if field == "webhook_url":
        with pytest.raises(InputError, match=r"schedules\.store_1\.webhook_url is missing: allowed: an address http"):
            _read(content)
    else:
        assert _read(content).schedules["store_1"].store_name == "store_1"


def test_results_are_posted_where_there_is_an_address() -> None:
    content = _changed()
    del content["schedules"]["store_1"]["webhook_enabled"]
    assert _read(content).schedules["store_1"].webhook_enabled
    del content["schedules"]["store_1"]["webhook_url"]
    assert not _read(content).schedules["store_1"].webhook_enabled


def test_times_are_minutes_and_seconds() -> None:
    schedule = _read(
        _changed(start_time="22:30", end_time="24:00", duration_minutes=1.5, interval_minutes=15, days_of_week=[6, 0])
    )
    found = schedule.schedules["store_1"]
    assert (found.start_min, found.end_min, found.duration_s, found.interval_s) == (1350, 1440, 90.0, 900.0)
    assert found.days_of_week == (0, 6)
    assert _read(_changed(duration_minutes=20)).schedules["store_1"].interval_s == 1200.0


WRONG: list[tuple[str, list[Any], str]] = [
    ("store_name", [1, True, [], "", "a/b", "..", "x" * 101, "a\nb"], "a store's name"),
    ("enabled", [1, "true", []], "true or false"),
    ("start_time", [9, "9:00", "24:01", "25:00", "09:60", "", "09:00:00", "morning"], "a time of day HH:MM"),
    ("end_time", [22, "22", "22.00", [], "-1:00"], "a time of day HH:MM"),
    ("days_of_week", [1, "0", [], [7], [-1], [0.5], [True], ["0"], [1, 1], {}], "0 (Monday) to 6"),
    ("duration_minutes", [0, -5, 0.0166, 1441, "60", True, [], float("nan"), 1e300], "a number of minutes"),
    ("interval_minutes", [0, 0.001, 1441, "60", 59], "or more|a number of minutes"),
    ("frame_skip", [-1, 1.5, "1", True, 10_001, float("inf")], "a whole number, 0 or 1"),
    ("confidence_threshold", [0, 1.01, -0.5, "0.5", float("nan")], "a number above 0, at most 1"),
    ("export_enabled", [0, "yes", {}], "true or false"),
    ("output_format", ["xml", "", 1, []], "json, csv, parquet"),
    ("webhook_url", ["", "api.backend.com", "ftp://a/b", "https://", "https:///x", 7], "an address http"),
    ("webhook_enabled", ["true", 1], "true or false"),
    ("retry_count", [-1, 101, 2.5, "3"], "a whole number, 0 to 100"),
    ("timeout_seconds", [0, -1, 604_801, "1800"], "a number of seconds"),
    ("api_token", [1, True, ["a"]], "keyring:service/user"),
]


@pytest.mark.parametrize(("field", "value", "allowed"), [(f, value, a) for f, values, a in WRONG for value in values])
def test_a_wrong_value_names_its_path_and_what_is_allowed(field: str, value: Any, allowed: str) -> None:
    with pytest.raises(InputError) as raised:
        _read(_changed(**{field: value}))
    message = raised.value.message
    assert message.startswith(f"production_config.json: schedules.store_1.{field}")
    assert any(words in message for words in allowed.split("|")), message


def test_every_field_that_is_printed_is_tried() -> None:
    assert {field for field, *_ in WRONG} >= json.loads(PRINTED)["schedules"]["store_1"].keys()


@pytest.mark.parametrize("schedules", [[], "store_1", 3, {"a": None}, {"a": []}, {"": {}}, {"a/b": {}}])
def test_schedules_are_objects_by_name(schedules: Any) -> None:
    with pytest.raises(InputError, match="schedules"):
        _read({"schedules": schedules})


def test_a_token_is_not_shown() -> None:
    with pytest.raises(InputError) as raised:
        _read(_changed(api_token=["canary"]))
    assert "canary" not in raised.value.message


def test_unknown_keys_are_kept_and_warned_of() -> None:
    content = _changed(colour="red") | {"color": "blue"}
    production = _read(content)
    assert production.document == content
    assert len(production.warnings) == 2
    assert "color is not a key" in production.warnings[0]
    assert "schedules.store_1.colour is not a key" in production.warnings[1]


def test_no_schedules_is_said() -> None:
    assert "schedules is missing" in _read({}).warnings[0]


def test_the_hash_is_of_what_is_said_not_of_how() -> None:
    content = _changed()
    assert _read(dict(reversed(content.items()))).hash == _read(content).hash
    assert _read(_changed(retry_count=4)).hash != _read(content).hash
