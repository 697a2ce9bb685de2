"""The command line: picks a front end, imports nothing else, and turns every outcome into an exit status.

0 done · 1 a bug · 2 bad input or arguments · 3 something is not to be had · 130 interrupted.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from heatmap_gui import __version__
from heatmap_gui.core.errors import HeatmapError, InputError, UnavailableError
from heatmap_gui.environment import load_settings
from heatmap_gui.logs import mask, set_up_logs
from heatmap_gui.quiet import keep_files_in
from heatmap_gui.settings import LOG_LEVELS

SERVICE_MODULE = "heatmap_gui.commands.service"
DEMO_MODULE = "heatmap_gui.commands.demo"
CONSOLE_MODULE = "heatmap_gui.desktop.run"


class Command(NamedTuple):
    """Where a command lives and what it does, in a line. Its module offers HELP, add_arguments and run."""

    module: str
    summary: str


COMMANDS = {
    "measure": Command("heatmap_gui.commands.measure", "one measurement now: video to people, visits and a heat map"),
    "heatmap": Command("heatmap_gui.commands.heatmap", "a heat map picture from recorded detections"),
    "calibrate": Command("heatmap_gui.commands.calibrate", "fit a camera to the plan; errors in metres, worst first"),
    "models": Command("heatmap_gui.commands.models", "list and fetch models"),
    "check": Command("heatmap_gui.commands.check", "check a configuration or a site file: a line each, and what to do"),
    "jobs": Command("heatmap_gui.commands.jobs", "the jobs of the services: list, add, show, cancel, retry"),
    "users": Command("heatmap_gui.commands.users", "who may use the API: add, list, remove"),
    "health": Command("heatmap_gui.commands.health", "ask a running service how it is"),
    "backup": Command("heatmap_gui.commands.backup", "database, site files and configuration in one archive"),
    "restore": Command("heatmap_gui.commands.restore", "put a backup back, verified first"),
    "erase": Command("heatmap_gui.commands.erase", "forget what was measured in a store for a range of time"),
    "bench": Command("heatmap_gui.commands.bench", "measure this program's speed on this machine"),
}


class _Parser(argparse.ArgumentParser):
    """Reports wrong arguments as InputError, so that they too end as one line and exit status 2."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message} ({self.prog} --help says what there is)")


class CommandParser(_Parser):
    """A command's parser, filled by the command's own module once it is known to be the one wanted."""

    module = ""

    def fill(self) -> None:
        command = importlib.import_module(self.module)
        self.description = command.HELP
        command.add_arguments(self)
        self.set_defaults(run=command.run)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.fill()
        return super().parse_known_args(args, namespace)


def _add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """Flags of every command. Below the top an absent flag must not overwrite one given before the command."""
    flag: Any = False if top else argparse.SUPPRESS
    parser.add_argument("--json", action="store_true", default=flag, help="one JSON object on standard output")
    parser.add_argument("--debug", action="store_true", default=flag, help="show the traceback of an error")
    level: Any = None if top else argparse.SUPPRESS
    parser.add_argument(
        "--log-level", type=str.upper, choices=LOG_LEVELS, default=level, help="the least severe message that is logged"
    )


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; commands are named here and described by their modules."""
    parser = _Parser(
        prog="heatmap",
        description="From camera pixels to a floor plan in person-seconds. Without arguments: the console.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"heatmap {__version__}")
    _add_common(parser, top=True)
    demo = parser.add_argument_group("demo store: three synthetic cameras on one floor, truth known")
    demo.add_argument(
        "--demo",
        action="store_true",
        help="the demo store in the console, live; with one of the flags below it is measured once",
    )
    demo.add_argument("--headless", action="store_true", help="without a window, as where there is no display")
    demo.add_argument("--duration", type=float, metavar="S", help="seconds of the demo store's day")
    demo.add_argument("--every-frame", action="store_true", help="every frame, as fast as it goes")
    demo.add_argument("--out", type=Path, metavar="DIR", help="where the results go")
    service = parser.add_argument_group("services: headless, until they are told to stop")
    service.add_argument(
        "--service", nargs="?", const="all", metavar="ROLES", help="all, or of scheduler,detector,exporter,alerts,api"
    )
    service.add_argument("--config", type=Path, metavar="F", help="production_config.json")
    service.add_argument("--instance", metavar="NAME", help="tells several of one role in one HEATMAP_HOME apart")
    service.add_argument(
        "--health-port",
        type=int,
        default=0,
        metavar="PORT",
        help="of 127.0.0.1, for /health (default: any)",
    )
    service.add_argument("--host", default="127.0.0.1", metavar="H", help="api: the address to listen on (%(default)s)")
    service.add_argument("--port", type=int, default=8000, metavar="P", help="api: the port, 0 for any (%(default)s)")
    service.add_argument("--workers", type=int, default=1, metavar="N", help="api: processes that answer (%(default)s)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=CommandParser)
    for name, command in COMMANDS.items():
        sub: CommandParser = commands.add_parser(name, help=command.summary, allow_abbrev=False)
        sub.module = command.module
        _add_common(sub, top=False)
    return parser


def has_display() -> bool:
    """Whether a window could be shown."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run_console(args: argparse.Namespace) -> int:
    if not has_display():
        raise UnavailableError("no display: use heatmap --demo --headless, or a command (heatmap --help)")
    try:
        console = importlib.import_module(CONSOLE_MODULE)
    except ModuleNotFoundError as missing:
        raise UnavailableError(
            f"no console: {missing.name} is not installed: use heatmap --demo --headless, or a command (heatmap --help)"
        ) from None
    status: int = console.main(args)
    return status


def _run_front_end(args: argparse.Namespace) -> int:
    if args.service is not None:
        done: int = importlib.import_module(SERVICE_MODULE).run(args)
        return done
    if args.demo and (args.headless or args.json or not has_display()):
        status: int = importlib.import_module(DEMO_MODULE).run(args)
        return status
    args.once = args.every_frame or args.duration is not None or args.out is not None
    if not args.demo and (args.headless or args.once):
        raise InputError("--headless, --duration, --every-frame and --out belong to --demo or to a command")
    return _run_console(args)


def _run(args: argparse.Namespace) -> int:
    args.settings = load_settings(os.environ, Path(".env"))
    keep_files_in(args.settings.home)
    set_up_logs(args.log_level or args.settings.log_level, as_json=args.json)
    status: int = args.run(args) if "run" in args else _run_front_end(args)
    sys.stdout.flush()
    return status


def _explain(error: BaseException) -> tuple[str, int]:
    """The line for people and the exit status."""
    if isinstance(error, HeatmapError):
        return error.message, error.exit_status
    if isinstance(error, KeyboardInterrupt):
        return "interrupted", 130
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"no space left on the disk for {error.filename or 'the output'}: free some and try again", 3
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"{what}. This is a bug: please report it with what --debug prints", 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and return its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _run(build_parser().parse_args(arguments))
    except BrokenPipeError:  # whoever reads our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:
        line, status = _explain(error)
        if "--debug" in arguments:
            print(mask(traceback.format_exc()), file=sys.stderr, end="")
        print(f"heatmap: error: {mask(line)}", file=sys.stderr)
        return status
