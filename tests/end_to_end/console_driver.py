"""Drives the console as an assistive tool and a hand do, by AT-SPI and xdotool.

For the system's python3, which has gi: `console_driver.py TASK PYTHON MAIN.PY`, under an X server and a session bus.
TASK: "first start", or a JSON file with what `set_up` reads. Tells each step that was done as a line of JSON, and ends
with status 0 when all were.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

gi: Any = importlib.import_module("gi")  # of the system's python3 alone
gi.require_version("Atspi", "2.0")
Atspi: Any = importlib.import_module("gi.repository.Atspi")
GLib: Any = importlib.import_module("gi.repository.GLib")

LONGEST_S, LOOK_S = 120.0, 0.1
MEASURED = r"Person-seconds on the floor: [1-9][\d,]*"
PEOPLE = r"([2-9]|\d\d) people.*"
AROUND_PX = 12.0  # of the canvas, around a picture that fits

CONSOLES: list[subprocess.Popen[bytes]] = []  # the one that is driven

Point = Sequence[float]


def tell(step: str, **facts: object) -> None:
    print(json.dumps({"step": step} | facts), flush=True)


def until(what: str, look: Callable[[], Any]) -> Any:
    """What it finds, as soon as it finds anything."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        try:
            found = look()
        except (GLib.GError, OSError, ValueError):  # it went, or is written, while it was looked at
            found = None
        if found is not None:
            return found
        if any(console.poll() is not None for console in CONSOLES):
            raise SystemExit(f"{what}: the console ended before")
        time.sleep(LOOK_S)
    raise SystemExit(f"{what}: not within {LONGEST_S:.0f} s")


# ---- what is on screen


def shown(node: Any) -> Iterator[Any]:
    """The node and all below it that is shown."""
    if node.get_state_set().contains(Atspi.StateType.SHOWING) or node.get_role() == Atspi.Role.APPLICATION:
        yield node
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                yield from shown(child)


def find(name: str) -> Any:
    """The first thing on screen that has this name, a pattern; None while there is none."""
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        for node in shown(desktop.get_child_at_index(number)):
            if re.fullmatch(name, node.get_name() or ""):
                return node
    return None


def wait_for(name: str) -> Any:
    return until(name, lambda: find(name))


# ---- what is done


def press(node: Any) -> None:
    """As an assistive tool does."""
    names = [node.get_action_name(number) for number in range(node.get_n_actions())]
    node.do_action(names.index("Press"))


class Hand:
    """As a hand does. actions: clicks, drags and key chords so far."""

    def __init__(self) -> None:
        self.actions = 0

    def _do(self, *words: object) -> None:
        self.actions += 1
        subprocess.run(["xdotool", *map(str, words)], check=True)

    def click(self, name: str) -> None:
        box = wait_for(name).get_extents(Atspi.CoordType.SCREEN)
        self.click_at((box.x + box.width / 2, box.y + box.height / 2))

    def click_at(self, place: Point) -> None:
        self._do("mousemove", round(place[0]), round(place[1]), "click", 1)

    def drag(self, start: Point, end: Point) -> None:
        words: list[object] = ["mousemove", *map(round, start), "mousedown", 1]
        for step in range(1, 9):
            words += ["mousemove", *(round(a + (b - a) * step / 8) for a, b in zip(start, end, strict=True))]
        self._do(*words, "mouseup", 1)

    def press(self, chord: str) -> None:
        self._do("key", chord)


class Picture:
    """A picture that fits its canvas. size: of its px."""

    def __init__(self, name: str, size: Point) -> None:
        box = wait_for(name).get_extents(Atspi.CoordType.SCREEN)
        room = box.width - 2 * AROUND_PX, box.height - 2 * AROUND_PX
        self._scale = min(room[0] / size[0], room[1] / size[1])
        self._left = box.x + (box.width - size[0] * self._scale) / 2
        self._top = box.y + (box.height - size[1] * self._scale) / 2

    def on_screen(self, place: Point) -> Point:
        return self._left + place[0] * self._scale, self._top + place[1] * self._scale


