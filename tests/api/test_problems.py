"""Every no is a problem object, and none of them tells a secret."""

from __future__ import annotations

import pytest

from heatmap_gui.core.errors import ConflictError, InputError, NotFoundError, TryLaterError, UnavailableError
from tests.api.conftest import Api


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("wrong"), 422),
        (NotFoundError("not there"), 404),
        (ConflictError("not now"), 409),
        (UnavailableError("away"), 503),
        (TryLaterError("busy", retry_after_s=7), 503),
        (ZeroDivisionError("password=hunter22"), 500),
    ],
)
def test_errors_are_problems(api: Api, error: Exception, status: int) -> None:
    def route() -> None:
        raise error

    api.application.add_api_route("/broken", route)
    answer = api.nobody.get("/broken")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert "hunter22" not in answer.text
    if isinstance(error, TryLaterError):
        assert answer.headers["retry-after"] == "7"


def test_what_is_not_there_is_one_too(api: Api) -> None:
    assert api.nobody.get("/nothing").json()["title"] == "Not Found"
    answer = api.nobody.delete("/health")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_a_token_that_is_nobodys_is_told_how_to_get_one(api: Api) -> None:
    answer = api.client("forged").get("/system/info")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "forged" not in answer.text
