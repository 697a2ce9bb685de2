"""What may be shown to a person: what happened, where, and what to do. Anything else is a bug."""

from __future__ import annotations


class HeatmapError(Exception):
    """An expected failure. `message` is one line: what, where, what to do. `exit_status` is the process's."""

    exit_status = 2

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    @property
    def message(self) -> str:
        return str(self.args[0])


class InputError(HeatmapError):
    """Bad input, configuration or arguments (exit status 2)."""


class NotFoundError(InputError):
    """What was named is not there, or not there for who asks."""


class ConflictError(InputError):
    """Each value may be given, but not these together, or not with what is there now."""


class UnavailableError(HeatmapError):
    """A camera, model, server, display, extra or disk space is not to be had (exit status 3)."""

    exit_status = 3


class DeniedError(UnavailableError):
    """User or password are refused: to try again soon and often may lock the account."""


class TryLaterError(UnavailableError):
    """An endpoint did not take a delivery, and may take it another time.

    retry_after_s: how long it asked to be left alone. answered: False where nobody was reached: the try does not count.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None, answered: bool = True) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.answered = answered


class GoneError(InputError):
    """An endpoint wants nothing any more."""


class UnknownCallerError(InputError):
    """Who asks is not known, or not any more: they have to log in."""


class ForbiddenError(InputError):
    """Who asks is known, and may not do that."""


class TooOftenError(InputError):
    """It was tried too often: again in retry_after_s, not before."""

    def __init__(self, message: str, *, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
