"""Every endpoint and every example of four guides, as they print them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.conftest import Api
from tests.api.seeds import EXAMPLES, answered, served


def test_all_of_them_answer_as_the_openapi_document_says(tmp_path: Path) -> None:
    with served(tmp_path) as api:
        rows = list(answered(api.admin, api.nobody))
    assert len(rows) == len(EXAMPLES)
    assert not [f"{row.method} {row.path}: {row.wrong}" for row in rows if row.wrong]


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/system/info"])
def test_every_answer_says_how_long_it_took(api: Api, path: str) -> None:
    assert float(api.nobody.get(path).headers["X-Process-Time"]) > 0