# ---- what is tried


def first_start(hand: Hand) -> None:
    press(wait_for("Open the demo store"))
    wait_for("Engine: Measuring.*")
    tell("measuring")
    wait_for("3 of 3 cameras live")
    wait_for(PEOPLE)
    tell("people on the floor")
    hand.click("Pause measuring")  # what was found is written then, and not within half a minute
    wait_for("Engine: Not measuring")
    hand.click("Heat map")
    wait_for(MEASURED)
    tell("person-seconds on the heat map")


def set_up(hand: Hand, task: dict[str, Any]) -> None:
    """task: site (its file), camera (its words in the strip), still and plan (sizes, px), pairs (px of the still, px of
    the plan), zone (corners, px of the plan), by (how far it is moved, px).
    """
    site = Path(task["site"])
    hand.click("Calibrate")
    hand.click(f"{task['camera']}: not calibrated")
    wait_for(f"{task['camera']}.*still, people removed")
    still, plan = Picture("Camera picture", task["still"]), Picture("Floor plan", task["plan"])
    for in_still, on_plan in task["pairs"]:
        hand.click_at(still.on_screen(in_still))
        hand.click_at(plan.on_screen(on_plan))
    hand.click("Save as revision .*")
    until("all pairs in the file", lambda: _pairs(site) == len(task["pairs"]) or None)
    tell("calibrated", actions=hand.actions)
    _draw(hand, task, site)


def _draw(hand: Hand, task: dict[str, Any], site: Path) -> None:
    """A zone: drawn by clicks, moved by its middle; both undone and redone by keys."""
    hand.press("ctrl+4")
    plan = Picture("Floor plan", task["plan"])
    hand.press("p")
    wait_for("Click corner after corner.*")
    corners = [plan.on_screen(corner) for corner in task["zone"]]
    for corner in (*corners, corners[0]):
        hand.click_at(corner)
    zones = _changed("drawn", site, [])
    middle = [sum(places) / len(places) for places in zip(*task["zone"], strict=True)]
    goal = [place + by for place, by in zip(middle, task["by"], strict=True)]
    hand.drag(plan.on_screen(middle), plan.on_screen(goal))
    zones = _changed("moved", site, zones)
    for step, chord in (("move undone", "ctrl+z"), ("zone undone", "ctrl+z"), ("zone redone", "ctrl+shift+z"),
                        ("move redone", "ctrl+shift+z")):  # fmt: skip
        hand.press(chord)
        zones = _changed(step, site, zones)


def _changed(step: str, site: Path, before: list[Any]) -> list[Any]:
    """The zones that the file says when they are not as before."""

    def look() -> list[Any] | None:
        zones = [zone["polygon"] for zone in json.loads(site.read_text(encoding="utf-8"))["zones"]]
        return zones if zones != before else None

    zones: list[Any] = until(f"{step} in the file", look)
    tell(step, zones=zones)
    return zones


def _pairs(site: Path) -> int:
    """How many all cameras have, as the file says."""
    cameras = json.loads(site.read_text(encoding="utf-8"))["cameras"]
    return sum(len((camera.get("calibration") or {}).get("camera_points", ())) for camera in cameras)


def main(task: str, *console: str) -> None:
    program = subprocess.Popen(console, env=os.environ | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
    CONSOLES.append(program)
    try:
        wait_for("Heat map")  # the rail is there
        subprocess.run(["xdotool", "search", "--name", "^Traffic Heatmap$", "windowfocus"], check=True)
        first_start(Hand()) if task == "first start" else set_up(Hand(), json.loads(Path(task).read_text()))
    finally:
        program.terminate()
        program.wait(30)


if __name__ == "__main__":
    main(*sys.argv[1:])
