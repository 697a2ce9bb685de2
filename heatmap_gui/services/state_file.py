"""Who runs a role in a data folder: `<role>.lock` is held by its process, `<role>.json` says where it answers."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.store.files import write_atomically

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class RoleState(NamedTuple):
    """pid: of the process. port: of 127.0.0.1, where GET /health answers; None: it does not listen."""

    role: str
    pid: int
    port: int | None


@contextmanager
def hold_role(home: Path, role: str, port: int | None) -> Iterator[None]:
    """Be the one process that runs this role in this data folder, findable by `find_role`.

    Raises InputError when another one is that already, or the folder cannot be written.
    """
    state = home / f"{role}.json"
    with _opened(home / f"{role}.lock") as lock:
        if not _try_lock(lock):
            who = lock.read().strip() or "unknown"
            raise InputError(
                f"role {role} runs already in {home} (process {who}): stop it, or give this one its own HEATMAP_HOME"
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        write_atomically(state, json.dumps(RoleState(role, os.getpid(), port)._asdict()).encode())
        try:
            yield
        finally:
            state.unlink(missing_ok=True)


def find_role(home: Path, role: str) -> RoleState:
    """The process that runs a role in this data folder. Raises UnavailableError when there is none."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        found = RoleState(**json.loads((home / f"{role}.json").read_bytes()))
        with (home / f"{role}.lock").open("r+") as lock:
            if not _try_lock(lock):  # a crash leaves the file behind, but not the lock
                return found
    raise UnavailableError(f"role {role} does not run in {home}: start it with heatmap --service {role}")


def _opened(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}: HEATMAP_HOME has to be a folder that can be written") from None


def _try_lock(file: IO[str]) -> bool:
    """Locks it until it is closed, by whatever way the process ends -> False when somebody else holds it."""
    try:
        if sys.platform == "win32":
            file.seek(1 << 20)  # behind what it says, which others read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        return False
    return True
