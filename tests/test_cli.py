"""The command line's outcomes: exit status, one line on standard error, nothing imported that is not run."""

from __future__ import annotations

import argparse
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from heatmap_gui import cli
from heatmap_gui.core.errors import InputError, UnavailableError

ROOT = Path(__file__).parents[1]
Run = Callable[[argparse.Namespace], int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Run], None]]:
    """Makes `heatmap try [--number N]` a command that does what it is given."""

    def install(run: Run) -> None:
        module: Any = ModuleType("heatmap_gui.commands.try_out")
        module.HELP = "Only tries."
        module.add_arguments = lambda parser: parser.add_argument("--number", type=int, default=1)
        module.run = run
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(cli.COMMANDS, "try", cli.Command(module.__name__, "tries"))

    yield install


def raising(error: BaseException) -> Run:
    def run(args: argparse.Namespace) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (InputError("zone 3: two points"), 2, "heatmap: error: zone 3: two points"),
        (UnavailableError("rtsp://ann:pw@cam/1 is\nsilent"), 3, "heatmap: error: rtsp://ann:***@cam/1 is silent"),
        (KeyboardInterrupt(), 130, "heatmap: error: interrupted"),
        (OSError(errno.ENOSPC, "No space", "out/x"), 3, "no space left on the disk for out/x"),
        (KeyError("x"), 1, "heatmap: error: KeyError: 'x'. This is a bug"),
    ],
)
def test_errors_become_one_line_and_a_status(
    error: BaseException,
    status: int,
    line: str,
    command: Callable[[Run], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    command(raising(error))
    assert cli.main(["try"]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert line in captured.err
    assert captured.err.count("\n") == 1


def test_debug_shows_the_traceback_without_secrets(
    command: Callable[[Run], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(raising(InputError("rtsp://ann:pw@cam/1 is no video")))
    assert cli.main(["try", "--debug"]) == 2
    shown = capsys.readouterr().err
    assert "Traceback" in shown
    assert "pw" not in shown


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["fly"], "invalid choice: 'fly'"),
        (["try", "--number", "many"], "invalid int value: 'many'"),
        (["try", "--nosuch"], "--nosuch"),
        (["--dem"], "--dem"),
        (["--log-level", "loud"], "--log-level"),
        (["--headless"], "belong to --demo"),
        (["--duration", "soon", "--demo"], "soon"),
    ],
)
def test_wrong_arguments_are_one_line_and_status_2(
    arguments: list[str], fragment: str, command: Callable[[Run], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(lambda args: 0)
    assert cli.main(arguments) == 2
    captured = capsys.readouterr()
    assert fragment in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--json", "try"], ["try", "--json"]])
def test_common_flags_stand_before_or_after_the_command(
    arguments: list[str], command: Callable[[Run], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def run(args: argparse.Namespace) -> int:
        print(json.dumps({"json": args.json, "debug": args.debug, "number": args.number}))
        return 0

    command(run)
    assert cli.main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {"json": True, "debug": False, "number": 1}


def test_a_command_gets_the_settings(
    command: Callable[[Run], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INFERENCE_CONFIDENCE", "0.4")
    command(lambda args: int(args.settings.confidence * 10))
    assert cli.main(["try"]) == 4
    monkeypatch.setenv("INFERENCE_CONFIDENCE", "high")
    assert cli.main(["try"]) == 2
    assert "INFERENCE_CONFIDENCE" in capsys.readouterr().err


def test_without_a_display_the_console_is_not_to_be_had(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "has_display", lambda: False)
    assert cli.main([]) == 3
    assert "no display" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main([name, "--help"])
    assert "--json" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise there")
def test_a_reader_that_leaves_is_no_error() -> None:
    code = "import sys; from heatmap_gui import cli; sys.exit(cli.main(['try']))"
    install = (
        "import sys, types; m = types.ModuleType('heatmap_gui.commands.try_out'); m.HELP = '';"
        "m.add_arguments = lambda p: None; m.run = lambda a: print('x' * 10_000_000) or 0;"
        "sys.modules[m.__name__] = m; from heatmap_gui import cli;"
        "cli.COMMANDS['try'] = cli.Command(m.__name__, '');"
    )
    with subprocess.Popen(
        [sys.executable, "-c", install + code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("display", "more", "module"),
    [
        (True, [], cli.CONSOLE_MODULE),
        (True, ["--headless"], cli.DEMO_MODULE),
        (True, ["--duration", "5"], cli.CONSOLE_MODULE),
        (True, ["--every-frame"], cli.CONSOLE_MODULE),
        (True, ["--out", "somewhere"], cli.CONSOLE_MODULE),
        (True, ["--json"], cli.DEMO_MODULE),
        (False, [], cli.DEMO_MODULE),
        (False, ["--every-frame"], cli.DEMO_MODULE),
    ],
)
def test_the_demo_is_shown_where_that_can_be(
    monkeypatch: pytest.MonkeyPatch, display: bool, more: list[str], module: str
) -> None:
    ran: list[str] = []

    def front_end(name: str) -> SimpleNamespace:
        def run(args: argparse.Namespace) -> int:
            ran.append(name)
            return 0

        return SimpleNamespace(run=run, main=run)

    monkeypatch.setattr(cli, "has_display", lambda: display)
    monkeypatch.setattr("importlib.import_module", front_end)
    assert cli.main(["--demo", *more]) == 0
    assert ran == [module]
