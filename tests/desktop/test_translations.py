"""The console's French: every text has it, and what the program reads is what the translators wrote."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.lupdate.lupdate import lupdate
from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QApplication

import heatmap_gui
from heatmap_gui.desktop.languages import LANGUAGES, speak
from heatmap_gui.resources import resource

SOURCES = Path(heatmap_gui.__file__).parent / "desktop"
FRENCH = resource("resources") / "translations" / "heatmap_fr.ts"
Texts = dict[tuple[str, str], str]


def _texts(file: Path) -> Texts:
    """Context and text -> translation; empty where there is none."""
    found: Texts = {}
    for context in ElementTree.parse(file).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            text = (translation.text or "") if done and translation is not None else ""
            found[context.findtext("name", ""), message.findtext("source", "")] = text
    return found


def test_every_text_of_the_program_has_its_french(tmp_path: Path) -> None:
    file = tmp_path / FRENCH.name
    shutil.copy(FRENCH, file)
    lupdate([str(path) for path in sorted(SOURCES.rglob("*.py"))], [str(file)], no_obsolete=True)
    missing = sorted(source for (_, source), text in _texts(file).items() if not text)
    assert not missing, "make translations, then write the French of these into resources/translations/heatmap_fr.ts"


def test_what_is_filled_in_is_the_same_in_french() -> None:
    for (_, source), text in _texts(FRENCH).items():
        assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", text)), source


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """At the end again."""
    yield
    speak("en")


def test_the_program_reads_what_was_written(english: None) -> None:
    speak("fr")
    wrong = [
        (context, source)
        for (context, source), text in _texts(FRENCH).items()
        if text and QCoreApplication.translate(context, source) != text
    ]
    assert not wrong, "make translations"


@pytest.mark.parametrize(("language", "word"), [("fr", "Annuler"), ("en", "Undo"), ("xx", "Undo")])
def test_a_language_is_chosen_and_one_that_is_not_there_is_english(english: None, language: str, word: str) -> None:
    speak("fr")
    speak(language)
    assert QCoreApplication.translate("MainWindow", "Undo") == word


def test_each_language_has_its_file() -> None:
    assert {path.stem for path in FRENCH.parent.glob("*.qm")} == {f"heatmap_{code}" for code in LANGUAGES} - {
        "heatmap_en"
    }
