"""Cameras that fail in every way, all at once, through a faulty proxy before a real RTSP server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from heatmap_gui.bench.cameras import FAILURES, Patient, suffer
from heatmap_gui.core.errors import UnavailableError
from heatmap_gui.services.conditions import CameraStatus

SAID = {
    "refused": "connection refused",
    "name unknown (DNS)": "nobody knows the name camera.invalid",
    "half-open TCP": "no picture for 4 s",
    "accepts, never answers": "no answer within 3 s",
    "password refused": "user or password refused (401)",
    "stall in mid-stream": "no picture for 4 s",
    "trickle": "no picture for 4 s",
    "flood": "far more frames than the 10 a second",
    "damaged packets": "the decoder has to guess",
    "grey picture": "one even grey",
    "frozen picture": "stands still",
    "lens covered": "dark or flat",
    "camera moved": "shifted by 2 % of its width",
    "another size": "its frames are 640x360 h264 now, they were 320x180 h264",
    "another rate": "far more frames than the 10 a second",
    "another codec": "its frames are 320x180 hevc now, they were 320x180 h264",
}


@pytest.fixture(scope="module")
def patients(test_data: Path) -> dict[str, Patient]:
    """What became of each of them."""
    try:
        return {patient.name: patient for patient in suffer(test_data / "tools")}
    except UnavailableError as missing:
        if os.environ.get("CI"):
            pytest.fail(missing.message)
        pytest.skip(missing.message)


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_noticed_in_5_s_and_over_in_10_s(patients: dict[str, Patient], name: str) -> None:
    patient = patients[name]
    if patient.failure.rides:
        assert patient.ours.detected_s is None, "it was lost for a jump of its clock"
        assert patient.off_s < 1.0
    else:
        assert patient.ours.detected_s is not None and patient.ours.detected_s <= 5.0
        assert patient.ours.healed_s is not None and patient.ours.healed_s <= 10.0
    assert patient.kept


@pytest.mark.parametrize("name", SAID)
def test_people_are_told_what_is_wrong(patients: dict[str, Patient], name: str) -> None:
    assert any(SAID[name] in words for words in patients[name].words), patients[name].words


def test_nobody_is_told_the_password(patients: dict[str, Patient]) -> None:
    assert not [words for patient in patients.values() for words in patient.words if "secret" in words]


def test_a_refused_password_is_not_tried_again_at_once(patients: dict[str, Patient]) -> None:
    assert patients["password refused"].tries == 1


def test_all_are_well_in_the_end(patients: dict[str, Patient]) -> None:
    assert {patient.state.condition.status for patient in patients.values()} == {CameraStatus.OK}
    assert not [name for name, patient in patients.items() if patient.state.retries]
