"""A canary in each secret, all roles on real servers, crashes and refusals: no canary is found anywhere afterwards."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis
import sqlalchemy as sa

from heatmap_gui.cli import main
from heatmap_gui.commands import service
from heatmap_gui.core.work import DeliveryStatus, Status
from heatmap_gui.services.recording import Part
from heatmap_gui.store import deliveries, jobs
from heatmap_gui.store.database import open_database
from tests.end_to_end.production import MODEL, ROOT, Service, checkpoints_each, heatmap, rtsp, write_site
from tests.receivers import GARBAGE, Receiver, answer, receiver, wait_for
from tests.servers import RedisServer, free_port, redis_server
from tests.store.conftest import empty

CANARIES = {name: f"canary-{name}-4e1f" for name in ("rtsp", "token", "mail", "database", "redis", "nvr", "hook")}
CANARIES["signing"] = base64.b64encode(b"canary-signing-of-thirty-two-byt").decode()
_INPUTS = ("production_config.json", "calibration_store_1.json")


@dataclass
class Place:
    """A deployment. said: all that its commands printed; lines: all command lines that were seen."""

    folder: Path
    home: Path
    database_url: str
    redis: RedisServer
    backend: Receiver
    said: list[str]
    lines: list[str]

    def write(self, test_data: Path, rtsp_url: str, **more: Any) -> None:
        """The configuration, secrets and all, and the site."""
        here = self.folder
        write_site(test_data, here / "calibration_data", "store_1", rtsp_url)
        schedule = {
            "store_name": "store_1",
            "enabled": False,
            "webhook_enabled": True,
            "webhook_url": self.backend.url(f"/{CANARIES['hook']}"),
            "api_token": CANARIES["token"],
            "retry_count": 20,
        }
        config: dict[str, Any] = {
            "schedules": {"store_1": schedule},
            "watch": ["store_1"],
            "redis_host": "127.0.0.1",
            "redis_port": self.redis.port,
            "redis_password": CANARIES["redis"],
            "database_url": self.database_url,
            "smtp_url": f"smtp://heatmap:{CANARIES['mail']}@127.0.0.1:{free_port()}",
            "alert_email": "admin@example.com",
            "nvr_url": f"http://admin:{CANARIES['nvr']}@127.0.0.1:{free_port()}",
            "webhook_secret": f"whsec_{CANARIES['signing']}",
            "webhook_allow_hosts": ["127.0.0.1"],
            "model": str(test_data / "models" / MODEL),
            "log_level": "DEBUG",
            "log_file": str(here / "production.log"),
        }
        (here / "production_config.json").write_text(json.dumps(config | more))

    def run(self, *arguments: str) -> None:
        """A command that may fail; it is ended when it does not end."""
        command = [sys.executable, str(ROOT / "main.py"), *arguments, "--config", "production_config.json", "--debug"]
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=12
            )
            self.said += [done.stdout, done.stderr]
        except subprocess.TimeoutExpired as late:
            self.said += [str(late.stdout), str(late.stderr)]

    @property
    def environment(self) -> dict[str, str]:
        return dict(os.environ) | {"HEATMAP_HOME": str(self.home)}

    def look(self, service: Service) -> None:
        """What everybody on this machine sees of a process and its children."""
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                pid, parent = path.parent.name, path.read_text().rpartition(")")[2].split()[1]
                if str(service.process.pid) in (pid, parent):
                    self.lines.append((path.parent / "cmdline").read_bytes().decode().replace("\0", " "))
            except OSError:
                continue  # it has ended

    def found(self, kept: str) -> dict[str, list[str]]:
        """The places in which each canary is found; `kept` is what the servers hold."""
        places = {"output": "\n".join(self.said), "command lines": "\n".join(self.lines), "servers": kept}
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name not in _INPUTS:
                places[str(path.relative_to(self.folder))] = path.read_bytes().decode("latin-1")
        return {
            name: where
            for name, canary in CANARIES.items()
            if (where := [place for place, text in places.items() if canary in text])
        }


@contextmanager
def _place(folder: Path, database_url: str) -> Iterator[Place]:
    folder.mkdir()
    with receiver() as backend, redis_server(folder, "--requirepass", CANARIES["redis"]) as server:
        yield Place(folder, folder / "home", database_url, server, backend, [], [])


def _dump(url: str) -> str:
    """All rows of all tables of a PostgreSQL."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        tables = sa.inspect(engine).get_table_names()
        rows = [
            [bytes(v) if isinstance(v, memoryview) else v for v in row]
            for table in tables
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')
        ]
    engine.dispose()
    assert len(rows) > 10
    return repr(rows)


