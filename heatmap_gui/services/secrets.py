"""Secrets: where a reference says that one is, and inline ones sealed before they go where others can read them.

A reference is env:NAME, file:/path, cred:NAME (a credential of systemd's) or keyring:service/user, alone or in place of
the password of an address: rtsp://admin:env:DOOR_PASSWORD@10.0.0.5/1. A sealed text is a Fernet token (AES-128-CBC with
HMAC-SHA256) behind a prefix; its key comes by scrypt (RFC 7914) from SECRET_KEY, or from a key file in the data folder.
A site file may have a camera's address as either: `resolve` makes of both what is opened.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from heatmap_gui.core.errors import InputError, UnavailableError
from heatmap_gui.environment import load_settings
from heatmap_gui.logs import mask, register_secret
from heatmap_gui.settings import Settings

SEALED = "sealed:"
KEY_FILE = "secret.key"
_REFERENCE = re.compile(r"(env|file|cred|keyring):(\S.*)")
_IN_ADDRESS = re.compile(r"(?P<start>[A-Za-z][A-Za-z0-9+.-]*://[^/:@\s]*:)(?P<where>(?:env|file|cred|keyring):[^@]+)@")
_PASSWORD = re.compile(r"://[^/\s:@]*:(\S*)@")
_SALT = b"traffic-heatmap sealed secrets 1"  # keys are told apart from other uses of the same SECRET_KEY
_MOST_BYTES = 64 << 10
_CLOSED = (
    "a sealed secret does not open: SECRET_KEY (or the data folder's secret.key) is not the one it was sealed with:"
    " give all hosts the same, or make the job, the delivery or the camera anew"
)


def is_reference(text: str) -> bool:
    """Whether all of a text says where a secret is."""
    return _REFERENCE.fullmatch(text) is not None


def resolve(text: str, environ: Mapping[str, str] | None = None) -> str:
    """The secret that a reference means, what was sealed with the configured key, or the text with the reference in
    its address replaced; all else as it is.

    From then on no log shows that secret. Raises InputError or UnavailableError, which say where it was looked for.
    """
    known = os.environ if environ is None else environ
    if text.startswith(SEALED):
        return hide(_unsealed(text, known))
    if is_reference(text):
        return _found(text, known)
    within = _IN_ADDRESS.match(text)
    if within is None:
        return text
    return f"{within['start']}{quote(_found(within['where'], known), safe='')}{text[within.end() - 1 :]}"


def hide(text: str) -> str:
    """From now on no log shows this secret, or of an address its password. Returns the text."""
    within = _PASSWORD.search(text)
    register_secret(within[1] if within else "" if "://" in text else text)
    return text


def hide_address(url: str) -> str:
    """From now on no log shows the password of this address; one without is no secret. Returns the address."""
    within = _PASSWORD.search(url)
    register_secret(within[1] if within else "")
    return url


def _unsealed(text: str, environ: Mapping[str, str]) -> str:
    seal = Seal.known(load_settings(environ, Path(".env")))
    if seal is None:
        raise InputError(_CLOSED)
    return seal.open(text)


def _found(reference: str, environ: Mapping[str, str]) -> str:
    kind, _, place = reference.partition(":")
    if kind == "env":
        found = environ.get(place, "")
    elif kind == "file":
        found = _read(Path(place), reference)
    elif kind == "cred":
        found = _credential(place, environ)
    else:
        found = _from_keyring(place)
    if not found:
        raise InputError(f"secret {reference}: nothing is there: set it, or correct the reference")
    register_secret(found)
    return found


def _credential(name: str, environ: Mapping[str, str]) -> str:
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise InputError(
            f"secret cred:{name}: CREDENTIALS_DIRECTORY is not set: add LoadCredential={name}:FILE to the unit"
        )
    if Path(name).name != name:
        raise InputError(f"secret cred:{name}: not the name of a credential: allowed: a name without /")
    return _read(Path(folder) / name, f"cred:{name}")


def _read(path: Path, reference: str) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"secret {reference}: that file is too large to be one: correct the reference")
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(f"secret {reference}: cannot be read: {error.strerror}: check path and permissions") from None
    except ValueError:
        raise InputError(f"secret {reference}: not a text in UTF-8: correct the reference") from None


def _from_keyring(place: str) -> str:
    import keyring  # looks for the platform's store of passwords: not before it is asked for
    from keyring.errors import KeyringError

    service, slash, user = place.partition("/")
    if not (service and slash and user):
        raise InputError("secret keyring:...: allowed: keyring:service/user")
    try:
        return keyring.get_password(service, user) or ""
    except KeyringError as error:
        raise UnavailableError(
            f"secret keyring:{place}: there is no keyring to ask ({type(error).__name__}): use env:, file: or cred:"
        ) from None


def keep_in_keyring(service: str, user: str, secret: str) -> str:
    """Puts a secret into the platform's store of passwords -> the reference to it. Raises UnavailableError where there
    is none, or it stays locked.
    """
    import keyring
    from keyring.errors import KeyringError

    register_secret(secret)
    try:
        keyring.set_password(service, user, secret)
        kept = keyring.get_password(service, user) == secret
    except (KeyringError, RuntimeError, OSError):  # backends raise what their library does
        kept = False
    if not kept:
        raise UnavailableError("this computer has no keyring that can be used: no password can be kept in it")
    return f"keyring:{service}/{user}"


def drop_from_keyring(service: str, user: str) -> None:
    """Takes a secret out of the platform's store of passwords; one that is not there is out.

    Raises UnavailableError where it stays.
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring.get_password(service, user) is not None:
            keyring.delete_password(service, user)
    except (KeyringError, RuntimeError, OSError) as error:
        raise UnavailableError(
            f"the password {service}/{user} stays in the keyring ({type(error).__name__}): remove it there"
        ) from None


