"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from heatmap_gui.core.errors import InputError, UnavailableError

_STAGE = ".new-"


def write_atomically(path: Path, content: bytes) -> os.stat_result:
    """Write a file by way of a synced temporary one beside it: a crash or a full disk leaves what was there before.
    Its state as it was written, whoever writes it next.

    Raises InputError where the folder is missing or closed to us, UnavailableError on a full disk.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _refusal(path, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        written = temporary.stat()
        temporary.replace(path)
    except OSError as error:
        raise _refusal(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)
    return written


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder to write into whose files all appear in `folder` at the end, or none when anything goes wrong.

    Raises as write_atomically does.
    """
    try:
        stage = Path(tempfile.mkdtemp(dir=folder, prefix=_STAGE))
    except OSError as error:
        raise _refusal(folder, error) from None
    try:
        yield stage
        for path in sorted(stage.iterdir()):
            path.replace(folder / path.name)
    except OSError as error:
        raise _refusal(folder, error) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refusal(path: Path, error: OSError) -> InputError | UnavailableError:
    if path.parent.name.startswith(_STAGE):
        path = path.parent.parent / path.name
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UnavailableError(f"{path}: no space left on the disk: free some and try again")
    return InputError(f"{path}: cannot be written: {error.strerror}: check the folder and its permissions")