def _shown(server: RedisServer) -> str:
    """All that a Redis holds."""
    client: Any = redis.Redis(port=server.port, password=CANARIES["redis"])
    reads = {
        b"hash": client.hgetall,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"string": client.get,
        b"stream": client.xrange,
    }
    held = {key: reads[client.type(key)](key) for key in client.keys("*")}
    assert any(key.startswith(b"job:") for key in held)
    return repr(held)


def test_no_secret_is_found_anywhere(test_data: Path, tmp_path: Path, postgresql_url: str, pets_h264: Path) -> None:
    """On both databases, side by side."""
    empty(postgresql_url)
    with_password = postgresql_url.replace("heatmap@", f"heatmap:{CANARIES['database']}@")
    with ExitStack() as stack, ThreadPoolExecutor() as both:
        sqlite = stack.enter_context(_place(tmp_path / "sqlite", ""))
        postgresql = stack.enter_context(_place(tmp_path / "postgresql", with_password))
        with rtsp(test_data, pets_h264, fps=10) as (address,):
            for place in (sqlite, postgresql):
                place.write(test_data, address.replace("canary-rtsp-password", CANARIES["rtsp"]))
            list(both.map(_live, (sqlite, postgresql)))
        list(both.map(lambda place: place.run("check"), (sqlite, postgresql)))  # the camera is gone by now
        assert sqlite.found(_shown(sqlite.redis)) == {}
        assert postgresql.found(_shown(postgresql.redis) + _dump(postgresql_url)) == {}


def test_no_secret_is_said_where_servers_refuse(
    test_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """They are not there, or want another password; each is asked with --debug."""
    nobody = f"127.0.0.1:{free_port()}"
    database, smtp_url = f"heatmap:{CANARIES['database']}@{nobody}", f"smtp://heatmap:{CANARIES['mail']}@h:port"
    monkeypatch.setattr(service._Service, "run", lambda _: pytest.fail("the service would have run"))
    with _place(tmp_path / "place", "") as place:
        monkeypatch.chdir(place.folder)
        monkeypatch.setenv("HEATMAP_HOME", str(place.home))
        for wrong, *asked in (
            ({"redis_password": "another " + CANARIES["redis"]}, "check"),
            ({"database_url": f"postgresql://{database}/postgres"}, "--service all", "jobs list"),
            ({"database_url": f"mysql://{database}/x"}, "--service all"),
            ({"smtp_url": smtp_url, "webhook_secret": "whsec_&"}, "--service exporter"),
        ):
            place.write(test_data, f"rtsp://admin:{CANARIES['rtsp']}@{nobody}/1", **wrong)
            for arguments in asked:
                assert main([*arguments.split(), "--config", "production_config.json", "--debug"])
                place.said += capfd.readouterr()
        assert sum(map(len, place.said)) > 500
        assert place.found("") == {}


def _live(place: Place) -> None:
    """A job, while its worker is killed, Redis is away, and the endpoint says all it was told."""
    echo = answer(500, f"no: Bearer {CANARIES['token']} at /{CANARIES['hook']}".encode())
    place.backend.script[""] = [echo, GARBAGE]
    program = checkpoints_each(0.5)
    service = Service("all", place.folder, home=place.home, program=program)
    try:
        wait_for(lambda: service.ready, 60)
        added = heatmap(
            *("jobs", "add", "store_1", "--duration", "8", "--schedule", "store_1"),
            *("--config", "production_config.json", "--json"),
            folder=place.folder,
            home=place.home,
        )
        job_id = json.loads(added)["job_id"]
        place.said.append(added)
        database = open_database(place.database_url, place.home)
        try:

            def status() -> Status:
                with database.read() as transaction:
                    return jobs.get(transaction, job_id).status

            def measured() -> bool:
                with database.read() as transaction:
                    return any(Part.unpack(*one).cameras for one in jobs.parts(transaction, job_id))

            def told() -> bool:
                with database.read() as transaction:
                    found = deliveries.newest(transaction, limit=10, job_id=job_id)
                return bool(found) and all(one.status == DeliveryStatus.DELIVERED for one in found)

            wait_for(measured, 30)
            place.look(service)
            service.kill()
            place.redis.kill()
            service = Service("all", place.folder, home=place.home, program=program)
            wait_for(lambda: service.ready, 60)
            place.redis.start()
            wait_for(lambda: status() not in (Status.QUEUED, Status.RUNNING), 60)
            wait_for(told, 60)
            place.look(service)
        finally:
            database.close()
        service.process.send_signal(signal.SIGTERM)
        service.process.wait(15)
    finally:
        service.kill()
    assert place.lines and place.backend.requests
