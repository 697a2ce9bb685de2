"""Settings: what is said about each of them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from heatmap_gui.settings import Settings, describe, file_keys


def test_every_field_is_described_once() -> None:
    settings = describe()
    assert list(settings) == [field.name for field in fields(Settings)]
    names = [name for setting in settings.values() for name in (*setting.env, *setting.keys)]
    assert len(set(names)) == len(names)
    assert all(setting.title and setting.help.endswith(".") for setting in settings.values())
    assert all(setting.env or setting.keys for setting in settings.values())


def test_the_file_holds_what_the_contract_names() -> None:
    named = (
        "redis_host redis_port redis_db log_level log_file enable_monitoring alert_email calibration_dir cameras_file"
    )
    assert file_keys() >= set(named.split()) | {"services_file", "debounce_window_seconds", "fp16", "watch"}


def test_secrets_are_not_in_its_text() -> None:
    names = "database_url redis_url redis_password smtp_url nvr_url alert_webhook_url webhook_secret secret_key"
    secrets: dict[str, Any] = dict.fromkeys(names.split(), "canary")
    assert "canary" not in repr(Settings(home=Path("/home"), **secrets))
