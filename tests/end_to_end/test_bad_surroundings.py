"""Roles, data folders, ports, databases, Redis, keys and logs that do not fit: one clear line, and nothing is lost.

A clock that jumps a day is in tests/services/test_scheduler.py.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import closing
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import update

from heatmap_gui.core.work import Job, Status
from heatmap_gui.services.redis_broker import MARK
from heatmap_gui.services.state_file import hold_role
from heatmap_gui.store import jobs
from heatmap_gui.store.database import open_database
from heatmap_gui.store.tables import alembic_version
from tests.end_to_end.bad_desk import CONFIG, checked, refused, write
from tests.end_to_end.bad_desk import desk as desk
from tests.end_to_end.production import heatmap, services
from tests.receivers import wait_for
from tests.servers import RedisServer, redis_server


def test_roles_and_flags_that_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, fragment in (
        (("scheduler",), "--service needs --config production_config.json"),
        (("scheduler", "--config", "none.json"), "none.json: no such file"),
        (("janitor", "--config", CONFIG), "there is no role 'janitor': choose of all, scheduler, detector, exporter"),
        (("scheduler,,alerts", "--config", CONFIG), "there is no role"),
        (("", "--config", CONFIG), "there is no role"),
        (("scheduler", "--config", CONFIG, "--health-port", "99999"), "--health-port"),
        (("scheduler", "--config", CONFIG, "--instance", "../x"), "--instance"),
    ):
        status, why = refused(capsys, *arguments)
        assert (status, fragment in why) == (2, True), why
    assert not Path("home").exists()


def test_the_same_role_twice_in_a_data_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with hold_role(Path("home"), "scheduler", None):
        status, why = refused(capsys)
    assert status == 2
    assert "role scheduler runs already in" in why
    assert str(os.getpid()) in why


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        status, why = refused(capsys, "scheduler", "--config", CONFIG, "--health-port", port)
    assert (status, f"127.0.0.1:{port}: address already in use: choose another port" in why.lower()) == (3, True), why


def test_a_database_that_is_newer(capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_database("", Path("home"))) as database, database.write() as transaction:
        transaction.execute(update(alembic_version).values(version_num="r9999_of_tomorrow"))
    content = Path("home/heatmap.db").read_bytes()
    status, why = refused(capsys)
    assert (status, "r9999_of_tomorrow, newer than this program's" in why) == (2, True), why
    assert f"error database: {why}" in checked(capsys)[1]
    assert Path("home/heatmap.db").read_bytes() == content


def test_a_database_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    Path("home").mkdir()
    Path("home/heatmap.db").write_bytes(b"a letter to the operator\n" * 400)
    status, why = refused(capsys)
    assert (status, "is damaged (file is not a database)" in why) == (3, True), why
    assert Path("home/heatmap.db").read_bytes().startswith(b"a letter")
    assert "error database: " in checked(capsys)[1]


def test_a_redis_of_another_deployment(capsys: pytest.CaptureFixture[str], redis: RedisServer) -> None:
    write({"redis_host": "127.0.0.1", "redis_port": redis.port})
    with closing(open_database("", Path("home"))), Redis.from_url(redis.url) as client:
        client.set(MARK, "another")
        why = refused(capsys)[1]
        assert "it belongs to another database: give each its own Redis" in why
        assert "error redis: redis: it belongs to another database" in checked(capsys)[1]
        assert client.keys() == [MARK.encode()]


def test_a_redis_with_another_password(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with redis_server(tmp_path, "--requirepass", "the-right-one") as server:
        for said in ("the-wrong-one", None):
            write({"redis_host": "127.0.0.1", "redis_port": server.port, "redis_password": said})
            status, found = checked(capsys)
            (line,) = (line for line in found.splitlines() if line.startswith("error redis: "))
            assert status == 2
            assert "check that it runs, and its address and password" in line
            assert "the-wrong-one" not in found


def test_a_log_file_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("configs", f"{CONFIG}/production.log"):
        write({"log_file": path})
        status, said = checked(capsys)
        assert (status, "error log_file: " in said) == (2, True), said


def test_what_was_sealed_with_another_key(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job fails with its reason, and the camera's password stays sealed."""
    home = desk / "home"
    write({"redis_host": None})
    path = Path("calibration_data/calibration_store_1.json")
    path.write_text(path.read_text().replace("rtsp://", "rtsp://admin:canary@"))
    monkeypatch.setenv("SECRET_KEY", "the key of the host that made the job")
    wanted = ("jobs", "add", "store_1", "--duration", "30", "--config", CONFIG, "--json")
    job_id = json.loads(heatmap(*wanted, folder=desk, home=home))["job_id"]
    monkeypatch.setenv("SECRET_KEY", "the key of the host that is to run it")

    with closing(open_database("", home)) as database, services("detector", folder=desk, home=home) as running:

        def job() -> Job:
            with database.read() as transaction:
                return jobs.get(transaction, job_id)

        wait_for(lambda: job().status not in (Status.QUEUED, Status.RUNNING), 30)
        running["detector"].stop()
        said, found = running["detector"].log.read_text(), job()
    assert found.status == Status.FAILED
    assert "a sealed secret does not open: SECRET_KEY" in (found.error or "")
    assert "canary" not in said + str(found)
    assert "Traceback" not in said
