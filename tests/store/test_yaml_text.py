"""YAML is read as the JSON that it stands for, or refused with its line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from heatmap_gui.core.errors import InputError
from heatmap_gui.store import yaml_text
from heatmap_gui.store.yaml_text import parse_yaml
from tests.core import roi_documents


@pytest.fixture(params=[loader for loader in ("CSafeLoader", "SafeLoader") if hasattr(yaml, loader)], autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers of PyYAML: with libyaml and without."""
    monkeypatch.setattr(yaml_text, "_LOADER", getattr(yaml, request.param))


def test_the_files_as_people_have_them() -> None:
    assert parse_yaml(roi_documents.CAMERAS_YAML, "cameras.yaml").value == roi_documents.cameras()
    assert parse_yaml(roi_documents.ROIS_YAML, "rois.yaml").value == roi_documents.rois()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5", 5), ("-5", -5), ("+5", 5), ("0", 0), ("5.0", 5.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0),
        ("-1.5E-3", -0.0015), ("1e999", float("inf")), ("007", "007"), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("12:30", "12:30"), ("2026-01-01", "2026-01-01"), ("12345678901234567890", "12345678901234567890"),
        ("1.2.3", "1.2.3"), (".", "."), ("-", [None]), ("e5", "e5"), (".nan", ".nan"), (".inf", ".inf"),
        ("true", True), ("Yes", True), ("ON", True), ("False", False), ("no", False), ("off", False), ("y", "y"),
        ("null", None), ("~", None), ("", None), ("'5'", "5"), ('"yes"', "yes"), ("|\n  yes\n", "yes\n"), ('""', ""),
        ("rtsp://u:p@10.0.0.1:554/a?b=1&c=2#d", "rtsp://u:p@10.0.0.1:554/a?b=1&c=2#d"), ("x # said", "x"),
        ("{b: [1, {c: d}]}", {"b": [1, {"c": "d"}]}), ("[]", []), ("{}", {}), ("Nº 3 装", "Nº 3 装"),
    ],
)  # fmt: skip
def test_words_mean_what_json_knows_and_else_themselves(written: str, meant: Any) -> None:
    value = parse_yaml(f"a: {written}" if written != "-" else "a:\n -", "a.yaml").value["a"]
    assert (value, type(value)) == (meant, type(meant))


def test_keys_are_texts_and_lines_may_end_as_they_like() -> None:
    assert parse_yaml("---\r\n1: a\r\nyes: b\r\n...\r\n", "a.yaml").value == {"1": "a", "yes": "b"}


BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = {
    "tab": ("cameras:\n\t- id: 1\n", "a tab, line 2, column 1: indent with spaces"),
    "tab_later": ("a: 1\n\tb: 2\n", "a tab, line 2, column 1: indent with spaces"),
    "unclosed": ("a: [1, 2\nb: 3\n", "line 2"),
    "quote": ('a: "x\nb: 1\n', "end of stream, line 3"),
    "indent": ("cameras:\n  - id: 1\n   name: x\n", "line 3, column 4: correct it there"),
    "colon": ("a: b: c\n", "mapping values are not allowed"),
    "sign": ("a: @x\n", "cannot start any token, line 1, column 4"),
    "control": ("a: é\nb: \x00\n", "the control character U+0000 in line 2: remove it"),
    "version": ("%YAML 3.0\n---\na: 1\n", "incompatible YAML document"),
    "empty": ("", "nothing is written in it"),
    "comment": ("# cameras:\n\n", "nothing is written in it"),
    "two": ("a: 1\n---\nb: 1\n", "a second document begins, line 2, column 1: keep one"),
    "twice": ("a: 1\nb:\n  c: 1\n  c: 2\n", "the key c is there twice, line 4, column 3: keep one"),
    "twice_quoted": ("a: 1\n'a': 2\n", "the key a is there twice, line 2"),
    "bomb": (BOMB, "anchors and aliases (&, *) are not taken, line 1, column 4: write the value out"),
    "alias": ("a: *b\n", "anchors and aliases (&, *) are not taken, line 1"),
    "key_anchor": ("&a b: 1\n", "anchors and aliases (&, *) are not taken, line 1"),
    "itself": ("&a [*a]\n", "anchors and aliases (&, *) are not taken, line 1"),
    "merge": ("a: {b: 1}\nc:\n  <<: *a\n", "anchors and aliases (&, *) are not taken, line 3"),
    "tag": ("a: !!python/object/apply:os.system [x]\n", "tags (!) are not taken, line 1, column 4"),
    "text_tag": ("a: !!str 3\n", "tags (!) are not taken, line 1"),
    "key_list": ("? [1, 2]\n: 3\n", "a list or an object is no key, line 1"),
    "deep": ("[" * 100_000, "nested more than 20 deep, line 1, column 22"),
    "deep_lines": ("".join(" " * i + "a:\n" for i in range(40)), "nested more than 20 deep, line 22"),
    "deep_dashes": ("- " * 5000 + "a", "nested more than 20 deep, line 1"),
}


@pytest.mark.parametrize(("text", "fragment"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_refused_in_one_line(text: str, fragment: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "cameras.yaml")
    assert caught.value.message.startswith("cameras.yaml: ")
    assert fragment in caught.value.message
    assert len(caught.value.message) < 200
