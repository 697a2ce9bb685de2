"""One look through a camera: what it shows, or why it shows nothing. And what operators write as its address."""

from __future__ import annotations

from pathlib import Path

import av
import keyring
import keyring.errors
import numpy as np
import pytest
from av.video.stream import VideoStream

from heatmap_gui.core.errors import DeniedError, InputError, UnavailableError
from heatmap_gui.core.site import Camera
from heatmap_gui.logs import mask
from heatmap_gui.services import camera_addresses as addresses
from heatmap_gui.services.camera_trial import try_camera, try_streams
from heatmap_gui.services.secrets import KEY_FILE, Seal, keep_in_keyring, resolve
from heatmap_gui.services.stills import take_still
from tests.servers import free_port
from tests.vision.sources.test_network import Refusing, serving


def write_clip(path: Path, width: int, height: int) -> Path:
    with av.open(str(path), "w") as made:
        stream = made.add_stream("mpeg4", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for level in (60, 160):
            picture = np.full((height, width, 3), level, np.uint8)
            made.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
        made.mux(stream.encode(None))
    return path


def test_a_file_shows_its_first_picture(tmp_path: Path) -> None:
    trial = try_camera("1", str(write_clip(tmp_path / "a.mp4", 160, 90)))
    assert (trial.size, trial.fps) == ((160, 90), 10.0)
    assert abs(float(trial.picture.mean()) - 60) < 4


def test_a_sub_stream_of_the_same_shape_is_fine_and_another_is_not(tmp_path: Path) -> None:
    main, half, square = (str(write_clip(tmp_path / f"{w}.mp4", w, h)) for w, h in ((320, 180), (160, 90), (128, 128)))
    assert try_streams("1", main, None)[1] is None
    sub = try_streams("1", main, half)[1]
    assert sub is not None
    assert sub.size == (160, 90)
    with pytest.raises(UnavailableError, match=r"different shapes \(320x180 and 128x128\)"):
        try_streams("1", main, square)


def test_why_there_is_no_picture(tmp_path: Path) -> None:
    url = f"rtsp://admin:hidden@127.0.0.1:{free_port()}/1"
    with pytest.raises(UnavailableError, match="connection refused; check that the camera is on") as caught:
        try_camera("1", url)
    assert "hidden" not in caught.value.message
    with pytest.raises(InputError):
        try_camera("1", str(tmp_path / "none.mp4"))
    with pytest.raises(UnavailableError, match="not a valid address"):
        try_camera("1", "rtsp://[::1/a")
    recorded = tmp_path / "det.txt"
    recorded.write_text("1,-1,5,5,10,20,0.9,-1,-1,-1\n")
    with pytest.raises(InputError, match="recorded detections have no picture"):
        try_camera("1", f"mot:{recorded}?fps=25&width=100&height=100")


def test_a_refused_password_is_told_from_a_camera_that_is_off() -> None:
    with serving(Refusing) as port, pytest.raises(DeniedError, match="user or password refused") as caught:
        try_streams("1", f"rtsp://admin:hidden@127.0.0.1:{port}/1", None)
    assert "hidden" not in caught.value.message


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("rtsp://10.0.0.5/1", ("rtsp://10.0.0.5/1", "", "")),
        ("rtsp://10.0.0.5:554/a@b", ("rtsp://10.0.0.5:554/a@b", "", "")),
        ("rtsp://admin:p%40ss@10.0.0.5/1", ("rtsp://10.0.0.5/1", "admin", "p@ss")),
        ("rtsp://admin:p@ss@10.0.0.5/1", ("rtsp://10.0.0.5/1", "admin", "p@ss")),
        ("rtsp://admin:keyring:service/user@h/1", ("rtsp://h/1", "admin", "keyring:service/user")),
        (" /clips/a.mp4 ", ("/clips/a.mp4", "", "")),
        ("0", ("0", "", "")),
    ],
)
def test_a_login_is_taken_out_of_an_address(url: str, parts: tuple[str, str, str]) -> None:
    assert addresses.split_login(url) == parts


@pytest.mark.parametrize("password", ["p@s:s/w#o?r%d", "é ü", "x"])
def test_a_login_comes_back_as_it_was(password: str) -> None:
    written = addresses.with_login("rtsp://10.0.0.5/1", "ad:min", password)
    assert addresses.split_login(written) == ("rtsp://10.0.0.5/1", "ad:min", password)


@pytest.mark.parametrize(
    ("text", "ids"), [("1-3", ["1", "2", "3"]), ("7", ["7"]), ("1, 3,3 , 5\u20136", ["1", "3", "5", "6"])]
)
def test_numbers_of_cameras(text: str, ids: list[str]) -> None:
    assert addresses.read_numbers(text) == ids


@pytest.mark.parametrize("text", ["", "a", "3-1", "1-900", "-1", "1;2"])
def test_numbers_that_are_none(text: str) -> None:
    with pytest.raises(InputError, match=r"1-8|at most"):
        addresses.read_numbers(text)


def test_the_next_number_is_free() -> None:
    assert addresses.free_id([]) == "1"
    assert addresses.free_id(["2", "door", "9"]) == "10"


@pytest.fixture
def passwords(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring that is there, and what it keeps."""
    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "set_password", lambda service, user, secret: kept.update({(service, user): secret}))
    monkeypatch.setattr(keyring, "get_password", lambda service, user: kept.get((service, user)))
    return kept


def test_a_password_is_kept_in_the_keyring_and_found_by_its_reference(passwords: dict[tuple[str, str], str]) -> None:
    name = addresses.keyring_name("Harbour Street/1", "1")
    reference = keep_in_keyring(addresses.SERVICE, name, "p@ss/word")
    assert reference == "keyring:traffic-heatmap/Harbour_Street_1.1"
    assert list(passwords.values()) == ["p@ss/word"]
    url = addresses.with_reference("rtsp://10.0.0.5/1", "admin", reference)
    assert resolve(url) == "rtsp://admin:p%40ss%2Fword@10.0.0.5/1"


def test_a_keyring_that_keeps_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: str) -> None:
        raise keyring.errors.KeyringLocked

    monkeypatch.setattr(keyring, "set_password", locked)
    with pytest.raises(UnavailableError, match="no keyring that can be used"):
        keep_in_keyring(addresses.SERVICE, "a.1", "password")


def test_a_sealed_address_is_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A camera that the API added, in the console: its try-out, and the still of its screens."""
    monkeypatch.setenv("HEATMAP_HOME", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    url, seal = str(write_clip(tmp_path / "a.mp4", 160, 90)), Seal("k" * 40)
    sealed = seal.seal(url)
    main, sub = try_streams("1", sealed, sealed)
    assert sub is not None
    assert main.size == sub.size == take_still(Camera("1", "Till", sealed, 1)).size == (160, 90)
    with pytest.raises(UnavailableError, match="connection refused") as caught:
        try_camera("1", seal.seal(f"rtsp://admin:c4nary@127.0.0.1:{free_port()}/1"))
    assert "c4nary" not in caught.value.message + mask("the camera said c4nary")
    for other in ("another key" * 4, ""):
        monkeypatch.setenv("SECRET_KEY", other)
        with pytest.raises(InputError, match=r"give all hosts the same, or make the job, the delivery or the camera"):
            try_camera("1", sealed)
    assert not (tmp_path / KEY_FILE).exists()
