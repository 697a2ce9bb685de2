"""The reference pages that are made from the program itself: `python -m tests.documents` writes them (make docs)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

from heatmap_gui.cli import COMMANDS, CommandParser, build_parser
from heatmap_gui.settings import Settings, describe

DOCS = Path(__file__).parents[1] / "docs"
COMMON = frozenset({"json", "debug", "log_level"})  # the top level's rows say what they do
MADE = "<!-- made by `make docs`; do not edit -->"


def parsers() -> Iterator[argparse.ArgumentParser]:
    """The top level's parser and every command's, filled."""
    top = build_parser()
    yield top
    subparsers = next(a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    for name in COMMANDS:
        command: CommandParser = subparsers.choices[name]
        command.fill()
        yield command


def flags(parser: argparse.ArgumentParser, known: frozenset[str] = frozenset()) -> Iterator[str]:
    """A table row an argument, but for the known ones."""
    formatter = parser._get_formatter()
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._VersionAction | argparse._SubParsersAction):
            continue
        if action.dest in known:
            continue
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        if action.option_strings and action.nargs != 0:
            name += f" {action.metavar or action.dest.upper()}"
        choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
        said = formatter._expand_help(action).replace("|", "\\|").replace("<", "&lt;")
        yield f"| `{name}` | {said}{choices} |"


def command_line() -> str:
    """docs/command-line.md."""
    lines = [MADE, "# Command line", "", "Every command also takes `--json`, `--debug` and `--log-level`.", ""]
    for number, parser in enumerate(parsers()):
        lines += [f"## {parser.prog}", "", parser.description or "", "", "| argument | meaning |", "|---|---|"]
        lines += [*flags(parser, COMMON if number else frozenset()), ""]
    return "\n".join(lines)


def settings() -> str:
    """docs/settings.md."""
    lines = [
        *(MADE, "# Settings", ""),
        "A flag beats the environment, which beats `.env` in the working folder, which beats the configuration's file,",
        *("which beats the default. Relative paths in the file start at the file.", ""),
        *("| key in the file | environment | default | allowed | meaning |", "|---|---|---|---|---|"),
    ]
    defaults = {f.name: "" if f.default in (MISSING, "", None, ()) else f"`{f.default}`" for f in fields(Settings)}
    for name, setting in describe().items():
        keys, variables = (", ".join(f"`{word}`" for word in names) for names in (setting.keys, setting.env))
        allowed, said = (
            words.replace("|", "\\|").replace("<", "&lt;") for words in (setting.form.allowed, setting.help)
        )
        lines.append(f"| {keys} | {variables} | {defaults[name]} | {allowed} | {said} |")
    return "\n".join([*lines, ""])


def api_examples() -> str:
    """docs/api-examples.md."""
    from tests.api.seeds import page  # it asks the API

    return f"{MADE}\n{page()}"


PAGES = {"command-line.md": command_line, "settings.md": settings, "api-examples.md": api_examples}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (DOCS / page).write_text(make(), encoding="utf-8")
