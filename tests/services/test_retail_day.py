"""A day of the demo store from its true ways: every figure is the true one, at any frame rate, however it was written.

The day is a busy spell of three minutes around each of its 24 full hours, some hundreds of people in all, each spell
from a seed of its own. What is true is worked out here by looking at one person and one second at a time. A way may
graze a zone so lightly that it depends on the frames whether a visit is seen: who does so is left out beforehand, by
his way alone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from heatmap_gui.core import geometry
from heatmap_gui.core.meters.drawn import DrawnMeters
from heatmap_gui.core.meters.queue import REACH_S
from heatmap_gui.core.meters.visits import MARGIN_M, SETTLE_S
from heatmap_gui.core.meters.zones import STOP_S
from heatmap_gui.core.site import PLAN, Site
from heatmap_gui.core.site_file import read_site
from heatmap_gui.core.types import F8, PERSON, Crossing, Points, Visit
from heatmap_gui.services.retail_figures import Figures, Piece
from heatmap_gui.services.what_if import joined
from heatmap_gui.store.database import Database
from heatmap_gui.vision.synthetic.demo_site import site_document
from heatmap_gui.vision.synthetic.people import STEP_S, Walker
from heatmap_gui.vision.synthetic.scenes import Scene, load_scene
from heatmap_gui.vision.synthetic.truth import passages, stays
from tests.services.shops import at, write_facts

SPELL_S = 180.0
DAY = "2026-10-25"  # clocks go back: the hour from one to two comes twice
MIDNIGHT = at(f"{DAY} 00:00")
HOURS = 25
SHOP = replace(read_site(site_document(load_scene("store"), "shop"), Path("calibration_shop.json")), name="shop")
GRAZE_M = 0.08  # what the way may do between two rows
GRAZE_S = 0.25


@dataclass(frozen=True, eq=False)
class Day:
    """Everybody whose visits no frame rate can change, with his spell's start (Unix time); what is true of them."""

    walkers: tuple[tuple[float, Walker], ...]
    visits: tuple[Visit, ...]
    crossings: tuple[Crossing, ...]
    left_out: int


@dataclass(frozen=True, eq=False)
class Way:
    """A person's stays in a zone's polygon (from, until), and how deep in it he is (n,) at his times (n,)."""

    times: F8
    depth: F8
    stays: list[tuple[float, float]]

    @classmethod
    def of(cls, walker: Walker, polygon: F8) -> Way:
        inside = geometry.inside(polygon, walker.path)
        if not inside.any():
            return cls(walker.times_s, -np.ones(len(inside)), [])
        away = geometry.distance(np.vstack([polygon, polygon[:1]]), walker.path)
        return cls(walker.times_s, np.where(inside, away, -away), stays(walker.times_s, walker.path, polygon))

    def visits(self, margin: float, settle_s: float) -> list[tuple[float, float, float]]:
        """From, until, dwell: begun once deeper than the margin or inside for so long, over once as far outside."""
        found: list[tuple[float, float, float]] = []
        over = True
        for enter, leave in self.stays:
            during, after = (self.times >= enter) & (self.times <= leave), self.depth[self.times > leave]
            if not over:
                found[-1] = found[-1][0], leave, found[-1][2] + leave - enter
            elif self.depth[during].max(initial=0.0) >= margin or leave - enter >= settle_s:
                found.append((enter, leave, leave - enter))
            else:
                continue
            back = np.flatnonzero(after > 0)
            over = len(back) == 0 or after[: back[0]].min(initial=0.0) <= -margin
        return found


def decided(walker: Walker, scene: Scene) -> list[Visit] | None:
    """His visits; None where it depends on centimetres or fractions of a second which they are."""
    found = []
    for zone in scene.zones:
        way = Way.of(walker, np.array(zone.corners))
        true = way.visits(MARGIN_M, SETTLE_S)
        for m, s in ((GRAZE_M, GRAZE_S), (-GRAZE_M, -GRAZE_S), (GRAZE_M, -GRAZE_S)):
            if way.visits(MARGIN_M + m, SETTLE_S + s) != true:
                return None
        found += [Visit(zone.id, walker.id, PERSON, *one) for one in true]
    return found


@cache
def day() -> Day:
    walkers, visits, crossings, left_out, number = [], [], [], 0, 0
    for hour in range(HOURS - 1):
        scene, start = load_scene("store", hour + 1), MIDNIGHT + 3600 * hour + 3600 - SPELL_S / 2
        for walker in scene.people(SPELL_S):
            own = decided(walker, scene)
            if own is None:
                left_out += 1
                continue
            number += 1
            walkers.append((start, replace(walker, id=number)))
            visits += [
                replace(v, track_id=number, enter_at=start + v.enter_at, leave_at=start + v.leave_at) for v in own
            ]
            for gate in scene.gates:
                for when, side in passages(walker.times_s, walker.path, np.array(gate.a), np.array(gate.b)):
                    way = "in" if side == gate.in_side else "out"
                    crossings.append(Crossing(gate.id, number, PERSON, start + when, way))
    return Day(tuple(walkers), tuple(visits), tuple(crossings), left_out)


def rows(walkers: Sequence[tuple[float, Walker]], fps: float) -> Points:
    """Where they are, a row each every 1/fps seconds, each from his first row on."""
    parts = []
    for start, walker in walkers:
        times = np.arange(walker.start_s, walker.end_s + 1e-9, 1 / fps)
        times = np.append(times, walker.end_s) if walker.end_s - times[-1] > STEP_S / 2 else times
        n, zero = len(times), np.zeros(len(times))
        x, y = (np.interp(times, walker.times_s, walker.path[:, axis]) for axis in (0, 1))
        parts.append(
            Points(start + times, np.full(n, walker.id), x, y, zero, zero, np.full(n, 0.1), np.full(n, 1 / fps),
                   np.zeros(n, np.int16), np.ones(n, np.uint64), np.zeros(n, np.bool_), (PERSON,))
        )  # fmt: skip
    return joined(parts)


