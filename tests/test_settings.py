"""Settings: precedence, `.env` as shells write it, and wrong values named."""

from __future__ import annotations

from pathlib import Path

import pytest

from heatmap_gui.core.errors import InputError
from heatmap_gui.settings import Settings, default_home, load_settings, read_env_file


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_defaults(env_file: Path) -> None:
    settings = load_settings({"XDG_DATA_HOME": "/data"}, env_file)
    assert settings == Settings(home=default_home({"XDG_DATA_HOME": "/data"}))
    assert (settings.model, settings.device, settings.confidence) == ("auto", "auto", 0.5)


def test_environment_beats_the_file_beats_the_default(env_file: Path) -> None:
    env_file.write_text("INFERENCE_CONFIDENCE=0.4\nMODEL_DEVICE=cuda\nLOG_LEVEL=info\n")
    settings = load_settings({"INFERENCE_CONFIDENCE": "0.7"}, env_file)
    assert (settings.confidence, settings.device, settings.log_level) == (0.7, "cuda", "INFO")


def test_the_first_of_two_names_wins_and_an_empty_value_is_none(env_file: Path) -> None:
    assert load_settings({"INFERENCE_DEVICE": "cpu", "MODEL_DEVICE": "cuda"}, env_file).device == "cpu"
    assert load_settings({"INFERENCE_DEVICE": "", "MODEL_DEVICE": "cuda:1"}, env_file).device == "cuda:1"


@pytest.mark.parametrize("device", ["mps", "openvino", "openvino:GPU.1", "onnx:cuda:0", "ultralytics:cpu"])
def test_every_device_that_a_detector_takes_is_taken(device: str, env_file: Path) -> None:
    assert load_settings({"MODEL_DEVICE": f" {device} "}, env_file).device == device


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("INFERENCE_CONFIDENCE", "high", "at most 1"),
        ("INFERENCE_CONFIDENCE", "0", "above 0"),
        ("INFERENCE_CONFIDENCE", "nan", "above 0"),
        ("INFERENCE_DEVICE", "gpu please", "cuda:N"),
        ("MODEL_DEVICE", "cuda:", "cuda:N"),
        ("MODEL_DEVICE", "tensorrt:0", "onnx:cpu"),
        ("LOG_LEVEL", "LOUD", "WARNING"),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_is_allowed(
    name: str, value: str, allowed: str, env_file: Path
) -> None:
    with pytest.raises(InputError, match=name) as raised:
        load_settings({name: value}, env_file)
    assert allowed in raised.value.message


def test_env_file_is_read_as_a_shell_would(env_file: Path) -> None:
    env_file.write_text("# ours\n\nexport A=1\nB='two # three'  # four\nC = x y # z\nD=\nE=\"q\"\n")
    assert read_env_file(env_file) == {"A": "1", "B": "two # three", "C": "x y", "D": "", "E": "q"}


def test_a_line_that_is_no_setting_is_named(env_file: Path) -> None:
    env_file.write_text("A=1\nnonsense\n")
    with pytest.raises(InputError, match="line 2"):
        read_env_file(env_file)


@pytest.mark.parametrize(
    ("platform", "environ", "home"),
    [
        ("linux", {"XDG_DATA_HOME": "/x"}, Path("/x/heatmap")),
        ("linux", {}, Path.home() / ".local/share/heatmap"),
        ("win32", {"LOCALAPPDATA": "/l"}, Path("/l/Heatmap")),
        ("darwin", {}, Path.home() / "Library/Application Support/Heatmap"),
    ],
)
def test_the_data_folder_is_the_platforms(platform: str, environ: dict[str, str], home: Path) -> None:
    assert default_home(environ, platform) == home


def test_home_is_absolute(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(env_file.parent)
    assert load_settings({"HEATMAP_HOME": "data"}, env_file).home == env_file.parent / "data"