class Seal:
    """Seals and opens texts with one key. Any thread may use it."""

    def __init__(self, key: str) -> None:
        self._key = key

    @cached_property
    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(_derived(self._key)))

    @classmethod
    def of(cls, settings: Settings) -> Seal:
        """With SECRET_KEY, or with the data folder's key file, which is made when it is missing."""
        if not settings.secret_key:
            return cls(_key_file(settings.home / KEY_FILE))
        key = resolve(settings.secret_key)
        register_secret(key)
        return cls(key)

    @classmethod
    def known(cls, settings: Settings) -> Seal | None:
        """The same, of a key that there is: none is made."""
        there = settings.secret_key or (settings.home / KEY_FILE).exists()
        return cls.of(settings) if there else None

    def key(self, purpose: str) -> bytes:
        """32 bytes for something else (HKDF, RFC 5869): nothing follows from them for another purpose."""
        return HKDFExpand(hashes.SHA256(), length=32, info=purpose.encode()).derive(_derived(self._key))

    def seal(self, text: str) -> str:
        return SEALED + self._fernet.encrypt(text.encode()).decode()

    def open(self, text: str) -> str:
        """What was sealed; a text that is not sealed as it is. Raises InputError when the key is another one."""
        if not text.startswith(SEALED):
            return text
        try:
            return self._fernet.decrypt(text.removeprefix(SEALED)).decode()
        except (InvalidToken, ValueError):
            raise InputError(_CLOSED) from None

    def keep(self, secret: str) -> str:
        """A secret as it may be written down: "" and references as they are, everything else sealed."""
        if not secret or secret.startswith(SEALED) or is_reference(secret):
            return secret
        return self.seal(secret)

    def keep_address(self, url: str) -> str:
        """An address as it may be written down: sealed when it holds a secret that is no reference."""
        plain = _IN_ADDRESS.sub(lambda found: f"{found['start'][:-1]}@", url)
        return url if plain.startswith(SEALED) or mask(plain) == plain else self.seal(url)

    def reveal(self, text: str) -> str:
        """The secret of a text that was kept: opened, and its references resolved."""
        return resolve(self.open(text))


@lru_cache(maxsize=4)
def _derived(key: str) -> bytes:
    """32 bytes; it takes 0.1 s, so not before it is needed, and once."""
    return Scrypt(salt=_SALT, length=32, n=2**15, r=8, p=1).derive(key.encode())


def _key_file(path: Path) -> str:
    """Its content. Of several processes that make it at once one succeeds, and all read that one's."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{KEY_FILE}.")  # readable by its owner alone
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            _link(Path(name), path)
        except OSError as error:
            _refuse(path, error)
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        _refuse(path, error)
    if len(key) < 32:
        raise InputError(f"{path}: not a key: restore it from a backup; what was sealed with it does not open without")
    return key


def _link(made: Path, path: Path) -> None:
    try:
        path.hardlink_to(made)
    except FileExistsError:
        pass
    finally:
        made.unlink()


def _refuse(path: Path, error: Exception) -> NoReturn:
    said = error.strerror if isinstance(error, OSError) else "not a key"
    raise InputError(f"{path}: {said}: check the folder and its permissions, or set SECRET_KEY") from None
