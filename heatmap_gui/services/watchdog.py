"""Is what a camera shows to be trusted? Not when it is frozen, torn, dark, or not the view that was calibrated."""

from __future__ import annotations

import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.realigning import measured
from heatmap_gui.core.reference import features, read_reference
from heatmap_gui.core.site import Camera, Site
from heatmap_gui.core.types import U1
from heatmap_gui.vision import views
from heatmap_gui.vision.views import View

LOOK_S = 0.25
_HOLD_S = 3.0
_CLEAR_S = 1.0  # a verdict goes when there was none for that long
_LEARNED = 12  # looks that make a reference
_FORGET = 2400  # looks (10 min) over which the reference follows the light

# Frozen: an encoder that is fed the same picture again and again says "as before" of most of them, and what changes at
# its key frames was there before as well. With a sensor's noise of one grey level, half of the pictures of two seconds
# at most were there before, bit for bit (x264, constant quality 23 to 32, key frames every 2 to 50 s). A scene with
# less noise than that and nobody in it counts as frozen; a frozen picture polished at a constant bit rate escapes.
_SAME_SHARE = 0.6
_SAME_LOOKS = 6
_SAME_S = 2.1

_FLAT = 0.7  # grey levels of detail; the noise of a sensor leaves half of one
_DETAIL_LEFT = 0.25  # of the reference's
_ONE_LEVEL = 0.95  # share of a picture that is of exactly one level: no lens does that
_DARK = 64
_STREAKS = 0.35  # so much more of the picture than of the reference repeats what is above it
_DAMAGED = 0.5  # of the frames
_SHIFT_PX = 1.5  # of the thumbnail: 22 px of a full HD picture
_PEAK = 0.1  # of the correlation: with people walking about it is 0.4, and 0.05 by chance
_SAME_SHIFT_PX = 1.0
_VIEW_LEFT = 0.25  # of the usual correlation
_COMPARE_S = 10.0  # between two looks whether a camera that was moved is back

Trouble = Literal["frozen", "smeared", "covered", "moved"]


class Verdict(NamedTuple):
    """What is wrong with a camera's picture, in words, and how long it has to be so before it is said."""

    trouble: Trouble
    reason: str
    hold_s: float = _HOLD_S


_GUESSED = Verdict("smeared", "the decoder has to guess at parts of the picture; check the network, or its bit rate")
_STREAKED = Verdict("smeared", "much of the picture is streaks; restart the camera")
_EMPTY = Verdict("smeared", "the picture is of one even grey or colour; restart the camera")
_COVERED = Verdict("covered", "the picture is dark or flat; uncover the lens, or give it light")
_FROZEN = Verdict("frozen", "the times run on but the picture stands still; restart the camera", 0.0)
_ELSEWHERE = Verdict("moved", "it looks at something else; turn it back, or calibrate it again", 30.0)


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What a camera was calibrated for. camera: of the site's document."""

    camera: dict[str, Any]
    calibration: Calibration = field(compare=False)

    @classmethod
    def of(cls, site: Site, camera: Camera) -> Calibrated | None:
        """None: it is not calibrated."""
        written = [one for one in site.document.get("cameras", ()) if str(one.get("camera_id")) == camera.id]
        return cls(written[0], camera.calibration) if camera.calibration is not None and written else None

    def shift(self, image: U1) -> float | None:
        """By which share of its width a picture (height, width, 3) is off; None: that cannot be told.

        Takes tens of milliseconds.
        """
        then = read_reference(self.camera)
        height, width = image.shape[:2]
        if then is None or abs(then.size[0] * height - then.size[1] * width) > max(then.size):
            return None  # a sub-stream may have another shape
        found = measured(self.camera, self.calibration, features(image).sized(then.size))
        return None if found is None else found.shift_px / then.size[0] * found.moved


