"""What docs/services.md shows to type, write or run is what the program takes."""

from __future__ import annotations

import json
import re
import shlex
import time
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.cli import build_parser
from heatmap_gui.services.catalog import read_configuration
from heatmap_gui.services.signing import signature, signing_key
from heatmap_gui.settings import describe, file_keys
from tests.core.production_documents import PRINTED
from tests.documents import DOCS

PAGE = (DOCS / "services.md").read_text(encoding="utf-8")
README = (DOCS.parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str, text: str = PAGE) -> list[str]:
    """What stands between its fences."""
    found = (part.partition("\n") for part in text.split("```")[1::2])
    return [inside for name, _, inside in found if name == language]


def commands(text: str) -> list[str]:
    lines = [line for block in blocks("", text) for line in block.splitlines()]
    return [line for line in lines if line.startswith("heatmap ")]


@pytest.mark.parametrize("line", sorted({*commands(PAGE), *commands(README)}))
def test_commands_are_taken(line: str) -> None:
    build_parser().parse_args(shlex.split(line, comments=True)[1:])


def test_there_are_commands() -> None:
    assert len(commands(PAGE)) > 10
    with pytest.raises(Exception, match="--fast"):
        build_parser().parse_args(["jobs", "list", "--fast"])


def test_configurations_are_read(tmp_path: Path) -> None:
    first, watching = blocks("json")
    assert json.loads(first) == json.loads(PRINTED.replace("your_api_token_here", "env:STORE_1_TOKEN"))
    path = tmp_path / "production_config.json"
    for text in (first, watching.replace('"services_file": "configs/services.yaml"', '"watch": []')):
        path.write_text(text)
        found = read_configuration(path, {"HEATMAP_HOME": str(tmp_path)}, tmp_path / ".env")
        assert [warning for warning in found.production.warnings if "is not a key" in warning] == []


def test_keys_and_variables_exist() -> None:
    known = {name for setting in describe().values() for name in setting.env} | {"STORE_1_TOKEN", "DATABASE_PASSWORD"}
    said = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", PAGE))
    assert len(said) > 8
    assert said <= known
    keys = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PAGE))
    schedule = json.loads(PRINTED)["schedules"]["store_1"].keys() | {"interval_minutes"}
    assert keys <= file_keys() | schedule | {"record_id"}


def test_the_receiver_verifies_what_is_signed() -> None:
    (source,) = blocks("python")
    names: dict[str, Any] = {}
    exec(source, names)
    secret, body, now = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", b'{"job_id": "job_1_shop"}', int(time.time())
    headers = {"webhook-id": "job_1_shop-1", "webhook-timestamp": str(now)}
    headers["webhook-signature"] = signature(signing_key(secret), headers["webhook-id"], now, body)
    assert names["genuine"](headers, body, secret)
    assert not names["genuine"](headers, body + b" ", secret)
    assert not names["genuine"](headers | {"webhook-id": "job_2_shop-1"}, body, secret)
    assert not names["genuine"](headers | {"webhook-timestamp": str(now - 600)}, body, secret)
