"""A calibration's grade, from A to D, with every reason for it: what is good, and what keeps it from the next grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from heatmap_gui.core.pair_fit import LEAST, PairFit

Letter = Literal["A", "B", "C", "D", ""]
Kind = Literal["ok", "warn", "error"]
Matter = Literal["pairs", "undetermined", "scale", "mirrored", "error", "suspect", "loose", "held out"]

# m: typical left-out error up to which a grade is given; a person's own width is 0.45 m
_ERROR_M: tuple[tuple[Letter, float], ...] = (("A", 0.08), ("B", 0.15), ("C", 0.30))
LOOSE_M = 0.40  # standard deviation of a place: two people beside each other cannot be told apart any more
_LOOSE_SHARE = 0.10  # of what is seen: the farthest part of a picture is loose in any camera
ENOUGH = 6  # pairs: with five, each is judged by a fit without any to spare


@dataclass(frozen=True, slots=True)
class Reason:
    """matter: what it is about. value, other: its numbers: pairs used and held out, a pair's number (from 0) and error,
    errors in m, a share.
    """

    matter: Matter
    kind: Kind
    value: float = 0.0
    other: float = 0.0


@dataclass(frozen=True, slots=True)
class Grade:
    """letter: empty where it is not known. typical, worst: left-out errors, m; None: unknown. reasons: worst first."""

    letter: Letter
    typical: float | None
    worst: float | None
    reasons: tuple[Reason, ...]

    @property
    def reason(self) -> Reason | None:
        """What most keeps it from a better grade."""
        return next((reason for reason in self.reasons if reason.kind != "ok"), None)


def grade(fitted: PairFit, loose: float | None) -> Grade:
    """loose: the share of what the camera sees, 0 to 1, where a place is not known to 0.4 m; None: not known."""
    used = int(np.count_nonzero(fitted.pairs.used))
    held = len(fitted.pairs) - used
    found = fitted.fit
    reasons = [Reason("pairs", "ok" if used >= ENOUGH else "error" if used < LEAST else "warn", used, held)]
    if found is None:
        if fitted.problem:
            reasons.insert(0, Reason("undetermined", "error"))
        return Grade("", None, None, _worst_first(reasons))
    if found.unit == "px":
        reasons.append(Reason("scale", "error"))
        return Grade("", None, None, _worst_first(reasons))
    known = fitted.left_out[fitted.pairs.used & np.isfinite(fitted.left_out)]
    worst = float(known.max()) if len(known) else None
    reasons += [Reason("suspect", "error", number, float(fitted.left_out[number])) for number in fitted.suspects]
    if found.mirrored:
        reasons.append(Reason("mirrored", "warn"))
    if loose is not None:
        reasons.append(Reason("loose", "warn" if loose > _LOOSE_SHARE else "ok", loose))
    held_out = fitted.left_out[~fitted.pairs.used & np.isfinite(fitted.left_out)]
    if len(held_out):
        apart = float(np.sqrt(np.mean(held_out**2)))
        reasons.append(Reason("held out", "ok" if apart <= _ERROR_M[1][1] else "warn", apart, len(held_out)))
    if found.error is None:
        return Grade("", None, worst, _worst_first(reasons))
    # its square root of the mean square is ruled by a pair that is off; that one is a reason of its own
    typical = float(np.median(known))
    reasons.append(Reason("error", "ok" if typical <= _ERROR_M[0][1] else "warn", typical, worst or 0.0))
    letter: Letter = next((letter for letter, most in _ERROR_M if typical <= most), "D")
    spoilt = any(reason.kind != "ok" for reason in reasons)
    if letter == "A" and spoilt:
        letter = "B"
    return Grade(letter, typical, worst, _worst_first(reasons))


def _worst_first(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: ("error", "warn", "ok").index(reason.kind)))
