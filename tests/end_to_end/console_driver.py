"""Drives the console as an assistive tool and a hand do, by AT-SPI and xdotool: first start to the demo's heat map.

For the system's python3, which has gi: `console_driver.py PYTHON MAIN.PY`, under an X server and a session bus. Says
each step that was done in a line, and ends with status 0 when all were.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

gi: Any = importlib.import_module("gi")  # of the system's python3 alone
gi.require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")
GLib: Any = importlib.import_module("gi.repository.GLib")

LONGEST_S, FACTS_S = 60.0, 30.0  # the second: until people are in the database
MEASURED = r"Person-seconds on the floor: [1-9][\d,]*"


def children(node: Any) -> Iterator[Any]:
    """The node and all below it."""
    yield node
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is not None:
            yield from children(child)


def find(wanted: Callable[[str], bool]) -> Any:
    """The first thing on screen whose name is wanted; None while there is none."""
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        for node in children(desktop.get_child_at_index(number)):
            if wanted(node.get_name() or "") and node.get_state_set().contains(Atspi.StateType.SHOWING):
                return node
    return None


def wait_for(what: str, wanted: Callable[[str], bool]) -> Any:
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        try:
            node = find(wanted)
        except GLib.GError:  # it went while it was looked at
            node = None
        if node is not None:
            print(what, flush=True)
            return node
        time.sleep(0.3)
    raise SystemExit(f"{what}: not within {LONGEST_S:.0f} s")


def press(node: Any) -> None:
    """As an assistive tool does."""
    action = node.get_action_iface()
    names = [action.get_action_name(number) for number in range(action.get_n_actions())]
    action.do_action(names.index("Press"))


def click(node: Any) -> None:
    """As a hand does."""
    box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    subprocess.run(
        ["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", "1"], check=True
    )


def drive() -> None:
    press(wait_for("first start", lambda name: name == "Open the demo store"))
    wait_for("measuring", lambda name: name == "Engine: Measuring")
    wait_for("cameras live", lambda name: name == "3 of 3 cameras live")
    time.sleep(FACTS_S)
    click(wait_for("the rail", lambda name: name == "Heat map"))
    wait_for("person-seconds on the heat map", lambda name: re.fullmatch(MEASURED, name) is not None)


if __name__ == "__main__":
    environment = os.environ | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    console = subprocess.Popen(sys.argv[1:], env=environment)
    try:
        drive()
    finally:
        console.terminate()
        console.wait(30)
