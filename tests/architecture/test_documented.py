"""Every flag and every setting is on its page."""

from __future__ import annotations

import argparse

import pytest

from tests import documents


@pytest.mark.parametrize("page", documents.PAGES)
def test_the_page_says_what_the_program_has(page: str) -> None:
    assert (documents.DOCS / page).read_text(encoding="utf-8") == documents.PAGES[page](), "run `make docs`"


def test_pages_hold_flags_and_variables() -> None:
    """What makes the pages looks at every flag: a page without one would not compare equal."""
    assert "--every-frame" in documents.command_line()
    assert "`MODEL_DEVICE`" in documents.settings()


def test_every_flag_has_a_help_text() -> None:
    silent = [
        f"{parser.prog} {action.dest}"
        for parser in documents.parsers()
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert not silent