class PictureWatch:
    """Looks at pictures a few times a second and says what is wrong with them; owned by one thread.

    The reference that they are compared with is made of the first looks at which nothing is wrong, and follows the
    light slowly. It outlives connections, so that a camera that was moved while it was away is noticed; one that was
    moved while nobody looked, by what it was calibrated for. verdict: what holds now; None: the picture can be trusted.
    compared: what need not be compared with.
    """

    def __init__(self, compared: Calibrated | None = None) -> None:
        self.verdict: Verdict | None = None
        self._compared, self._compare_at = compared, -np.inf
        self._turned: Verdict | None = None  # since it was calibrated
        self._due = -np.inf
        self._damaged: list[bool] = []
        self._same: deque[tuple[float, int, bool]] = deque()  # time, checksum, seen before
        self._reference: View | None = None
        self._learned = 0
        self._usual = 0.0  # correlation with the reference
        self._shift = (0, 0)
        self._suspect: Verdict | None = None
        self._since = self._suspected_at = -np.inf

    def look(
        self, image: U1, at: float, *, damaged: bool = False, calibrated: Calibrated | None = None
    ) -> Verdict | None:
        """What holds after this picture (height, width, 3) of this time; most pictures are passed over.

        damaged: the decoder had to guess at parts of it.
        """
        self._damaged.append(damaged)
        if self._due - LOOK_S <= at < self._due:
            return self.verdict
        self._due = at + LOOK_S
        suspect = self._suspected(views.sampled(image), at)
        self._damaged.clear()
        if calibrated is not None and (suspect is None or suspect.trouble == "moved"):
            suspect = self._compare(calibrated, image, at, suspect)
        self._weigh(suspect, at)
        return self.verdict

    def _compare(self, calibrated: Calibrated, image: U1, at: float, suspect: Verdict | None) -> Verdict | None:
        """Once for each calibration, and while it was moved from time to time; what it was calibrated for is right."""
        anew = calibrated != self._compared and self._learned >= _LEARNED
        if anew or (self._turned is not None and at >= self._compare_at):
            self._compared, self._compare_at = calibrated, at + _COMPARE_S
            shift, before = calibrated.shift(image), suspect or self._turned
            self._turned = None
            if shift is not None and shift >= _SHIFT_PX / views.SIZE[0]:
                words = f"since it was calibrated it was moved by {100 * shift:.0f} % of its picture's width"
                self._turned = Verdict("moved", f"{words}; turn it back, or calibrate it again")
            elif shift is not None and before is not None:
                self._learned, self._reference, suspect = 0, None, None
        return suspect or self._turned

    def _weigh(self, suspect: Verdict | None, at: float) -> None:
        """A verdict comes when it has held, and goes when there was none for a while."""
        if suspect is None:
            if at - self._suspected_at >= _CLEAR_S:
                self.verdict = None
        else:
            if self._suspect is None or suspect.trouble != self._suspect.trouble:
                self._since = at
            if at - self._since >= suspect.hold_s:
                self.verdict = suspect
            self._suspected_at = at
        self._suspect = suspect

    def _suspected(self, sample: U1, at: float) -> Verdict | None:
        frozen = self._is_frozen(sample, at)
        if sum(self._damaged) > _DAMAGED * len(self._damaged):
            return _GUESSED
        now = views.view(sample)
        known = self._reference
        if now.detail < max(_FLAT, _DETAIL_LEFT * (known.detail if known else 0.0)):
            return _EMPTY if np.median(sample) > _DARK and _evenness(sample) > _ONE_LEVEL else _COVERED
        if known is None or self._learned < _LEARNED:
            self._learn(now)
            return _FROZEN if frozen else None
        suspect = _STREAKED if now.streaks > known.streaks + _STREAKS else self._moved(known, now)
        if suspect is None and not frozen:
            self._learn(now)
        return suspect or (_FROZEN if frozen else None)

    def _is_frozen(self, sample: U1, at: float) -> bool:
        """Most pictures of the last seconds were there before, bit for bit."""
        checksum = zlib.crc32(sample.data)
        self._same.append((at, checksum, any(checksum == other for _, other, _ in self._same)))
        while len(self._same) > _SAME_LOOKS and self._same[0][0] < at - _SAME_S:
            self._same.popleft()
        long = len(self._same) >= _SAME_LOOKS and at - self._same[0][0] >= _SAME_S - 2 * LOOK_S
        return long and sum(same for _, _, same in self._same) >= _SAME_SHARE * len(self._same)

    def _moved(self, known: View, now: View) -> Verdict | None:
        """Shifted twice by the same, or like nothing that was seen before."""
        near, peak, shift = views.shift(known, now)
        before, self._shift = self._shift, shift
        if peak > max(_PEAK, 2 * near) and np.hypot(*shift) >= _SHIFT_PX:
            again = np.hypot(shift[0] - before[0], shift[1] - before[1]) <= _SAME_SHIFT_PX
            x, y = (100 * abs(by) / whole for by, whole in zip(shift, views.SIZE, strict=True))
            words = f"it is shifted by {x:.0f} % of its width and {y:.0f} % of its height"
            return Verdict("moved", f"{words}; turn it back, or calibrate it again") if again else None
        if self._usual > _PEAK and near < _VIEW_LEFT * self._usual:
            return _ELSEWHERE
        self._usual += (near - self._usual) / _LEARNED
        return None

    def _learn(self, now: View) -> None:
        self._learned += 1
        self._reference = self._reference.towards(now, 1 / min(self._learned, _FORGET)) if self._reference else now


def _evenness(sample: U1) -> float:
    """Share of the commonest level."""
    return float(np.bincount(sample.ravel()).max() / sample.size)
