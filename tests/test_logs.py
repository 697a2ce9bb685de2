"""Logs: secrets masked everywhere, one JSON object a line."""

from __future__ import annotations

import io
import json
import logging
import shutil
import subprocess
import sys
import timeit
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from heatmap_gui.log_files import RotatedFile
from heatmap_gui.logs import log_to_file, mask, mask_values, register_secret, reopen_logs, set_up_logs


@pytest.fixture
def logger() -> logging.Logger:
    return logging.getLogger("heatmap_gui.test")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("open rtsp://ann:pw@10.0.0.7:554/s1", "open rtsp://ann:***@10.0.0.7:554/s1"),
        ("rtsp://ann:p@ss:w?rd@cam/s1 lost", "rtsp://ann:***@cam/s1 lost"),
        ("redis://:secret@host:6379/0", "redis://:***@host:6379/0"),
        ("postgresql+psycopg://u:p@h/db", "postgresql+psycopg://u:***@h/db"),
        ("http://host:8000/path?a=b@c", "http://host:8000/path?a=b@c"),
        ("rtsp://ann@cam/s1", "rtsp://ann@cam/s1"),
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer ***"),
        ("GET /x?token=abc&size=3", "GET /x?token=***&size=3"),
        ("{'api_key': 'abc', 'size': 3}", "{'api_key': '***', 'size': 3}"),
        ("SECRET_KEY=abc next", "SECRET_KEY=*** next"),
        ('"password": "a b"', '"password": "***"'),
        ("with sk-abcdef123456", "with ***"),
        ("camera 1: 25 fps", "camera 1: 25 fps"),
    ],
)
def test_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_json_lines_hold_what_applies(logger: logging.Logger) -> None:
    stream = io.StringIO()
    set_up_logs("INFO", as_json=True, stream=stream)
    logger.debug("not this")
    logger.info("lost %s", "rtsp://ann:pw@cam/1", extra={"camera": "1", "duration_ms": 12.5})
    try:
        raise ValueError("token=abc")
    except ValueError:
        logger.exception("failed")
    first, second = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert first.pop("timestamp").endswith("+00:00")
    assert first == {
        "level": "INFO",
        "logger": "heatmap_gui.test",
        "message": "lost rtsp://ann:***@cam/1",
        "camera": "1",
        "duration_ms": 12.5,
    }
    assert "ValueError" in second["exception"]
    assert "abc" not in second["exception"]


def test_text_is_masked_as_well(logger: logging.Logger) -> None:
    stream = io.StringIO()
    set_up_logs("WARNING", as_json=False, stream=stream)
    logger.warning("lost rtsp://ann:pw@cam/1")
    assert stream.getvalue().endswith("WARNING heatmap_gui.test: lost rtsp://ann:***@cam/1\n")


def test_a_registered_secret_is_masked_wherever_it_stands() -> None:
    register_secret('h4rd/to "guess"')
    register_secret("abc")  # would blot out half of every line
    register_secret("env:REFERENCE")
    assert mask('with h4rd/to "guess", abc') == "with ***, abc"
    assert mask("GET /?k=" + quote('h4rd/to "guess"', safe="")) == "GET /?k=***"
    assert mask(json.dumps({"k": 'h4rd/to "guess"'})) == '{"k": "***"}'
    assert mask("see env:REFERENCE") == "see env:REFERENCE"


def test_values_under_secret_names_are_masked_and_references_stay() -> None:
    document = {
        "api_token": "x", "secret_key": ["a", "b"], "password": "env:PASSWORD", "smtp_password": "", "token": None,
        "cameras": [{"rtsp_url": "rtsp://ann:pw@cam/1", "fps": 5}], "name": "main",
    }  # fmt: skip
    assert mask_values(document) == {
        "api_token": "***", "secret_key": "***", "password": "env:PASSWORD", "smtp_password": "", "token": None,
        "cameras": [{"rtsp_url": "rtsp://ann:***@cam/1", "fps": 5}], "name": "main",
    }  # fmt: skip


