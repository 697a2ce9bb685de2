"""SECURITY.md says of each requirement of OWASP ASVS 5.0, level 1, which test shows it, and those tests are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEVEL_1 = {  # chapter and section: how many requirements of it, from the first on
    "1.2": 5, "1.3": 2, "1.5": 1, "2.1": 1, "2.2": 2, "2.3": 1, "3.2": 2, "3.3": 1, "3.4": 2, "3.5": 3, "4.1": 1,
    "4.4": 1, "5.2": 2, "5.3": 2, "6.1": 1, "6.2": 8, "6.3": 2, "6.4": 2, "7.2": 4, "7.4": 2, "8.1": 1, "8.2": 2,
    "8.3": 1, "9.1": 3, "9.2": 1, "10.4": 5, "11.3": 2, "11.4": 1, "12.1": 1, "12.2": 2, "13.4": 1, "14.2": 1,
    "14.3": 1, "15.1": 1, "15.2": 1, "15.3": 1,
}  # fmt: skip
IDS = [f"{section}.{number}" for section, count in LEVEL_1.items() for number in range(1, count + 1)]
_ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|")


def rows() -> list[tuple[str, str, str, list[str]]]:
    """Requirement, what it asks for, what is here, the tests."""
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    found = [match for line in lines if (match := _ROW.fullmatch(line))]
    return [(match[1], match[2], match[3], re.findall(r"`([^`]+)`", match[4])) for match in found]


@cache
def functions_of(path: str) -> set[str]:
    file = ROOT / path
    body = ast.parse(file.read_text(encoding="utf-8")).body if file.is_file() else []
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_requirement_is_there_once_and_in_order() -> None:
    assert len(IDS) == 70
    assert [row[0] for row in rows()] == IDS


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row[0]))
def test_its_tests_are_there_or_the_reason_why_not(row: tuple[str, str, str, list[str]]) -> None:
    _, asked, here, tests = row
    assert asked and len(here) > 2
    for name in tests:
        path, _, function = name.partition("::")
        assert function in functions_of(path), f"{name} is not there"
