"""Troubles that last: told once when they begin and once when they end, however they flicker."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """SPARED: it began again too soon after it was told to be told again."""

    BEGAN = "began"
    ENDED = "ended"
    SPARED = "spared"


class Change(NamedTuple):
    """reason: what is, or was, wrong. since: when it began (Unix time). why: of SPARED, in words."""

    subject: str
    phase: Phase
    reason: str
    since: float
    why: str = ""


@dataclass(slots=True)
class _Episode:
    reason: str
    since: float
    wrong_at: float
    told: bool = False
    spared: bool = False


class Episodes:
    """What is wrong with which subject, with hysteresis.

    begin_s: how long something is wrong before it is told. end_s: how long it is right before its end is. quiet_s: time
    in which the same subject begins once; what is still wrong after it is told then. told: before, and not ended yet,
    by subject and when.
    """

    def __init__(self, begin_s: float, end_s: float, quiet_s: float, told: Mapping[str, float]) -> None:
        self._begin_s, self._end_s, self._quiet_s = begin_s, end_s, quiet_s
        self._told_at: dict[str, float] = dict(told)
        self._open = {s: _Episode("", at, at, told=True) for s, at in self._told_at.items()}

    @property
    def subjects(self) -> Collection[str]:
        """All that is wrong now, or was a moment ago."""
        return self._open.keys()

    def look(self, wrong: Mapping[str, str], now: float, unknown: Collection[str] = ()) -> list[Change]:
        """What begins and ends by now; wrong: reasons by subject. unknown: subjects that stay as they are."""
        changes: list[Change] = []
        for subject in self._open.keys() & set(unknown):
            self._open[subject].wrong_at = now
        for subject, reason in wrong.items():
            episode = self._open.setdefault(subject, _Episode(reason, now, now))
            episode.reason, episode.wrong_at = reason, now
            changes += self._begin(subject, episode, now)
        for subject in self._open.keys() - wrong.keys():
            episode = self._open[subject]
            if now - episode.wrong_at >= self._end_s:
                del self._open[subject]
                changes += [Change(subject, Phase.ENDED, episode.reason, episode.since)] if episode.told else []
        over = [s for s, at in self._told_at.items() if s not in self._open and now - at >= self._quiet_s]
        for subject in over:
            del self._told_at[subject]
        return sorted(changes)

    def _begin(self, subject: str, episode: _Episode, now: float) -> list[Change]:
        if episode.told or now - episode.since < self._begin_s:
            return []
        ago_s = now - self._told_at.get(subject, -float("inf"))
        if ago_s >= self._quiet_s:
            episode.told = True
            self._told_at[subject] = now
            return [Change(subject, Phase.BEGAN, episode.reason, episode.since)]
        if episode.spared:
            return []
        episode.spared = True
        why = f"told {ago_s:.0f} s before: once in {self._quiet_s:g} s is enough"
        return [Change(subject, Phase.SPARED, episode.reason, episode.since, why)]
