"""One archive of all there is, taken while services write: the database as of one moment, site files, configuration.

It holds no secrets. The key file stays where it is, and passwords and tokens that are written out in files are replaced
by ***; references to secrets (env:, file:, cred:, keyring:) and sealed texts stay. The first member is the manifest,
with the SHA-256 of all others.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import re
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from heatmap_gui import __version__
from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.store.database import Database
from heatmap_gui.store.migrations import HEAD
from heatmap_gui.store.postgresql_copy import copy_out
from heatmap_gui.store.sqlite_copy import copy_sqlite

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
_BLOCK = 1 << 20
_REFERENCE = r"(?!(?:env|file|cred|keyring|sealed):|\*\*\*)"
_IN_ADDRESS = re.compile(rf"(://[^/:@\s\"']*:){_REFERENCE}[^@/\s\"']+(?=@)")
_NAMED = re.compile(
    rf"""(["']?[\w-]*(?:password|token|secret|api_key)["']?\s*:\s*)(?:"{_REFERENCE}[^"\n]+"|'{_REFERENCE}[^'\n]+'"""
    rf"""|(?!["']){_REFERENCE}[^\s"'{{}}\[\],]+)""",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """A configuration's text with *** for each secret that is written out in it."""
    return _NAMED.sub(r'\1"***"', _IN_ADDRESS.sub(r"\1***", text))


def backup(database: Database, files: Mapping[str, Path], target: Path, now: float) -> dict[str, Any]:
    """Writes the archive, whole or not at all -> its manifest.

    files: texts by their names in the archive. Raises InputError where the target cannot be written, UnavailableError
    when the disk is full.
    """
    try:
        with tempfile.TemporaryDirectory(dir=target.absolute().parent, prefix=".backup-") as name:
            stage = Path(name)
            manifest: dict[str, Any] = {
                "format": FORMAT, "program": __version__, "schema": HEAD, "created_at": now,
                "kind": "sqlite" if database.sqlite else "postgresql", "deployment": database.deployment,
                "columns": _copy(database, stage), "masked": _stage(files, stage),
            }  # fmt: skip
            members = sorted(path for path in stage.rglob("*") if path.is_file())
            manifest["files"] = {path.relative_to(stage).as_posix(): sha256(path) for path in members}
            whole = stage / ".archive"
            with tarfile.open(whole, "w:gz", compresslevel=1) as archive:
                content = json.dumps(manifest, indent=1).encode()
                head = tarfile.TarInfo(MANIFEST)
                head.size = len(content)
                archive.addfile(head, io.BytesIO(content))
                for member in manifest["files"]:
                    archive.add(stage / member, member, recursive=False)
            whole.chmod(0o600)
            whole.replace(target)
    except OSError as error:
        kind = UnavailableError if error.errno == errno.ENOSPC else InputError
        raise kind(f"{target}: cannot be written: {error.strerror or error}: choose another place") from error
    return manifest


def sha256(path: Path) -> str:
    """Of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _copy(database: Database, stage: Path) -> dict[str, list[str]]:
    folder = stage / DATABASE
    folder.mkdir()
    if not database.sqlite:
        return copy_out(database.engine, folder)
    copy_sqlite(database.engine, folder / "heatmap.db")
    return {}


def _stage(files: Mapping[str, Path], stage: Path) -> list[str]:
    """Puts files where the archive takes them from -> names of those that lost a secret."""
    masked = []
    for name, path in files.items():
        place = stage / name
        place.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        try:
            text = content.decode()
        except UnicodeDecodeError:  # a picture of a plan
            place.write_bytes(content)
            continue
        clean = without_secrets(text)
        place.write_text(clean, encoding="utf-8")
        if clean != text:
            masked.append(name)
    return masked
