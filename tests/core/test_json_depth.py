"""The depth and the counts are the parser's own, for any JSON, however it is cut."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heatmap_gui.core import json_depth as module
from heatmap_gui.core.json_depth import JsonDepth

TEXTS = st.text(alphabet='[]{}"\\a,', max_size=8)
JSON = st.recursive(
    st.none() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
)


def true_depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(true_depth, inner), default=0)


def true_counts(value: Any) -> tuple[int, int]:
    """Lists and objects, and commas between what is in them."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        return 0, 0
    counts = [true_counts(one) for one in inner]
    return 1 + sum(opened for opened, _ in counts), max(0, len(inner) - 1) + sum(commas for _, commas in counts)


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
@given(value=JSON, cut=st.integers(1, 9))
def test_it_is_the_truth(piece: int, value: Any, cut: int) -> None:
    text = json.dumps(value).encode()
    found = JsonDepth()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PIECE", piece)
        for start in range(0, len(text), cut):
            found.feed(text[start : start + cut])
    assert found.deepest == true_depth(value)
    assert (found.opened, found.commas) == true_counts(value)


def test_a_bomb_is_seen() -> None:
    found = JsonDepth()
    found.feed(b"[" * 1_000_000)
    assert found.deepest == 1_000_000
    found.feed(b"")
    assert JsonDepth().deepest == 0
