"""Bad input for the console: each is said in place in words with the remedy, nothing is lost, and nothing stalls."""

from __future__ import annotations

import json
import shutil
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from heatmap_gui.desktop import session
from heatmap_gui.desktop.main_window import MainWindow
from heatmap_gui.desktop.views.first_start import FirstStartView
from heatmap_gui.desktop.views.first_start_cameras import CamerasPage
from heatmap_gui.desktop.views.first_start_plan import PlanPage
from tests.servers import free_port
from tests.vision.sources.test_network import Refusing, serving

LONGEST_MS = 20_000
STALL_S = 0.05
TRIES = 3  # what stalls it stalls it each time; threads of a busy machine do not


@dataclass
class Desk:
    """A window on the demo store, and what goes wrong around it. after: undoes it at the end of the test."""

    qtbot: QtBot
    window: MainWindow
    folder: Path
    patch: pytest.MonkeyPatch
    after: ExitStack = field(default_factory=ExitStack)

    @property
    def site_file(self) -> Path:
        draft = self.window.session.draft
        assert draft is not None
        return draft.path

    def drawn(self) -> list[Any]:
        """The floor, and what is on it."""
        draft = self.window.session.draft
        assert draft is not None
        return [draft.document[part] for part in ("store", "zones", "lines")]

    def first_start(self) -> FirstStartView:
        self.window.show_screen("first_start")
        view = self.window.view("first_start")
        assert isinstance(view, FirstStartView)
        return view

    def words(self) -> str:
        """All that is written on screen."""
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def wait(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=LONGEST_MS)

    def rename(self, name: str) -> None:
        """An edit."""
        assert self.window.session.edit(lambda document: document["cameras"][0].update(name=name), "rename")

    def saved(self, name: str) -> bool:
        """Whether that edit is in the file, and the window says that all is well again."""
        try:
            document = json.loads(self.site_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return is_named(document, name) and self.site_file.name not in self.words()


def is_named(document: Any, name: str) -> bool:
    cameras = document.get("cameras") if isinstance(document, dict) else None
    return isinstance(cameras, list) and cameras[0]["name"] == name


Act = Callable[[], object]


@dataclass(frozen=True)
class Bad:
    """spoil: prepares it -> the gesture or the event itself. said: all of these words are on screen then. mend: how it
    gets well again, where it does not by itself.
    """

    name: str
    spoil: Callable[[Desk], Act]
    said: tuple[str, ...]
    mend: Callable[[Desk], object] = lambda desk: None


def drop_plan(name: str, content: Callable[[], bytes], desk: Desk) -> Act:
    """A file is dropped on the page of the floor plan."""
    path = desk.folder / name
    path.write_bytes(content())
    view = desk.first_start()
    view.show_step("plan")
    page = view.page("plan")
    assert isinstance(page, PlanPage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    move, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return lambda: page.place.dropEvent(QDropEvent(QPointF(50, 50), move, data, left, none))


def huge_plan() -> bytes:
    """A real one, in black and white."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(20_000 * (1 + 20_000 // 8)), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def plan() -> bytes:
    done, content = cv2.imencode(".png", np.full((350, 500, 3), 255, np.uint8))
    assert done
    return content.tobytes()


def try_camera(address: Callable[[Desk], str], desk: Desk) -> Act:
    """Somebody tests a camera that is to be added."""
    url = address(desk)
    view = desk.first_start()
    view.show_step("cameras")
    page = view.page("cameras")
    assert isinstance(page, CamerasPage)
    page.form.url.setText(url)
    return page.test.click


def refusing(desk: Desk) -> str:
    return f"rtsp://admin:canary@127.0.0.1:{desk.after.enter_context(serving(Refusing))}/1"


def write_nonsense(text: str, desk: Desk) -> Act:
    return lambda: desk.site_file.write_text(text, encoding="utf-8")


def fill_disk(then: Callable[[Desk], Act], desk: Desk) -> Act:
    """Nothing can be written any more, and it takes its time to say so."""

    def full(_: int) -> None:
        time.sleep(4 * STALL_S)
        raise OSError(28, "No space left on device")

    act = then(desk)
    desk.patch.setattr("heatmap_gui.store.files.os.fsync", full)
    return act


def make_room(desk: Desk) -> None:
    desk.patch.undo()


def remove_home(desk: Desk) -> Act:
    return lambda: shutil.rmtree(desk.window.session.home)


def edit(desk: Desk) -> Act:
    return lambda: desk.rename("On a full disk")


STAYS = "What you see here stays; with the next change here the file is written anew"
LIST = (
    Bad(
        "a plan of 20,000 x 20,000",
        partial(drop_plan, "huge.png", huge_plan),
        ("huge.png: 20000x20000 px is too large", "export it smaller"),
    ),
    Bad(
        "a text that is called a PDF",
        partial(drop_plan, "plan.pdf", lambda: b"no PDF"),
        ("plan.pdf: not a PDF that can be read", "choose a PNG, a JPEG or a PDF"),
    ),
    Bad(
        "a PDF that is torn",
        partial(drop_plan, "torn.pdf", lambda: b"%PDF-1.7\n nothing"),
        ("torn.pdf: not a PDF that can be read", "save it again"),
    ),
    Bad(
        "a picture that is torn",
        partial(drop_plan, "torn.png", lambda: plan()[:200]),
        ("torn.png: damaged or cut off", "save it again"),
    ),
    Bad(
        "a camera that is off",
        partial(try_camera, lambda _: f"rtsp://127.0.0.1:{free_port()}/1"),
        ("No picture", "connection refused", "check that the camera is on"),
    ),
    Bad(
        "a wrong password",
        partial(try_camera, refusing),
        ("User or password refused", "check the credentials"),
    ),
    Bad("half a site file", partial(write_nonsense, '{"cameras": '), ("calibration_demo.json", STAYS)),
    Bad("a site file of nothing", partial(write_nonsense, ""), ("calibration_demo.json", STAYS)),
    Bad("a site file of other things", partial(write_nonsense, '{"cameras": 5}'), ("store is missing", STAYS)),
    Bad("a site file of bytes", partial(write_nonsense, "\x00\x01"), ("calibration_demo.json", STAYS)),
    Bad(
        "a full disk at a save",
        partial(fill_disk, edit),
        ("no space left on the disk: free some and try again", "Not saved"),
        make_room,
    ),
    Bad(
        "a full disk at a new plan",
        partial(fill_disk, partial(drop_plan, "plan.png", plan)),
        ("no space left on the disk: free some and try again",),
        make_room,
    ),
    Bad(
        "a data folder that is removed",
        remove_home,
        ("was removed: what you see here stays", "written again as soon as its folder is there"),
        lambda desk: desk.site_file.parent.mkdir(parents=True),
    ),
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's second and its looks, made short."""
    for name, ms in (("_SAVE_MS", 50), ("_AGAIN_MS", 300), ("_FILES_MS", 100)):
        monkeypatch.setattr(session, name, ms)


@pytest.fixture
def desk(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        made = Desk(qtbot, window, tmp_path, patch)
        window.show_screen("live")
        with made.after:
            yield made


@pytest.mark.parametrize("bad", LIST, ids=lambda bad: bad.name)
def test_it_is_said_and_nothing_is_lost(bad: Bad, desk: Desk) -> None:
    before_all = desk.drawn()
    stalls: list[float] = []
    while not stalls or (min(stalls) > STALL_S and len(stalls) < TRIES):
        before, during = f"Before {len(stalls)}", f"During {len(stalls)}"
        desk.rename(before)
        desk.wait(partial(desk.saved, before))
        act = bad.spoil(desk)
        with Loop() as loop:
            act()
            for words in bad.said:
                desk.wait(lambda words=words: words in desk.words())  # type: ignore[misc]
            desk.rename(during)
            bad.mend(desk)
            desk.wait(partial(desk.saved, during))
        assert "canary" not in desk.words()
        stalls.append(loop.longest_s)
    assert desk.drawn() == before_all
    assert min(stalls) <= STALL_S, stalls


class Loop:
    """Looks at Qt's event loop while it runs. longest_s: for which nothing else could happen, but for what the machine
    gave to others.
    """

    def __enter__(self) -> Loop:
        self.longest_s, self._at = 0.0, _own_s()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start(1)
        return self

    def _look(self) -> None:
        now = _own_s()
        self.longest_s, self._at = max(self.longest_s, now - self._at), now

    def __exit__(self, *_: object) -> None:
        self._timer.stop()


def _own_s() -> float:
    """A clock that stands still while this thread could go on and has no processor."""
    waited_ns = int(Path("/proc/thread-self/schedstat").read_text().split()[1])
    return time.monotonic() - waited_ns / 1e9


def test_after_a_save_that_failed_an_edit_is_saved_as_soon_as_ever(desk: Desk) -> None:
    desk.patch.setattr(session, "_AGAIN_MS", 10 * LONGEST_MS)
    fill_disk(edit, desk)()
    desk.wait(lambda: "Not saved" in desk.words())
    make_room(desk)
    desk.rename("Later")
    desk.wait(partial(desk.saved, "Later"))


def test_what_the_engine_cannot_write_is_said_until_it_can(desk: Desk) -> None:
    watch = SimpleNamespace(trouble="database heatmap.db: disk is full: free some space")
    settings = SimpleNamespace(calibration_dir=desk.window.session.folder)
    desk.patch.setattr(desk.window.session, "app", SimpleNamespace(watch=watch, settings=settings))
    desk.wait(lambda: watch.trouble in desk.words())
    watch.trouble = ""
    desk.wait(lambda: "free some space" not in desk.words())
    desk.patch.undo()
