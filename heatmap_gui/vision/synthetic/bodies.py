"""A body as balls in space, walking, standing or reaching; limbs are what lies between two balls.

Proportions are fractions of the body height (after Winter, Biomechanics and Motor Control of Human Movement, fig. 4.1),
slightly sturdier because clothes are drawn with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from heatmap_gui.core.types import F8
from heatmap_gui.vision.synthetic.clothes import Look
from heatmap_gui.vision.synthetic.people import Stance, Walker

STRIDE_M = 1.35
_THIGH, _SHIN, _ANKLE, _UPPER_ARM, _FOREARM = 0.245, 0.235, 0.03, 0.175, 0.15

BALLS = {
    "hip_l": 0.05, "hip_r": 0.05, "knee_l": 0.037, "knee_r": 0.037, "ankle_l": 0.026, "ankle_r": 0.026,
    "heel_l": 0.026, "heel_r": 0.026, "toe_l": 0.021, "toe_r": 0.021, "shoulder_l": 0.042, "shoulder_r": 0.042,
    "elbow_l": 0.03, "elbow_r": 0.03, "wrist_l": 0.022, "wrist_r": 0.022, "hand_l": 0.023, "hand_r": 0.023,
    "hem_l": 0.052, "hem_r": 0.052, "chest": 0.064, "belly": 0.062,
    "neck": 0.034, "chin": 0.048, "crown": 0.062, "face": 0.05, "face_up": 0.046,
    "nape": 0.05, "bag_top": 0.045, "bag": 0.06,
}  # fmt: skip
RADII = np.array(list(BALLS.values()))
_ROW = {name: row for row, name in enumerate(BALLS)}

_LIMBS = (
    ("hip_l", "knee_l", "legs"), ("hip_r", "knee_r", "legs"), ("knee_l", "ankle_l", "legs"),
    ("knee_r", "ankle_r", "legs"), ("heel_l", "toe_l", "shoes"), ("heel_r", "toe_r", "shoes"),
    ("shoulder_l", "elbow_l", "top"), ("shoulder_r", "elbow_r", "top"), ("elbow_l", "wrist_l", "top"),
    ("elbow_r", "wrist_r", "top"), ("wrist_l", "hand_l", "skin"), ("wrist_r", "hand_r", "skin"),
    ("neck", "chin", "skin"), ("chin", "crown", "hair"), ("face", "face_up", "skin"), ("crown", "nape", "hair"),
    ("bag_top", "bag", "bag"),
)  # fmt: skip
LIMBS = np.array([[_ROW[a], _ROW[b]] for a, b, _ in _LIMBS])
LIMB_COLOURS = tuple(colour for _, _, colour in _LIMBS)
TRUNK = np.array([_ROW[name] for name in ("shoulder_l", "shoulder_r", "chest", "belly", "hem_l", "hem_r")])


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """People at one moment: ids, looks, foot points (n, 2) m, balls (n, len(BALLS), 3) m and their radii (n, ·) m."""

    ids: tuple[int, ...]
    looks: tuple[Look, ...]
    feet: F8
    balls: F8
    radii: F8


def crowd(walkers: Sequence[Walker], at_s: float) -> Crowd:
    """Everybody who is about at that time."""
    present = [(w, s) for w in walkers if (s := w.stance(at_s)) is not None]
    heights = np.array([w.height_m for w, _ in present])
    feet = np.array([(s.x, s.y) for _, s in present]).reshape(-1, 2)
    balls = _balls([s for _, s in present], heights, [w.look for w, _ in present])
    ids, looks = tuple(w.id for w, _ in present), tuple(w.look for w, _ in present)
    return Crowd(ids, looks, feet, balls, heights[:, None] * RADII)


def _balls(stances: Sequence[Stance], heights: F8, looks: Sequence[Look]) -> F8:
    """(n, len(BALLS), 3) world metres."""
    phase = np.array([2.0 * np.pi * s.walked_m / STRIDE_M for s in stances])
    vigour = np.clip(np.array([s.speed for s in stances]) / 1.1, 0.0, 1.0)
    reach = np.array([s.reach for s in stances])
    hem = np.where([look.long_coat for look in looks], 0.36, 0.49)
    body = np.zeros((len(stances), len(BALLS), 3))  # forward, right, up; in body heights

    def put(name: str, forward: F8 | float, right: F8 | float, up: F8 | float) -> None:
        ball = body[:, _ROW[name]]
        ball[:, 0], ball[:, 1], ball[:, 2] = forward, right, up

    for suffix, sign in (("_l", -1.0), ("_r", 1.0)):
        _leg(put, suffix, sign, phase + (0.0 if sign < 0 else np.pi), vigour)
        _arm(put, suffix, sign, phase + (np.pi if sign < 0 else 0.0), vigour, reach if sign > 0 else reach * 0.3)
        put("hem" + suffix, 0.0, sign * 0.05, hem)
    put("chest", 0.008, 0.0, 0.74)
    put("belly", 0.006, 0.0, 0.6)
    put("neck", 0.0, 0.0, 0.85)
    put("chin", 0.012, 0.0, 0.9)
    put("crown", 0.0, 0.0, 0.937)
    put("face", 0.034, 0.0, 0.888)
    put("face_up", 0.034, 0.0, 0.906)
    put("nape", -0.03, 0.0, np.where([look.long_hair for look in looks], 0.83, 0.915))
    put("bag_top", -0.02, 0.15, 0.56)
    put("bag", -0.02, 0.15, 0.46)
    ankles = body[:, [_ROW["ankle_l"], _ROW["ankle_r"]], 2]
    body[..., 2] += (_ANKLE - ankles.min(axis=1))[:, None]  # the standing foot is on the floor
    heading = np.array([s.heading for s in stances])
    ahead = np.stack([np.cos(heading), np.sin(heading)], axis=1)[:, None]
    right = ahead[..., ::-1] * [-1.0, 1.0]
    metres = body * heights[:, None, None]
    foot = np.array([(s.x, s.y) for s in stances]).reshape(-1, 1, 2)
    flat = foot + metres[..., :1] * ahead + metres[..., 1:2] * right
    return np.concatenate([flat, metres[..., 2:]], axis=2)


_Put = Callable[[str, F8 | float, F8 | float, F8 | float], None]


def _leg(put: _Put, suffix: str, sign: float, phase: F8, vigour: F8) -> None:
    """Hip to toe: the thigh swings with the phase, the knee bends while the foot comes forward."""
    thigh = 0.42 * vigour * np.sin(phase)
    shin = thigh - vigour * (0.12 + 0.75 * np.maximum(0.0, np.cos(phase)))
    aside, up = sign * 0.052, _ANKLE + _SHIN + _THIGH
    knee = _THIGH * np.sin(thigh), up - _THIGH * np.cos(thigh)
    ankle = knee[0] + _SHIN * np.sin(shin), knee[1] - _SHIN * np.cos(shin)
    foot = np.minimum(shin, 0.0) * 0.7
    put("hip" + suffix, 0.0, aside, up)
    put("knee" + suffix, knee[0], aside, knee[1])
    put("ankle" + suffix, ankle[0], aside, ankle[1])
    # The true position of a person is the middle of the feet, not the ankles: as far to the heel as to the toe.
    put("heel" + suffix, ankle[0] - 0.05, aside, ankle[1] - 0.004)
    put("toe" + suffix, ankle[0] + 0.05 * np.cos(foot), aside * 1.25, ankle[1] - 0.008 + 0.05 * np.sin(foot))


def _arm(put: _Put, suffix: str, sign: float, phase: F8, vigour: F8, reach: F8) -> None:
    """Shoulder to hand: swings against the leg, or is held out as far as `reach` says."""
    upper = 0.4 * vigour * np.sin(phase) + 1.0 * reach
    lower = upper + 0.15 + 0.2 * vigour + 0.5 * reach
    shoulder, aside = 0.8, sign * 0.118
    elbow = _UPPER_ARM * np.sin(upper), shoulder - _UPPER_ARM * np.cos(upper)
    wrist = elbow[0] + _FOREARM * np.sin(lower), elbow[1] - _FOREARM * np.cos(lower)
    put("shoulder" + suffix, 0.0, sign * 0.1, shoulder)
    put("elbow" + suffix, elbow[0], aside * 1.1, elbow[1])
    put("wrist" + suffix, wrist[0], aside, wrist[1])
    put("hand" + suffix, wrist[0] + 0.035 * np.sin(lower), aside * 0.97, wrist[1] - 0.035 * np.cos(lower))
