"""Two ranges of time against each other: where more or less happened, and what of that may be chance.

Both ranges are cut into blocks that go together (the same hour of both days, the same day of both weeks). If nothing
had changed, each block's difference could as well have had the other sign. So the largest value anywhere on the floor,
over all the ways to choose the signs, says how large a value chance makes. What is larger than in 95 % of them is
significant: with that confidence not one cell of the whole map is called so by chance (family-wise error 5 %).

The test: T. E. Nichols and A. P. Holmes, "Nonparametric permutation tests for functional neuroimaging: a primer with
examples", Human Brain Mapping 15 (2002): sign flipping, maximum statistic, pseudo t with a smoothed variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from heatmap_gui.core.grid import smooth
from heatmap_gui.core.types import F8, Bool

ALPHA = 0.05
LEAST_BLOCKS = 6  # fewer have less than 40 ways to choose signs: nothing could be significant
_ALL_SIGNS = 10  # up to so many blocks, all ways are tried
_TRIED = 1000
_SEED = 0
_VARIANCE_CELLS = 3.0
_CHUNK = 128


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """B minus A by cell (rows, columns): change, with half the width of its 95 % interval (NaN with fewer than two
    blocks). seen: observed in both. significant: more than chance makes anywhere on the floor. a, b: what both had in
    the time that both were observed. by_block: B minus A (blocks, rows, columns).
    """

    a: F8
    b: F8
    half: F8
    seen: Bool
    significant: Bool
    by_block: F8

    @property
    def change(self) -> F8:
        return np.where(self.seen, self.b - self.a, np.nan)

    def within(self, mask: Bool, area: float) -> tuple[float, float, float]:
        """What A and B had in a part of the floor, and half of the change's 95 % interval; area: of a cell."""
        inside = mask & self.seen
        sums = self.by_block[:, inside].sum(axis=1)
        return float(self.a[inside].sum() * area), float(self.b[inside].sum() * area), float(_half(sums) * area)


def compare(a: F8, b: F8, exposure_a: F8, exposure_b: F8, walkable: Bool) -> Difference:
    """a, b: smoothed values a unit of area, and exposures in s, all (blocks, rows, columns), block by block.

    A block counts where both saw the cell, for as long as the shorter of both looked: outages are taken out of both.
    """
    common = np.minimum(exposure_a, exposure_b)
    both = common > 0
    a, b = (np.where(both, v * common / np.where(both, e, 1.0), 0.0) for v, e in ((a, exposure_a), (b, exposure_b)))
    seen = walkable & both.any(axis=0)
    by_block = b - a
    return Difference(a.sum(axis=0), b.sum(axis=0), _half(by_block), seen, _significant(by_block, seen), by_block)


def _half(by_block: F8) -> F8:
    """Half the width of the 95 % interval (Student) of the sum of blocks (n, ...); NaN of fewer than two."""
    blocks = len(by_block)
    if blocks < 2:
        return np.full(by_block.shape[1:], np.nan)
    from scipy.special import stdtrit  # slow to import

    return np.asarray(by_block.std(axis=0, ddof=1) * np.sqrt(blocks) * stdtrit(blocks - 1, 1 - ALPHA / 2))


def _significant(difference: F8, seen: Bool) -> Bool:
    """Of (blocks, rows, columns): cells (rows, columns) whose pseudo t is beyond what signs by chance make anywhere."""
    blocks = len(difference)
    variance = smooth((difference**2).sum(axis=0), seen, _VARIANCE_CELLS)[seen]  # no choice of signs changes it
    if blocks < LEAST_BLOCKS or not variance.any():
        return np.zeros(seen.shape, np.bool_)
    cells = difference[:, seen] / np.sqrt(variance + variance.mean())
    largest = np.concatenate([np.abs(signs @ cells).max(axis=1) for signs in _signs(blocks)])
    found = np.zeros(seen.shape, np.bool_)
    found[seen] = np.abs(cells.sum(axis=0)) > np.quantile(largest, 1 - ALPHA, method="higher")
    return found


def _signs(blocks: int) -> list[F8]:
    """Ways to choose signs, the observed one among them, some rows (n, blocks) at once."""
    if blocks <= _ALL_SIGNS:
        ways = np.array(list(product((1.0, -1.0), repeat=blocks)))[: 2 ** (blocks - 1)]  # the others are their mirrors
    else:
        ways = np.random.default_rng(_SEED).choice((1.0, -1.0), (_TRIED, blocks))
        ways[0] = 1.0
    return [ways[start : start + _CHUNK] for start in range(0, len(ways), _CHUNK)]
