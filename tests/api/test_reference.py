"""/docs says all that there is, and needs no other machine."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.api.conftest import Api


class Links(HTMLParser):
    """Where a page leads, what it has, and what it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.links |= {str(found["href"])} if tag == "a" else set()
        self.ids += [str(found["id"])] if "id" in found else []
        self.loads += [tag] if tag in ("script", "link", "img", "iframe") or "src" in found else []


def test_every_route_is_there_and_nothing_is_loaded(api: Api) -> None:
    answer = api.nobody.get("/docs")
    page = Links()
    page.feed(answer.text)
    document = api.nobody.get("/openapi.json").json()
    operations = [path for path, item in document["paths"].items() for _ in item]
    assert len(page.ids) == len(set(page.ids)) == len(operations) > 30
    assert page.links == {f"#{name}" for name in page.ids} | {"/openapi.json"}
    assert page.loads == [] and "url(" not in answer.text and "@import" not in answer.text
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/=]+'", answer.headers["content-security-policy"])


def test_every_route_says_what_it_does_and_who_may(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    for path, item in document["paths"].items():
        for operation in item.values():
            assert operation["description"].endswith("."), path
            assert operation["tags"], path
            assert ("x-role" in operation) == ("security" in operation), path
