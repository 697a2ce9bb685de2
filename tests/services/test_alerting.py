"""Who alerts in a forbidden zone, when, and how often."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from heatmap_gui.core.calibration import Calibration
from heatmap_gui.core.site import Camera, Floor, Site, Zone
from heatmap_gui.core.types import Detections, Frame, Live, Observation
from heatmap_gui.services.alerting import AlertLines

SIZE = (200, 100)
EMPTY = np.zeros((0, 2))
CALIBRATED = Calibration(np.eye(3), EMPTY, EMPTY, None)
SQUARE = np.array([[50.0, 50.0], [100.0, 50.0], [100.0, 90.0], [50.0, 90.0]])
ZONE = Zone("vault", "Vault", "forbidden", SQUARE)
INSIDE, OUTSIDE = (75.0, 70.0), (20.0, 20.0)


def site(zone: Zone, calibration: Calibration | None = CALIBRATED, **more: Any) -> Site:
    camera = Camera("1", "Door", "", 1, calibration=calibration, **more)
    return Site("bank", Floor(None, 200, 100), (camera, replace(camera, id="2", written_id=2)), (zone,))


def seen(
    at: float, place: tuple[float, float], *, camera: str = "1", label: str = "person", there: bool = True
) -> Observation:
    """Track 7, where it stands; its box is 10 wide and 40 high above that."""
    x, y = place
    live = Live(
        np.array([7]), np.array([x]), np.array([y]), np.array([[x - 5, y - 40, x + 5, y]]), np.array([there]),
        np.zeros(1, np.int16), (label,),
    )  # fmt: skip
    return Observation(Frame(camera, 0, at, None, SIZE), Detections.empty(), live)


def alerts(where: Site, observations: Sequence[Observation]) -> list[dict[str, Any]]:
    out = io.StringIO()
    lines = AlertLines(where, out)
    for observation in observations:
        lines.show(observation)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_line_says_who_where_and_when() -> None:
    assert alerts(site(ZONE), [seen(1.0, OUTSIDE), seen(1.2, INSIDE)]) == [
        {
            "timestamp": "1970-01-01T00:00:01.200+00:00", "kind": "forbidden_zone", "store_name": "bank",
            "zone_id": "vault", "camera_id": "1", "track_id": 7, "class": "person",
            "reason": "person 7 entered the forbidden zone Vault",
        }
    ]  # fmt: skip


def test_a_stay_is_one_alert_whichever_camera_sees_it_and_coming_back_another() -> None:
    stay = [seen(t / 5, INSIDE, camera=str(1 + t % 2)) for t in range(50)]
    flicker = [seen(10 + t / 5, OUTSIDE if t % 2 else INSIDE) for t in range(10)]
    away = [seen(12 + t / 5, OUTSIDE) for t in range(12)]
    back = [seen(16 + t / 5, INSIDE) for t in range(5)]
    assert len(alerts(site(ZONE), [*stay, *flicker, *away])) == 1
    assert len(alerts(site(ZONE), [*stay, *flicker, *away, *back])) == 2


def test_a_zone_may_name_who_alerts_or_who_does_not() -> None:
    def count(label: str, **more: Any) -> int:
        return len(alerts(site(replace(ZONE, **more)), [seen(0, INSIDE, label=label)]))

    assert (count("person"), count("car")) == (1, 1)
    assert (count("person", allowed_classes=("person",)), count("car", allowed_classes=("person",))) == (0, 1)
    assert (count("person", alert_classes=("car",)), count("car", alert_classes=("car",))) == (0, 1)


def test_other_zones_the_unseen_and_uncalibrated_cameras_do_not_alert() -> None:
    assert alerts(site(replace(ZONE, type="general")), [seen(0, INSIDE)]) == []
    assert alerts(site(ZONE), [seen(0, INSIDE, there=False)]) == []
    assert alerts(site(ZONE, calibration=None), [seen(0, INSIDE)]) == [], "its picture is not the plan"


def test_a_zone_on_a_camera_is_tested_in_its_picture_at_its_size() -> None:
    on_camera = replace(ZONE, on="2")
    assert alerts(site(on_camera), [seen(0, INSIDE, camera="1")]) == []
    assert len(alerts(site(on_camera), [seen(0, INSIDE, camera="2")])) == 1
    assert alerts(site(replace(on_camera, anchor="centre")), [seen(0, (75.0, 65.0), camera="2")]) == []
    assert len(alerts(site(on_camera, frame_size=(100, 50)), [seen(0, (150.0, 140.0), camera="2")])) == 1


def test_hours_are_the_stores_and_may_reach_over_midnight() -> None:
    def count(at: float, *hours: tuple[str, str]) -> int:
        where = replace(site(replace(ZONE, active_hours=hours)), timezone="Asia/Tokyo")
        return len(alerts(where, [seen(at, INSIDE)]))

    noon_in_tokyo = 3 * 3600.0
    assert count(noon_in_tokyo, ("09:00", "17:00")) == 1
    assert count(noon_in_tokyo, ("12:01", "17:00"), ("22:00", "06:00")) == 0
    assert count(noon_in_tokyo - 10 * 3600, ("22:00", "06:00")) == 1
    assert count(noon_in_tokyo, ("00:00", "24:00")) == 1