class TestFiles:
    @pytest.fixture
    def path(self, logger: logging.Logger, tmp_path: Path) -> Path:
        """A log file that is logged into; people's messages go elsewhere."""
        set_up_logs("WARNING", as_json=False, stream=io.StringIO())
        log_to_file(tmp_path / "logs" / "production.log", "INFO", most_bytes=2_000, kept=3)
        return tmp_path / "logs" / "production.log"

    def test_events_go_to_one_and_errors_to_the_other_as_well(self, logger: logging.Logger, path: Path) -> None:
        logger.info("metrics", extra={"fields": {"jobs": 3, "token": "hush"}})
        logger.debug("not this")
        logger.error("token=hush is wrong", extra={"job_id": "job_1"})
        metrics, error = lines(path)
        assert (metrics["message"], metrics["jobs"], metrics["token"]) == ("metrics", 3, "***")
        assert lines(path.with_name("error.log")) == [error]
        assert (error["message"], error["job_id"]) == ("token=*** is wrong", "job_1")

    def test_people_do_not_get_more_than_they_asked_for(self, logger: logging.Logger, path: Path) -> None:
        stream = logging.getLogger("heatmap_gui").handlers[0]
        assert isinstance(stream, logging.StreamHandler) and isinstance(stream.stream, io.StringIO)
        logger.info("for the file")
        logger.warning("for both")
        assert stream.stream.getvalue().endswith("WARNING heatmap_gui.test: for both\n")
        assert len(lines(path)) == 2

    def test_a_full_file_is_renamed_and_so_many_stay(self, logger: logging.Logger, path: Path) -> None:
        for number in range(200):
            logger.info("line %03d", number)
        names = sorted(file.name for file in path.parent.glob("production.log*"))
        assert names == ["production.log", *(f"production.log.{n}" for n in (1, 2, 3))]
        kept = [line for name in (*names[:0:-1], names[0]) for line in lines(path.with_name(name))]
        last = [int(line["message"].split()[1]) for line in kept]
        assert last == list(range(last[0], 200)) and all(file.stat().st_size < 2_200 for file in path.parent.iterdir())

    def test_processes_that_share_a_file_lose_nothing(self, path: Path) -> None:
        script = (
            "import logging, sys; from pathlib import Path; from heatmap_gui.logs import *\n"
            "set_up_logs('ERROR', as_json=False); log_to_file(Path(sys.argv[1]), 'INFO', most_bytes=20_000, kept=50)\n"
            "for n in range(1_000): logging.getLogger('heatmap_gui.x').info('%s %d', sys.argv[2], n)\n"
        )
        shared = path.with_name("shared.log")
        command = [sys.executable, "-c", script, str(shared)]
        processes = [subprocess.Popen([*command, name]) for name in "abc"]
        assert [process.wait(60) for process in processes] == [0, 0, 0]
        said = [line["message"] for file in path.parent.glob("shared.log*") for line in lines(file)]
        assert sorted(said) == sorted(f"{name} {n}" for name in "abc" for n in range(1_000))

    def test_a_file_that_was_moved_away_is_begun_anew(self, logger: logging.Logger, path: Path) -> None:
        logger.info("first")
        path.rename(path.with_name("moved"))
        logger.info("second")
        shutil.copy(path, path.with_name("copied"))
        path.unlink()
        reopen_logs()
        logger.info("third")
        assert [line["message"] for line in lines(path.with_name("moved"))] == ["first"]
        assert [line["message"] for line in lines(path)] == ["third"]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
    def test_a_full_disk_stops_nothing_and_tells_no_secret(
        self, logger: logging.Logger, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = [handler for handler in logging.getLogger("heatmap_gui").handlers if isinstance(handler, RotatedFile)]
        logger.info("before")
        with monkeypatch.context() as patch:
            for file in files:
                patch.setattr(file, "baseFilename", "/dev/full")
            for _ in range(3):
                logger.error("hush %s", "hush")
        logger.info("after")
        assert [line["message"] for line in lines(path)] == ["before", "after"]
        assert [file.lost for file in files] == [3, 3]
        assert capsys.readouterr() == ("", "")

    def test_a_file_that_cannot_be_is_said_and_the_rest_goes_on(self, logger: logging.Logger, tmp_path: Path) -> None:
        stream = io.StringIO()
        set_up_logs("WARNING", as_json=False, stream=stream)
        (tmp_path / "file").write_text("")
        log_to_file(tmp_path / "file" / "production.log", "INFO")
        logger.warning("still here")
        said = stream.getvalue()
        assert "production.log: no log is written there" in said and said.endswith("still here\n")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("word", ["x", "a.", "token", "a://", "password= ", "\"'"])
def test_long_texts_of_strangers_take_as_long_as_they_are(word: str) -> None:
    short, long = (min(timeit.repeat(partial(mask, word * count), number=1, repeat=5)) for count in (2000, 8000))
    assert long < 10 * short, "four times, not sixteen"
