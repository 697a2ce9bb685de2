"""Whatever is sent to whichever route: an answer, or a no that says what is wrong; never a bug."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing

import pytest

from heatmap_gui.app import App
from heatmap_gui.core.who import Role
from tests.api.bad_input import Operation, operations, requests_of
from tests.api.conftest import Api, home_with_demo, person
from tests.services.test_inference import RedFinder, running

MEDIA_TYPE = "application/problem+json"
_NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One for all of them: what was sent to one route must not break another either."""
    folder = tmp_path_factory.mktemp("bad")
    home = home_with_demo(folder, requests_per_second=100_000)
    with (
        pytest.MonkeyPatch.context() as patch,
        closing(App(home, ("api",), "", {"HEATMAP_HOME": str(folder / "home")})) as app,
    ):
        patch.setattr("heatmap_gui.app.open_network", lambda *_: RedFinder())
        with running(app.inference):
            yield Api(app)


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_bad_input_is_refused_in_words(house: Api, operation: Operation) -> None:
    client = house.client(person(house.app, f"ada{next(_NUMBERS)}", Role.ADMIN))
    wrong = []
    for bad in requests_of(operation):
        answer = client.request(operation.method, bad.path, **bad.sent)
        if answer.status_code == 401:  # it logged out
            client = house.client(person(house.app, f"ada{next(_NUMBERS)}", Role.ADMIN))
            continue
        assert answer.status_code != 429, "the test is held back, and tries nothing"
        if answer.status_code >= 500 or (bad.must and answer.status_code < 400):
            wrong.append(f"{bad.what}: {answer.status_code} {answer.text[:200]}")
        elif answer.status_code >= 400:
            said = answer.headers["content-type"] == MEDIA_TYPE and answer.json()["detail"]
            wrong += [] if said else [f"{bad.what}: {answer.status_code} without words: {answer.text[:200]}"]
    assert not wrong, "\n".join(wrong[:40])
    assert house.nobody.get("/health").status_code == 200


@pytest.mark.parametrize(
    "operation",
    [one for one in operations() if any(p["name"] == "store_name" for p in one.parameters("query"))],
    ids=str,
)
def test_another_stores_things_are_not_there(house: Api, operation: Operation) -> None:
    """Whoever may see the store `elsewhere` alone asks for `demo`: no answer tells whether there is such a store."""
    path = operation.path.replace("{", "").replace("}", "")
    mine, none = (house.elsewhere.request(operation.method, path, params={"store_name": n}) for n in ("demo", "no"))
    assert mine.status_code == none.status_code
    if mine.status_code == 200:  # a list that is chosen from
        assert mine.json() == none.json() == {"items": [], "next": None}
    else:
        assert mine.status_code in (403, 404, 415, 422)
        assert mine.json()["detail"].replace("demo", "no") == none.json()["detail"]
