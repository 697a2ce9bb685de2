"""What comes with the program is found; what is missing is said."""

from __future__ import annotations

import pytest

from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.resources import resource


def test_model_cards_are_found() -> None:
    assert list(resource("resources/models").glob("*.toml"))


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(UnavailableError, match="resources/nosuch"):
        resource("resources/nosuch")
