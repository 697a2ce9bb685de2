"""Bells inside one process: a ring is counted, and each thread knows how many it has heard."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence


class Bells:
    """Any thread may ring, any may wait. What rang before a thread first waited counts as not heard by it."""

    def __init__(self) -> None:
        self.closed = False
        self._changed = threading.Condition()
        self._rings: dict[str, int] = {}
        self._heard = threading.local()

    def ring(self, bells: Iterable[str]) -> None:
        """Wake those who wait for one of them."""
        with self._changed:
            for bell in bells:
                self._rings[bell] = self._rings.get(bell, 0) + 1
            self._changed.notify_all()

    def known(self) -> tuple[str, ...]:
        """All that ever rang, or that somebody waited for."""
        with self._changed:
            return tuple(self._rings)

    def heard(self, bells: Sequence[str]) -> bool:
        """Whether one of them rang since this thread asked last; from now on that is heard."""
        with self._changed:
            now = {bell: self._rings.setdefault(bell, 0) for bell in bells}
        before: dict[str, int] = self._heard.__dict__
        rang = any(count > before.get(bell, 0) for bell, count in now.items())
        before.update(now)
        return rang

    def pause(self, timeout_s: float) -> None:
        """Block until anything rings or the time is over."""
        with self._changed:
            self._changed.wait(timeout_s)

    def wait(self, bells: Sequence[str], timeout_s: float) -> bool:
        """Block until one of them rings -> True, or the time is over -> False, or nothing rings any more -> False."""
        with self._changed:
            return self._changed.wait_for(lambda: self.closed or self.heard(bells), timeout_s) and not self.closed

    def close(self) -> None:
        """Let all go who wait: nothing rings any more."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()