@cache
def measured(fps: float) -> tuple[tuple[Visit, ...], tuple[Crossing, ...]]:
    meters = DrawnMeters(SHOP, PLAN, {})
    points = rows(day().walkers, fps)
    meters.add(points, [])
    meters.end(np.unique(points.track_id).tolist())
    return meters.take()


def figures(database: Database, site: Site = SHOP) -> list[Piece]:
    end = MIDNIGHT + HOURS * 3600.0
    found = Figures(database, site, MIDNIGHT, end, end)
    return [found.whole(), *found.pieces(found.hours)]


def hour_of(when: float) -> int:
    return int((when - MIDNIGHT) // 3600)


def assert_true(found: list[Piece], known: Day, off_s: float) -> None:
    """Against one look at everybody. off_s: how far one time at a border may be off."""
    whole, hours = found[0], found[1:]
    by_zone = defaultdict(list)
    for visit in known.visits:
        by_zone[visit.zone_id].append(visit)
    came = {(hour_of(v.enter_at), v.track_id) for v in by_zone["entrance"]}
    assert [piece.footfall for piece in hours] == [sum(h == n for h, _ in came) for n in range(HOURS)]
    assert whole.footfall == len(came)
    for n, piece in enumerate(hours):
        own = [c for c in known.crossings if hour_of(c.at) == n]
        assert piece.lines[0].inwards == sum(c.direction == "in" for c in own)
        assert piece.lines[0].outwards == sum(c.direction == "out" for c in own)
    for zone in whole.zones:
        own_visits = by_zone[zone.zone_id]
        assert (zone.entries, zone.people) == (len(own_visits), len({v.track_id for v in own_visits}))
        if own_visits:
            assert zone.mean_dwell_s == pytest.approx(np.mean([v.dwell_s for v in own_visits]), abs=2 * off_s)
        assert zone.mean_people == pytest.approx(
            sum(v.leave_at - v.enter_at for v in own_visits) / (HOURS * 3600), abs=2 * off_s * len(own_visits) / 9e4
        )
        if zone.stops is not None:
            certain = [v for v in own_visits if abs(v.dwell_s - STOP_S) > 4 * off_s]
            unsure = len(own_visits) - len(certain)
            assert 0 <= zone.stops - sum(v.dwell_s >= STOP_S for v in certain) <= unsure
    for n, piece in enumerate(hours):
        for zone in piece.zones:
            assert zone.entries == sum(hour_of(v.enter_at) == n for v in by_zone[zone.zone_id])
    assert_queue(whole, by_zone, off_s)


def assert_queue(whole: Piece, by_zone: dict[str, list[Visit]], off_s: float) -> None:
    queue = next(zone.queue for zone in whole.zones if zone.queue is not None)
    stood, paid = by_zone["queue"], by_zone["checkout"]
    waited = [v.leave_at - v.enter_at for v in stood]
    assert queue.mean_wait_s == pytest.approx(np.mean(waited), abs=2 * off_s)
    assert queue.p95_wait_s == pytest.approx(np.quantile(waited, 0.95), abs=4 * off_s)
    served = sum(
        any(p.track_id == v.track_id and v.enter_at <= p.enter_at <= v.leave_at + REACH_S for p in paid) for v in stood
    )
    assert (queue.served, queue.abandoned) == (served, len(stood) - served)
    moments = [v.enter_at + 0.2 for v in stood]  # not within a frame of another's end
    most = max(sum(v.enter_at <= moment < v.leave_at for v in stood) for moment in moments)
    assert abs(queue.longest - most) <= 1


def test_hardly_anybody_is_left_out_and_the_day_is_full() -> None:
    known = day()
    assert len(known.walkers) > 500
    assert known.left_out < 0.3 * len(known.walkers)
    assert len({hour_of(v.enter_at) for v in known.visits}) == HOURS


@pytest.mark.parametrize("fps", [5.0, 12.5, 20.0])
def test_every_figure_of_a_day_is_the_true_one(database: Database, fps: float) -> None:
    write_facts(database, *measured(fps))
    assert_true(figures(database), day(), 0.6 / fps)


def test_the_order_and_the_parts_of_writing_change_nothing(database: Database) -> None:
    visits, crossings = measured(5.0)
    shuffled = random.Random(3).sample(visits, len(visits)), random.Random(4).sample(crossings, len(crossings))
    write_facts(database, *shuffled, parts=7)
    found = figures(database)
    assert_true(found, day(), 0.12)
    assert found == figures(database)


def test_a_restart_in_the_middle_changes_nothing(database: Database) -> None:
    """Between two spells: whoever is on the floor when measuring begins anew is somebody else to it."""
    noon = MIDNIGHT + 12.6 * 3600
    before, after = ([w for w in day().walkers if (w[0] < noon) == early] for early in (True, False))
    for walkers in (after, before):  # what came first is written last
        meters = DrawnMeters(SHOP, PLAN, {})
        points = rows(walkers, 5.0)
        points = replace(points, track_id=points.track_id - points.track_id.min() + 1)
        meters.add(points, [])
        meters.end(np.unique(points.track_id).tolist())
        write_facts(database, *meters.take())
    assert_true(figures(database), day(), 0.12)
    assert SHOP.timezone == ZoneInfo("Europe/London").key
