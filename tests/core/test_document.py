"""Documents as JSON: what is there twice is refused with its path, and not silently the last one taken."""

from __future__ import annotations

import json

import pytest

from heatmap_gui.core.document import parse
from heatmap_gui.core.errors import InputError

TWICE = [
    ('{"a": 1, "a": 1}', "a"),
    ('{"a": 1, "b": {"c": [0, {"d": 1, "e": 2, "d": 3}]}}', "b.c[1].d"),
    ('{"a": {"x": 1, "x": 2}, "a": 3}', "a"),  # what is there twice within the first of two is not there any more
    ('[{"x": {"y": 1, "y": 1}}, {"x": {"y": 1}}]', "[0].x.y"),
    ('{"": 1, "": 2, "é": 3}', ""),
    ("[" * 500 + '{"a": 1, "a": 1}' + "]" * 500, "[0]" * 66),
]


@pytest.mark.parametrize(("text", "path"), TWICE)
def test_a_key_that_is_there_twice_is_refused_with_its_path(text: str, path: str) -> None:
    with pytest.raises(InputError) as raised:
        parse(text, "shop.json")
    assert raised.value.message.startswith(f"shop.json: {path}")
    assert raised.value.message.endswith("is there twice: keep one of them")
    assert len(raised.value.message) < 300


def test_the_same_key_in_several_objects_is_fine() -> None:
    content = {"a": {"x": 1}, "b": [{"x": 1}, {"x": 1}], "x": {}}
    assert parse(json.dumps(content), "shop.json").value == content
