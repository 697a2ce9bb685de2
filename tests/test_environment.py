"""Settings from the environment, `.env` and files: precedence, paths, and wrong values named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from heatmap_gui.core.document import Node
from heatmap_gui.core.errors import InputError
from heatmap_gui.environment import SettingsFile, default_home, load_settings, read_env_file
from heatmap_gui.settings import Settings, describe
from tests.core.production_documents import PRINTED

CONFIG = Path("/etc/heatmap")


def _file(**values: Any) -> SettingsFile:
    return SettingsFile(Node(values, "", "production_config.json"), CONFIG)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_defaults(env_file: Path) -> None:
    settings = load_settings({"XDG_DATA_HOME": "/data"}, env_file)
    folder = Path.cwd() / "calibration_data"
    assert settings == Settings(home=default_home({"XDG_DATA_HOME": "/data"}), calibration_dir=folder)
    assert (settings.model, settings.device, settings.confidence) == ("auto", "auto", 0.5)


def test_environment_beats_the_file_beats_the_default(env_file: Path) -> None:
    env_file.write_text("INFERENCE_CONFIDENCE=0.4\nMODEL_DEVICE=cuda\nLOG_LEVEL=info\n")
    settings = load_settings({"INFERENCE_CONFIDENCE": "0.7"}, env_file)
    assert (settings.confidence, settings.device, settings.log_level) == (0.7, "cuda", "INFO")
    said = _file(confidence=0.1, device="cpu", log_level="error", batch_size=4)
    settings = load_settings({"INFERENCE_CONFIDENCE": "0.7"}, env_file, said, _file(batch_size=8, fp16=True))
    assert (settings.confidence, settings.device, settings.log_level) == (0.7, "cuda", "INFO")
    assert (settings.batch_size, settings.fp16) == (4, True)


def test_the_first_of_two_names_wins_and_an_empty_value_is_none(env_file: Path) -> None:
    assert load_settings({"INFERENCE_DEVICE": "cpu", "MODEL_DEVICE": "cuda"}, env_file).device == "cpu"
    assert load_settings({"INFERENCE_DEVICE": "", "MODEL_DEVICE": "cuda:1"}, env_file).device == "cuda:1"
    env_file.write_text("INFERENCE_DEVICE=cpu\n")
    assert load_settings({"MODEL_DEVICE": "cuda:1"}, env_file).device == "cuda:1"


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
        ("REDIS_PORT", "0", "1 to 65535"),
        ("REDIS_PORT", "6379.5", "1 to 65535"),
        ("REDIS_URL", "redis.example", "redis://HOST"),
        ("ALERTING_PROTOCOL", "fax", "hikvision"),
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


def test_the_printed_configuration_says_where_redis_and_the_log_are(env_file: Path) -> None:
    printed = SettingsFile(Node(json.loads(PRINTED), "", "production_config.json"), CONFIG)
    settings = load_settings({}, env_file, printed)
    assert settings.redis_url == "redis://localhost:6379/0"
    assert settings.log_file == Path("/var/log/traffic-heatmap/production.log")
    assert (settings.log_level, settings.alert_email) == ("INFO", "admin@example.com")
    assert settings.enable_monitoring
    assert settings.calibration_dir == CONFIG / "calibration_data"


@pytest.mark.parametrize(
    ("environ", "said", "url"),
    [
        ({}, {}, ""),
        ({"REDIS_PASSWORD": "x"}, {"redis_port": 6380}, ""),
        ({"REDIS_HOST": "r"}, {"redis_port": 6380, "redis_db": 2}, "redis://r:6380/2"),
        ({"REDIS_PASSWORD": "p@/:"}, {"redis_host": "r"}, "redis://:p%40%2F%3A@r:6379/0"),
        ({"REDIS_PASSWORD": "env:RP"}, {"redis_host": "r"}, "redis://:env:RP@r:6379/0"),
        ({"REDIS_URL": "redis://redis:6379"}, {"redis_host": "localhost"}, "redis://redis:6379"),
        ({"REDIS_URL": "redis://a", "REDIS_HOST": "b"}, {}, "redis://a"),
        ({"REDIS_HOST": "b"}, {"redis_url": "redis://a"}, "redis://b:6379/0"),
        ({"REDIS_URL": "redis://a", "REDIS_PASSWORD": "p"}, {}, "redis://:p@a"),
        ({"REDIS_URL": "redis://:q@a", "REDIS_PASSWORD": "p"}, {}, "redis://:q@a"),
    ],
)
def test_the_address_of_redis(environ: dict[str, str], said: dict[str, Any], url: str, env_file: Path) -> None:
    assert load_settings(environ, env_file, _file(**said)).redis_url == url


def test_relative_paths_start_at_the_file_or_in_the_working_folder(env_file: Path) -> None:
    said = _file(calibration_dir="sites", rois_file="~/rois.yaml", log_file="/l", model="m/best.pt")
    settings = load_settings({}, env_file, said)
    assert (settings.calibration_dir, settings.rois_file) == (CONFIG / "sites", Path.home() / "rois.yaml")
    assert (settings.log_file, settings.model) == (Path("/l"), str(CONFIG / "m/best.pt"))
    settings = load_settings({"INFERENCE_MODEL_PATH": "best.onnx"}, env_file, said)
    assert settings.model == str(Path.cwd() / "best.onnx")
    assert load_settings({}, env_file, _file(model="yolox_nano")).model == "yolox_nano"


WRONG: dict[str, list[Any]] = {
    "model": [1, ""], "model_path": [True], "device": ["gpu please", 0], "confidence": [0, 1.5, "0.5"],
    "batch_size": [-1, 257, 1.5, "1"], "fp16": [1, "yes"], "calibration_dir": [1, "", "\0"], "cameras_file": [[], ""],
    "rois_file": [{}], "services_file": [3], "watch": ["shop", [1], [""]], "redis_url": [6379, "localhost", "http://x"],
    "redis_host": [1, "a b", "a@b", "a/b"], "redis_port": [0, 65536, "6379", True], "redis_db": [-1, "0", 0.5],
    "redis_password": [1], "database_url": [1], "retention_days": [-1, 36_501, "90"], "webhook_secret": [[]],
    "webhook_allow_hosts": ["localhost", [3]], "webhook_max_detections": [0, 1e8], "alerting_protocol": ["fax", 1],
    "debounce_window_seconds": [-1, 86_401, "5"], "alert_webhook_url": ["hooks.example", 1], "alert_format": ["xml"],
    "alert_snapshot": [True, "all"], "alert_email": ["admin", 1, "a@b c@d"], "smtp_url": ["mail.example", 25],
    "frame_rate": [-1, 241, "5"], "detection_interval": [0, 1001, 1.5],
    "nvr_url": ["10.0.0.5", 1], "enable_monitoring": ["true", 1], "log_level": ["LOUD", 10], "log_file": [1, ""],
}  # fmt: skip


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in WRONG.items() for value in values])
def test_a_wrong_value_in_the_file_names_its_key(key: str, value: Any, env_file: Path) -> None:
    with pytest.raises(InputError, match=rf"^production_config\.json: {key}.*: allowed: \S"):
        load_settings({}, env_file, _file(**{key: value}))


def test_every_key_is_tried() -> None:
    assert {key for setting in describe().values() for key in setting.keys} == WRONG.keys()


@pytest.mark.parametrize("key", ["redis_url", "smtp_url", "nvr_url", "alert_webhook_url", "database_url"])
def test_a_secret_is_not_shown_when_it_is_refused(key: str, env_file: Path) -> None:
    with pytest.raises(InputError) as raised:
        load_settings({}, env_file, _file(**{key: ["user:canary@host"]}))
    assert "canary" not in raised.value.message
