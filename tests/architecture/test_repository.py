"""What is in the repository belongs there: no machine's paths, no package index, hashed requirements."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOREIGN = (
    re.compile(r"/tmp/" + r"w\b|/" + r"work/(main|shared)|/home/\w+/|/root/"),
    re.compile(r"https?://[^\s\"']*(pypi|pythonhosted|download\.pytorch|/simple/?\b)"),
    re.compile(r"(?<!emit-)(extra-)?index-url[ =]|(?<!emit-)find-links[ =]"),
)
TOP_LEVEL = {
    *("main.py", "heatmap_gui", "resources", "calibration_data", "tests", "packaging", "pyproject.toml", "LICENSE"),
    *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Makefile", "requirements"),
    "docs",
}
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))


def repository_files() -> list[Path]:
    """What git has, or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: there is no list of the repository's files")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def foreign_places(text: str) -> list[str]:
    """Paths of one machine and addresses of package indexes."""
    return [match[0] for pattern in FOREIGN for match in pattern.finditer(text)]


def unhashed(requirements: str) -> list[str]:
    """Requirement lines that are not pinned and hashed, options, and addresses."""
    logical = re.sub(r"\\\n", " ", requirements).splitlines()
    lines = [line for line in logical if line.strip() and not line.lstrip().startswith("#")]
    pinned = re.compile(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}")
    return [line[:80] for line in lines if not pinned.match(line) or "://" in line]


def test_no_file_names_a_machine_or_a_package_index() -> None:
    found = {}
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__) and (places := foreign_places(text)):
            found[str(path.relative_to(ROOT))] = places
    assert not found


@pytest.mark.parametrize(
    "text", ["cd /tmp/" + "w/x", "/home/ann/clip.mp4", "--extra-index-url x", "https://pypi.org/simple"]
)
def test_foreign_places_are_noticed(text: str) -> None:
    assert foreign_places(text)


def test_top_level_is_the_agreed_one() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in repository_files()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_and_hashed(path: Path) -> None:
    assert unhashed(path.read_text(encoding="utf-8")) == []


def test_unhashed_requirements_are_noticed() -> None:
    assert unhashed("numpy==2.0\n") and unhashed("numpy>=2 \\\n    --hash=sha256:" + "0" * 64)
    assert unhashed("--index" + "-url x\n") and unhashed("x @ https://x/x.whl --hash=sha256:" + "0" * 64)


def test_base_has_no_torch_and_only_one_opencv() -> None:
    pins = {path.stem: re.findall(r"^([a-z0-9.-]+)==", path.read_text(encoding="utf-8"), re.M) for path in REQUIREMENTS}
    assert "torch" not in pins["base"] and "torch" not in pins["dev"] and "torch" in pins["gpu"]
    assert {name for pinned in pins.values() for name in pinned if name.startswith("opencv")} == {"opencv-python"}
